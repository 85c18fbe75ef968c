"""What diagnostic keeps. What people said is noted in the audit by its name only."""

import sqlalchemy as sa

from services.diagnostic.events import Theme
from services.diagnostic.model import (
    Actor,
    Answer,
    Channel,
    Evidence,
    Need,
    Place,
    State,
    Survey,
)
from shared.store.columns import Json, Moment, new_metadata, root, words
from shared.store.mapping import map_aggregate, map_part, part

metadata = new_metadata()
_SAID = {"audit": "name"}

surveys = root(
    metadata,
    "surveys",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("code", sa.String(16), nullable=False, unique=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("theme", words(Theme), nullable=False),
    sa.Column("sectors", Json, nullable=False),
    sa.Column("questions", Json, nullable=False),
    sa.Column("opens_on", sa.Date, nullable=False),
    sa.Column("closes_on", sa.Date, nullable=False),
    sa.Column("prepared_by", sa.Uuid),
    sa.Column("state", words(State), nullable=False, index=True),
    sa.Column("answers", sa.Integer, nullable=False),
    sa.Column("findings", sa.Text, nullable=False),
    sa.Column("agreed", sa.Text, nullable=False),
    sa.Column("agreed_on", sa.Date),
    sa.Column("report", Json),
    sa.Column("published_at", Moment),
)
answers = root(
    metadata,
    "answers",
    sa.Column("survey_id", sa.Uuid, sa.ForeignKey("surveys.id"), nullable=False),
    sa.Column("code", sa.String(16), nullable=False, unique=True, info=_SAID),
    sa.Column("channel", words(Channel), nullable=False),
    sa.Column("words", Json, nullable=False, info=_SAID),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("actor", words(Actor)),
    sa.Column("place", words(Place)),
    sa.Column("sector", sa.String(120)),
    sa.Column("recorded_by", sa.Uuid),
    sa.Index("ix_answers_survey_id_received_at", "survey_id", "received_at"),
)
needs = root(
    metadata,
    "needs",
    sa.Column("survey_id", sa.Uuid, sa.ForeignKey("surveys.id"), nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)
evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("need_id", sa.Uuid, sa.ForeignKey("needs.id"), primary_key=True),
    sa.Column("answer_id", sa.Uuid, sa.ForeignKey("answers.id"), primary_key=True, index=True),
)

map_aggregate(Survey, surveys)
map_aggregate(Answer, answers)
map_part(Evidence, evidence)
map_aggregate(Need, needs, parts={"evidence": part(Evidence)})
