"""Ideas: on a list, and one by one with what was said of it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.events import AskedOf
from services.decision.model import AdviceState, IdeaState
from services.decision.queries.scopes import NO_IDEA
from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from shared.store.reading import Reading

_ideas, _advices, _rounds = tables.ideas, tables.advices, tables.rounds
_interests, _supports = tables.interests, tables.supports
_PLACE = {state: place for place, state in enumerate(IdeaState)}


def _ideas_of(read: Reading, round_id: UUID) -> list[dict[str, Any]]:
    """All ideas of a round: those to look at, the list, then those that are off it."""
    rows = read.rows(sa.select(_ideas).where(_ideas.c.round_id == round_id).order_by(_ideas.c.id))
    needs = _titles(read, round_id)
    advices = _advices_of(read, round_id)
    for row in rows:
        row["answers"] = [needs[n] for n in row["needs"] if n in needs]
        row["advices"] = [a for a in advices if a["idea_id"] == row["id"]]
    return sorted(rows, key=lambda row: _PLACE[row["state"]])


def _titles(read: Reading, round_id: UUID) -> dict[str, str]:
    needs = read.value(sa.select(_rounds.c.needs).where(_rounds.c.id == round_id)) or []
    return {str(need["need_id"]): need["title"] for need in needs}


def _advices_of(read: Reading, round_id: UUID) -> list[dict[str, Any]]:
    query = sa.select(_advices).where(_advices.c.round_id == round_id).order_by(_advices.c.id)
    rows = read.rows(query)
    for row in rows:
        awaited = row["state"] is AdviceState.ASKED
        row["overdue"] = awaited and row["answer_by"] < read.today
    return rows


def idea_card(read: Reading, *, idea_id: UUID) -> dict[str, Any]:
    """An idea with its advices, who backs it, what binds whom to it, and what may be done."""
    idea = read.one(sa.select(_ideas).where(_ideas.c.id == idea_id), NO_IDEA)
    found = read.one(sa.select(_rounds).where(_rounds.c.id == idea["round_id"]))
    own, me = {committee_scope(idea["committee_id"])}, read.actor.person
    listed = _ideas_of(read, idea["round_id"])
    whole = next(row for row in listed if row["id"] == idea_id)
    return {
        **whole,
        "round": found,
        "committee": mirror.committee(read, idea["committee_id"]),
        "proposer": mirror.name_of(read, idea["proposed_by"]) if idea["proposed_by"] else None,
        "interests": _interests_of(read, idea_id),
        "backed": _backed(read, idea_id),
        "others": [r for r in listed if r["id"] != idea_id and r["state"] is IdeaState.SHOWN],
        "joined": [r for r in listed if r["merged_into"] == idea_id],
        "lead": bool(read.scopes(Role.LEAD) & own),
        "member": bool(read.scopes(Role.MEMBER, Role.LEAD) & own),
        "asks": bool(_may_ask(read, idea["committee_id"])),
        "own": me is not None and idea["proposed_by"] == me,
    }


def _may_ask(read: Reading, committee_id: UUID) -> frozenset[str]:
    roles = (Role.MEMBER, Role.LEAD, Role.SECTOR_OFFICER, Role.DPC_OFFICER)
    return read.scopes(*roles) & mirror.scopes_of_committee(read, committee_id)


def _interests_of(read: Reading, idea_id: UUID) -> list[dict[str, Any]]:
    rows = read.rows(sa.select(_interests).where(_interests.c.idea_id == idea_id))
    names = mirror.names_of(read, [row["person"] for row in rows])
    me = read.actor.person
    return [{**row, "name": names[row["person"]], "mine": row["person"] == me} for row in rows]


def _backed(read: Reading, idea_id: UUID) -> bool:
    query = sa.select(_supports.c.id).where(
        _supports.c.idea_id == idea_id, _supports.c.person == read.actor.person
    )
    return read.actor.person is not None and read.row(query) is not None


def who_may_be_asked(read: Reading, *, idea_id: UUID) -> dict[str, Any]:
    """Whom one can ask about an idea: departments that answer, the élu·es, relays of the sector."""
    idea = read.one(sa.select(_ideas.c.committee_id).where(_ideas.c.id == idea_id), NO_IDEA)
    committee = mirror.committee(read, idea["committee_id"])
    scopes = {row["scope"] for row in mirror.people_with(read, Role.DEPARTMENT_AGENT)}
    own = [committee_scope(idea["committee_id"])]
    return {
        AskedOf.DEPARTMENT: sorted(s.partition(":")[2] for s in scopes if s.startswith("dep")),
        AskedOf.ELU: mirror.people_with(read, Role.ELU, own),
        AskedOf.RELAY: mirror.relays(read, committee["sector"] if committee else None),
    }
