"""Tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("tallies")
