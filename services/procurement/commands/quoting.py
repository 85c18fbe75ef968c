"""A supplier answers by its own link: what it typed and its file, sealed until closing."""

import json
import secrets
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.procurement.commands.support import decider, named
from services.procurement.model import Decider, Invitation, Purchase, QuoteContent, QuoteLine
from services.procurement.model.refusals import NotInvited, WrongValue
from services.procurement.queries import LINK, _invited_by, _subject_of
from shared.perform import unkept
from shared.store import links
from shared.store.unit_of_work import UnitOfWork
from shared.store.uploads import media_type_of

_JSON = "application/json"
_BY_LINK = "Par le lien du fournisseur"


@unkept
def issue_quote_link(uow: UnitOfWork, *, purchase_id: UUID, supplier_id: UUID) -> str:
    """The secret of a link by which a supplier that was asked answers once, until closing.

    Shown once: only its hash is kept; an earlier one stops working. Refuses after closing, and a
    supplier that was not asked.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        invited = purchase.invite_by_link(decider(uow, purchase), supplier_id, uow.new_id())
    assert invited.link_id is not None
    assert purchase.closes_at is not None
    return links.issue(uow, LINK, invited.link_id, purchase.closes_at)


def send_quote(
    uow: UnitOfWork,
    *,
    secret: str,
    prices: list[dict[str, Any]],
    file: bytes,
    delivery_date: date | None = None,
    valid_until: date | None = None,
    vat_exemption: str = "",
) -> dict[str, Any]:
    """A supplier sends its prices and its file, once; nobody reads them before closing.

    ``prices`` are ``{"unit_price_excl_tax", "vat_rate"}``, one for each line asked. The file is
    known by its content (PDF, JPEG, PNG). Gives the receipt. Refuses a link used or too late.
    """
    media_type = media_type_of(file)
    purchase, invited = _asked(uow, secret)
    content = {
        "lines": _priced(purchase, prices),
        "delivery_date": delivery_date,
        "valid_until": valid_until,
        "vat_exemption": vat_exemption,
        # So that the hash, which is not sealed, says nothing of amounts one could try.
        "nonce": secrets.token_hex(16),
    }
    offer = uow.files.put(json.dumps(content, default=str).encode(), _JSON)
    reference = uow.files.put(file, media_type)
    who = Decider.system(uow.now)
    quote = purchase.receive(who, uow.new_id(), invited.supplier_id, reference, _BY_LINK)
    quote.keep_offer(offer)
    invited.declined = False
    return {"at": uow.now, "sha256": reference.sha256, "closes_at": purchase.closes_at}


def decline_to_quote(uow: UnitOfWork, *, secret: str) -> None:
    """A supplier says, by its link, that it will not quote this time."""
    purchase, invited = _asked(uow, secret)
    purchase.decline(Decider.system(uow.now), invited.supplier_id)


def _asked(uow: UnitOfWork, secret: str) -> tuple[Purchase, Invitation]:
    """What the link leads to, used up by this transaction."""
    _subject_of(uow, secret)
    row = _invited_by(uow, links.follow(uow, LINK, secret))
    purchase = uow.get(Purchase, row["purchase_id"])
    for invited in purchase.invitations:
        if invited.link_id == row["link_id"] and invited.round == purchase.round:
            return purchase, invited
    raise NotInvited(
        "Cette demande de devis n’attend plus de réponse.",
        rule="On répond à la dernière demande, avant sa clôture.",
        missing="Rien de votre part.",
        unblocks="Le service achats de la Ville.",
    )


def _priced(purchase: Purchase, prices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(prices) != len(purchase.lines):
        text = "Donnez un prix pour chaque ligne demandée."
        raise WrongValue(text, fields={"prices": text})
    return [
        {"label": line.label, "quantity": line.quantity, "unit": line.unit, **price}
        for line, price in zip(purchase.lines, prices, strict=True)
    ]


def offers_of(uow: UnitOfWork, purchase: Purchase) -> dict[UUID, QuoteContent]:
    """What suppliers typed for the quotes that count: read once closing is past, never before."""
    return {
        quote.id: _content(json.loads(uow.files.open(quote.offer)))
        for quote in purchase.kept()
        if quote.offer is not None
    }


def _content(typed: dict[str, Any]) -> QuoteContent:
    amounts = ("quantity", "unit_price_excl_tax", "vat_rate")
    lines = tuple(
        QuoteLine(n, line["label"], unit=line["unit"], **{a: Decimal(line[a]) for a in amounts})
        for n, line in enumerate(typed["lines"], 1)
    )
    return QuoteContent(
        lines=lines,
        delivery_date=_day(typed["delivery_date"]),
        valid_until=_day(typed["valid_until"]),
        vat_exemption=typed["vat_exemption"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
