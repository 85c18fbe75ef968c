"""What lies in a purchase's file: invitations, quotes, acts, deliveries, invoices, interests."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.language import FileRef
from services.procurement.events import PricedLine, Step
from services.procurement.model.money import Totals, amount_of, totals
from services.procurement.model.steps import State

if TYPE_CHECKING:
    from services.procurement.model.asked import QuoteContent


@dataclass(eq=False)
class NeedLine:
    """One thing that is needed."""

    position: int
    label: str
    quantity: Decimal
    unit: str


@dataclass(eq=False)
class Invitation:
    """A supplier asked for a quote in one round; ``link_id`` is what their own link leads to."""

    round: int
    supplier_id: UUID
    supplier: str
    siren: str
    declined: bool = False
    link_id: UUID | None = None


@dataclass(eq=False)
class QuoteLine:
    """A line of a quote, typed after closing; prices in euros excluding tax, rate in percent."""

    position: int
    label: str
    quantity: Decimal
    unit: str
    unit_price_excl_tax: Decimal
    vat_rate: Decimal


@dataclass(eq=False)
class Quote:
    """One quote: sealed (a file and its hash), then opened, then with its lines.

    ``set_aside`` says why it does not count: ``late``, ``replaced``, or empty when it does.
    ``offer`` is what the supplier typed itself, sealed like the file until closing.
    """

    id: UUID
    round: int
    supplier_id: UUID
    supplier: str
    siren: str
    received_at: datetime
    file_sha256: str
    file_size: int
    file_media_type: str
    set_aside: str = ""
    opened_at: datetime | None = None
    delivery_date: date | None = None
    valid_until: date | None = None
    confirmed_on: date | None = None
    score_delay: int | None = None
    score_environment: int | None = None
    vat_exemption: str = ""
    offer_sha256: str | None = None
    offer_size: int | None = None
    lines: list[QuoteLine] = field(default_factory=list)

    @property
    def offer(self) -> FileRef | None:
        """What the supplier typed, or None when somebody here types it from the file."""
        if not self.offer_sha256:
            return None
        return FileRef(
            owner="procurement",
            sha256=self.offer_sha256,
            size=self.offer_size or 0,
            media_type="application/json",
        )

    def keep_offer(self, offer: FileRef) -> None:
        """Keep what the supplier typed, unread."""
        self.offer_sha256, self.offer_size = offer.sha256, offer.size

    @property
    def file(self) -> FileRef:
        """The file as it came."""
        return FileRef(
            owner="procurement",
            sha256=self.file_sha256,
            size=self.file_size,
            media_type=self.file_media_type,
        )

    @property
    def totals(self) -> Totals:
        """Excluding tax, tax, including tax."""
        return totals(self.lines)

    @property
    def readable(self) -> bool:
        """Kept, opened and typed: it can be compared and chosen."""
        return self.opened_at is not None and not self.set_aside and bool(self.lines)

    def hold(self, content: "QuoteContent") -> None:
        """Take what it says: lines, delivery, validity. Notes are given by a person, later."""
        self.lines[:] = content.lines
        self.delivery_date, self.valid_until = content.delivery_date, content.valid_until
        self.vat_exemption = content.vat_exemption.strip()
        self.confirmed_on = None

    def holds_on(self, day: date) -> bool:
        """Whether the supplier still stands by it on ``day``."""
        return offer_holds(self.valid_until, self.confirmed_on, day)

    def priced(self) -> tuple[PricedLine, ...]:
        """Its lines as others read them."""
        return tuple(
            PricedLine(
                label=line.label,
                quantity=line.quantity,
                unit=line.unit,
                unit_price_excl_tax=line.unit_price_excl_tax,
                vat_rate=line.vat_rate,
                amount_excl_tax=amount_of(line),
            )
            for line in self.lines
        )

    def content(self) -> dict[str, Any]:
        """What a visa binds to, as text, so that it is the same whatever the database."""
        sums = self.totals
        return {
            "id": str(self.id),
            "supplier": str(self.supplier_id),
            "siren": self.siren,
            "file": self.file_sha256,
            "delivery": str(self.delivery_date),
            "excl_tax": str(sums.excl_tax),
            "vat": str(sums.vat),
            "incl_tax": str(sums.incl_tax),
            "lines": [
                [
                    line.label,
                    _plain(line.quantity),
                    line.unit,
                    _plain(line.unit_price_excl_tax),
                    _plain(line.vat_rate),
                ]
                for line in self.lines
            ],
        }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


@dataclass(eq=False)
class Act:
    """A step taken, for ever: visas are acts that carry the content they bind to."""

    seq: int
    step: Step
    person: UUID | None
    role: str
    at: datetime
    source: State
    target: State
    reason: str = ""
    content_version: int = 1
    content_hash: str | None = None
    content: dict[str, Any] | None = None
    delegation_id: UUID | None = None


@dataclass(eq=False)
class DeliveredLine:
    """How much of a line of the order came."""

    position: int
    quantity: Decimal


@dataclass(eq=False)
class Delivery:
    """What somebody who was there saw done (service fait)."""

    id: UUID
    certified_by: UUID
    delivered_on: date
    certified_at: datetime
    amount_incl_tax: Decimal
    total: bool
    reserves: str = ""
    lines: list[DeliveredLine] = field(default_factory=list)


@dataclass(eq=False)
class Invoice:
    """An invoice, and its payment once the accountant has made it."""

    id: UUID
    number: str
    siret: str
    received_on: date
    amount_incl_tax: Decimal
    paid_on: date | None = None


@dataclass(eq=False)
class Interest:
    """A declared interest; what it says is for the DPC alone."""

    person: UUID
    declared_at: datetime
    text: str


def offer_holds(valid_until: date | None, confirmed_on: date | None, day: date) -> bool:
    """Whether an offer holds on ``day``: to its last day, or when confirmed after that day."""
    if valid_until is None or day <= valid_until:
        return True
    return confirmed_on is not None and confirmed_on > valid_until


def canonical(content: Any) -> str:
    """One text for one content, whatever the order in which it was built."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
