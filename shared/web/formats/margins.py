"""What is left: working days before the last useful one (slack), hours of a capacity (room)."""

from decimal import Decimal

from shared.web.formats.numbers import number
from shared.web.formats.words import NBSP, UNKNOWN, UNKNOWN_FEMININE

SOON = 5  # only where no setting is given: how near is near belongs to the city


def slack(days: int | None, suffix: bool = True) -> str:
    """``3 j de retard``, ``dernier jour``, ``13 j de marge``; without ``suffix``, ``13 j``."""
    if days is None:
        return UNKNOWN_FEMININE
    if days < 0:
        return f"{-days}{NBSP}j de retard"
    if days == 0:
        return "dernier jour"
    return f"{days}{NBSP}j de marge" if suffix else f"{days}{NBSP}j"


def slack_level(days: int | None, soon: int = SOON) -> str:
    """How loud it is: ``late``, ``soon``, ``calm`` or ``unknown``."""
    if days is None:
        return "unknown"
    if days < 0:
        return "late"
    return "soon" if days <= soon else "calm"


def room_level(used: Decimal | int | None, capacity: Decimal | int | None) -> str:
    """``free``, ``near`` (nine tenths or more), ``full``, ``over`` or ``unknown``."""
    if used is None or capacity is None:
        return "unknown"
    if used > capacity:
        return "over"
    if used == capacity:
        return "full"
    return "near" if Decimal(used) >= Decimal(capacity) * 9 / 10 else "free"


def room(used: Decimal | int | None, capacity: Decimal | int | None, unit: str = "") -> str:
    """``libre 4 h``, ``presque plein``, ``plein``, ``trop de 7 h``."""
    level = room_level(used, capacity)
    if used is None or capacity is None:
        return UNKNOWN
    rest = f"{number(abs(Decimal(capacity) - Decimal(used)))}{NBSP}{unit}".rstrip()
    return {
        "over": f"trop de {rest}",
        "full": "plein",
        "near": "presque plein",
    }.get(level, f"libre {rest}")
