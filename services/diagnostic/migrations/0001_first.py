"""Surveys, answers, needs and what they rest on."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(40), nullable=False),
        sa.Column("sectors", Json, nullable=False),
        sa.Column("questions", Json, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("prepared_by", sa.Uuid),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("report", Json),
        sa.Column("published_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("code", name="uq_surveys_code"),
    )
    op.create_index("ix_surveys_committee_id", "surveys", ["committee_id"])
    op.create_index("ix_surveys_state", "surveys", ["state"])
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("survey_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("actor", sa.String(40)),
        sa.Column("place", sa.String(40)),
        sa.Column("sector", sa.String(120)),
        sa.Column("recorded_by", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_answers_survey_id_surveys"),
        sa.UniqueConstraint("code", name="uq_answers_code"),
    )
    op.create_index("ix_answers_survey_id_received_at", "answers", ["survey_id", "received_at"])
    op.create_table(
        "needs",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("survey_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_needs"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_needs_survey_id_surveys"),
    )
    op.create_index("ix_needs_survey_id", "needs", ["survey_id"])
    op.create_table(
        "evidence",
        sa.Column("need_id", sa.Uuid, nullable=False),
        sa.Column("answer_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("need_id", "answer_id", name="pk_evidence"),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name="fk_evidence_need_id_needs"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_evidence_answer_id_answers"
        ),
    )
    op.create_index("ix_evidence_answer_id", "evidence", ["answer_id"])


def downgrade() -> None:
    for name in ("evidence", "needs", "answers", "surveys"):
        op.drop_table(name)
