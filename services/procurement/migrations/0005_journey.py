"""The journey that a purchase and a line belong to: all their facts follow it, not the first only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TABLES = ("purchases", "budget_lines")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("journey", sa.Uuid))


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_column(table, "journey")
