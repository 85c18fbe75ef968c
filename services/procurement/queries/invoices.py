"""Invoices and the day by which each must be paid."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.procurement import tables
from services.procurement.model import Key
from services.procurement.queries.family import ZERO, _rules
from services.procurement.queries.scopes import _seen_by
from shared.store.reading import Reading


def invoices_list(
    read: Reading, *, unpaid: bool = True, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """A page of invoices, by the day they came, with the day by which each must be paid."""
    i = tables.invoices
    select = _invoices(read, unpaid=unpaid)
    rows, following = read.page(select, order=(i.c.received_on, i.c.id), after=after, limit=limit)
    services = _services(read, {row["purchase_id"] for row in rows})
    rule = _rules(read, read.today).find(Key.PAYMENT_DAYS)
    days = timedelta(days=int(rule.value)) if rule else None
    return {"items": [_due(read, row, services, days) for row in rows], "next": following}


def invoices_count(read: Reading) -> int:
    """How many invoices await their payment."""
    awaiting = _invoices(read, unpaid=True).subquery()
    return int(read.value(sa.select(sa.func.count()).select_from(awaiting)) or 0)


def _invoices(read: Reading, *, unpaid: bool) -> sa.Select[Any]:
    i, p = tables.invoices, tables.purchases
    select = (
        sa.select(i, p.c.title, p.c.supplier, p.c.order_number, p.c.state, p.c.committee_id)
        .join(p, p.c.id == i.c.purchase_id)
        .where(_seen_by(read, p.c.committee_id))
    )
    return select.where(i.c.paid_on.is_(None)) if unpaid else select


def _services(read: Reading, purchases: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """When the service of each purchase was done, and how much of it was certified."""
    d = tables.deliveries
    done = read.rows(
        sa.select(
            d.c.purchase_id,
            sa.func.max(d.c.delivered_on).label("done"),
            sa.func.sum(d.c.amount_incl_tax).label("certified"),
        )
        .where(d.c.purchase_id.in_(purchases))
        .group_by(d.c.purchase_id)
    )
    return {row["purchase_id"]: row for row in done}


def _due(
    read: Reading,
    row: dict[str, Any],
    services: dict[UUID, dict[str, Any]],
    days: timedelta | None,
) -> dict[str, Any]:
    service = services.get(row["purchase_id"])
    due = max(row["received_on"], service["done"]) + days if service and days else None
    return row | {
        "certified": service["certified"] if service else ZERO,
        "due": due,
        "late": bool(due and not row["paid_on"] and due < read.today),
    }
