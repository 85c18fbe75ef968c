"""Facts of money and suppliers."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.language import Fact
from services.procurement.events.words import Balances, BudgetMove


@dataclass(frozen=True, kw_only=True)
class EnvelopeOpened(Fact):
    """A committee may spend up to ``amount`` (including tax) in ``year``."""

    envelope_id: UUID
    year: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class EnvelopeChanged(Fact):
    """The envelope of ``year`` is now ``amount``: money was carried over to it, or from it."""

    envelope_id: UUID
    year: int
    amount: Decimal
    why: str


@dataclass(frozen=True, kw_only=True)
class BudgetOpened(Fact):
    """An action has a line of money, inside its committee's envelope of the year.

    ``asked`` is what it should hold; None when nobody could say: the line then opens at zero.
    """

    line_id: UUID
    envelope_id: UUID
    year: int
    title: str
    balances: Balances
    ledger_seq: int
    asked: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class BudgetChanged(Fact):
    """A line moved by ``amount``; ``balances`` are those after, ``ledger_seq`` counts from 1.

    ``purchase_id`` is the document behind the move, absent for a vote or a transfer, and where a
    line gives back to its envelope what it no longer needs (release, move or carry).
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
