"""The days of a print as a line over the weeks of the plan, beside its words in the table."""

from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from shared.web.formats import short_day
from shared.web.pictures.shapes import figure

_HEIGHT = 26
_KINDS = {"conception": "mid", "review": "hatch", "press": "dark"}


def _place(day: date, first: date, weeks: int) -> float:
    """Where a day stands, in per cent of the weeks shown."""
    return min(max((day - first).days * 100 / (7 * weeks), 0.0), 100.0)


def schedule(row: dict[str, Any], first: date, weeks: int) -> Markup:
    """Conception, reviews and press of a request; a rule on the day it is wanted for, red when
    it comes too late."""
    shapes = [_rule(first + timedelta(7 * n), first, weeks, "line") for n in range(weeks)]
    shapes += [
        _span(_KINDS[name], start, end, first, weeks) for name, (start, end) in row["parts"].items()
    ]
    if row["needed_by"]:
        late = row["misses"] or not row["fits"]
        shapes.append(_rule(row["needed_by"], first, weeks, "bad" if late else "ink"))
    return Markup(
        '<svg class="rk-bar" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(_HEIGHT, Markup("").join(shapes))


def _span(kind: str, start: date, end: date, first: date, weeks: int) -> Markup:
    x, until = _place(start, first, weeks), _place(end, first, weeks)
    fill = (
        Markup('fill="url(#rk-hatch)"')
        if kind == "hatch"
        else Markup('class="rk-f-{}"').format(kind)
    )
    return Markup('<rect {} x="{}%" y="7" width="{}%" height="12"/>').format(
        fill, figure(x), figure(until - x)
    )


def _rule(day: date, first: date, weeks: int, kind: str) -> Markup:
    x = _place(day, first, weeks)
    shape = "sunk" if kind == "line" else kind
    return Markup(
        '<rect class="rk-f-{}" x="{}%" width="{}" height="100%" transform="translate(-1)"/>'
    ).format(shape, figure(x), 1 if kind == "line" else 3)


def weeks_head(first: date, weeks: int) -> Markup:
    """The Mondays over the lines, one in two so that they can be read."""
    mondays = [first + timedelta(7 * n) for n in range(0, weeks, 2)]
    words = [
        Markup('<text x="{}%" y="13" class="rk-small rk-f-ink">{}</text>').format(
            figure(_place(monday, first, weeks)), short_day(monday)
        )
        for monday in mondays
    ]
    return Markup(
        '<svg width="100%" height="18" aria-hidden="true" focusable="false">{}</svg>'
    ).format(Markup("").join(words))
