"""Where stories are kept."""

import sqlalchemy as sa

from shared.store.columns import Cents, new_metadata
from shared.store.mapping import map_aggregate
from tests.shared.sample.telling.model import Story

metadata = new_metadata()
stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("secret", sa.String(200), nullable=False, info={"audit": "name"}),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("spent", Cents, nullable=False),
    sa.Column("ended", sa.Boolean, nullable=False),
    sa.Column("journey", sa.Uuid),
    sa.Column("version", sa.Integer, nullable=False),
)
map_aggregate(Story, stories)
