"""What is asked of a department, of an élu·e, or of a relay at the end of a link."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import AdviceState
from services.decision.queries.ideas import _titles
from services.decision.queries.scopes import NO_ADVICE
from services.directory import mirror
from services.directory.mirror import Role
from shared.kernel import calendar
from shared.store import links
from shared.store.reading import Reading

LINK = "advice"
_advices, _ideas = tables.advices, tables.ideas
_OF_THE_IDEA = (
    "title", "aims", "place", "wished_from", "wished_to", "estimate", "needs", "round_id",
)  # fmt: skip


def _mine(read: Reading) -> sa.ColumnElement[bool]:
    scopes = read.scopes(Role.DEPARTMENT_AGENT)
    names = [scope.partition(":")[2] for scope in scopes if scope.startswith("department:")]
    me = read.actor.person
    return _advices.c.department.in_(names) | (_advices.c.person == me)


def advices_asked(
    read: Reading, *, answered: bool = False, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """What is asked of the reader: to answer first, or what was ``answered`` or closed."""
    asked = _advices.c.state == AdviceState.ASKED
    query = (
        sa.select(_advices, _ideas.c.title)
        .join(_ideas, _ideas.c.id == _advices.c.idea_id)
        .where(_mine(read), sa.not_(asked) if answered else asked)
    )
    order = (_advices.c.answer_by, _advices.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit)
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    for row in items:
        row["committee"] = known.get(row["committee_id"])
        row["slack"] = _slack(read, row)
    return {"items": items, "next": following}


def _slack(read: Reading, row: Mapping[str, Any]) -> int:
    """Working days left to answer; below zero when the day is gone."""
    return calendar.slack(read.today, row["answer_by"])


def advices_count(read: Reading) -> int:
    """How many advices the reader owes."""
    query = sa.select(sa.func.count()).select_from(_advices)
    return int(read.value(query.where(_mine(read), _advices.c.state == AdviceState.ASKED)))


def advice_card(read: Reading, *, advice_id: UUID) -> dict[str, Any]:
    """One request with the idea it is about, for the one asked and for the committee."""
    advice = read.one(sa.select(_advices).where(_advices.c.id == advice_id), NO_ADVICE)
    return {**advice, **_about(read, advice), "slack": _slack(read, advice)}


def _about(read: Reading, advice: Mapping[str, Any]) -> dict[str, Any]:
    idea = read.one(sa.select(_ideas).where(_ideas.c.id == advice["idea_id"]))
    needs = _titles(read, idea["round_id"])
    shown = {name: idea[name] for name in _OF_THE_IDEA}
    return {
        "idea": {**shown, "answers": [needs[n] for n in idea["needs"] if n in needs]},
        "committee": mirror.committee(read, advice["committee_id"]),
    }


def advice_of_link(read: Reading, *, secret: str) -> dict[str, Any]:
    """The request that a link leads to, no more; LinkUnknown, LinkUsed or LinkExpired."""
    advice_id = links.subject(read, LINK, secret)
    advice = read.one(sa.select(_advices).where(_advices.c.id == advice_id), NO_ADVICE)
    names = ("id", "asked", "question", "answer_by", "state", "asked_of")
    return {**{name: advice[name] for name in names}, **_about(read, advice)}


def advice_to_send(read: Reading, *, advice_id: UUID) -> dict[str, Any]:
    """The same for those who asked, to send its link."""
    return advice_card(read, advice_id=advice_id)
