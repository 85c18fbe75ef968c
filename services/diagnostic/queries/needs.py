"""Answers, page by page, and the needs that rest on them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.model import weight
from shared.store.reading import Reading

_answers, _needs, _evidence = tables.answers, tables.needs, tables.evidence


def _needs_of(read: Reading, survey: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The needs of a survey, the heaviest first."""
    carried = sa.func.count(_evidence.c.answer_id)
    query = (
        sa.select(_needs, carried.label("evidence"))
        .outerjoin(_evidence, _evidence.c.need_id == _needs.c.id)
        .where(_needs.c.survey_id == survey["id"])
        .group_by(*_needs.c)
        .order_by(carried.desc(), _needs.c.position)
    )
    rows = read.rows(query)
    return [{**row, "weight": weight(row["evidence"], survey["answers"])} for row in rows]


def _not_tied() -> sa.ColumnElement[bool]:
    return ~sa.exists().where(_evidence.c.answer_id == _answers.c.id)


def _untied(read: Reading, survey_id: UUID) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(_answers)
        .where(_answers.c.survey_id == survey_id, _not_tied())
    )
    return int(read.value(query))


def answers_of(
    read: Reading,
    *,
    survey_id: UUID,
    untied: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """A page of answers, the latest first; ``untied`` keeps those that carry no need yet.

    Each has ``needs``, the ids of the needs it carries.
    """
    query = sa.select(_answers).where(_answers.c.survey_id == survey_id)
    if untied:
        query = query.where(_not_tied())
    order = (_answers.c.received_at, _answers.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit, descending=True)
    ties: dict[UUID, list[UUID]] = {row["id"]: [] for row in items}
    for row in read.rows(sa.select(_evidence).where(_evidence.c.answer_id.in_(ties))):
        ties[row["answer_id"]].append(row["need_id"])
    for row in items:
        row["needs"] = ties[row["id"]]
    return {"items": items, "next": following}


def need_card(read: Reading, *, need_id: UUID) -> dict[str, Any]:
    """A need with the ids of the answers that carry it."""
    need = read.one(sa.select(_needs).where(_needs.c.id == need_id), "Ce besoin n’existe pas.")
    rows = read.rows(sa.select(_evidence.c.answer_id).where(_evidence.c.need_id == need_id))
    return {**need, "answers": [row["answer_id"] for row in rows]}
