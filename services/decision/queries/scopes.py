"""On which scopes a right must be held."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.directory import mirror
from services.directory.mirror import CITY, Role, committee_scope
from shared.store.reading import Reading

READERS = (
    Role.MEMBER,
    Role.LEAD,
    Role.SECTOR_OFFICER,
    Role.DPC_OFFICER,
    Role.ELU,
    Role.AUDITOR,
)
NO_ROUND, NO_IDEA = "Ce choix n’existe pas.", "Cette idée n’existe pas."
NO_ADVICE, NO_CHARTER = "Cette demande d’avis n’existe pas.", "Cette charte n’existe pas."
NO_VOTE, NO_COUNT = "Ce vote n’existe pas.", "Ce compte n’existe pas."


def _scope_of_committee(read: Reading, *, committee_id: UUID) -> Iterable[str]:
    return mirror.scopes_of_committee(read, committee_id)


def _of(read: Reading, table: sa.Table, identity: UUID, missing: str) -> Iterable[str]:
    found = read.one(sa.select(table.c.committee_id).where(table.c.id == identity), missing)
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_round(read: Reading, *, round_id: UUID) -> Iterable[str]:
    return _of(read, tables.rounds, round_id, NO_ROUND)


def _scope_of_idea(read: Reading, *, idea_id: UUID) -> Iterable[str]:
    return _of(read, tables.ideas, idea_id, NO_IDEA)


def _scope_of_advice(read: Reading, *, advice_id: UUID) -> Iterable[str]:
    return _of(read, tables.advices, advice_id, NO_ADVICE)


def _scope_of_asked(read: Reading, *, advice_id: UUID) -> Iterable[str]:
    """Where the one who is asked holds their role: a department, or the committee of an élu·e."""
    table = tables.advices
    query = sa.select(table.c.department, table.c.person, table.c.committee_id)
    found = read.one(query.where(table.c.id == advice_id), NO_ADVICE)
    if found["department"]:
        return {f"department:{found['department']}"}
    return {committee_scope(found["committee_id"])} if found["person"] else set()


def _scope_of_charter(read: Reading, *, charter_id: UUID) -> Iterable[str]:
    return _of(read, tables.charters, charter_id, NO_CHARTER)


def _scope_of_vote(read: Reading, *, vote_id: UUID) -> Iterable[str]:
    return _of(read, tables.votes, vote_id, NO_VOTE)


def _desk_of_vote(read: Reading, *, vote_id: UUID) -> Iterable[str]:
    """An annexe serves the whole city: where its people hold their role is no limit here."""
    return {*_scope_of_vote(read, vote_id=vote_id), *_desks(read)}


def _scope_of_count(read: Reading, *, count_id: UUID) -> Iterable[str]:
    return {*_of(read, tables.room_counts, count_id, NO_COUNT), *_desks(read)}


def _desks(read: Reading) -> frozenset[str]:
    return read.scopes(Role.ANNEXE_DESK)


def _seen(read: Reading) -> sa.ColumnElement[bool]:
    """The rounds that the one who asks may list."""
    scopes = read.scopes(*READERS)
    if read.actor.system or CITY in scopes:
        return sa.true()
    mine = [row["id"] for row in mirror.committees(read, scopes, closed=True)]
    return tables.rounds.c.committee_id.in_(mine)
