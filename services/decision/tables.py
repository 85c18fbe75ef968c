"""What decision keeps. The list of electors and the box are two tables that no column joins."""

import sqlalchemy as sa

from services.decision.events import AskedOf, Method, NoQuorum, Opinion, Outcome, TieRule
from services.decision.model import (
    Advice,
    AdviceState,
    Call,
    Card,
    Charter,
    College,
    CountState,
    Elector,
    Idea,
    IdeaState,
    Interest,
    RoomCount,
    Round,
    RoundState,
    Vote,
    VoteState,
    Way,
)
from shared.store.columns import Cents, Json, Moment, new_metadata, root, words
from shared.store.mapping import map_aggregate, map_part, part

metadata = new_metadata()
_SECRET = {"audit": "name"}

rounds = root(
    metadata,
    "rounds",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("code", sa.String(16), nullable=False, unique=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("needs", Json, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("diagnostic_id", sa.Uuid, index=True),
    sa.Column("why_without", sa.Text, nullable=False),
    sa.Column("state", words(RoundState), nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("idea_id", sa.Uuid),
    sa.Column("why", sa.Text, nullable=False),
)
ideas = root(
    metadata,
    "ideas",
    sa.Column("round_id", sa.Uuid, sa.ForeignKey("rounds.id"), nullable=False, index=True),
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
    sa.Column("state", words(IdeaState), nullable=False),
    sa.Column("merged_into", sa.Uuid),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("supports", sa.Integer, nullable=False),
)
interests = sa.Table(
    "interests",
    metadata,
    sa.Column("idea_id", sa.Uuid, sa.ForeignKey("ideas.id"), primary_key=True),
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Column("what", sa.Text, nullable=False, info=_SECRET),
)
supports = sa.Table(
    "supports",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("idea_id", sa.Uuid, sa.ForeignKey("ideas.id"), nullable=False),
    sa.Column("person", sa.Uuid),
    sa.UniqueConstraint("idea_id", "person"),
)
advices = root(
    metadata,
    "advices",
    sa.Column("round_id", sa.Uuid, sa.ForeignKey("rounds.id"), nullable=False, index=True),
    sa.Column("idea_id", sa.Uuid, sa.ForeignKey("ideas.id"), nullable=False, index=True),
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("journey", sa.Uuid),
    sa.Column("asked_of", words(AskedOf), nullable=False),
    sa.Column("asked", sa.String(200), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer_by", sa.Date, nullable=False),
    sa.Column("asked_by", sa.Uuid),
    sa.Column("department", sa.String(120), index=True),
    sa.Column("person", sa.Uuid, index=True),
    sa.Column("relay_id", sa.Uuid),
    sa.Column("state", words(AdviceState), nullable=False),
    sa.Column("opinion", words(Opinion)),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("capacity", sa.Text, nullable=False),
    sa.Column("conditions", sa.Text, nullable=False),
    sa.Column("window_from", sa.Date),
    sa.Column("window_to", sa.Date),
    sa.Column("given_by", sa.Uuid),
    sa.Column("given_at", Moment),
)
charters = root(
    metadata,
    "charters",
    sa.Column("round_id", sa.Uuid, sa.ForeignKey("rounds.id"), nullable=False, unique=True),
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("journey", sa.Uuid),
    sa.Column("method", words(Method), nullable=False),
    sa.Column("voters", Json, nullable=False),
    sa.Column("quorum_percent", sa.Integer, nullable=False),
    sa.Column("no_quorum", words(NoQuorum), nullable=False),
    sa.Column("tie", words(TieRule), nullable=False),
    sa.Column("opens_on", sa.Date, nullable=False),
    sa.Column("closes_at", Moment, nullable=False),
    sa.Column("seed", sa.String(64), nullable=False, info=_SECRET),
    sa.Column("meeting_on", sa.Date),
    sa.Column("extra_days", sa.Integer, nullable=False),
    sa.Column("shares", Json, nullable=False),
    sa.Column("criteria", sa.Text, nullable=False),
    sa.Column("agreed", sa.Text, nullable=False),
    sa.Column("agreed_on", sa.Date),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("adopted_at", Moment),
)
votes = root(
    metadata,
    "votes",
    sa.Column("round_id", sa.Uuid, sa.ForeignKey("rounds.id"), nullable=False, index=True),
    sa.Column("charter_id", sa.Uuid, sa.ForeignKey("charters.id"), nullable=False),
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("journey", sa.Uuid),
    sa.Column("call", words(Call), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("options", Json, nullable=False),
    sa.Column("electors", sa.Integer, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("closes_at", Moment, nullable=False),
    sa.Column("quorum", sa.Integer, nullable=False),
    sa.Column("extended", sa.Boolean, nullable=False),
    sa.Column("state", words(VoteState), nullable=False, index=True),
    sa.Column("outcome", words(Outcome)),
    sa.Column("voted", sa.Integer),
    sa.Column("blank", sa.Integer),
    sa.Column("on_site", sa.Integer),
    sa.Column("counts", Json),
    sa.Column("follows", sa.Text, nullable=False),
    sa.Column("seed", sa.String(64), nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("minutes", Json),
    sa.UniqueConstraint("round_id", "number"),
)
electors = root(
    metadata,
    "electors",
    sa.Column("vote_id", sa.Uuid, sa.ForeignKey("votes.id"), nullable=False),
    sa.Column("who", sa.Uuid, nullable=False, index=True),
    sa.Column("card", sa.Boolean, nullable=False),
    sa.Column("college", words(College), nullable=False),
    sa.Column("voted", words(Way)),
    sa.UniqueConstraint("vote_id", "who"),
)
box_keys = sa.Table(
    "box_keys",
    metadata,
    sa.Column("vote_id", sa.Uuid, sa.ForeignKey("votes.id"), primary_key=True),
    sa.Column("key", sa.LargeBinary(32), nullable=False),
)
# Rows lie in the order of their ids, which are of chance: not in the order in which people voted.
ballots = sa.Table(
    "ballots",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("vote_id", sa.Uuid, sa.ForeignKey("votes.id"), nullable=False, index=True),
    sa.Column("choices", Json, nullable=False),
    sqlite_with_rowid=False,
)
room_counts = root(
    metadata,
    "room_counts",
    sa.Column("vote_id", sa.Uuid, sa.ForeignKey("votes.id"), nullable=False, index=True),
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("journey", sa.Uuid),
    sa.Column("way", words(Way), nullable=False),
    sa.Column("present", Json, nullable=False, info=_SECRET),
    sa.Column("persons", sa.Integer, nullable=False),
    sa.Column("voices", Json, nullable=False, info=_SECRET),
    sa.Column("blank", sa.Integer, nullable=False, info=_SECRET),
    sa.Column("entered_by", sa.Uuid, nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
    sa.Column("confirmed_by", sa.Uuid),
    sa.Column("state", words(CountState), nullable=False),
)
cards = root(
    metadata,
    "cards",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("college", words(College), nullable=False),
    sa.Column("number_hash", sa.String(64), nullable=False, unique=True, info=_SECRET),
    sa.Column("secret_hash", sa.String(64), nullable=False, info=_SECRET),
    sa.Column("given_at", Moment, nullable=False),
    sa.Column("given_by", sa.Uuid),
    sa.Column("withdrawn_at", Moment),
)

map_aggregate(Round, rounds)
map_part(Interest, interests)
map_aggregate(Idea, ideas, parts={"interests": part(Interest)})
map_aggregate(Advice, advices)
map_aggregate(Charter, charters)
map_aggregate(Vote, votes)
map_aggregate(Elector, electors)
map_aggregate(RoomCount, room_counts)
map_aggregate(Card, cards)
