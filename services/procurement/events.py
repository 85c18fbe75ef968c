"""What procurement tells the others: budgets, purchases step by step, orders, deliveries, payments.

Amounts are Decimal euros; ``excl_tax`` and ``incl_tax`` are in the name. Suppliers and lines are
named; people are ids only. No amount of a sealed quote is in any event before it is opened.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.language import Fact, FileRef


class Category(StrEnum):
    """What the law distinguishes: supplies, services, works (fournitures, services, travaux)."""

    SUPPLIES = "supplies"
    SERVICES = "services"
    WORKS = "works"


class NeedKind(StrEnum):
    """What is asked for, in the words of a committee."""

    EQUIPMENT = "equipment"
    HIRE = "hire"
    FOOD = "food"
    PERFORMANCE = "performance"
    TRANSPORT = "transport"
    SECURITY = "security"
    PRINT = "print"
    OTHER = "other"


class BudgetMove(StrEnum):
    """Why a budget line changed."""

    VOTE = "vote"
    TRANSFER = "transfer"
    RESERVE = "reserve"
    COMMIT = "commit"
    RELEASE = "release"
    SPEND = "spend"


class Step(StrEnum):
    """A step that a purchase can pass; the same codes name the one that is awaited."""

    OPEN = "open"
    ASK_ABOUT_NEED = "ask-about-need"
    COMPLETE_NEED = "complete-need"
    REQUEST_QUOTES = "request-quotes"
    RECEIVE = "receive-quote"
    OPEN_QUOTES = "open-quotes"
    AMEND = "amend"
    CHECK = "check"
    ASK_MORE = "ask-more"
    VALIDATE = "validate"
    REFUSE = "refuse"
    COMMIT = "commit"
    SIGN_ORDER = "sign-order"
    CERTIFY_PART = "certify-part"
    CERTIFY = "certify"
    STOP = "stop"
    INVOICE = "invoice"
    PAY = "pay"
    SETTLE = "settle"
    CANCEL = "cancel"


@dataclass(frozen=True, kw_only=True)
class Balances:
    """A budget line at one moment, in euros including tax; ``available`` is never below zero."""

    voted: Decimal
    transferred: Decimal
    reserved: Decimal
    committed: Decimal
    paid: Decimal
    available: Decimal


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is needed: so many units of a label."""

    label: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, kw_only=True)
class PricedLine:
    """A line of an opened quote; ``vat_rate`` in percent."""

    label: str
    quantity: Decimal
    unit: str
    unit_price_excl_tax: Decimal
    vat_rate: Decimal
    amount_excl_tax: Decimal


@dataclass(frozen=True, kw_only=True)
class OpenedQuote:
    """What was in one envelope, once closing is past."""

    quote_id: UUID
    supplier_id: UUID
    amount_excl_tax: Decimal
    amount_incl_tax: Decimal


@dataclass(frozen=True, kw_only=True)
class EnvelopeOpened(Fact):
    """A committee may spend up to ``amount`` (including tax) in ``year``."""

    envelope_id: UUID
    year: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class BudgetOpened(Fact):
    """An action has a line of money, inside its committee's envelope of the year."""

    line_id: UUID
    envelope_id: UUID
    year: int
    title: str
    balances: Balances
    ledger_seq: int


@dataclass(frozen=True, kw_only=True)
class BudgetChanged(Fact):
    """A line moved by ``amount``; ``balances`` are those after, ``ledger_seq`` counts from 1.

    ``purchase_id`` is the document behind the move, absent for a vote or a transfer.
    """

    line_id: UUID
    move: BudgetMove
    amount: Decimal
    balances: Balances
    ledger_seq: int
    purchase_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class BudgetShortfall(Fact):
    """The line opened with ``granted`` only: the envelope had no more than that left."""

    line_id: UUID
    year: int
    asked: Decimal
    granted: Decimal


@dataclass(frozen=True, kw_only=True)
class SupplierNamed(Fact):
    """A supplier enters the city's list, or changes; an organisation keeps one id."""

    supplier_id: UUID
    name: str
    siren: str
    siret: str | None = None

    def subject(self) -> str:
        return str(self.supplier_id)


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
    """A step was passed; ``next_step`` awaits ``awaited_role`` until ``due`` (None at the end)."""

    step: Step
    next_step: Step | None = None
    awaited_role: str | None = None
    due: date | None = None
    reason: str = ""


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
