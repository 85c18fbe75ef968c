"""The workshop: its weeks, what they hold, what fits and what does not, its catalogue."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.communication import tables
from services.communication.model import (
    DEPARTMENT,
    Delays,
    Load,
    Support,
    first_fit,
    loads_from,
    monday_of,
    workshop_id,
)
from services.communication.model.weeks import HORIZON, USUAL_HOURS, ZERO
from services.communication.queries.labels import SUPPORTS, plain_hours
from services.directory import mirror
from shared.kernel import calendar
from shared.store.reading import Reading

WEEKS_SHOWN = 8
r, w, o = tables.print_requests, tables.weeks, tables.offers


def _usual(read: Reading, department: str) -> tuple[Decimal, Decimal]:
    """Hours of a usual week and the part kept for urgency."""
    ws = tables.workshops
    row = read.row(sa.select(ws).where(ws.c.id == workshop_id(department)))
    return (row["hours"], row["reserve"]) if row else (USUAL_HOURS, ZERO)


def _loads(read: Reading, department: str, start: date, without: UUID | None = None) -> list[Load]:
    """Half a year of weeks from ``start`` on, without what the request ``without`` holds."""
    first = monday_of(start)
    last = first + timedelta(7 * HORIZON)
    here = (w.c.department == department, w.c.monday >= first, w.c.monday < last)
    weeks = {
        row["monday"]: (row["hours"], row["held"]) for row in read.rows(w.select().where(*here))
    }
    if without is not None:
        s = tables.slots
        held = sa.select(w.c.monday, s.c.hours).join(w, w.c.id == s.c.week_id)
        for row in read.rows(held.where(s.c.request_id == without, w.c.monday >= first)):
            hours, kept = weeks[row["monday"]]
            weeks[row["monday"]] = (hours, kept - row["hours"])
    return loads_from(_usual(read, department), weeks, first)


def _offers(read: Reading, department: str) -> dict[Support, dict[str, Any]]:
    """The catalogue by support."""
    return {
        row["support"]: row for row in read.rows(o.select().where(o.c.department == department))
    }


def _delays_of(read: Reading, department: str, support: Support) -> Delays:
    """The working days of each part for a support; the usual ones when it is not listed."""
    row = _offers(read, department).get(support)
    names = ("conception", "review", "proof", "printing", "delivery")
    return Delays(**{name: row[name] for name in names}) if row else Delays()


def print_plan(read: Reading, *, department: str = DEPARTMENT, weeks: int = WEEKS_SHOWN) -> Any:
    """The coming weeks with their capacity, what each holds, and what is too much, in words."""
    loads = _loads(read, department, read.today)[:weeks]
    mondays = [load.monday for load in loads]
    held = _held(read, department, mondays)
    reasons = {
        row["monday"]: row["why"]
        for row in read.rows(
            sa.select(w.c.monday, w.c.why).where(
                w.c.department == department, w.c.monday.in_(mondays)
            )
        )
    }
    rows = [
        {
            "monday": load.monday,
            "capacity": plain_hours(load.capacity),
            "reserve": plain_hours(load.reserve),
            "held": plain_hours(load.held),
            "why": reasons.get(load.monday, ""),
            "requests": held.get(load.monday, []),
        }
        for load in loads
    ]
    return {
        "department": department,
        "weeks": rows,
        "over": [row for row in rows if row["held"] > row["capacity"]],
        "scale": max((max(row["held"], row["capacity"]) for row in rows), default=ZERO),
    }


def _held(
    read: Reading, department: str, mondays: Collection[date]
) -> dict[date, list[dict[str, Any]]]:
    """What each week holds, the firm slots first."""
    s = tables.slots
    select = (
        sa.select(w.c.monday, s.c.hours.label("slot_hours"), s.c.firm, r)
        .join(s, s.c.week_id == w.c.id)
        .join(r, r.c.id == s.c.request_id)
        .where(w.c.department == department, w.c.monday.in_(mondays))
        .order_by(w.c.monday, s.c.firm.desc(), r.c.needed_by, r.c.id)
    )
    committees = {row["id"]: row for row in mirror.committees(read, closed=True)}
    found: dict[date, list[dict[str, Any]]] = {}
    for row in read.rows(select):
        row["committee"] = committees.get(row["committee_id"])
        row["support_name"] = SUPPORTS[row["support"]]
        row["slot_hours"] = plain_hours(row["slot_hours"])
        found.setdefault(row["monday"], []).append(row)
    return found


def workshop_card(read: Reading, *, department: str = DEPARTMENT) -> dict[str, Any]:
    """The usual week, the weeks that are not as usual, and the catalogue with its delays."""
    hours, reserve = _usual(read, department)
    offers = _catalogue(read, department)
    here = (w.c.department == department, w.c.monday >= monday_of(read.today))
    own = w.select().where(*here, w.c.hours.is_not(None)).order_by(w.c.monday).limit(HORIZON)
    ws = tables.workshops
    known = read.row(sa.select(ws.c.version).where(ws.c.id == workshop_id(department)))
    return {
        "department": department,
        "hours": plain_hours(hours),
        "reserve": plain_hours(reserve),
        "version": known["version"] if known else 1,
        "weeks": [{**row, "hours": plain_hours(row["hours"])} for row in read.rows(own)],
        "mondays": [monday_of(read.today) + timedelta(7 * n) for n in range(HORIZON)],
        "offers": offers,
        "unlisted": [
            (str(support), name)
            for support, name in SUPPORTS.items()
            if support not in {offer["support"] for offer in offers}
        ],
    }


def _catalogue(read: Reading, department: str) -> list[dict[str, Any]]:
    """What the department takes on, in the order of the catalogue."""
    offers = _offers(read, department)
    return [
        {
            **row,
            "hours": plain_hours(row["hours"]),
            "name": SUPPORTS[support],
            "delays": Delays(*(row[n] for n in _DAYS)),
        }
        for support in Support
        if (row := offers.get(support)) is not None
    ]


def catalogue(read: Reading, *, department: str = DEPARTMENT) -> dict[str, Any]:
    """What the department takes on, on what conditions, and when it would be ready if asked now."""
    offers = _catalogue(read, department)
    loads = _loads(read, department, read.today)
    for offer in offers:
        delays: Delays = offer["delays"]
        start = calendar.after(read.today, delays.before_press)
        offer["days"] = delays.before_press + delays.after_press
        offer["fit"] = first_fit(loads, delays, offer["hours"], start)
    return {"department": department, "offers": offers}


_DAYS = ("conception", "review", "proof", "printing", "delivery")
