"""The thread: what happened, top to bottom, each row in the lane of who published it.

A square is what a person decided, a disc what followed by itself or by a date, a dotted ring what
is awaited. A curve goes from each cause to its effects. Causes that are not in the thread are
shown as an open end, never guessed.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from shared.web.pictures.shapes import figure


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the thread.

    ``key`` is what other rows name as their ``cause``. ``name`` is the technical name, shown in
    the table only; ``when``, ``decided_by`` and ``detail`` are already written for people.
    """

    key: str
    title: str
    lane: str
    when: str = ""
    detail: str = ""
    cause: str | None = None
    by: Literal["person", "follows"] = "follows"
    state: Literal["done", "yours", "awaited"] = "done"
    strong: bool = False
    name: str = ""
    decided_by: str = ""
    href: str = ""


HEIGHT = 48
DATES = 100
TEXT = 360  # the least width left to the text
ASIDE = 11  # how far a curve steps aside of the marks it must not cross
LETTER = 8.1  # the mean width of a letter at 15 px, on the wide side


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where everything stands."""

    lanes: Mapping[str, int]
    top: float
    gap: int
    width: int
    total: float

    def x(self, row: Row) -> float:
        return self.lane_x(self.lanes[row.lane])

    def lane_x(self, place: int) -> float:
        return DATES + 14 + place * self.gap

    def y(self, index: int) -> float:
        return self.top + index * HEIGHT + HEIGHT / 2

    @property
    def text(self) -> float:
        return self.lane_x(len(self.lanes) - 1) + 28


def thread(
    rows: Sequence[Row],
    *,
    lanes: Sequence[str] = (),
    today: str = "Aujourd’hui",
    today_after: int | None = None,
    width: int = 680,
    label: str = "Le fil, de haut en bas",
) -> Markup:
    """The picture of ``rows``; ``thread_table`` is its twin and must stand near it.

    ``lanes`` fixes the order of the lanes, else that of their first row. The rule ``today`` is
    drawn after ``today_after`` rows, else before the first one that has not happened.
    """
    if not rows:
        return Markup("")
    grid = _grid(rows, lanes, width)
    if today_after is None:
        today_after = next((i for i, row in enumerate(rows) if row.state != "done"), len(rows))
    shapes = [_lanes(grid), _curves(rows, grid)]
    if today:
        shapes.append(_rule(grid, today_after, today))
    before = ""
    for index, row in enumerate(rows):
        shapes.append(_line(row, index, grid, "" if row.when == before else row.when))
        before = row.when
    return Markup(
        '<svg class="rk-thread" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
        'aria-label="{label}" focusable="false">{shapes}</svg>'
    ).format(
        w=grid.width,
        h=figure(grid.total),
        label=label,
        shapes=Markup("").join(shapes),
    )


def _grid(rows: Sequence[Row], lanes: Sequence[str], width: int) -> _Grid:
    names = list(dict.fromkeys([*lanes, *(row.lane for row in rows)]))
    gap = 34 if len(names) <= 6 else 24 if len(names) <= 10 else 16
    top = 20 + max(len(name) for name in names) * 4.6
    least = DATES + 14 + (len(names) - 1) * gap + 28 + TEXT
    total = top + len(rows) * HEIGHT + 16
    places = {name: place for place, name in enumerate(names)}
    return _Grid(places, top, gap, max(width, least), total)


def _lanes(grid: _Grid) -> Markup:
    lines = []
    for name, place in grid.lanes.items():
        x = figure(grid.lane_x(place))
        y = figure(grid.top - 10)
        lines.append(
            Markup(
                '<path class="rk-t-lane" d="M{x} {top}V{bottom}"/>'
                '<text class="rk-t-small" transform="translate({x} {y}) rotate(-40)" dx="3">{name}'
                "</text>"
            ).format(x=x, top=figure(grid.top), bottom=figure(grid.total - 8), y=y, name=name)
        )
    return Markup("").join(lines)


def _curves(rows: Sequence[Row], grid: _Grid) -> Markup:
    place = {row.key: index for index, row in enumerate(rows)}
    taken: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        taken.setdefault(row.lane, []).append(index)
    curves = []
    for index, row in enumerate(rows):
        if row.cause is None or row.cause == row.key:
            continue
        look = {"done": "", "yours": " rk-t-yours", "awaited": " rk-t-awaited"}[row.state]
        cause = place.get(row.cause)
        if cause is None or cause > index:
            path = _open_end(grid.x(row), grid.y(index))
        else:
            marks = taken[row.lane]
            crossed = marks[bisect_right(marks, cause)] < index
            path = _curve(rows[cause], cause, row, index, grid, crossed)
        curves.append(Markup('<path class="rk-t-curve{}" d="{}"/>').format(look, path))
    return Markup("").join(curves)


def _curve(cause: Row, start: int, effect: Row, end: int, grid: _Grid, crossed: bool) -> str:
    """Across just under the cause, down along the lane of the effect, then into its mark."""
    x1, y1 = grid.x(cause), grid.y(start) + 9
    x2, y2 = grid.x(effect), grid.y(end) - 10
    side = x2 - ASIDE if crossed else x2
    path = f"M{figure(x1)} {figure(y1)}"
    turn = min(y1 + 26, y2)
    if side != x1:
        middle = figure((y1 + turn) / 2)
        path += f"C{figure(x1)} {middle} {figure(side)} {middle} {figure(side)} {figure(turn)}"
    if crossed:
        path += f"V{figure(y2 - 14)}Q{figure(side)} {figure(y2 - 4)} {figure(x2)} {figure(y2)}"
    else:
        path += f"V{figure(y2)}"
    return path + _arrow(x2, y2)


def _arrow(x: float, y: float) -> str:
    return (
        f"M{figure(x - 4)} {figure(y - 5)}L{figure(x)} {figure(y)}L{figure(x + 4)} {figure(y - 5)}"
    )


def _open_end(x: float, y: float) -> str:
    """A cause that the thread does not hold: a short line from a bar."""
    return (
        f"M{figure(x - 15)} {figure(y - 20)}H{figure(x - 5)}"
        f"M{figure(x - 10)} {figure(y - 20)}Q{figure(x - 10)} {figure(y - 13)} "
        f"{figure(x)} {figure(y - 10)}"
    )


def _rule(grid: _Grid, after: int, label: str) -> Markup:
    y = grid.top + after * HEIGHT
    wide = len(label) * 7.6 + 14
    return Markup(
        '<path class="rk-t-rule" d="M0 {y}H{w}"/>'
        '<rect class="rk-f-ink" y="{box}" width="{wide}" height="20" rx="3"/>'
        '<text class="rk-t-today" x="7" y="{base}">{label}</text>'
    ).format(
        y=figure(y),
        w=grid.width,
        box=figure(y - 10),
        wide=figure(wide),
        base=figure(y + 4.5),
        label=label,
    )


_MARKS = {
    "person": '<rect class="rk-f-ink" x="-7" y="-7" width="14" height="14" rx="1"/>',
    "follows": '<circle class="rk-f-ink" r="7"/>',
    "awaited": '<circle class="rk-t-ring" r="7"/>',
    "yours": '<circle class="rk-t-target" r="8"/><circle class="rk-f-accent" r="3.5"/>',
}


def _line(row: Row, index: int, grid: _Grid, when: str) -> Markup:
    shape = _MARKS[row.by if row.state == "done" else row.state]
    room = int((grid.width - grid.text) / LETTER)
    strong = row.strong or row.state == "yours"
    title = "rk-t-title" + (" rk-t-strong" if strong else "")
    if row.state == "awaited":
        title += " rk-t-later"
    y = grid.y(index)
    first = y - 3 if row.detail else y + 5
    lines = Markup('<g transform="translate({} {})">{}</g>').format(
        figure(grid.x(row)),
        figure(y),
        Markup(shape),  # noqa: S704 - a constant
    )
    if when:
        lines += _words("rk-t-small", 0, y + 4, when, 14)
    lines += _words(title, grid.text, first, row.title, room)
    if row.detail:
        small = "rk-t-small" + (" rk-t-call" if row.state == "yours" else "")
        lines += _words(small, grid.text, y + 15, row.detail, int(room * 1.12))
    return lines


def _words(name: str, x: float, y: float, text: str, room: int) -> Markup:
    """A line of text, cut to its room; what is cut is whole in the table."""
    cut = text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(
        name, figure(x), figure(y), escape(cut)
    )
