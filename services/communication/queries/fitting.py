"""Whether a request fits, when it would be ready, and what would help: tried, never done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.communication.model import Delays, Load, PrintRequest, State, first_fit
from services.communication.model.delays import FROM_MODEL
from services.communication.model.papers import Proof
from services.communication.model.weeks import Fit
from services.communication.queries.labels import plain_hours
from services.communication.queries.workshop import _delays_of, _loads, _offers, _usual
from shared.kernel import calendar
from shared.store.reading import Reading


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
    tried: dict[str, Any] = {
        "fit": found,
        "late": late,
        "hours": plain_hours(hours),
        "ways": [],
        "in_vain": [],
    }
    for name, fit in _tries(read, row, proof) if late else ():
        way = (
            {"name": name, "week": fit.monday, "ready_by": fit.ready_by} if fit else {"name": name}
        )
        tried["in_vain" if _is_late(row, fit) else "ways"].append(way)
    return tried


def _parts(
    read: Reading, row: dict[str, Any], proof: dict[str, Any] | None, fit: Fit | None
) -> dict[str, tuple[date, date]]:
    """The days of each part that is still ahead: conception, reviews, the press."""
    asked, delays = _as_request(row, proof), _known_delays(read, row)
    press, found = asked.press_from(read.today), {}
    if proof is None:
        start = calendar.after(row["accepted_on"] or read.today, 0)
        drawn = calendar.after(start, delays.conception)
        found = {"conception": (start, drawn), "review": (drawn, press)}
    elif press > read.today:
        found["review"] = (read.today, press)
    monday = row["week"] or (fit.monday if fit else None)
    if monday is not None:
        start = calendar.after(max(monday, min(press, monday + timedelta(6))), 0)
        found["press"] = (start, calendar.after(start, delays.printing))
    return found


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
