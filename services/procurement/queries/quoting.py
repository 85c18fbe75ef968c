"""What a supplier sees at the end of its link: its request, and no more than it takes to quote."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.queries.family import _rules
from shared.store import links
from shared.store.reading import Reading

LINK = "quote"
_SHOWN = (
    *("title", "place", "needed_by", "closes_at", "details"),
    *("weight_cost", "weight_delay", "weight_environment"),
)


def request_of_link(read: Reading, *, secret: str) -> dict[str, Any]:
    """The request that a link leads to; LinkUnknown, LinkUsed or LinkExpired.

    Neither who else was asked nor what the city expects to pay.
    """
    asked = _invited_by(read, links.subject(read, LINK, secret))
    p, lines = tables.purchases, tables.purchase_lines
    row = read.one(p.select().where(p.c.id == asked["purchase_id"]))
    of = lines.select().where(lines.c.purchase_id == row["id"]).order_by(lines.c.position)
    rates = sorted(_rules(read, row["launched_on"] or read.today).vat_rates(), reverse=True)
    return {
        **{name: row[name] for name in _SHOWN},
        "supplier": asked["supplier"],
        "committee": mirror.committee(read, row["committee_id"]),
        "lines": read.rows(of),
        "vat_rates": rates,
    }


def _invited_by(read: Reading, link_id: UUID) -> dict[str, Any]:
    i = tables.invitations
    return read.one(sa.select(i).where(i.c.link_id == link_id), "Cette demande n’existe plus.")
