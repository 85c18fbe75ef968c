"""Outbox, inbox, positions, dead letters, timers, audit, idempotency, series, installation."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Json, Moment

revision = "0001"
down_revision = None

_row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _delivery()
    _dead_letters()
    _audit()
    op.create_table(
        "timers",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("subject", sa.Uuid, primary_key=True),
        sa.Column("due", Moment, nullable=False, index=True),
    )
    op.create_table(
        "idempotency",
        sa.Column("person", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("command", sa.String(120), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("result", Json),
        sa.Column("day", sa.Date, nullable=False, index=True),
    )
    op.create_table(
        "series",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _delivery() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _row_id, primary_key=True, autoincrement=True),
        sa.Column("aggregatetype", sa.String(80), nullable=False),
        sa.Column("aggregateid", sa.String(80), nullable=False),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("payload", sa.LargeBinary),
        sa.Column("headers", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("handled_on", sa.Date, nullable=False, index=True),
    )
    op.create_table(
        "positions",
        sa.Column("stream", sa.String(80), primary_key=True),
        sa.Column("partition", sa.Integer, primary_key=True),
        sa.Column("offset", sa.BigInteger, nullable=False),
    )


def _dead_letters() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", _row_id, primary_key=True, autoincrement=True),
        sa.Column("stream", sa.String(80), nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("event_id", sa.Uuid),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("thread", sa.String(80), nullable=False, index=True),
        sa.Column("payload", sa.LargeBinary),
        sa.Column("headers", sa.LargeBinary, nullable=False),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("since", Moment, nullable=False),
        sa.Column("request", sa.String(10)),
        sa.Column("reason", sa.Text),
        sa.Column("requested_by", sa.Uuid),
        sa.Column("requested_at", Moment),
        sa.UniqueConstraint("stream", "partition", "offset", name="uq_dead_letters_stream"),
        sqlite_autoincrement=True,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _row_id, primary_key=True, autoincrement=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("person", sa.Uuid, index=True),
        sa.Column("quality", sa.String(60)),
        sa.Column("command", sa.String(120), nullable=False),
        sa.Column("cause", sa.Uuid),
        sa.Column("subject_type", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Uuid, index=True),
        sa.Column("changes", Json, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for name in (
        "installation", "series", "idempotency", "timers", "audit", "dead_letters", "positions",
        "inbox", "outbox",
    ):  # fmt: skip
        op.drop_table(name)
