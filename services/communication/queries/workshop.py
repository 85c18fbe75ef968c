"""The workshop: its weeks, what they hold, what fits and what does not, its catalogue."""

from collections.abc import Collection, Iterator
from dataclasses import replace
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
    PrintRequest,
    State,
    Support,
    first_fit,
    loads_from,
    monday_of,
    workshop_id,
)
from services.communication.model.delays import FROM_MODEL
from services.communication.model.papers import Proof
from services.communication.model.weeks import HORIZON, USUAL_HOURS, ZERO, Fit
from services.communication.queries.labels import SUPPORTS
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


def _as_request(row: dict[str, Any], proof: dict[str, Any] | None) -> PrintRequest:
    """The rules of a request over a row: a page says what the rule would say."""
    names = (
        "id", "need_id", "committee_id", "action_id", "title", "support", "opened_at", "needed_by",
        "state", "conception", "review", "proof", "printing", "delivery", "accepted_on", "hours",
    )  # fmt: skip
    proofs = []
    if proof:
        kept = ("edition", "sha256", "size", "media_type", "published_at", "answer")
        proofs = [Proof(**{name: proof[name] for name in kept})]
    return PrintRequest(**{name: row[name] for name in names}, proofs=proofs)


def _fit(
    read: Reading,
    row: dict[str, Any],
    proof: dict[str, Any] | None,
    loads: list[Load] | None = None,
) -> Fit | None:
    """The first week that fits a request as it stands, its hours being those of the catalogue
    until the workshop says others."""
    delays = _known_delays(read, row)
    asked = _as_request(row | _days(delays), proof)
    hours = row["hours"] or _usual_hours(read, row)
    loads = loads or _loads(read, row["department"], read.today, without=row["id"])
    return first_fit(loads, delays, hours, asked.press_from(read.today), row["urgent"])


def _known_delays(read: Reading, row: dict[str, Any]) -> Delays:
    if row["state"] is State.DRAFT:
        return _delays_of(read, row["department"], row["support"])
    return Delays(*(row[n] for n in ("conception", "review", "proof", "printing", "delivery")))


def _days(delays: Delays) -> dict[str, int]:
    return dict(vars(delays))


def _usual_hours(read: Reading, row: dict[str, Any]) -> Decimal:
    offer = _offers(read, row["department"]).get(row["support"])
    return offer["hours"] if offer else Decimal(8)


def _ways(read: Reading, row: dict[str, Any], proof: dict[str, Any] | None) -> dict[str, Any]:
    """When a request would be ready, whether that is late, and what would help: tried, not done.

    ``ways`` are those that are early enough, the cheapest first: a model of the City, the hours
    kept for urgency. ``in_vain`` are those that are not. ``fit`` is None when no week has room.
    """
    found = _fit(read, row, proof)
    hours = row["hours"] or _usual_hours(read, row)
    late = _is_late(row, found)
    tried: dict[str, Any] = {"fit": found, "late": late, "hours": hours, "ways": [], "in_vain": []}
    for name, fit in _tries(read, row, proof) if late else ():
        way = (
            {"name": name, "week": fit.monday, "ready_by": fit.ready_by} if fit else {"name": name}
        )
        tried["in_vain" if _is_late(row, fit) else "ways"].append(way)
    return tried


def _is_late(row: dict[str, Any], fit: Fit | None) -> bool:
    return fit is None or bool(row["needed_by"] and fit.ready_by > row["needed_by"])


def _tries(
    read: Reading, row: dict[str, Any], proof: dict[str, Any] | None
) -> Iterator[tuple[str, Fit | None]]:
    """What the workshop could do otherwise, and when it would then be ready."""
    if row["state"] is not State.DRAFT and not row["from_model"] and proof is None:
        short = replace(_known_delays(read, row), conception=FROM_MODEL)
        yield "model", _fit(read, row | _days(short), proof)
    if not row["urgent"] and row["state"] is State.ACCEPTED and _usual(read, row["department"])[1]:
        yield "urgent", _fit(read, row | {"urgent": True}, proof)


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
            "capacity": load.capacity,
            "reserve": load.reserve,
            "held": load.held,
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
        "hours": hours,
        "reserve": reserve,
        "version": known["version"] if known else 1,
        "weeks": read.rows(own),
        "mondays": [monday_of(read.today) + timedelta(7 * n) for n in range(HORIZON)],
        "offers": offers,
    }


def _catalogue(read: Reading, department: str) -> list[dict[str, Any]]:
    """What the department takes on, in the order of the catalogue."""
    offers = _offers(read, department)
    return [
        {**row, "name": SUPPORTS[support], "delays": Delays(*(row[n] for n in _DAYS))}
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
