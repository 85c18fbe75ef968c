"""The board of the city: one row a committee, read from rows and sums that the folds keep."""

from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.scope import seen
from services.monitoring.queries.standing import standings
from services.monitoring.tables import pulse_view, waits_view, years_view
from shared.kernel.calendar import last_worked
from shared.store.reading import Reading

MONEY = ("envelope", "transferred", "reserved", "committed", "paid", "available")
LEVELS = ("late", "soon", "calm", "unknown")
SORTS = ("slack", "committee", "action", "day", "step", "due", "awaited", *MONEY)

Row = dict[str, Any]


def board(
    read: Reading,
    *,
    year: int | None = None,
    sector: str | None = None,
    step: int | None = None,
    awaited: str | None = None,
    level: str | None = None,
    blocked: bool = False,
    yours: bool = False,
    sort: str = "slack",
) -> Row:
    """The committees that the one who asks may see: step, who is awaited, what blocks, money.

    Filters narrow the rows; ``counts`` and ``totals`` are those before ``level``, ``blocked`` and
    ``yours``, so that each of them leads to its rows. ``step`` is one of the eight of the road.
    ``sort`` begins with ``-`` for the other way round.
    """
    year = year or read.today.year
    all_seen = mirror.committees(read, seen(read), closed=True)
    money = _money(read, year)
    standing = standings(read, all_seen, awaited=awaited)
    rows = [
        _row(committee, money.get(committee["id"]), standing.get(committee["id"]))
        for committee in all_seen
        if sector in (None, committee["sector"])
        and (committee["closed_on"] is None or committee["id"] in money)
    ]
    if step is not None:
        rows = [row for row in rows if row["place"] == step]
    if awaited:
        rows = [row for row in rows if row["urgent"] is not None]
    wanted = [row for row in rows if _is_wanted(row, level, blocked, yours)]
    return {
        "year": year,
        "years": _years(read, year),
        "sectors": sorted({c["sector"] for c in all_seen if c["sector"]}),
        "totals": _totals(rows),
        "counts": _counts(rows),
        "committees": _sorted(wanted, sort),
        "freshness": freshness(read),
    }


def committees_behind(read: Reading) -> int:
    """How many committees that the one who asks follows are late: the number beside the link."""
    seen_ids = {c["id"] for c in mirror.committees(read, seen(read))}
    pulse, w = pulse_view.c, waits_view.c
    before = last_worked(read.today)
    late = sa.exists().where(w.committee_id == pulse.committee_id, w.open, w.queue < before)
    found = read.connection.execute(sa.select(pulse.committee_id).where(late)).scalars()
    return len(seen_ids & set(found))


def money_of(read: Reading, committee_id: UUID, year: int) -> Row:
    """The money of one committee in ``year``; unknown amounts are None."""
    y = years_view.c
    found = read.row(sa.select(years_view).where(y.committee_id == committee_id, y.year == year))
    return _with_available(found)


def _money(read: Reading, year: int) -> dict[UUID, Row]:
    found = read.rows(sa.select(years_view).where(years_view.c.year == year))
    return {row["committee_id"]: row for row in found}


def _with_available(row: Row | None) -> Row:
    names = ("envelope", "voted", "transferred", "reserved", "committed", "paid", "short")
    if row is None:
        return dict.fromkeys((*names, "available"))
    money: Row = {name: row[name] for name in names}
    if money["envelope"] is None:
        return money | {"available": None}
    spoken_for = money["reserved"] + money["committed"] + money["paid"]
    return money | {"available": money["envelope"] + money["transferred"] - spoken_for}


def _row(committee: Row, money: Row | None, standing: Row | None) -> Row:
    return {"committee": committee, **(standing or UNHEARD), **_with_available(money)}


UNHEARD: Row = {
    "leg": None,
    "place": None,
    "step_name": None,
    "also": (),
    "over": False,
    "more": False,
    "urgent": None,
    "slack": None,
    "level": "unknown",
    "obstacle": None,
    "blocked": False,
    "last_fact_at": None,
    "silent_days": None,
    "quiet": True,
    "open": None,
}
"""A committee of which no fact was heard."""


def _is_wanted(row: Row, level: str | None, blocked: bool, yours: bool) -> bool:
    if blocked and not row["blocked"]:
        return False
    if yours and not _is_yours(row):
        return False
    if level == "quiet":
        return bool(row["quiet"])
    return level is None or row["level"] == level


def _is_yours(row: Row) -> bool:
    """Whether the one who reads can make this committee go on."""
    return bool(row["obstacle"] and row["obstacle"]["you_unblock"])


def _counts(rows: list[Row]) -> Row:
    levels = Counter(row["level"] for row in rows)
    return {name: levels[name] for name in LEVELS} | {
        "committees": len(rows),
        "blocked": sum(row["blocked"] for row in rows),
        "yours": sum(_is_yours(row) for row in rows),
        "quiet": sum(row["quiet"] for row in rows),
        "purchases": sum(row["open"] or 0 for row in rows),
    }


def _totals(rows: list[Row]) -> Row:
    """Sums of what is known; ``without_envelope`` counts those whose envelope nobody heard of."""
    names = ("envelope", "voted", "transferred", "reserved", "committed", "paid")
    known = [row for row in rows if row["envelope"] is not None]
    sums: Row = {name: sum((row[name] or Decimal(0) for row in rows), Decimal(0)) for name in names}
    available = sum((row["available"] for row in known), Decimal(0))
    nothing = not any(row["voted"] is not None for row in rows)
    if nothing:
        sums = dict.fromkeys(names)
    return sums | {
        "available": None if not known else available,
        "envelope": sums["envelope"] if known else None,
        "without_envelope": len(rows) - len(known),
    }


def _years(read: Reading, year: int) -> list[int]:
    found = read.connection.execute(sa.select(years_view.c.year).distinct()).scalars()
    return sorted({year, read.today.year, *found}, reverse=True)


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """In order of ``sort``; what is unknown comes last, whichever the way."""
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name not in SORTS:
        name = "slack"
    by_number = sorted(rows, key=lambda row: row["committee"]["number"])
    known = [row for row in by_number if _value(row, name) is not None]
    unknown = [row for row in by_number if _value(row, name) is None]
    return sorted(known, key=lambda row: _value(row, name), reverse=backwards) + unknown


def _value(row: Row, name: str) -> Any:
    if name == "committee":
        return row["committee"]["number"]
    if name in MONEY or name == "slack":
        return row[name]
    if name == "step":
        return row["place"]
    if name in ("day", "action"):
        return (row["leg"] or {}).get("title" if name == "action" else name)
    urgent = row["urgent"] or {}
    return urgent.get("awaited_name" if name == "awaited" else "due")
