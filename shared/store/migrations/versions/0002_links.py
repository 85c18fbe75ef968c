"""Links that let somebody without an account answer once."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(60), nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("used_at", Moment),
        sa.UniqueConstraint("purpose", "subject", name="uq_links_purpose"),
    )


def downgrade() -> None:
    op.drop_table("links")
