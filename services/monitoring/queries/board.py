"""The board of the city: one row a committee, read from sums that the folds keep."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.purchases import SHOWN, described
from services.monitoring.queries.scope import seen
from services.monitoring.queries.slack import QUIET_DAYS
from services.monitoring.tables import pulse_view, purchases_view, years_view
from shared.kernel.calendar import last_worked
from shared.store.reading import Reading

MONEY = ("envelope", "transferred", "reserved", "committed", "paid", "available")
LEVELS = ("late", "soon", "calm", "unknown")
SORTS = ("slack", "committee", "due", "step", "awaited", *MONEY)

Row = dict[str, Any]


def board(
    read: Reading,
    *,
    year: int | None = None,
    sector: str | None = None,
    step: str | None = None,
    awaited: str | None = None,
    level: str | None = None,
    blocked: bool = False,
    sort: str = "slack",
) -> Row:
    """The committees that the one who asks may see, each with its money and most urgent purchase.

    Filters narrow the rows; ``counts`` and ``totals`` are those before ``level`` and ``blocked``,
    so that each of them leads to its rows. ``sort`` begins with ``-`` for the other way round.
    """
    year = year or read.today.year
    all_seen = mirror.committees(read, seen(read), closed=True)
    money = _money(read, year)
    pulses = _pulses(read, step, awaited)
    rows = [
        _row(read, committee, money.get(committee["id"]), pulses.get(committee["id"]))
        for committee in all_seen
        if sector in (None, committee["sector"])
        and (committee["closed_on"] is None or committee["id"] in money)
    ]
    if step or awaited:
        rows = [row for row in rows if row["purchase"] is not None]
    wanted = [row for row in rows if _is_wanted(row, level, blocked)]
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
    pulse, p = pulse_view.c, purchases_view.c
    before = last_worked(read.today)
    late = sa.exists().where(p.committee_id == pulse.committee_id, p.queue < before)
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


def _pulses(read: Reading, step: str | None, awaited: str | None) -> dict[UUID, Row]:
    """When each committee was last heard of, and its most urgent purchase: one seek each."""
    pulse, inner = pulse_view.c, purchases_view.alias("urgent")
    first = sa.select(inner.c.id).where(
        inner.c.committee_id == pulse.committee_id, inner.c.queue.is_not(None)
    )
    if step:
        first = first.where(inner.c.next_step == step)
    if awaited:
        first = first.where(inner.c.awaited_role == awaited)
    urgent = first.order_by(inner.c.queue, inner.c.id).limit(1).scalar_subquery()
    columns = [c.label(f"p_{c.name}") for c in SHOWN]
    select = sa.select(pulse_view, *columns).select_from(
        pulse_view.outerjoin(purchases_view, purchases_view.c.id == urgent)
    )
    return {row["committee_id"]: row for row in read.rows(select)}


def _row(read: Reading, committee: Row, money: Row | None, pulse: Row | None) -> Row:
    last = pulse["last_fact_at"] if pulse else None
    quiet = last is None or read.now - last > timedelta(days=QUIET_DAYS)
    purchase = None
    if pulse and pulse["p_id"] is not None:
        found = {c.name: pulse[f"p_{c.name}"] for c in SHOWN}
        purchase = described(found, read.today)
    return {
        "committee": committee,
        "last_fact_at": last,
        "silent_days": (read.now - last).days if last else None,
        "open": pulse["opened"] - pulse["ended"] if pulse else None,
        "purchase": purchase,
        "slack": purchase["slack"] if purchase else None,
        "level": purchase["level"] if purchase else "unknown",
        "blocked": bool(purchase and purchase["blocked"]),
        "quiet": quiet and purchase is None,
        **_with_available(money),
    }


def _is_wanted(row: Row, level: str | None, blocked: bool) -> bool:
    if blocked and not row["blocked"]:
        return False
    if level == "quiet":
        return bool(row["quiet"])
    return level is None or row["level"] == level


def _counts(rows: list[Row]) -> Row:
    levels = Counter(row["level"] for row in rows)
    return {name: levels[name] for name in LEVELS} | {
        "committees": len(rows),
        "blocked": sum(row["blocked"] for row in rows),
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
    purchase = row["purchase"] or {}
    key = {"step": "place", "awaited": "awaited_name", "due": "due"}[name]
    value = purchase.get(key)
    return value if isinstance(value, date | int | str) else None
