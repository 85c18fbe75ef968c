"""Whom a survey reached, and where: kinds of people by ways of meeting them, with the gaps."""

from collections import Counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.model import Actor, Channel, Place
from shared.store.reading import Reading

_answers = tables.answers


def _counts_by_channel(read: Reading, survey_id: UUID) -> dict[Channel, int]:
    query = (
        sa.select(_answers.c.channel, sa.func.count().label("number"))
        .where(_answers.c.survey_id == survey_id)
        .group_by(_answers.c.channel)
    )
    return {row["channel"]: row["number"] for row in read.rows(query)}


def _coverage(read: Reading, survey_id: UUID) -> dict[str, Any]:
    """Counts by kind of person (None: not said) and by way: a place, online or paper.

    ``unheard`` are the kinds of whom nobody was heard, ``untried`` the places where nobody was met.
    """
    cells = _cells(read, survey_id)
    by_actor, by_way = Counter[Any](), Counter[Any]()
    for (actor, way), number in cells.items():
        by_actor[actor] += number
        by_way[way] += number
    ways = [*Place, Channel.ONLINE, Channel.PAPER]
    actors = [*Actor, *([None] if by_actor[None] else [])]
    rows = [
        {"actor": a, "counts": [cells.get((a, way), 0) for way in ways], "total": by_actor[a]}
        for a in actors
    ]
    return {
        "ways": ways,
        "rows": rows,
        "unheard": [a for a in Actor if a is not Actor.OTHER and not by_actor[a]],
        "untried": [p for p in Place if p is not Place.OTHER and not by_way[p]],
    }


def _cells(read: Reading, survey_id: UUID) -> dict[tuple[Actor | None, Place | Channel], int]:
    columns = (_answers.c.actor, _answers.c.place, _answers.c.channel)
    query = (
        sa.select(*columns, sa.func.count().label("number"))
        .where(_answers.c.survey_id == survey_id)
        .group_by(*columns)
    )
    return {(r["actor"], r["place"] or r["channel"]): r["number"] for r in read.rows(query)}


def _counts_by_actor(read: Reading, survey_id: UUID) -> Counter[Actor | None]:
    counts: Counter[Actor | None] = Counter()
    for (actor, _), number in _cells(read, survey_id).items():
        counts[actor] += number
    return counts
