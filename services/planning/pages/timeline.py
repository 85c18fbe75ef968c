"""The plan as a line counted back from the day: a picture beside its table.

A tall mark is a milestone; grey is done, an outline to come, red late; the teal one is the day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from shared.web.pictures.shapes import figure

_HEIGHT = 44
_MARGIN = 200
"""Hundredths of a per cent left free on each side."""


def timeline(tasks: Sequence[dict[str, Any]], day: date, today: date, label: str) -> Markup:
    """``tasks`` on a line from the first date to the last, with today and the day."""
    dates: list[date] = [*(task["due"] for task in tasks), day, today]
    first, last = min(dates), max(dates)
    span = max((last - first).days, 1)

    def x(when: date) -> int:
        return _MARGIN + (when - first).days * (10_000 - 2 * _MARGIN) // span

    marks = [_mark(x(task["due"]), task) for task in tasks]
    shapes = [_axis(), *marks, _rule(x(today)), _day(x(day))]
    return Markup(
        '<svg class="rk-bar" width="100%" height="{h}" role="img" aria-label="{label}" '
        'focusable="false">{shapes}</svg>'
    ).format(h=_HEIGHT, label=label, shapes=Markup("").join(shapes))


def _axis() -> Markup:
    return Markup('<rect class="rk-f-sunk" x="0" y="20" width="100%" height="4"/>')


def _mark(x: int, task: dict[str, Any]) -> Markup:
    kind = "mid" if task["done"] else "bad" if task["late"] else "open"
    tall = 24 if task["milestone"] else 14
    return _box(kind, x, 8, tall)


def _rule(x: int) -> Markup:
    return _box("ink", x, 2, _HEIGHT)


def _day(x: int) -> Markup:
    return _box("accent", x, 12, 32)


def _box(kind: str, x: int, width: int, height: int) -> Markup:
    return Markup(
        '<rect class="rk-f-{kind}" x="{x}%" y="{y}" width="{w}" height="{h}" '
        'transform="translate({half})"/>'
    ).format(
        kind=kind,
        x=figure(x / 100),
        y=figure((_HEIGHT - height) / 2),
        w=width,
        h=height,
        half=figure(-width / 2),
    )
