"""Where each committee stands: what it lives now, what presses most, what blocks; a few seeks each.

Nothing here reads facts, nor more actions of a committee than its first two.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.monitoring.queries.road import SHORT, WALKED, also, is_over, needs_of, place_of_leg
from services.monitoring.queries.slack import QUIET_DAYS
from services.monitoring.queries.waits import SHOWN, described_waits
from services.monitoring.tables import ACTION, CHOICE, legs_view, pulse_view, waits_view
from shared.store.reading import Reading

Row = dict[str, Any]

_LEG = (
    "id",
    "leg",
    "rank",
    "title",
    "closes_on",
    "published_at",
    "ideas_until",
    "vote_closes_at",
    "chosen_at",
    "adopted_at",
    "day",
    "fallback_day",
    "moved_from",
    "moved_why",
    "tight",
    "strategy_at",
    "printing_at",
    "launched_at",
    "installed_at",
    "held_on",
    "reviewed_at",
    "closed_on",
    "stopped_at",
    "stopped_why",
)


def standings(
    read: Reading, committees: list[Row], *, awaited: str | None = None
) -> dict[UUID, Row]:
    """Of each committee: its leg, its step, its most urgent wait, its first obstacle.

    ``awaited`` looks only at what is awaited of that role.
    """
    by_id = {committee["id"]: committee for committee in committees}
    found = _read(read, by_id, awaited)
    urgent = _described(read, "u", found, by_id)
    stuck = _described(read, "b", found, by_id)
    legs = {row["committee_id"]: _leg(row) for row in found}
    needs = needs_of(read, [leg["id"] for leg in legs.values() if leg and leg["leg"] == "action"])
    rows = {}
    for row in found:
        committee_id = row["committee_id"]
        leg = legs[committee_id]
        rows[committee_id] = _standing(
            read, row, leg, needs, urgent.get(committee_id), stuck.get(committee_id)
        )
    return rows


def _read(read: Reading, committees: Iterable[UUID], awaited: str | None) -> list[Row]:
    """One row a committee, found by a seek in each index."""
    pulse = pulse_view.c
    urgent, stuck = waits_view.alias("urgent"), waits_view.alias("stuck")
    columns = [
        *(legs_view.c[name].label(f"l_{name}") for name in _LEG),
        *(urgent.c[c.name].label(f"u_{c.name}") for c in SHOWN),
        *(stuck.c[c.name].label(f"b_{c.name}") for c in SHOWN),
        _second_action().label("second"),
    ]
    joined = (
        pulse_view.outerjoin(legs_view, legs_view.c.id == _first_leg())
        .outerjoin(urgent, urgent.c.id == _first_wait(awaited, blocked=False))
        .outerjoin(stuck, stuck.c.id == _first_wait(awaited, blocked=True))
    )
    select = sa.select(pulse_view, *columns).select_from(joined)
    return read.rows(select.where(pulse.committee_id.in_(list(committees))))


def _first_leg() -> Any:
    leg = legs_view.alias("leg").c
    mine = (leg.committee_id == pulse_view.c.committee_id, leg.rank.is_not(None))
    return sa.select(leg.id).where(*mine).order_by(leg.rank, leg.id).limit(1).scalar_subquery()


def _second_action() -> Any:
    """Another action that the committee carries, if there is one."""
    leg = legs_view.alias("other").c
    mine = (leg.committee_id == pulse_view.c.committee_id, leg.rank > ACTION, leg.rank < CHOICE)
    ordered = sa.select(leg.id).where(*mine).order_by(leg.rank, leg.id)
    return ordered.limit(1).offset(1).scalar_subquery()


def _first_wait(awaited: str | None, *, blocked: bool) -> Any:
    wait = waits_view.alias("first_stuck" if blocked else "first").c
    where = [wait.committee_id == pulse_view.c.committee_id, wait.open]
    if blocked:
        where.append(wait.blocked)
    if awaited:
        where.append(wait.awaited_role == awaited)
    ordered = sa.select(wait.id).where(*where).order_by(wait.queue, wait.id)
    return ordered.limit(1).scalar_subquery()


def _leg(row: Row) -> Row | None:
    return None if row["l_id"] is None else {name: row[f"l_{name}"] for name in _LEG}


def _described(
    read: Reading, mark: str, rows: list[Row], committees: dict[UUID, Row]
) -> dict[UUID, Row]:
    waits = [
        {c.name: row[f"{mark}_{c.name}"] for c in SHOWN}
        for row in rows
        if row[f"{mark}_id"] is not None
    ]
    return {wait["committee_id"]: wait for wait in described_waits(read, waits, committees)}


def _standing(
    read: Reading,
    pulse: Row,
    leg: Row | None,
    needs: dict[UUID, dict[str, int]],
    urgent: Row | None,
    stuck: Row | None,
) -> Row:
    counts = needs.get(leg["id"], {}) if leg else {}
    place = place_of_leg(leg, counts, read.today)
    last = pulse["last_fact_at"]
    silent = last is None or read.now - last > timedelta(days=QUIET_DAYS)
    quiet = silent and urgent is None
    return {
        "leg": leg,
        "place": place,
        "step_name": SHORT[place - 1] if place and place < WALKED else None,
        "also": also(leg, place, counts) if leg else (),
        "over": is_over(leg),
        "more": pulse["second"] is not None,
        "urgent": urgent,
        "slack": urgent["slack"] if urgent else None,
        "level": urgent["level"] if urgent else "unknown",
        "obstacle": _obstacle(urgent, stuck),
        "blocked": stuck is not None,
        "last_fact_at": last,
        "silent_days": (read.now - last).days if last else None,
        "quiet": quiet,
        "open": pulse["opened"] - pulse["ended"],
    }


def _obstacle(urgent: Row | None, stuck: Row | None) -> Row | None:
    """What stops a committee: what is blocked, else what is late."""
    if stuck is not None:
        return stuck
    return urgent if urgent and urgent["level"] == "late" else None
