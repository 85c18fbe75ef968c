"""Requests for quotes: asked alike, received sealed, opened after closing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.procurement.commands.needs import release
from services.procurement.commands.quoting import offers_of
from services.procurement.commands.support import decider, named, rules_on
from services.procurement.model import (
    Confirmation,
    Decider,
    Invitation,
    Purchase,
    QuoteContent,
    QuoteLine,
    QuoteRequest,
    State,
    Supplier,
)
from services.procurement.queries import _need_of_family
from shared.store.unit_of_work import UnitOfWork
from shared.store.uploads import media_type_of

CLOSE = "close-quotes"


def request_quotes(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    suppliers: list[UUID],
    closes_at: datetime,
    cost: int,
    delay: int,
    environment: int,
    ground: str = "",
    version: int | str | None = None,
) -> None:
    """Ask suppliers for quotes until ``closes_at``, with weights that make 100.

    Refuses a heavier procedure without a written ground, too few suppliers without a reason, and
    a grid without environmental criterion where the law of the day wants one.
    """
    purchase = uow.get(Purchase, purchase_id, version=version)
    invited = [uow.get(Supplier, supplier_id) for supplier_id in suppliers]
    request = QuoteRequest(
        suppliers=tuple(Invitation(0, s.id, s.name, s.siren) for s in invited),
        closes_at=closes_at,
        cost=cost,
        delay=delay,
        environment=environment,
        ground=ground,
    )
    need = _need_of_family(uow, purchase.family, uow.today, purchase.id)
    need += purchase.estimate_incl_tax or 0
    with named(uow, purchase.committee_id):
        rules = rules_on(uow, uow.today)
        purchase.request_quotes(decider(uow, purchase), request, rules, need)
    uow.schedule(CLOSE, purchase.id, closes_at)


def register_quote(uow: UnitOfWork, *, purchase_id: UUID, supplier_id: UUID, file: bytes) -> UUID:
    """Register a quote as it came: a file and its hash, no amount before closing.

    The file is known by its content (PDF, JPEG, PNG). A late one is kept but does not count.
    """
    purchase = uow.get(Purchase, purchase_id)
    media_type = media_type_of(file)
    with named(uow, purchase.committee_id):
        who = decider(uow, purchase)
        reference = uow.files.put(file, media_type)
        return purchase.receive(who, uow.new_id(), supplier_id, reference).id


def open_quotes(uow: UnitOfWork, *, purchase_id: UUID) -> None:
    """Open the quotes, once closing is past."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        who = decider(uow, purchase)
        purchase.refuse_sealed(who)
        purchase.open_quotes(who, offers_of(uow, purchase))
    uow.unschedule(CLOSE, purchase.id)


def close_the_request(uow: UnitOfWork, *, subject: UUID) -> None:
    """The timer of closing: opens what came, once; a file that moved on is left alone."""
    purchase = uow.find(Purchase, id=subject)
    if purchase is None or purchase.state is not State.QUOTING:
        return
    if purchase.closes_at is not None and purchase.closes_at <= uow.now:
        purchase.open_quotes(Decider.system(uow.now), offers_of(uow, purchase))


def confirm_quote(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    quote_id: UUID,
    confirmed_on: date,
    valid_until: date | None = None,
) -> None:
    """Note on which day a supplier said that its quote still holds, and until when if they said.

    Visas stay. Refuses a day to come, and an answer that leaves the quote out of date.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        said = Confirmation(quote_id, confirmed_on, valid_until)
        purchase.confirm(decider(uow, purchase), said, uow.today)


def type_quote(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    quote_id: UUID,
    lines: list[dict[str, Any]],
    delivery_date: date | None = None,
    valid_until: date | None = None,
    score_delay: int = 0,
    score_environment: int = 0,
    vat_exemption: str = "",
    version: int | str | None = None,
) -> None:
    """Type an opened quote; visas given before fall, and what was reserved is given back."""
    purchase = uow.get(Purchase, purchase_id, version=version)
    content = QuoteContent(
        lines=tuple(QuoteLine(n, **line) for n, line in enumerate(lines, 1)),
        delivery_date=delivery_date,
        valid_until=valid_until,
        score_delay=score_delay,
        score_environment=score_environment,
        vat_exemption=vat_exemption,
    )
    with named(uow, purchase.committee_id):
        purchase.type_amounts(decider(uow, purchase), quote_id, content)
    release(uow, purchase)
