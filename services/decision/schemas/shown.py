"""What programs read. Nothing here says who voted what; while a vote is open, not even how many."""

from marshmallow import Schema
from marshmallow import fields as plain

from services.decision.events import AskedOf, Method, NoQuorum, Opinion, Outcome, TieRule
from services.decision.model import (
    AdviceState,
    Call,
    IdeaState,
    RoundState,
    VoteState,
    Way,
)
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


class CharterShown(Schema):
    """The rules of a vote; ``text`` and ``hash`` once they are adopted."""

    id = fields.Id()
    version = fields.Number()
    round_id = fields.Id()
    method = fields.Choice(Method)
    voters = fields.List(fields.Text())
    quorum_percent = fields.Number()
    no_quorum = fields.Choice(NoQuorum)
    tie = fields.Choice(TieRule)
    opens_on = fields.Day()
    closes_at = plain.AwareDateTime()
    meeting_on = fields.Day(allow_none=True)
    extra_days = fields.Number()
    shares = plain.Dict(keys=fields.Text(), values=plain.String())
    criteria = fields.Text()
    text = fields.Text()
    hash = fields.Text()
    adopted_at = plain.AwareDateTime(allow_none=True)


class CharterBrief(Schema):
    """Whether there are rules, and whether they are adopted."""

    id = fields.Id()
    version = fields.Number()
    hash = fields.Text()
    adopted_at = plain.AwareDateTime(allow_none=True)
    opens_on = fields.Day()
    closes_at = plain.AwareDateTime()


class OptionShown(Schema):
    """An idea on the ballot."""

    idea_id = fields.Id()
    title = fields.Text()


class CountShown(OptionShown):
    """What an idea got."""

    voices = fields.Number()


class VoteBrief(Schema):
    """One call to vote; figures once it is closed."""

    id = fields.Id()
    call = fields.Choice(Call)
    number = fields.Number()
    options = fields.List(fields.Nested(OptionShown))
    electors = fields.Number()
    opened_at = plain.AwareDateTime()
    closes_at = plain.AwareDateTime()
    quorum = fields.Number()
    extended = fields.Yes()
    state = fields.Choice(VoteState)
    outcome = fields.Choice(Outcome, allow_none=True)
    voted = fields.Number(allow_none=True)
    blank = fields.Number(allow_none=True)
    on_site = fields.Number(allow_none=True)
    counts = fields.List(fields.Nested(CountShown), allow_none=True)
    follows = fields.Text()
    seed = fields.Text()


class Mark(Schema):
    """The reader's own mark on the list of electors."""

    college = fields.Text()
    voted = fields.Choice(Way, allow_none=True)


class VoteShown(VoteBrief):
    """A vote, and the reader's own place in it."""

    round_id = fields.Id()
    elector = fields.Nested(Mark, allow_none=True)
    needed = fields.Number()


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


class ElectorShown(Schema):
    """Somebody to tick in a room."""

    id = fields.Id()
    who = fields.Id()
    name = fields.Text()
    college = fields.Text()


class RoomShown(Schema):
    """A count of a room; its figures are for the one who confirms it."""

    id = fields.Id()
    way = fields.Choice(Way)
    persons = fields.Number()
    state = fields.Text()
    entered_by = fields.Id()
    confirmed_by = fields.Id(allow_none=True)


class Attendance(Schema):
    """The list of electors with an account, how many cards there are, and counts made."""

    people = fields.List(fields.Nested(ElectorShown))
    cards = fields.Number()
    rooms = fields.List(fields.Nested(RoomShown))


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


class Ballots(Schema):
    """The ballots of a box, each the ideas it names; those counted in a room are apart."""

    items = fields.List(fields.List(fields.Id()))
    on_site = fields.Number()


class CardGiven(Schema):
    """A card, shown once."""

    id = fields.Id()
    number = fields.Text()
    secret = fields.Text()


class Secret(Schema):
    """The secret of a link, shown once."""

    secret = fields.Text()


class Hash(Schema):
    """The hash of the adopted rules."""

    hash = fields.Text()
