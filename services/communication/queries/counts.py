"""What is counted of an action's prints, and whom the workshop may call about them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.communication import tables
from services.directory import mirror
from shared.store.reading import Reading

r = tables.print_requests


def contacts(read: Reading, *, committee_id: UUID) -> list[tuple[str, str]]:
    """Whom the workshop may call: the members of the committee, by id and name."""
    scope = {mirror.committee_scope(committee_id)}
    found = [p for role in ("lead", "member") for p in mirror.people_with(read, role, scope)]
    return list({str(p["person"]): p["name"] for p in found}.items())


def _delivered(read: Reading, action_id: UUID) -> dict[Any, int]:
    """Copies delivered for an action, by support."""
    select = (
        sa.select(r.c.support, sa.func.sum(r.c.delivered).label("copies"))
        .where(r.c.action_id == action_id)
        .group_by(r.c.support)
    )
    return {row["support"]: int(row["copies"]) for row in read.rows(select)}


def _handed_out(read: Reading, action_id: UUID) -> int:
    """Copies handed out for an action."""
    select = sa.select(sa.func.sum(r.c.handed_out)).where(r.c.action_id == action_id)
    return int(read.value(select) or 0)
