"""What is awaited: said when it begins, left out once it has come. Nothing is read to say it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.language import Fact
from services.monitoring.tables import needs_view, waits_view
from shared.store.views import Views

LONGEST = 300


def awaits(
    views: Views,
    identity: UUID,
    fact: Fact,
    kind: str,
    title: str,
    role: str,
    due: date | None = None,
    *,
    leg: UUID | None = None,
    subject: UUID | None = None,
    **more: Any,
) -> None:
    """From now on ``kind`` is awaited of ``role`` by ``due``; what was known of it is replaced.

    ``leg`` is what it belongs to when there is no action yet; ``subject`` what its page is about.
    """
    values: dict[str, Any] = {
        "service": fact.type.split(".")[1],
        "kind": kind,
        "committee_id": fact.committee_id,
        "leg_id": leg or fact.action_id,
        "action_id": fact.action_id,
        "subject_id": subject or identity,
        "title": title[:LONGEST],
        "awaited_role": role,
        "asked": None,
        "person": None,
        "due": due,
        "queue": due or date.max,
        "since": views.event.time,
        "open": True,
        "blocked": False,
        "why": None,
        "unblocks": None,
        "unblocks_role": None,
        "before_day": False,
        "last_fact": views.event.id,
    }
    views.put(waits_view, identity, **values | more)


def over(views: Views, identity: UUID) -> None:
    """It is not awaited any more."""
    views.put(waits_view, identity, open=False, blocked=False)


def over_for(views: Views, leg: UUID, **where: Any) -> None:
    """Nothing is awaited any more for a leg of a road, or only what is not as ``where`` says."""
    views.put_where(waits_view, {"leg_id": leg, "open": True, **where}, open=False, blocked=False)


def nothing_more(views: Views, action: UUID) -> None:
    """An action stops: nobody prepares it any more; purchases that bind run to their end."""
    for service in ("planning", "communication"):
        over_for(views, action, service=service)
    over_for(views, action, kind="transfer")


def need(views: Views, identity: UUID, fact: Fact, state: str, **values: Any) -> None:
    """Where a need stands; one without an action belongs to no road."""
    if fact.action_id is not None:
        views.put(needs_view, identity, action_id=fact.action_id, state=state, **values)


def part_of(identity: UUID, word: str) -> UUID:
    """The id of one more thing that is awaited about ``identity``."""
    return uuid5(identity, word)
