"""Numbers, amounts, counts and sizes."""

from decimal import ROUND_HALF_UP, Decimal

from shared.web.formats.words import MINUS, NBSP, UNKNOWN, UNKNOWN_FEMININE

_CENT = Decimal("0.01")


def _grouped(digits: str) -> str:
    """``1974`` gives ``1 974``, with no-break spaces."""
    return f"{int(digits):,}".replace(",", NBSP)


def number(value: Decimal | str | int | None, decimals: int | None = None) -> str:
    """``1 200`` or ``8,5``; with ``decimals``, rounded half up to that many figures."""
    if value is None:
        return UNKNOWN
    exact = _decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    text = _grouped(whole) + (f",{rest}" if rest else "")
    return f"{MINUS}{NBSP}{text}" if exact < 0 else text


def euros(value: Decimal | str | int | None, sign: bool = False, cents: bool = True) -> str:
    """``1 974,70 €``; with ``sign``, ``+ 65,10 €`` for a difference.

    Floats are refused: an amount that went through a float may already be wrong by a cent.
    """
    if value is None:
        return UNKNOWN
    text = f"{number(_decimal(value).quantize(_CENT, ROUND_HALF_UP), 2 if cents else 0)}{NBSP}€"
    return f"+{NBSP}{text}" if sign and _decimal(value) > 0 else text


def _decimal(value: Decimal | str | int) -> Decimal:
    if isinstance(value, float):
        raise TypeError("a float is not exact: give a Decimal or its text")
    return Decimal(value)


def plural(count: int | None, one: str, many: str = "") -> str:
    """``0 tâche``, ``1 tâche``, ``2 tâches``: the French singular goes up to, but not including, 2.

    ``many`` is for the plurals that do not just take an s (``plural(3, "travail", "travaux")``).
    """
    if count is None:
        return f"{one} : {UNKNOWN}".replace(" :", f"{NBSP}:")
    return f"{_signed(count)}{NBSP}{one if abs(count) < 2 else many or f'{one}s'}"


def _signed(count: int) -> str:
    return f"{MINUS}{NBSP}{_grouped(str(-count))}" if count < 0 else _grouped(str(count))


def size(octets: int | None) -> str:
    """The size of a file: ``640 octets``, ``12 Ko``, ``3,4 Mo``."""
    if octets is None:
        return UNKNOWN_FEMININE
    if octets < 1000:
        return plural(octets, "octet")
    if octets < 1_000_000:
        return f"{number(Decimal(octets) / 1000, 0)}{NBSP}Ko"
    return f"{number(Decimal(octets) / 1_000_000, 1)}{NBSP}Mo"
