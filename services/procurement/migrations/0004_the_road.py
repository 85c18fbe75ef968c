"""What the road of an action asks: its line by itself, dates that follow, suppliers' links."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Moment

revision = "0004"
down_revision = "0003"

_ADDED = (
    ("budget_lines", sa.Column("asked", Cents)),
    ("budget_lines", sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.false())),
    ("purchases", sa.Column("origin", sa.String(40), nullable=False, server_default="")),
    ("purchases", sa.Column("origin_id", sa.Uuid)),
    ("purchases", sa.Column("details", sa.Text, nullable=False, server_default="")),
    ("purchases", sa.Column("overtaken", sa.Text, nullable=False, server_default="")),
    ("purchases", sa.Column("wanted_by", sa.Date)),
    ("purchases", sa.Column("of_day", sa.Date)),
    ("invitations", sa.Column("link_id", sa.Uuid)),
    ("quotes", sa.Column("offer_sha256", sa.String(64))),
    ("quotes", sa.Column("offer_size", sa.Integer)),
)
_ONE_LINE, _ONE_LINK = "uq_budget_lines_action_id_year", "uq_invitations_link_id"


def upgrade() -> None:
    for table, column in _ADDED:
        op.add_column(table, column)
    op.create_index(_ONE_LINE, "budget_lines", ["action_id", "year"], unique=True)
    op.create_index(_ONE_LINK, "invitations", ["link_id"], unique=True)
    op.create_table(
        "awaited_lines",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("waits_for", sa.String(40)),
        sa.Column("asked", Cents),
        sa.Column("line_id", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_awaited_lines"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name="fk_awaited_lines_line_id_budget_lines"
        ),
    )
    op.create_index("ix_awaited_lines_committee_id", "awaited_lines", ["committee_id"])


def downgrade() -> None:
    op.drop_table("awaited_lines")
    op.drop_index(_ONE_LINK, "invitations")
    op.drop_index(_ONE_LINE, "budget_lines")
    for table, column in reversed(_ADDED):
        op.drop_column(table, column.name)
