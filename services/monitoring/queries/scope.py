"""Who sees what: scopes are applied here, in the reads, so that exports obey them too."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import CITY, Role
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

OVERSEERS = (
    Role.DPC_OFFICER,
    Role.SECTOR_OFFICER,
    Role.PROCUREMENT_OFFICER,
    Role.FINANCE_CLERK,
    Role.DELEGATE,
    Role.AUDITOR,
)
"""Those who read boards and lists, on the scope where they hold the role."""

NEIGHBOURS = (Role.MEMBER, Role.LEAD, Role.ELU)
"""Those who read their own committees."""

READERS = (*OVERSEERS, *NEIGHBOURS)


def seen(read: Reading, roles: Iterable[str] = OVERSEERS) -> frozenset[str]:
    """The scopes that the one who asks may look at; everything for the system itself."""
    return frozenset({CITY}) if read.actor.system else read.scopes(*roles)


def within(read: Reading, column: Any, roles: Iterable[str] = OVERSEERS) -> list[Any]:
    """What narrows a select to the committees that the one who asks may look at."""
    scopes = seen(read, roles)
    if CITY in scopes:
        return []
    return [column.in_([c["id"] for c in mirror.committees(read, scopes, closed=True)])]


def committee_seen(read: Reading, committee_id: UUID | None) -> dict[str, Any]:
    """The committee, for those who may look at it; NotFound for the others too."""
    found = mirror.committee(read, committee_id) if committee_id else None
    mine = seen(read, READERS)
    if found is None or not mine & mirror.scopes_of_committee(read, committee_id):
        raise NotFound("Ce comité n’existe pas, ou il n’est pas dans ce que vous pouvez voir.")
    return found
