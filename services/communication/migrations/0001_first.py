"""Campaigns, print requests with their proofs, and the weeks of the workshop."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    _campaigns()
    _prints()
    _workshop()


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("aims", sa.Text, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("wished_from", sa.Date, nullable=False),
        sa.Column("wished_to", sa.Date, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column("lead", sa.Uuid),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.Column("adopted_at", Moment),
        sa.Column("channels", Json, nullable=False),
        sa.Column("gates", Json, nullable=False),
        sa.Column("zones", Json, nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("launched_at", Moment),
        sa.Column("launched_by", sa.Uuid),
        sa.Column("accepted", Json, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("reach", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_index("ix_campaigns_committee_id", "campaigns", ["committee_id"])
    op.create_index("ix_campaigns_state", "campaigns", ["state"])
    op.create_table(
        "targets",
        sa.Column("campaign_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("public", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "position", name="pk_targets"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_targets_campaign_id_campaigns"
        ),
    )
    op.create_table(
        "supports",
        sa.Column("campaign_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("support", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "position", name="pk_supports"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_supports_campaign_id_campaigns"
        ),
    )


def _prints() -> None:
    op.create_table(
        "print_requests",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("need_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("action_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("support", sa.String(40), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("requested_by", sa.Uuid),
        sa.Column("owner", sa.Uuid),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("quantity", sa.Integer),
        sa.Column("page_format", sa.String(60), nullable=False),
        sa.Column("colours", sa.String(40)),
        sa.Column("paper", sa.String(40)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("zones", sa.String(500), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("needed_by", sa.Date),
        sa.Column("contact", sa.Uuid),
        sa.Column("logo", sa.String(100), nullable=False),
        sa.Column("printer_mention", sa.Boolean, nullable=False),
        sa.Column("french_text", sa.Boolean, nullable=False),
        sa.Column("image_rights", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("conception", sa.Integer, nullable=False),
        sa.Column("review", sa.Integer, nullable=False),
        sa.Column("proof", sa.Integer, nullable=False),
        sa.Column("printing", sa.Integer, nullable=False),
        sa.Column("delivery", sa.Integer, nullable=False),
        sa.Column("from_model", sa.Boolean, nullable=False),
        sa.Column("hours", Cents),
        sa.Column("accepted_on", sa.Date),
        sa.Column("week", sa.Date),
        sa.Column("ready_by", sa.Date),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("proposed", sa.Date),
        sa.Column("rounds", sa.Integer, nullable=False),
        sa.Column("delivered", sa.Integer, nullable=False),
        sa.Column("delivered_on", sa.Date),
        sa.Column("handed_out", sa.Integer, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_print_requests"),
        sa.UniqueConstraint("need_id", name="uq_print_requests_need_id"),
        sa.CheckConstraint(
            "handed_out >= 0 AND handed_out <= delivered",
            name=op.f("ck_print_requests_handed_out_within_delivered"),
        ),
    )
    op.create_index("ix_print_requests_action_id", "print_requests", ["action_id"])
    op.create_index("ix_print_requests_committee_id", "print_requests", ["committee_id"])
    op.create_index("ix_print_requests_state", "print_requests", ["state"])
    op.create_index("ix_print_requests_week", "print_requests", ["week"])
    op.create_table(
        "acts",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("person", sa.Uuid),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "seq", name="pk_acts"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["print_requests.id"], name="fk_acts_request_id_print_requests"
        ),
    )
    op.create_table(
        "proofs",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("published_by", sa.Uuid),
        sa.Column("answer", sa.String(40)),
        sa.Column("answered_by", sa.Uuid),
        sa.Column("answered_at", Moment),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "edition", name="pk_proofs"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["print_requests.id"], name="fk_proofs_request_id_print_requests"
        ),
    )
    op.create_table(
        "handouts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("zone", sa.String(200), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("left", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("person", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_handouts"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["print_requests.id"], name="fk_handouts_request_id_print_requests"
        ),
    )
    op.create_index("ix_handouts_request_id", "handouts", ["request_id"])


def _workshop() -> None:
    op.create_table(
        "workshops",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("hours", Cents, nullable=False),
        sa.Column("reserve", Cents, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workshops"),
        sa.UniqueConstraint("department", name="uq_workshops_department"),
    )
    op.create_table(
        "weeks",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("monday", sa.Date, nullable=False),
        sa.Column("hours", Cents),
        sa.Column("held", Cents, nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_weeks"),
        sa.UniqueConstraint("department", "monday", name="uq_weeks_department"),
        sa.CheckConstraint("held >= 0", name=op.f("ck_weeks_held_not_negative")),
    )
    op.create_index("ix_weeks_monday", "weeks", ["monday"])
    op.create_table(
        "slots",
        sa.Column("week_id", sa.Uuid, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("hours", Cents, nullable=False),
        sa.Column("firm", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("week_id", "request_id", name="pk_slots"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["print_requests.id"], name="fk_slots_request_id_print_requests"
        ),
        sa.UniqueConstraint("request_id", name="uq_slots_request_id"),
        sa.ForeignKeyConstraint(["week_id"], ["weeks.id"], name="fk_slots_week_id_weeks"),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("support", sa.String(40), nullable=False),
        sa.Column("hours", Cents, nullable=False),
        sa.Column("conception", sa.Integer, nullable=False),
        sa.Column("review", sa.Integer, nullable=False),
        sa.Column("proof", sa.Integer, nullable=False),
        sa.Column("printing", sa.Integer, nullable=False),
        sa.Column("delivery", sa.Integer, nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.UniqueConstraint("department", "support", name="uq_offers_department"),
    )


def downgrade() -> None:
    for table in (
        "offers",
        "slots",
        "weeks",
        "workshops",
        "handouts",
        "proofs",
        "acts",
        "print_requests",
        "supports",
        "targets",
        "campaigns",
    ):
        op.drop_table(table)
