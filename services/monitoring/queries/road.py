"""Where a committee stands on its road: eight steps, counted from what its facts say."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.monitoring.tables import OVER, legs_view, needs_view
from shared.store.reading import Reading

Row = dict[str, Any]
Counts = Mapping[str, int]

ROAD = (
    "État des lieux",
    "Choix de l’action",
    "Qui fait quoi",
    "Besoins et partenaires",
    "Communication",
    "Jour J",
    "Bilan",
    "Clôture",
)
"""The eight steps, as the guide has them."""

SHORT = (
    "État des lieux",
    "Choix",
    "Qui fait quoi",
    "Besoins",
    "Communication",
    "Jour J",
    "Bilan",
    "Clôture",
)
"""The same, where a row must stay one line."""

LISTEN, CHOOSE, SHARE, NEEDS, TELL, DAY, REVIEW, CLOSE = range(1, 9)
WALKED = 9
"""The place of a road that is walked to its end."""

PRINT = "print"


def place_of_leg(leg: Row | None, needs: Counts, today: date) -> int | None:
    """The step where the committee stands; ``WALKED`` at the end, None when nothing began.

    ``needs`` counts those of the action by state, prints apart: they belong to telling people.
    """
    if leg is None:
        return None
    if leg["leg"] == "survey":
        return CHOOSE if leg["published_at"] else LISTEN
    if leg["leg"] == "choice":
        return CHOOSE
    return _place_of_action(leg, needs, today)


def _place_of_action(leg: Row, needs: Counts, today: date) -> int:
    if leg["closed_on"] or leg["stopped_at"]:
        return WALKED
    if leg["reviewed_at"]:
        return CLOSE
    if leg["held_on"]:
        return REVIEW
    if leg["adopted_at"] is None:
        return SHARE
    if leg["launched_at"] or (leg["day"] is not None and leg["day"] <= today):
        return DAY
    return TELL if _needs_are_met(leg, needs) else NEEDS


def _needs_are_met(leg: Row, needs: Counts) -> bool:
    if sum(needs.values()):
        return not unmet(needs)
    return leg["printing_at"] is not None


def unmet(needs: Counts) -> int:
    """How many needs have nobody yet who meets them."""
    return needs.get("asked", 0) + needs.get("refused", 0)


def also(leg: Row, place: int | None, needs: Counts) -> tuple[int, ...]:
    """The steps that are under way beside the one where the committee stands."""
    if leg["leg"] != "action" or place is None:
        return ()
    begun = leg["strategy_at"] or leg["printing_at"]
    found = []
    if place > NEEDS and place < REVIEW and unmet(needs):
        found.append(NEEDS)
    if place < TELL and begun and not leg["launched_at"]:
        found.append(TELL)
    if place < DAY and leg["installed_at"]:
        found.append(DAY)
    return tuple(found)


def is_over(leg: Row | None) -> bool:
    """Whether it belongs to what the committee has lived."""
    return leg is not None and leg["rank"] is not None and leg["rank"] >= _OVER


_OVER = OVER - date.max.toordinal()
"""The least rank of a leg that is over; the greatest of one that is not is far below."""


def needs_of(read: Reading, actions: Iterable[UUID | None]) -> dict[UUID, dict[str, int]]:
    """How many needs of each action are in which state, prints apart, withdrawn ones left out."""
    n = needs_view.c
    wanted = [action for action in actions if action is not None]
    select = (
        sa.select(n.action_id, n.state, sa.func.count().label("count"))
        .where(n.action_id.in_(wanted), n.kind != PRINT, n.state != "withdrawn")
        .group_by(n.action_id, n.state)
    )
    found: dict[UUID, dict[str, int]] = {action: {} for action in wanted}
    for row in read.rows(select) if wanted else []:
        found[row["action_id"]][row["state"]] = row["count"]
    return found


def legs_under_way(read: Reading, committee_id: UUID, limit: int) -> list[Row]:
    """What a committee lives now, the first one first; what it lived last when there is none."""
    leg = legs_view.c
    select = (
        sa.select(legs_view)
        .where(leg.committee_id == committee_id, leg.rank.is_not(None))
        .order_by(leg.rank, leg.id)
    )
    rows = read.rows(select.limit(limit))
    return [row for row in rows if not is_over(row)] or rows[:1]
