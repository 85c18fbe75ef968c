"""What a supplier sees at the end of its link: its request, and no more than it takes to quote."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.model.refusals import ClosingPast
from services.procurement.queries.family import _rules
from shared.store import links
from shared.store.reading import Reading

LINK = "quote"
_SHOWN = (
    *("title", "place", "needed_by", "closes_at", "details"),
    *("weight_cost", "weight_delay", "weight_environment"),
)


def request_of_link(read: Reading, *, secret: str) -> dict[str, Any]:
    """The request that a link leads to; LinkUnknown, LinkUsed or ClosingPast.

    Neither who else was asked nor what the city expects to pay.
    """
    asked = _invited_by(read, _subject_of(read, secret))
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


def _subject_of(read: Reading, secret: str) -> UUID:
    """What a link leads to; too late is said as what it is: closing is past."""
    try:
        return links.subject(read, LINK, secret)
    except links.LinkExpired as late:
        raise ClosingPast(
            late.text.replace("Ce lien était valable", "On pouvait répondre"),
            rule="Après la clôture, un devis ne se dépose plus par le lien : "
            "tous les fournisseurs ont eu le même temps.",
            missing="Rien de votre part : cette consultation est close.",
            unblocks="Le service achats de la Ville.",
        ) from late


def _invited_by(read: Reading, link_id: UUID) -> dict[str, Any]:
    i = tables.invitations
    return read.one(sa.select(i).where(i.c.link_id == link_id), "Cette demande n’existe plus.")
