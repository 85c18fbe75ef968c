"""On which scopes a right must be held, and what one may see of lists."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.communication import tables
from services.communication.model import DEPARTMENT
from services.directory import mirror
from services.directory.mirror import CITY, Role, department_scope
from shared.store.reading import Reading

COMMITTEE_READERS = (
    Role.MEMBER,
    Role.LEAD,
    Role.SECTOR_OFFICER,
    Role.DPC_OFFICER,
    Role.ELU,
    Role.AUDITOR,
)
READERS = (*COMMITTEE_READERS, Role.PRINT_SERVICE)


def _scope_of_committee(read: Reading, *, committee_id: UUID) -> Iterable[str]:
    return mirror.scopes_of_committee(read, committee_id)


def _scope_of_campaign(read: Reading, *, campaign_id: UUID) -> Iterable[str]:
    campaigns = tables.campaigns
    query = sa.select(campaigns.c.committee_id).where(campaigns.c.id == campaign_id)
    found = read.one(query, "Cette campagne n’existe pas.")
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_campaign_or_department(read: Reading, *, campaign_id: UUID) -> Iterable[str]:
    """Who prints reads what a campaign is for."""
    return {*_scope_of_campaign(read, campaign_id=campaign_id), department_scope(DEPARTMENT)}


def _scope_of_request(read: Reading, *, request_id: UUID) -> Iterable[str]:
    """The committee that asks and the department that prints: each role holds one of them."""
    requests = tables.print_requests
    query = sa.select(requests.c.committee_id, requests.c.department)
    found = read.one(query.where(requests.c.id == request_id), "Cette demande n’existe pas.")
    scopes = mirror.scopes_of_committee(read, found["committee_id"])
    return {*scopes, department_scope(found["department"])}


def _scope_of_department(read: Reading, *, department: str = DEPARTMENT) -> Iterable[str]:
    return {department_scope(department), CITY}


def _seen(read: Reading, committee: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """What the scopes of the one who asks cover: the workshop serves all committees."""
    scopes = read.scopes(*COMMITTEE_READERS)
    if read.actor.system or CITY in scopes or read.scopes(Role.PRINT_SERVICE):
        return sa.true()
    mine = [row["id"] for row in mirror.committees(read, scopes, closed=True)]
    return committee.in_(mine)


def _in_department(read: Reading) -> sa.ColumnElement[bool]:
    """The requests of the departments where the one who asks prints."""
    requests = tables.print_requests
    scopes = read.scopes(Role.PRINT_SERVICE, Role.DPC_OFFICER, Role.AUDITOR)
    if read.actor.system or CITY in scopes:
        return sa.true()
    names = [s.partition(":")[2] for s in scopes if s.startswith("department:")]
    return requests.c.department.in_(names)
