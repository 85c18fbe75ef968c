"""The day a supplier confirmed its quote, and the written contract of a purchase."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ADDED = (
    ("quotes", "confirmed_on", sa.Date()),
    ("purchases", "contract_sha256", sa.String(64)),
    ("purchases", "contract_size", sa.Integer()),
    ("purchases", "contract_media_type", sa.String(40)),
)


def upgrade() -> None:
    for table, name, kind in _ADDED:
        op.add_column(table, sa.Column(name, kind))


def downgrade() -> None:
    for table, name, _ in reversed(_ADDED):
        op.drop_column(table, name)
