"""« Mon comité »: what is next for the one who asks, what is awaited of others, where it stands."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import committee_scope
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.journey import road_of
from services.monitoring.queries.road import is_over, legs_under_way, needs_of, place_of_leg
from services.monitoring.queries.scope import NEIGHBOURS, seen
from services.monitoring.queries.standing import standings
from services.monitoring.queries.waits import SHOWN, described_waits, w
from services.monitoring.tables import lines_view
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

AWAITED = 8
LEGS = 12
AMOUNTS = ("voted", "transferred", "reserved", "committed", "paid", "available")

Row = dict[str, Any]


def my_committees(read: Reading) -> list[Row]:
    """The committees on which the one who asks holds a role of a neighbour, each as it stands."""
    committees = mirror.committees(read, seen(read, NEIGHBOURS))
    standing = standings(read, committees)
    return [{"committee": c, "standing": standing.get(c["id"])} for c in committees]


def my_committee(
    read: Reading, *, committee_id: UUID | None = None, leg_id: UUID | None = None
) -> Row:
    """One committee of the one who asks: their next thing, what is awaited, the road, the money.

    ``committee_id`` chooses among several, ``leg_id`` among what the committee lives at once.
    NotFound for a committee that is not theirs; ``committee`` is None for who has none.
    """
    mine = {c["id"]: c for c in mirror.committees(read, seen(read, NEIGHBOURS))}
    committee = _chosen(mine, committee_id)
    if committee is None:
        return {"committee": None, "committees": [*mine.values()], "freshness": freshness(read)}
    legs = legs_under_way(read, committee["id"], LEGS)
    leg = next((leg for leg in legs if leg["id"] == leg_id), legs[0] if legs else None)
    waits = _waits(read, committee)
    next_thing = next((wait for wait in waits if wait["yours"]), None)
    return {
        "committee": committee,
        "committees": [*mine.values()],
        "leads": bool(read.scopes(mirror.Role.LEAD) & {committee_scope(committee["id"])}),
        "legs": legs,
        "leg": leg,
        "next_thing": next_thing,
        "awaited": [wait for wait in waits if wait is not next_thing][:AWAITED],
        "also_yours": sum(wait["yours"] for wait in waits if wait is not next_thing),
        **_road(read, leg),
        "money": _money(read, leg),
        "freshness": freshness(read),
    }


def _chosen(mine: dict[UUID, Row], committee_id: UUID | None) -> Row | None:
    if committee_id is None:
        return next(iter(mine.values()), None)
    if committee_id not in mine:
        raise NotFound("Ce comité n’existe pas, ou ce n’est pas le vôtre.")
    return mine[committee_id]


def _waits(read: Reading, committee: Row) -> list[Row]:
    """What is awaited in a committee, the most urgent first, and what is the reader's own.

    The reader's own are asked for apart: they may be far behind what presses the others.
    """
    ours = (w.committee_id == committee["id"], w.open)
    first = sa.select(*SHOWN).where(*ours).order_by(w.queue, w.id).limit(AWAITED + 1)
    roles = [grant.role for grant in read.actor.grants if grant.holds_on(read.today)]
    own = sa.or_(
        w.person == read.actor.person, sa.and_(w.person.is_(None), w.awaited_role.in_(roles))
    )
    my_own = sa.select(*SHOWN).where(*ours, own).order_by(w.queue, w.id).limit(AWAITED)
    rows = {row["id"]: row for row in (*read.rows(first), *read.rows(my_own))}
    ordered = sorted(rows.values(), key=lambda row: (row["queue"], str(row["id"])))
    return described_waits(read, ordered, {committee["id"]: committee})


def _road(read: Reading, leg: Row | None) -> Row:
    needs = needs_of(read, [leg["id"]]).get(leg["id"], {}) if leg else {}
    return {
        "place": place_of_leg(leg, needs, read.today),
        "over": is_over(leg),
        "road": road_of(read, leg, needs),
    }


def _money(read: Reading, leg: Row | None) -> Row | None:
    """The lines of an action added up; None when it has none yet."""
    if leg is None or leg["leg"] != "action":
        return None
    line = lines_view.c
    sums = [sa.func.sum(line[name]).label(name) for name in AMOUNTS]
    select = sa.select(sa.func.count().label("lines"), *sums).where(line.action_id == leg["id"])
    found = read.row(select)
    return found if found and found["lines"] else None
