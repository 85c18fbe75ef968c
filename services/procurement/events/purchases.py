"""Facts of one purchase, from the need to the payment."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.language import Fact, FileRef
from services.procurement.events.words import (
    Category,
    Line,
    NeedKind,
    OpenedQuote,
    PricedLine,
    Step,
)


@dataclass(frozen=True, kw_only=True)
class PurchaseFact(Fact):
    """Something that happened to one purchase; ``need_id`` was minted by whoever asked."""

    purchase_id: UUID
    need_id: UUID

    def subject(self) -> str:
        return str(self.purchase_id)


@dataclass(frozen=True, kw_only=True)
class PurchaseOpened(PurchaseFact):
    """A need that costs money has a file, and procurement is awaited."""

    title: str
    category: Category
    kind: NeedKind
    family: str
    lines: tuple[Line, ...]
    place: str
    needed_by: date
    priority: int
    owner: UUID | None = None
    line_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class QuotesRequested(PurchaseFact):
    """``count`` suppliers were asked; nobody reads an amount before ``closes_at``."""

    round: int
    count: int
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class QuoteReceived(PurchaseFact):
    """A sealed quote came in: ``count`` so far. Neither who nor how much is said."""

    round: int
    count: int
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class QuotesOpened(PurchaseFact):
    """Closing is past and every quote kept was read: these are the amounts."""

    round: int
    quotes: tuple[OpenedQuote, ...]


@dataclass(frozen=True, kw_only=True)
class PurchaseStepPassed(PurchaseFact):
    """A step was passed; ``next_step`` awaits ``awaited_role`` until ``due`` (None at the end).

    ``last_useful`` is the day that slack counts to: the last one to order, then that of the need.
    """

    step: Step
    next_step: Step | None = None
    awaited_role: str | None = None
    due: date | None = None
    reason: str = ""
    last_useful: date | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteValidated(PurchaseFact):
    """A delegate chose this quote and its amount including tax is reserved on ``line_id``."""

    quote_id: UUID
    kind: NeedKind
    category: Category
    supplier_id: UUID
    supplier: str
    lines: tuple[PricedLine, ...]
    amount_excl_tax: Decimal
    vat: Decimal
    amount_incl_tax: Decimal
    line_id: UUID
    content_hash: str
    delivery_date: date | None = None
    file: FileRef | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteRefused(PurchaseFact):
    """The purchase stops here: another way is to be found."""

    why: str
    quote_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderIssued(PurchaseFact):
    """The city is bound: a signed order (bon de commande), numbered without gaps."""

    number: str
    commitment_number: str
    supplier_id: UUID
    amount_incl_tax: Decimal
    file: FileRef


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderAmended(PurchaseFact):
    """The supplier agreed to another day for an order; what was signed stays as it is."""

    number: str
    needed_by: date
    why: str


@dataclass(frozen=True, kw_only=True)
class DeliveryCertified(PurchaseFact):
    """Somebody who was there saw it done (service fait); ``total`` when nothing is left to come."""

    delivery_id: UUID
    delivered_on: date
    total: bool
    amount_incl_tax: Decimal
    reserves: str = ""


@dataclass(frozen=True, kw_only=True)
class InvoiceReceived(PurchaseFact):
    """An invoice is recorded; the clock of payment starts when it is here and the service done."""

    invoice_id: UUID
    number: str
    received_on: date
    amount_incl_tax: Decimal
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class InvoicePaid(PurchaseFact):
    """The accountant's payment, recorded."""

    invoice_id: UUID
    paid_on: date
    amount_incl_tax: Decimal


@dataclass(frozen=True, kw_only=True)
class PurchaseCancelled(PurchaseFact):
    """Nothing will be bought under this file; what it held is released."""

    why: str
