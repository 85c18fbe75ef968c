"""The tables that every service's database has beside its own: delivery, timers, audit."""

import sqlalchemy as sa

from shared.store.columns import Json, Moment, new_metadata

metadata = new_metadata()

_row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", _row_id, primary_key=True, autoincrement=True),
    sa.Column("aggregatetype", sa.String(80), nullable=False),
    sa.Column("aggregateid", sa.String(80), nullable=False),
    sa.Column("type", sa.String(120), nullable=False),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("headers", sa.LargeBinary, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
"""Facts not yet on the log, as final bytes; columns are shaped as Debezium's outbox router's:
``aggregatetype`` is the stream, ``aggregateid`` the key. Deleted once sent."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("event_id", sa.Uuid, primary_key=True),
    sa.Column("handled_on", sa.Date, nullable=False, index=True),
)
"""Events already handled: all handlers of an event commit or fail together."""

positions = sa.Table(
    "positions",
    metadata,
    sa.Column("stream", sa.String(80), primary_key=True),
    sa.Column("partition", sa.Integer, primary_key=True),
    sa.Column("offset", sa.BigInteger, nullable=False),
)
"""The next offset to read of each partition; the log's own committed offsets only show lag."""

dead_letters = sa.Table(
    "dead_letters",
    metadata,
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
    sa.UniqueConstraint("stream", "partition", "offset"),
    sqlite_autoincrement=True,
)
"""Events that wait: ``dead`` could not be handled, ``parked`` stand behind one, ``unknown`` are of
a type no build has heard of yet, ``dropped`` were set aside with a reason."""

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("subject", sa.Uuid, primary_key=True),
    sa.Column("due", Moment, nullable=False, index=True),
)

audit = sa.Table(
    "audit",
    metadata,
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
"""Who did what, in which quality, when, by which command, before and after; never deleted."""

idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("person", sa.String(40), primary_key=True),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("command", sa.String(120), nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("result", Json),
    sa.Column("day", sa.Date, nullable=False, index=True),
)
"""Commands done under an Idempotency-Key: a hash of what was asked, never what was asked."""

series = sa.Table(
    "series",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)
"""Numbers without gaps: the row is held until the transaction that takes a number ends."""

links = sa.Table(
    "links",
    metadata,
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("purpose", sa.String(60), nullable=False),
    sa.Column("subject", sa.Uuid, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("used_at", Moment),
    sa.UniqueConstraint("purpose", "subject"),
)
"""Links that let somebody without an account answer once: a hash of each, never the link."""

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What this database was made with: the shape of its views, among others."""
