"""What planning keeps: plans, tasks, needs; and what the facts of others say of them.

What a department or an organisation answers is in its facts; nothing here is said by residents.
"""

import sqlalchemy as sa

from services.planning.events import RelayAnswer, SupplyKind, Support
from services.planning.model import (
    ActionPlan,
    Doer,
    Hand,
    Need,
    NeedKind,
    NeedState,
    PlanState,
    Task,
    TaskState,
)
from shared.store.columns import Cents, Json, Moment, new_metadata, root, words
from shared.store.mapping import map_aggregate, map_part, part

metadata = new_metadata()

plans = root(
    metadata,
    "plans",
    sa.Column("journey", sa.Uuid),
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("aims", sa.Text, nullable=False),
    sa.Column("wished_from", sa.Date, nullable=False),
    sa.Column("wished_to", sa.Date, nullable=False),
    sa.Column("conditions", Json, nullable=False),
    sa.Column("estimate_incl_tax", Cents),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("fallback_day", sa.Date),
    sa.Column("place", sa.String(200), nullable=False),
    sa.Column("lead", sa.Uuid),
    sa.Column("state", words(PlanState), nullable=False, index=True),
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
)

tasks = root(
    metadata,
    "tasks",
    sa.Column("journey", sa.Uuid),
    sa.Column("action_id", sa.Uuid, sa.ForeignKey("plans.id"), nullable=False, index=True),
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("months", sa.Integer, nullable=False),
    sa.Column("days", sa.Integer, nullable=False),
    sa.Column("doer", words(Doer), nullable=False),
    sa.Column("key", sa.String(20), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("milestone", sa.Boolean, nullable=False),
    sa.Column("state", words(TaskState), nullable=False),
    sa.Column("holder", sa.Uuid, index=True),
    sa.Column("left_by", sa.Uuid),
    sa.Column("hands", sa.Integer, nullable=False),
    sa.Column("hands_for", sa.String(200), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("unblocks", sa.String(200), nullable=False),
    sa.Column("done_at", Moment),
    sa.Column("done_by", sa.Uuid),
)

hands = sa.Table(
    "hands",
    metadata,
    sa.Column("task_id", sa.Uuid, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("person", sa.Uuid, primary_key=True),
)

needs = root(
    metadata,
    "needs",
    sa.Column("journey", sa.Uuid),
    sa.Column("action_id", sa.Uuid, sa.ForeignKey("plans.id"), nullable=False, index=True),
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("kind", words(NeedKind), nullable=False),
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
    sa.Column("supply", words(SupplyKind)),
    sa.Column("support", words(Support)),
    sa.Column("quantity", sa.Integer),
    sa.Column("page_format", sa.String(60), nullable=False),
    sa.Column("estimate_incl_tax", Cents),
    sa.Column("department", sa.String(120), index=True),
    sa.Column("relay_id", sa.Uuid),
    sa.Column("organisation", sa.String(200), nullable=False),
    sa.Column("effort", sa.String(200), nullable=False),
    sa.Column("answer_by", sa.Date),
    sa.Column("state", words(NeedState), nullable=False),
    sa.Column("answer", words(RelayAnswer)),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("answered_at", Moment),
    sa.Column("overdue_at", Moment),
    sa.Column("why_withdrawn", sa.Text, nullable=False),
)

# What the facts of others say: rebuilt from the log at any time.

purchases_view = sa.Table(
    "purchases_view",
    metadata,
    sa.Column("purchase_id", sa.Uuid, primary_key=True),
    sa.Column("need_id", sa.Uuid, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(200), server_default="", nullable=False),
    sa.Column("next_step", sa.String(40)),
    sa.Column("awaited_role", sa.String(40)),
    sa.Column("due", sa.Date),
    sa.Column("since", Moment),
    sa.Column("supplier", sa.String(200)),
    sa.Column("amount_incl_tax", Cents),
    sa.Column("order_number", sa.String(40)),
    sa.Column("delivered_on", sa.Date),
    sa.Column("ended", sa.Boolean, server_default=sa.false(), nullable=False),
    sa.Column("stopped", sa.Text),
)

lines_view = sa.Table(
    "lines_view",
    metadata,
    sa.Column("line_id", sa.Uuid, primary_key=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("year", sa.Integer),
    sa.Column("ledger_seq", sa.Integer, server_default="0", nullable=False),
    sa.Column("granted", Cents),
    sa.Column("reserved", Cents),
    sa.Column("committed", Cents),
    sa.Column("paid", Cents),
    sa.Column("available", Cents),
)

prints_view = sa.Table(
    "prints_view",
    metadata,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("need_id", sa.Uuid, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(200), server_default="", nullable=False),
    sa.Column("step", sa.String(40), server_default="", nullable=False),
    sa.Column("ready_by", sa.Date),
    sa.Column("since", Moment),
    sa.Column("why", sa.Text),
)

campaigns_view = sa.Table(
    "campaigns_view",
    metadata,
    sa.Column("campaign_id", sa.Uuid, primary_key=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("starts", sa.Date),
    sa.Column("ends", sa.Date),
    sa.Column("launched", sa.Boolean, server_default=sa.false(), nullable=False),
    sa.Column("ended", sa.Boolean, server_default=sa.false(), nullable=False),
    sa.Column("reach", sa.Integer),
    sa.Column("handed_out", sa.Integer, server_default="0", nullable=False),
)

map_aggregate(ActionPlan, plans)
map_part(Hand, hands)
map_aggregate(Task, tasks, parts={"helpers": part(Hand, order_by=hands.c.person)})
map_aggregate(Need, needs)
