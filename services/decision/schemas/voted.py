"""What programs read of votes: nothing says who voted what, nor how many while a vote is open."""

from marshmallow import Schema
from marshmallow import fields as plain

from services.decision.events import Method, NoQuorum, Outcome, TieRule
from services.decision.model import Call, VoteState, Way
from shared.web import fields


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
