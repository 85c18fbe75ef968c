"""What integration keeps: the feed, a view of the log; grants with their keys; sandboxes."""

import sqlalchemy as sa

from services.integration.model import FeedGrant, Key, Sandbox
from shared.store.columns import Json, Moment, new_metadata, root
from shared.store.mapping import map_aggregate, map_part, part

metadata = new_metadata()
_SECRET = {"audit": "name"}

feed_view = sa.Table(
    "feed_view",
    metadata,
    sa.Column("partition", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("offset", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Uuid, nullable=False),
    sa.Column("type", sa.String(120), nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("source", sa.String(300), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("subject", sa.String(120)),
    sa.Column("committee_id", sa.Uuid),
    sa.Column("correlation", sa.Uuid),
    sa.Column("cause", sa.Uuid),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
"""Every fact at its place in the log, for ever; ``data`` is its JSON as the log holds it."""

grants = root(
    metadata,
    "feed_grants",
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
)
keys = sa.Table(
    "feed_keys",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("grant_id", sa.Uuid, sa.ForeignKey("feed_grants.id"), nullable=False, index=True),
    sa.Column("prefix", sa.String(16), nullable=False, unique=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, info=_SECRET),
    sa.Column("issued_at", Moment, nullable=False),
    sa.Column("until", Moment),
    sa.Column("withdrawn_at", Moment),
)
readings = sa.Table(
    "feed_readings",
    metadata,
    sa.Column("prefix", sa.String(16), primary_key=True),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("last_at", Moment),
    sa.Column("minute", sa.BigInteger, nullable=False),
    sa.Column("in_minute", sa.Integer, nullable=False),
)
"""How often and when a key last read: one small write a read, which also holds the rate."""

sandboxes = root(
    metadata,
    "sandboxes",
    sa.Column("prefix", sa.String(16), nullable=False, unique=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, info=_SECRET),
    sa.Column("address", sa.String(64), nullable=False, info=_SECRET),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("events", sa.Integer, nullable=False),
    sa.Index("ix_sandboxes_address_made_at", "address", "made_at"),
)
sandbox_events = sa.Table(
    "sandbox_events",
    metadata,
    sa.Column("sandbox_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("event", Json, nullable=False),
)
"""Made-up events, whole, each for the reader of its own sandbox only."""

map_part(Key, keys)
map_aggregate(FeedGrant, grants, parts={"keys": part(Key, order_by=keys.c.issued_at)})
map_aggregate(Sandbox, sandboxes)
