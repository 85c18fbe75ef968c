"""From when on attention is drawn: five working days left, thirty days of silence."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    made = op.create_table(
        "attention",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("soon_days", sa.Integer, nullable=False),
        sa.Column("quiet_days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attention"),
    )
    the_one = UUID("4d6f6e69-746f-5269-8e67-000000000001")
    op.bulk_insert(made, [{"id": the_one, "version": 1, "soon_days": 5, "quiet_days": 30}])


def downgrade() -> None:
    op.drop_table("attention")
