"""Amounts of a quote: excluding tax per line, VAT per rate on the sum, including tax as the sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


class Priced(Protocol):
    """Anything with a quantity, a price in euros excluding tax and a VAT rate in percent."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price_excl_tax(self) -> Decimal: ...
    @property
    def vat_rate(self) -> Decimal: ...


def to_cent(amount: Decimal) -> Decimal:
    """Rounded to the cent, halves away from zero: the only rounding of the house."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def amount_of(line: Priced) -> Decimal:
    """What one line costs, in euros excluding tax."""
    return to_cent(line.quantity * line.unit_price_excl_tax)


@dataclass(frozen=True)
class VatShare:
    """The tax at one rate (percent) on the sum ``base`` of the lines that bear it."""

    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Totals:
    """The three totals of a quote, in euros; ``shares`` say how the tax is made up."""

    excl_tax: Decimal
    vat: Decimal
    incl_tax: Decimal
    shares: tuple[VatShare, ...]


def totals(lines: Iterable[Priced]) -> Totals:
    """The totals of ``lines``; rounding happens once a line, then once a rate, never after."""
    bases: dict[Decimal, Decimal] = {}
    for line in lines:
        rate = line.vat_rate.normalize()
        bases[rate] = bases.get(rate, ZERO) + amount_of(line)
    shares = tuple(
        VatShare(rate, base, to_cent(base * rate / 100)) for rate, base in sorted(bases.items())
    )
    excl_tax = sum(bases.values(), ZERO)
    vat = sum((share.amount for share in shares), ZERO)
    return Totals(excl_tax, vat, excl_tax + vat, shares)


def in_euros(amount: Decimal) -> str:
    """``1 974,70 €``, for a sentence."""
    whole, _, rest = f"{amount:.2f}".partition(".")
    return f"{int(whole):,}".replace(",", "\u00a0") + f",{rest}\u00a0€"
