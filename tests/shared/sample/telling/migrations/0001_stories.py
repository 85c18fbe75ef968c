"""Stories."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("spent", Cents, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("stories")
