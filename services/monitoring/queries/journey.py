"""The eight steps of one road with their words, as « Mon comité » and the page of one show them."""

from typing import Any

import sqlalchemy as sa

from services.monitoring.queries.road import (
    CHOOSE,
    CLOSE,
    DAY,
    LISTEN,
    NEEDS,
    REVIEW,
    ROAD,
    SHARE,
    TELL,
    Counts,
    also,
    place_of_leg,
)
from services.monitoring.queries.waits import w
from services.monitoring.tables import legs_view
from shared.store.reading import Reading

Row = dict[str, Any]
_TASKS = ("task", "task-free")


def road_of(read: Reading, leg: Row | None, needs: Counts) -> list[Row]:
    """Each step: its number, its name, ``state`` (done, here, also, later) and what is known."""
    place = place_of_leg(leg, needs, read.today) or 0
    beside = also(leg, place, needs) if leg else ()
    known = _known(read, leg, needs)
    return [
        {
            "number": number,
            "name": name,
            "state": _state(number, place, beside),
            "known": known.get(number, {}),
        }
        for number, name in enumerate(ROAD, 1)
    ]


def _state(number: int, place: int, beside: tuple[int, ...]) -> str:
    if number == place:
        return "here"
    if number in beside:
        return "also"
    return "done" if number < place else "later"


def _known(read: Reading, leg: Row | None, needs: Counts) -> dict[int, Row]:
    """What the facts say of each step; the pages put it into words."""
    if leg is None:
        return {}
    journey = _journey(read, leg)
    survey, choice = journey.get("survey"), journey.get("choice")
    found: dict[int, Row] = {}
    if survey:
        found[LISTEN] = survey
    if choice:
        found[CHOOSE] = choice
    if leg["leg"] == "action":
        found |= dict.fromkeys((SHARE, DAY, REVIEW, CLOSE), leg)
        found[SHARE] = leg | {"tasks": _tasks(read, leg)}
        found[NEEDS] = {"needs": dict(needs)}
        found[TELL] = leg | {"next": _next_of_campaign(read, leg)}
    return found


def _journey(read: Reading, leg: Row) -> dict[str, Row]:
    """The survey and the choice that this leg comes from, the latest of each."""
    j = legs_view.c
    where = (j.journey == leg["journey"], j.committee_id == leg["committee_id"])
    rows = read.rows(sa.select(legs_view).where(*where).order_by(j.rank, j.id).limit(20))
    found: dict[str, Row] = {}
    for row in rows:
        if row["leg"] == "choice" and leg["leg"] == "action" and row["id"] != leg["round_id"]:
            continue
        found.setdefault(row["leg"] or "", row)
    return found | {leg["leg"]: leg}


def _tasks(read: Reading, leg: Row) -> Row:
    """How many tasks of the plan were heard of, and how many are still to do."""
    done = sa.func.sum(sa.case((w.open, 0), else_=1)).label("done")
    select = sa.select(sa.func.count().label("count"), done).where(
        w.leg_id == leg["id"], w.kind.in_(_TASKS)
    )
    found = read.row(select) or {}
    return {"count": found.get("count") or 0, "done": int(found.get("done") or 0)}


def _next_of_campaign(read: Reading, leg: Row) -> Row | None:
    select = (
        sa.select(w.kind, w.title, w.due)
        .where(w.leg_id == leg["id"], w.open, w.service == "communication")
        .order_by(w.queue, w.id)
    )
    return read.row(select.limit(1))
