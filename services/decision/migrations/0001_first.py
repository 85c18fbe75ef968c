"""Rounds, ideas, advices, charters, votes, cards; electors and ballots apart."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("college", sa.String(40), nullable=False),
        sa.Column("number_hash", sa.String(64), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("given_by", sa.Uuid),
        sa.Column("withdrawn_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("number_hash", name="uq_cards_number_hash"),
    )
    op.create_index("ix_cards_committee_id", "cards", ["committee_id"])
    op.create_table(
        "rounds",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("needs", Json, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("diagnostic_id", sa.Uuid),
        sa.Column("why_without", sa.Text, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("action_id", sa.Uuid),
        sa.Column("idea_id", sa.Uuid),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("code", name="uq_rounds_code"),
    )
    op.create_index("ix_rounds_state", "rounds", ["state"])
    op.create_index("ix_rounds_action_id", "rounds", ["action_id"])
    op.create_index("ix_rounds_diagnostic_id", "rounds", ["diagnostic_id"])
    op.create_index("ix_rounds_committee_id", "rounds", ["committee_id"])
    op.create_table(
        "charters",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("voters", Json, nullable=False),
        sa.Column("quorum_percent", sa.Integer, nullable=False),
        sa.Column("no_quorum", sa.String(40), nullable=False),
        sa.Column("tie", sa.String(40), nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("meeting_on", sa.Date),
        sa.Column("extra_days", sa.Integer, nullable=False),
        sa.Column("shares", Json, nullable=False),
        sa.Column("criteria", sa.Text, nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.Column("agreed_on", sa.Date),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("adopted_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_charters"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_charters_round_id_rounds"),
        sa.UniqueConstraint("round_id", name="uq_charters_round_id"),
    )
    op.create_table(
        "ideas",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("aims", sa.Text, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("wished_from", sa.Date, nullable=False),
        sa.Column("wished_to", sa.Date, nullable=False),
        sa.Column("needs", Json, nullable=False),
        sa.Column("estimate", Cents),
        sa.Column("proposed_by", sa.Uuid),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("merged_into", sa.Uuid),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("supports", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ideas"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_ideas_round_id_rounds"),
    )
    op.create_index("ix_ideas_round_id", "ideas", ["round_id"])
    op.create_table(
        "advices",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("idea_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("asked_of", sa.String(40), nullable=False),
        sa.Column("asked", sa.String(200), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer_by", sa.Date, nullable=False),
        sa.Column("asked_by", sa.Uuid),
        sa.Column("department", sa.String(120)),
        sa.Column("person", sa.Uuid),
        sa.Column("relay_id", sa.Uuid),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("opinion", sa.String(40)),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("capacity", sa.Text, nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("window_from", sa.Date),
        sa.Column("window_to", sa.Date),
        sa.Column("given_by", sa.Uuid),
        sa.Column("given_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_advices"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_advices_round_id_rounds"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_advices_idea_id_ideas"),
    )
    op.create_index("ix_advices_round_id", "advices", ["round_id"])
    op.create_index("ix_advices_idea_id", "advices", ["idea_id"])
    op.create_index("ix_advices_department", "advices", ["department"])
    op.create_index("ix_advices_person", "advices", ["person"])
    op.create_table(
        "interests",
        sa.Column("idea_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("idea_id", "person", name="pk_interests"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_interests_idea_id_ideas"),
    )
    op.create_table(
        "supports",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("idea_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid),
        sa.PrimaryKeyConstraint("id", name="pk_supports"),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name="fk_supports_idea_id_ideas"),
        sa.UniqueConstraint("idea_id", "person", name="uq_supports_idea_id"),
    )
    op.create_table(
        "votes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round_id", sa.Uuid, nullable=False),
        sa.Column("charter_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("call", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("options", Json, nullable=False),
        sa.Column("electors", sa.Integer, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("quorum", sa.Integer, nullable=False),
        sa.Column("extended", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(40)),
        sa.Column("voted", sa.Integer),
        sa.Column("blank", sa.Integer),
        sa.Column("on_site", sa.Integer),
        sa.Column("counts", Json),
        sa.Column("follows", sa.Text, nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("closed_at", Moment),
        sa.Column("minutes", Json),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sa.ForeignKeyConstraint(
            ["charter_id"], ["charters.id"], name="fk_votes_charter_id_charters"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_votes_round_id_rounds"),
        sa.UniqueConstraint("round_id", "number", name="uq_votes_round_id"),
    )
    op.create_index("ix_votes_state", "votes", ["state"])
    op.create_index("ix_votes_round_id", "votes", ["round_id"])
    op.create_index("ix_votes_committee_id", "votes", ["committee_id"])
    op.create_table(
        "ballots",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("vote_id", sa.Uuid, nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_ballots_vote_id_votes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ballots_vote_id", "ballots", ["vote_id"])
    op.create_table(
        "box_keys",
        sa.Column("vote_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("vote_id", name="pk_box_keys"),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_box_keys_vote_id_votes"),
    )
    op.create_table(
        "electors",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("vote_id", sa.Uuid, nullable=False),
        sa.Column("who", sa.Uuid, nullable=False),
        sa.Column("card", sa.Boolean, nullable=False),
        sa.Column("college", sa.String(40), nullable=False),
        sa.Column("voted", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name="pk_electors"),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_electors_vote_id_votes"),
        sa.UniqueConstraint("vote_id", "who", name="uq_electors_vote_id"),
    )
    op.create_index("ix_electors_who", "electors", ["who"])
    op.create_table(
        "room_counts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("vote_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("journey", sa.Uuid),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("present", Json, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("voices", Json, nullable=False),
        sa.Column("blank", sa.Integer, nullable=False),
        sa.Column("entered_by", sa.Uuid, nullable=False),
        sa.Column("entered_at", Moment, nullable=False),
        sa.Column("confirmed_by", sa.Uuid),
        sa.Column("state", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_room_counts"),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name="fk_room_counts_vote_id_votes"),
    )
    op.create_index("ix_room_counts_vote_id", "room_counts", ["vote_id"])


def downgrade() -> None:
    for name in (
        "room_counts",
        "electors",
        "box_keys",
        "ballots",
        "votes",
        "supports",
        "interests",
        "advices",
        "ideas",
        "charters",
        "rounds",
        "cards",
    ):
        op.drop_table(name)
