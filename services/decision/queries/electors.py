"""Who may vote, by the colleges of a charter."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import College
from services.directory import mirror
from services.directory.mirror import Role, committee_scope, sector_scope
from shared.store.reading import Reading

_cards, _advices = tables.cards, tables.advices


def _who_may_vote(
    read: Reading, round_id: UUID, committee_id: UUID, voters: Iterable[str]
) -> list[dict[str, Any]]:
    """Each person or card once, in the first college that they belong to."""
    found: dict[UUID, dict[str, Any]] = {}
    for college in map(College, voters):
        for who, card in _of_college(read, college, round_id, committee_id):
            row = {"who": who, "card": card, "college": college, "voted": None}
            found.setdefault(who, row)
    return list(found.values())


def _of_college(
    read: Reading, college: College, round_id: UUID, committee_id: UUID
) -> Iterable[tuple[UUID, bool]]:
    own = [committee_scope(committee_id)]
    if college is College.MEMBERS:
        return _people(read, (Role.MEMBER, Role.LEAD), own)
    if college is College.ELUS:
        return _people(read, (Role.ELU,), own)
    if college is College.SERVICES:
        return _services(read, round_id, committee_id)
    query = sa.select(_cards.c.id).where(
        _cards.c.committee_id == committee_id,
        _cards.c.college == college,
        _cards.c.withdrawn_at.is_(None),
    )
    return [(row["id"], True) for row in read.rows(query.order_by(_cards.c.id))]


def _people(read: Reading, roles: Iterable[Role], scopes: Iterable[str]) -> list[tuple[UUID, bool]]:
    found = [row["person"] for role in roles for row in mirror.people_with(read, role, scopes)]
    return [(person, False) for person in dict.fromkeys(found)]


def _services(read: Reading, round_id: UUID, committee_id: UUID) -> list[tuple[UUID, bool]]:
    """The chef de projet of the sector, and the departments asked for advice in this round."""
    committee = mirror.committee(read, committee_id)
    sector = [sector_scope(committee["sector"])] if committee else []
    query = sa.select(_advices.c.department).where(
        _advices.c.round_id == round_id, _advices.c.department.is_not(None)
    )
    departments = {f"department:{row['department']}" for row in read.rows(query)}
    return [
        *_people(read, (Role.SECTOR_OFFICER,), sector),
        *_people(read, (Role.DEPARTMENT_AGENT,), departments),
    ]
