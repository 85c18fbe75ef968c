"""On which scopes a right must be held."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.directory import mirror
from services.directory.mirror import CITY, Role
from shared.store.reading import Reading

READERS = (
    Role.MEMBER,
    Role.LEAD,
    Role.SECTOR_OFFICER,
    Role.DPC_OFFICER,
    Role.ELU,
    Role.AUDITOR,
)
_surveys, _needs = tables.surveys, tables.needs


def _scope_of_committee(read: Reading, *, committee_id: UUID) -> Iterable[str]:
    return mirror.scopes_of_committee(read, committee_id)


def _scope_of_survey(read: Reading, *, survey_id: UUID) -> Iterable[str]:
    query = sa.select(_surveys.c.committee_id).where(_surveys.c.id == survey_id)
    found = read.one(query, "Cette écoute n’existe pas.")
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_need(read: Reading, *, need_id: UUID) -> Iterable[str]:
    query = sa.select(_needs.c.survey_id).where(_needs.c.id == need_id)
    found = read.one(query, "Ce besoin n’existe pas.")
    return _scope_of_survey(read, survey_id=found["survey_id"])


def _seen(read: Reading) -> sa.ColumnElement[bool]:
    """The surveys that the one who asks may list."""
    scopes = read.scopes(*READERS)
    if read.actor.system or CITY in scopes:
        return sa.true()
    mine = [row["id"] for row in mirror.committees(read, scopes, closed=True)]
    return _surveys.c.committee_id.in_(mine)
