"""Bars: amounts stacked on one scale, and what is used of a capacity.

Their width is that of the place they stand in: shapes are placed in per cent, so that nothing is
stretched and hatches keep their angle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from shared.web.pictures.shapes import figure, unknown

Kind = Literal["dark", "mid", "hatched", "accent", "open"]
"""How a part is drawn, from the most settled to what is left: dark, mid, hatched, accent, open."""

LEAST = 1.0  # per cent: what exists stays visible, however small
_FILLS = {
    "dark": 'class="rk-f-dark"',
    "mid": 'class="rk-f-mid"',
    "hatched": 'fill="url(#rk-hatch)"',
    "accent": 'class="rk-f-accent"',
    "over": 'fill="url(#rk-hatch-over)"',
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: its name in the legend, its value (None when unknown), how it is drawn."""

    label: str
    value: Decimal | int | None
    kind: Kind = "mid"


def stacked_bar(
    parts: Sequence[Part],
    total: Decimal | int | None,
    *,
    scale: Decimal | int | None = None,
    height: int = 20,
    label: str = "",
) -> Markup:
    """The parts side by side, then what is left of ``total`` as an outline.

    ``scale`` is the value of the whole width, ``total`` when not given: two bars with the same
    scale can be compared. Parts beyond the total stay visible, with a tick where it ends. An
    unknown value gives no bar but « inconnu ». ``label`` is the text for those who do not see it;
    without one the bar is decoration beside its own words.
    """
    values = [part.value for part in parts if part.kind != "open"]
    if total is None or any(value is None for value in values):
        return unknown()
    shown = [part for part in parts if part.kind != "open" and part.value and part.value > 0]
    spent = sum((Decimal(part.value or 0) for part in shown), Decimal(0))
    left = max(Decimal(total) - spent, Decimal(0))
    whole = max(Decimal(scale or 0), spent, Decimal(total))
    shares = _shares([*(Decimal(part.value or 0) for part in shown), left], whole)
    shapes, x = [], 0.0
    for part, share in zip(shown, shares, strict=False):
        shapes.append(_piece(_FILLS[part.kind], x, share))
        x += share
    if left > 0 or not shown:
        shapes.append(_outline(x, shares[-1] if left > 0 else 100.0))
    gaps, x = [], 0.0
    for share in shares[: len(shown) - (0 if left > 0 else 1)]:
        x += share
        gaps.append(_gap(x))
    end = _tick(float(Decimal(total) / whole * 100)) if spent > Decimal(total) else ""
    return _frame("rk-bar", height, label, "".join([*shapes, *gaps, end]))


def _shares(values: Sequence[Decimal], whole: Decimal) -> list[float]:
    """Per cents of the width; what the smallest are given is taken from the largest."""
    if whole <= 0:
        return [0.0 for _ in values]
    shares = [float(value / whole * 100) for value in values]
    seen = [max(share, LEAST) if share > 0 else 0.0 for share in shares]
    excess = sum(seen) - sum(shares)
    if excess > 0:
        widest = seen.index(max(seen))
        seen[widest] = max(seen[widest] - excess, LEAST)
    return seen


def _piece(fill: str, x: float, share: float) -> str:
    return f'<rect {fill} x="{figure(x)}%" width="{figure(share)}%" height="100%"/>'


def _outline(x: float, share: float) -> str:
    # A nested svg cuts its content at its edges: half of a stroke of 2 is a line of 1 inside.
    return (
        f'<svg x="{figure(x)}%" width="{figure(share)}%" height="100%">'
        '<rect class="rk-f-open" width="100%" height="100%" stroke-width="2"/></svg>'
    )


def _gap(x: float) -> str:
    return f'<rect class="rk-f-gap" x="{figure(x)}%" width="2" height="100%"/>'


def _tick(x: float) -> str:
    return (
        f'<rect class="rk-f-ink" x="{figure(min(x, 100))}%" width="2" height="100%" '
        'transform="translate(-2)"/>'
    )


def _frame(name: str, height: int, label: str, shapes: str) -> Markup:
    said = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    return Markup('<svg class="{}" width="100%" height="{}" {} focusable="false">{}</svg>').format(
        name,
        int(height),
        said,
        Markup(shapes),  # noqa: S704 - made of numbers and constants
    )


def swatch(kind: Kind) -> Markup:
    """The little square of a legend."""
    shape = _outline(0, 100) if kind == "open" else _piece(_FILLS[kind], 0, 100)
    return Markup(  # noqa: S704 - made of constants
        '<svg class="rk-swatch" width="13" height="13" aria-hidden="true" focusable="false">'
        f"{shape}</svg>"
    )


def capacity_bar(
    used: Decimal | int | None,
    capacity: Decimal | int | None,
    *,
    scale: Decimal | int | None = None,
    height: int = 8,
) -> Markup:
    """What is used, a tick at the capacity, what overflows hatched in red.

    Give the same ``scale`` to the cells that are read together. The words stand beside it.
    """
    if used is None or capacity is None:
        return unknown()
    whole = max(Decimal(scale or 0), Decimal(used), Decimal(capacity))
    if whole <= 0:
        return _frame("rk-bar rk-bar-capacity", height, "", _piece('class="rk-f-sunk"', 0, 100))
    inside = float(min(Decimal(used), Decimal(capacity)) / whole * 100)
    limit = float(Decimal(capacity) / whole * 100)
    shapes = _piece('class="rk-f-sunk"', 0, limit) + _piece(_FILLS["mid"], 0, inside)
    if used > capacity:
        shapes += _piece(_FILLS["over"], limit, float(Decimal(used) / whole * 100) - limit)
    return _frame("rk-bar rk-bar-capacity", height, "", shapes + _tick(limit))
