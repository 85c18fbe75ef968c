"""What programs read of choices and ideas."""

from marshmallow import Schema

from services.decision.events import AskedOf, Opinion
from services.decision.model import AdviceState, IdeaState, RoundState
from services.decision.schemas.voted import CharterBrief, CharterShown, VoteBrief
from shared.web import fields


class NeedShown(Schema):
    """A need with its weight, and how many ideas answer it."""

    need_id = fields.Id()
    title = fields.Text()
    weight = fields.Number()
    ideas = fields.Number()


class AdviceShown(Schema):
    """An advice, awaited or given."""

    id = fields.Id()
    idea_id = fields.Id()
    round_id = fields.Id()
    committee_id = fields.Id()
    asked_of = fields.Choice(AskedOf)
    asked = fields.Text()
    question = fields.Text()
    answer_by = fields.Day()
    state = fields.Choice(AdviceState)
    opinion = fields.Choice(Opinion, allow_none=True)
    why = fields.Text()
    capacity = fields.Text()
    conditions = fields.Text()
    window_from = fields.Day(allow_none=True)
    window_to = fields.Day(allow_none=True)


class Advices(Schema):
    """A page of requests."""

    items = fields.List(fields.Nested(AdviceShown))
    next = fields.Text(allow_none=True)


class IdeaPublic(Schema):
    """An idea as everybody may read it."""

    id = fields.Id()
    version = fields.Number()
    title = fields.Text()
    aims = fields.Text()
    place = fields.Text()
    wished_from = fields.Day()
    wished_to = fields.Day()
    estimate = fields.Amount(allow_none=True)
    needs = fields.List(fields.Id())
    state = fields.Choice(IdeaState)
    supports = fields.Number()
    why = fields.Text()
    merged_into = fields.Id(allow_none=True)


class IdeaListed(IdeaPublic):
    """An idea for those who follow the committee."""

    advices = fields.List(fields.Nested(AdviceShown))


class IdeaFull(IdeaListed):
    """An idea with what was said of it."""

    round_id = fields.Id()
    committee_id = fields.Id()
    proposed_by = fields.Id(allow_none=True)


class RoundShown(Schema):
    """A choice."""

    id = fields.Id()
    version = fields.Number()
    committee_id = fields.Id()
    code = fields.Text()
    title = fields.Text()
    until = fields.Day()
    diagnostic_id = fields.Id(allow_none=True)
    why_without = fields.Text()
    state = fields.Choice(RoundState)
    action_id = fields.Id(allow_none=True)
    idea_id = fields.Id(allow_none=True)
    why = fields.Text()
    ideas = fields.Number()
    waiting = fields.Number()
    charter = fields.Nested(CharterBrief, allow_none=True)
    vote = fields.Nested(VoteBrief, allow_none=True)


class Rounds(Schema):
    """A page of choices."""

    items = fields.List(fields.Nested(RoundShown))
    next = fields.Text(allow_none=True)


class RoundFull(RoundShown):
    """A choice with its needs, ideas and calls to vote."""

    needs = fields.List(fields.Nested(NeedShown))
    listed = fields.List(fields.Nested(IdeaListed))
    votes = fields.List(fields.Nested(VoteBrief))


class PublicRound(Schema):
    """A choice as everybody may see it."""

    id = fields.Id()
    code = fields.Text()
    title = fields.Text()
    until = fields.Day()
    state = fields.Choice(RoundState)
    needs = fields.List(fields.Nested(NeedShown))
    listed = fields.List(fields.Nested(IdeaPublic))
    waiting = fields.Number()
    gathering = fields.Yes()
    voting = fields.Yes()
    with_cards = fields.Yes()
    vote = fields.Nested(VoteBrief, allow_none=True)


class Result(Schema):
    """What was chosen and why."""

    id = fields.Id()
    title = fields.Text()
    state = fields.Choice(RoundState)
    action_id = fields.Id(allow_none=True)
    why = fields.Text()
    chosen = fields.Nested(IdeaPublic, allow_none=True)
    others = fields.List(fields.Nested(IdeaPublic))
    votes = fields.List(fields.Nested(VoteBrief))
    charter = fields.Nested(CharterShown)
