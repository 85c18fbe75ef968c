"""Plans with their tasks, and what actions need of others."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("aims", sa.Text, nullable=False),
        sa.Column("wished_from", sa.Date, nullable=False),
        sa.Column("wished_to", sa.Date, nullable=False),
        sa.Column("conditions", Json, nullable=False),
        sa.Column("estimate_incl_tax", Cents),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("fallback_day", sa.Date),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("lead", sa.Uuid),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.Column("adopted_on", sa.Date),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("why_moved", sa.Text, nullable=False),
        sa.Column("installed_at", Moment),
        sa.Column("installed_by", sa.Uuid),
        sa.Column("reserves", sa.Text, nullable=False),
        sa.Column("held_on", sa.Date),
        sa.Column("attendance", sa.Integer),
        sa.Column("incidents", sa.Text, nullable=False),
        sa.Column("volunteers", sa.Integer),
        sa.Column("volunteer_hours", sa.Integer),
        sa.Column("spent_incl_tax", Cents),
        sa.Column("worked", sa.Text, nullable=False),
        sa.Column("to_improve", sa.Text, nullable=False),
        sa.Column("do_again", sa.Boolean),
        sa.Column("reviewed_on", sa.Date),
        sa.Column("report", Json),
        sa.Column("ended_on", sa.Date),
        sa.Column("why_ended", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_committee_id", "plans", ["committee_id"])
    op.create_index("ix_plans_day", "plans", ["day"])
    op.create_index("ix_plans_state", "plans", ["state"])
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("action_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("months", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("doer", sa.String(40), nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("milestone", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("holder", sa.Uuid),
        sa.Column("left_by", sa.Uuid),
        sa.Column("hands", sa.Integer, nullable=False),
        sa.Column("hands_for", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("unblocks", sa.String(200), nullable=False),
        sa.Column("done_at", Moment),
        sa.Column("done_by", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.ForeignKeyConstraint(["action_id"], ["plans.id"], name="fk_tasks_action_id_plans"),
    )
    op.create_index("ix_tasks_action_id", "tasks", ["action_id"])
    op.create_index("ix_tasks_holder", "tasks", ["holder"])
    op.create_table(
        "hands",
        sa.Column("task_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("task_id", "person", name="pk_hands"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_hands_task_id_tasks"),
    )
    op.create_table(
        "needs",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("action_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("needed_by", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("requested_by", sa.Uuid, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("owner", sa.Uuid),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("supply", sa.String(40)),
        sa.Column("support", sa.String(40)),
        sa.Column("quantity", sa.Integer),
        sa.Column("page_format", sa.String(60), nullable=False),
        sa.Column("estimate_incl_tax", Cents),
        sa.Column("department", sa.String(120)),
        sa.Column("relay_id", sa.Uuid),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("effort", sa.String(200), nullable=False),
        sa.Column("answer_by", sa.Date),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(40)),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("answered_at", Moment),
        sa.Column("overdue_at", Moment),
        sa.Column("why_withdrawn", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_needs"),
        sa.ForeignKeyConstraint(["action_id"], ["plans.id"], name="fk_needs_action_id_plans"),
    )
    op.create_index("ix_needs_action_id", "needs", ["action_id"])
    op.create_index("ix_needs_department", "needs", ["department"])


def downgrade() -> None:
    for name in ("needs", "hands", "tasks", "plans"):
        op.drop_table(name)
