"""The list of organisations."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.model import folded, warnings_about
from services.directory.queries.scopes import _reads_relays_of, _sectors
from shared.store.reading import Reading

_PAGE = 30


def relays_list(
    read: Reading,
    *,
    search: str = "",
    sector: str = "",
    kind: str = "",
    after: str | None = None,
) -> dict[str, Any]:
    """A page of organisations by name; ``search`` is in the name or in what they can bring.

    ``readable`` tells whether the one who asks may open the card.
    """
    relays = tables.relays
    select = sa.select(relays).where(relays.c.active.is_(True))
    if wanted := folded(search).strip():
        select = select.where(
            relays.c.folded.contains(wanted, autoescape=True)
            | sa.func.lower(relays.c.brings).contains(wanted, autoescape=True)
        )
    if sector:
        select = select.where(relays.c.sector == sector)
    if kind:
        select = select.where(relays.c.kind == kind)
    rows, following = read.page(
        select, order=(relays.c.folded, relays.c.id), after=after, limit=_PAGE
    )
    readable = {name: _reads_relays_of(read, name) for name in {row["sector"] for row in rows}}
    for row in rows:
        row["readable"] = readable[row["sector"]]
    return {"items": rows, "next": following, "sectors": _sectors(read)}


def relay_card(read: Reading, *, relay_id: UUID) -> dict[str, Any]:
    """One organisation with its contacts and what to look at on its card."""
    relays = tables.relays
    card = read.one(
        sa.select(relays).where(relays.c.id == relay_id),
        "Cette structure n’est pas dans l’annuaire.",
    )
    same = read.rows(
        sa.select(relays.c.organisation).where(
            relays.c.identifier == card["identifier"],
            relays.c.identifier != "",
            relays.c.id != relay_id,
        )
    )
    card["warnings"] = warnings_about(card["identifier"], [row["organisation"] for row in same])
    return card
