"""Messages leave together, once a day, unless they are urgent."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    urgent = sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("messages", urgent)
    op.add_column("messages", sa.Column("mailed_at", Moment))
    # What was delivered before has been mailed by itself: it is not news any more.
    op.execute("UPDATE messages SET mailed_at = delivered_at")


def downgrade() -> None:
    op.drop_column("messages", "mailed_at")
    op.drop_column("messages", "urgent")
