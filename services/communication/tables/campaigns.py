"""Campaigns and the strategy that each follows."""

import sqlalchemy as sa

from services.communication.model import Standing, Support
from services.communication.tables.columns import flag, key_of, metadata, number, root, text
from shared.store.columns import Json, Moment, words

campaigns = root(
    "campaigns",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    text("title", 200),
    text("aims"),
    text("place", 200),
    sa.Column("wished_from", sa.Date, nullable=False),
    sa.Column("wished_to", sa.Date, nullable=False),
    sa.Column("state", words(Standing), nullable=False, index=True),
    sa.Column("day", sa.Date),
    flag("planned"),
    sa.Column("lead", sa.Uuid),
    number("edition"),
    text("agreed"),
    sa.Column("adopted_at", Moment),
    sa.Column("channels", Json, nullable=False),
    sa.Column("gates", Json, nullable=False),
    sa.Column("zones", Json, nullable=False),
    sa.Column("starts_on", sa.Date),
    sa.Column("ends_on", sa.Date),
    sa.Column("launched_at", Moment),
    sa.Column("launched_by", sa.Uuid),
    sa.Column("accepted", Json, nullable=False),
    sa.Column("ended_at", Moment),
    number("reach"),
    text("why"),
    sa.Column("journey", sa.Uuid),
)

targets = sa.Table(
    "targets",
    metadata,
    key_of("campaigns", "campaign_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    text("public", 200),
    text("place", 200),
    text("message"),
)

supports = sa.Table(
    "supports",
    metadata,
    key_of("campaigns", "campaign_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("support", words(Support), nullable=False),
    number("quantity"),
)
