"""The road: where each committee has come, what it needs, what is awaited of whom."""

from typing import Any

import sqlalchemy as sa

from services.monitoring.tables.common import count, metadata
from shared.store.columns import Moment

legs_view = sa.Table(
    "legs_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("leg", sa.String(10)),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("journey", sa.Uuid, index=True),
    sa.Column("rank", sa.Integer),
    sa.Column("title", sa.String(300)),
    # listening
    sa.Column("opens_on", sa.Date),
    sa.Column("closes_on", sa.Date),
    sa.Column("closed_at", Moment),
    sa.Column("answers", sa.Integer),
    sa.Column("published_at", Moment),
    # choosing
    sa.Column("ideas_until", sa.Date),
    sa.Column("charter_at", Moment),
    sa.Column("vote_id", sa.Uuid),
    sa.Column("vote_closes_at", Moment),
    sa.Column("vote_closed_at", Moment),
    sa.Column("outcome", sa.String(20)),
    sa.Column("electors", sa.Integer),
    sa.Column("voted", sa.Integer),
    # carrying
    sa.Column("round_id", sa.Uuid),
    sa.Column("chosen_at", Moment),
    sa.Column("wished_from", sa.Date),
    sa.Column("place", sa.String(300)),
    sa.Column("day", sa.Date),
    sa.Column("fallback_day", sa.Date),
    sa.Column("adopted_at", Moment),
    sa.Column("moved_from", sa.Date),
    sa.Column("moved_why", sa.String(20)),
    sa.Column("tight", sa.Integer),
    sa.Column("strategy_at", Moment),
    sa.Column("printing_at", Moment),
    sa.Column("launched_at", Moment),
    sa.Column("campaign_ended_at", Moment),
    sa.Column("installed_at", Moment),
    sa.Column("held_on", sa.Date),
    sa.Column("attendance", sa.Integer),
    sa.Column("reviewed_at", Moment),
    sa.Column("closed_on", sa.Date),
    sa.Column("stopped_at", Moment),
    sa.Column("stopped_why", sa.Text),
    sa.Index("ix_legs_view_rank", "committee_id", "rank", "id"),
)
"""A leg of the road of a committee: a ``survey``, a ``choice``, an ``action``.

``rank``: the least is what the committee lives now; ``OVER`` and more, what it has lived.
"""

ACTION, CHOICE, SURVEY, OVER = 0, 8_000_000, 18_000_000, 28_000_000
"""Where the ranks of each sort begin: actions by their day, the rest the latest first."""


def _of_open(name: str, *columns: str) -> sa.Index:
    """An index of what is still awaited: what has come is never looked for but by its leg."""
    here: dict[str, Any] = {
        "sqlite_where": sa.text("open = 1"),
        "postgresql_where": sa.text("open"),
    }
    return sa.Index(f"ix_waits_view_{name}", *columns, **here)


waits_view = sa.Table(
    "waits_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("service", sa.String(40)),
    sa.Column("kind", sa.String(40)),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("leg_id", sa.Uuid),
    sa.Column("action_id", sa.Uuid),
    sa.Column("subject_id", sa.Uuid),
    sa.Column("title", sa.String(300)),
    sa.Column("awaited_role", sa.String(40)),
    sa.Column("asked", sa.String(200)),
    sa.Column("person", sa.Uuid),
    sa.Column("due", sa.Date),
    sa.Column("queue", sa.Date, nullable=False, server_default="9999-12-31"),
    sa.Column("since", Moment),
    sa.Column("open", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("blocked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("why", sa.Text),
    sa.Column("unblocks", sa.String(300)),
    sa.Column("unblocks_role", sa.String(40)),
    sa.Column("before_day", sa.Boolean, nullable=False, server_default=sa.false()),
    count("hands"),
    sa.Column("last_fact", sa.Uuid),
    _of_open("queue", "queue", "id"),
    _of_open("stuck", "blocked", "queue", "id"),
    _of_open("committee", "committee_id", "queue", "id"),
    _of_open("blocked", "committee_id", "blocked", "queue", "id"),
    _of_open("role", "awaited_role", "queue", "id"),
    sa.Index("ix_waits_view_leg", "leg_id", "open", "queue"),
)
"""Something that is awaited of somebody, in any service; kept, not ``open``, once it has come.

``subject_id`` is what its page is about (a vote, a print request); ``asked`` the department or the
organisation; ``queue`` its due day, the last day there is without one. What has no sense any more
once the day is past is ``before_day``.
"""

needs_view = sa.Table(
    "needs_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("kind", sa.String(20)),
    sa.Column("title", sa.String(300)),
    sa.Column("state", sa.String(20)),
)
"""A need of an action: ``asked``, then ``secured``, ``refused`` or ``withdrawn``."""
