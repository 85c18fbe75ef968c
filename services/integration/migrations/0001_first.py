"""Grants with their keys and readings; sandboxes with their events."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "feed_grants",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("department", sa.String(120), nullable=False),
        sa.Column("contact", sa.Uuid),
        sa.Column("types", Json, nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("ended_why", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed_grants"),
    )
    op.create_table(
        "feed_keys",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("grant_id", sa.Uuid, nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("until", Moment),
        sa.Column("withdrawn_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_feed_keys"),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["feed_grants.id"], name="fk_feed_keys_grant_id_feed_grants"
        ),
        sa.UniqueConstraint("prefix", name="uq_feed_keys_prefix"),
    )
    op.create_index("ix_feed_keys_grant_id", "feed_keys", ["grant_id"])
    op.create_table(
        "feed_readings",
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("last_at", Moment),
        sa.Column("minute", sa.BigInteger, nullable=False),
        sa.Column("in_minute", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("prefix", name="pk_feed_readings"),
    )
    op.create_table(
        "sandboxes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sandboxes"),
        sa.UniqueConstraint("prefix", name="uq_sandboxes_prefix"),
    )
    op.create_index("ix_sandboxes_address_made_at", "sandboxes", ["address", "made_at"])
    op.create_table(
        "sandbox_events",
        sa.Column("sandbox_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("event", Json, nullable=False),
        sa.PrimaryKeyConstraint("sandbox_id", "number", name="pk_sandbox_events"),
    )


def downgrade() -> None:
    for name in ("sandbox_events", "sandboxes", "feed_readings", "feed_keys", "feed_grants"):
        op.drop_table(name)
