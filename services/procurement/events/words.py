"""The words of the facts of procurement: categories, moves, steps, and what a fact holds inside."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


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
    MOVE = "move"
    CARRY = "carry"


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
    CONFIRM = "confirm-quote"
    ASK_MORE = "ask-more"
    VALIDATE = "validate"
    REFUSE = "refuse"
    COMMIT = "commit"
    CONTRACT = "record-contract"
    SIGN_ORDER = "sign-order"
    CERTIFY_PART = "certify-part"
    CERTIFY = "certify"
    STOP = "stop"
    INVOICE = "invoice"
    PAY = "pay"
    SETTLE = "settle"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    AMEND_ORDER = "amend-order"


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
