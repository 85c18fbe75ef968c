"""Numbered cards: how many were given for which committee, never to whom."""

from typing import Any

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import VoteState
from services.directory import mirror
from shared.store.reading import Reading

_cards, _votes = tables.cards, tables.votes


def cards_given(read: Reading) -> list[dict[str, Any]]:
    """Each committee in activity with its cards in use, and whether a vote is open there now."""
    query = (
        sa.select(_cards.c.committee_id, sa.func.count().label("number"))
        .where(_cards.c.withdrawn_at.is_(None))
        .group_by(_cards.c.committee_id)
    )
    numbers = {row["committee_id"]: row["number"] for row in read.rows(query)}
    voting = sa.select(_votes.c.committee_id).where(_votes.c.state == VoteState.OPEN)
    open_now = {row["committee_id"] for row in read.rows(voting)}
    return [
        {**row, "cards": numbers.get(row["id"], 0), "voting": row["id"] in open_now}
        for row in mirror.committees(read)
    ]
