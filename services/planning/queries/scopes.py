"""On which scopes a right must be held, and what one may see of lists."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import CITY, Role
from services.planning import tables
from shared.store.reading import Reading

GROUP = (Role.MEMBER, Role.LEAD)
READERS = (*GROUP, Role.SECTOR_OFFICER, Role.DPC_OFFICER, Role.ELU, Role.AUDITOR)
NO_PLAN = "Cette action n’a pas de plan."
NO_TASK = "Cette tâche n’existe pas, ou plus."
NO_NEED = "Ce besoin n’existe pas."


def _scope_of_plan(read: Reading, *, action_id: UUID) -> Iterable[str]:
    return _scopes(read, tables.plans, action_id, NO_PLAN)


def _scope_of_task(read: Reading, *, task_id: UUID) -> Iterable[str]:
    return _scopes(read, tables.tasks, task_id, NO_TASK)


def _scope_of_need(read: Reading, *, need_id: UUID) -> Iterable[str]:
    return _scopes(read, tables.needs, need_id, NO_NEED)


def _scopes(read: Reading, table: sa.Table, identity: UUID, missing: str) -> Iterable[str]:
    found = read.one(sa.select(table.c.committee_id).where(table.c.id == identity), missing)
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_asked(read: Reading, *, need_id: UUID) -> Iterable[str]:
    """The department that a need was asked of."""
    needs = tables.needs
    query = sa.select(needs.c.department).where(
        needs.c.id == need_id, needs.c.department.is_not(None)
    )
    return {f"department:{read.one(query, NO_NEED)['department']}", CITY}


def _seen(read: Reading, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Rows whose committee the one who asks may look at."""
    return _of_scopes(read, column, read.scopes(*READERS))


def _ours(read: Reading, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Rows of the committees that the one who asks is a member of."""
    return _of_scopes(read, column, read.scopes(*GROUP))


def _of_scopes(
    read: Reading, column: sa.ColumnElement[Any], scopes: frozenset[str]
) -> sa.ColumnElement[bool]:
    if read.actor.system or CITY in scopes:
        return sa.true()
    return column.in_([row["id"] for row in mirror.committees(read, scopes, closed=True)])


def _holds(read: Reading, committee_id: UUID, *roles: Role) -> bool:
    """Whether the one who asks holds one of ``roles`` there."""
    return bool(read.scopes(*roles) & mirror.scopes_of_committee(read, committee_id))


def _committees(read: Reading) -> dict[UUID, dict[str, Any]]:
    return {row["id"]: row for row in mirror.committees(read, closed=True)}
