"""The money of an action, as the facts of the service achats tell it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.planning import tables
from shared.store.reading import Reading

_SUMS = ("granted", "reserved", "committed", "paid", "available")


def _money(read: Reading, action_id: UUID) -> dict[str, Any] | None:
    """What the lines of the action hold; None before a line is opened."""
    lines = tables.lines_view
    rows = read.rows(sa.select(lines).where(lines.c.action_id == action_id))
    if not rows:
        return None
    return {name: sum((row[name] for row in rows), Decimal("0.00")) for name in _SUMS}


def _spent(read: Reading, action_id: UUID) -> Decimal:
    """What was paid for the action so far."""
    money = _money(read, action_id)
    return money["paid"] if money else Decimal("0.00")
