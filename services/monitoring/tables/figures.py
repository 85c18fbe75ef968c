"""Facts, money, purchases, the health of the flow."""

import sqlalchemy as sa

from services.monitoring.tables.common import count, metadata, total
from shared.store.columns import Cents, Json, Moment

facts_view = sa.Table(
    "facts_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("type", sa.String(120), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("place", sa.BigInteger),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("action_id", sa.Uuid),
    sa.Column("purchase_id", sa.Uuid),
    sa.Column("about", sa.String(64)),
    sa.Column("cause", sa.Uuid),
    sa.Column("correlation", sa.Uuid),
    sa.Column("person", sa.Uuid),
    sa.Column("quality", sa.String(60)),
    sa.Column("sentence", sa.String(400), nullable=False),
    sa.Index("ix_facts_view_action", "action_id", "at", "id"),
    sa.Index(
        "ix_facts_view_journey",
        "correlation",
        "at",
        "id",
        sqlite_where=sa.text("action_id IS NULL"),
        postgresql_where=sa.text("action_id IS NULL"),
    ),
    sa.Index("ix_facts_view_committee", "committee_id", "at", "id"),
)
"""Every fact: ``place`` is its offset, which orders the facts of one committee among themselves.

``correlation`` is the journey: the survey with which the road of an action began. ``about`` is the
need, else the thing that the fact is about.
"""

pulse_view = sa.Table(
    "pulse_view",
    metadata,
    sa.Column("committee_id", sa.Uuid, primary_key=True),
    sa.Column("last_fact_at", Moment),
    count("opened"),
    count("ended"),
)
"""A row a committee: when it was last heard of, how many purchases were opened and ended."""

actions_view = sa.Table(
    "actions_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("committee_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(300)),
    sa.Column("last_fact_at", Moment),
)

years_view = sa.Table(
    "years_view",
    metadata,
    sa.Column("committee_id", sa.Uuid, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("envelope", Cents),
    total("voted"),
    total("transferred"),
    total("reserved"),
    total("committed"),
    total("paid"),
    total("short"),
)
"""The money of a committee in a year: its envelope (None: not heard of), the sums of its lines.

``short`` is what lines asked for and did not get.
"""

lines_view = sa.Table(
    "lines_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("year", sa.Integer),
    sa.Column("title", sa.String(300)),
    total("voted"),
    total("transferred"),
    total("reserved"),
    total("committed"),
    total("paid"),
    total("available"),
    sa.Column("asked", Cents),
    count("ledger_seq"),
    sa.Index("ix_lines_view_committee", "committee_id", "year"),
)
"""A budget line as its last move left it; ``ledger_seq`` says which move that was."""

purchases_view = sa.Table(
    "purchases_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(300)),
    sa.Column("kind", sa.String(40)),
    sa.Column("needed_by", sa.Date),
    sa.Column("opened_at", Moment),
    sa.Column("quotes", sa.Integer),
    sa.Column("supplier", sa.String(200)),
    sa.Column("amount_incl_tax", Cents),
    sa.Column("order_number", sa.String(60)),
    sa.Column("step", sa.String(40)),
    sa.Column("next_step", sa.String(40)),
    sa.Column("awaited_role", sa.String(40)),
    sa.Column("due", sa.Date),
    sa.Column("since", Moment),
    sa.Column("reason", sa.Text),
    sa.Column("last_fact", sa.Uuid),
    sa.Column("queue", sa.Date),
    sa.Index("ix_purchases_view_queue", "queue", "id"),
    sa.Index("ix_purchases_view_committee", "committee_id", "queue", "id"),
    sa.Index("ix_purchases_view_step", "committee_id", "next_step", "queue"),
    sa.Index("ix_purchases_view_awaited", "awaited_role", "next_step", "queue"),
)
"""A purchase and what it waits for. ``queue`` puts open ones in order: its due day, the last day
there is when it has none, NULL when nothing is awaited any more."""

flow_view = sa.Table(
    "flow_view",
    metadata,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("lags", Json, nullable=False),
    sa.Column("outbox_depth", sa.Integer, nullable=False),
    sa.Column("outbox_age_seconds", sa.Float, nullable=False),
    sa.Column("dead", sa.Integer, nullable=False),
    sa.Column("parked", sa.Integer, nullable=False),
)
"""What each service's worker last said of itself."""
