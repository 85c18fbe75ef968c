"""Every fact, kept with what caused it; when each committee and action was last heard of."""

from datetime import date
from uuid import UUID

from services.language import Fact
from services.monitoring.projections.sentences import sentence
from services.monitoring.tables import actions_view, facts_view, pulse_view
from shared.store.clock import local
from shared.store.views import Views

LONGEST = 400


def remember_the_fact(views: Views, fact: Fact) -> None:
    """Keep ``fact`` in the thread of its action and among the news of its committee."""
    envelope = views.event
    views.put(
        facts_view,
        envelope.id,
        type=envelope.type,
        at=envelope.time,
        place=envelope.offset,
        committee_id=fact.committee_id,
        action_id=fact.action_id,
        purchase_id=getattr(fact, "purchase_id", None),
        about=_about(fact),
        cause=envelope.causation_id,
        correlation=envelope.correlation_id,
        person=fact.by.person if fact.by else None,
        quality=fact.by.quality if fact.by else None,
        sentence=_short(sentence(fact)),
    )
    if fact.committee_id is not None:
        views.put(pulse_view, fact.committee_id, last_fact_at=envelope.time)
    if fact.action_id is not None:
        views.put(
            actions_view,
            fact.action_id,
            committee_id=fact.committee_id,
            last_fact_at=envelope.time,
        )


def _about(fact: Fact) -> str | None:
    """What a fact is about: its need, so that who asks and who answers meet, else its subject."""
    need: UUID | None = getattr(fact, "need_id", None)
    return str(need) if need else fact.subject()


def day_of(views: Views) -> date:
    """The day of the fact on the calendar of La Réunion."""
    return local(views.event.time).date()


def _short(text: str) -> str:
    """A reason typed by somebody may be long; PostgreSQL refuses more than the column holds."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
