"""The one thing that monitoring keeps as its own: from when on it draws attention."""

import sqlalchemy as sa

from services.monitoring.model import Attention
from services.monitoring.tables.common import metadata
from shared.store.columns import root
from shared.store.mapping import map_aggregate

attention = root(
    metadata,
    "attention",
    sa.Column("soon_days", sa.Integer, nullable=False),
    sa.Column("quiet_days", sa.Integer, nullable=False),
)

map_aggregate(Attention, attention)
