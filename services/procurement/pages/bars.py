"""A budget line as bars: paid, committed, reserved, this purchase, available."""

from decimal import Decimal
from typing import Any

from shared.web.pictures import Part


def parts_of(line: dict[str, Any], mine: Decimal | None = None) -> list[Part]:
    """What is taken of a line, from the most settled to what this purchase would take."""
    parts = [
        Part("Payé", line["paid"], "dark"),
        Part("Engagé", line["committed"], "mid"),
        Part("Réservé", line["reserved"], "hatched"),
    ]
    kept = [part for part in parts if part.value]
    return [*kept, Part("Cet achat", mine, "accent")] if mine is not None else kept


def total_of(line: dict[str, Any]) -> Decimal:
    """What the line holds in all."""
    total: Decimal = line["voted"] + line["transferred"]
    return total


def before_and_after(card: dict[str, Any]) -> dict[str, Any] | None:
    """Two bars on one scale, or None when no line pays yet."""
    line = card["line"]
    if line is None:
        return None
    mine = card["amount_incl_tax"] if card["state"] in {"checked", "comparing"} else None
    return {
        "total": total_of(line),
        "before": parts_of(line),
        "after": parts_of(line, mine),
    }
