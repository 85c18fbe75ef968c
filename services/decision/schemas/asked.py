"""What forms and programs send."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields as plain

from services.decision.events import AskedOf, Method, NoQuorum, Opinion, TieRule
from services.decision.model import College, RoundState, Way
from shared.web import fields
from shared.web.api import Input, Page


class RoundsSought(Page):
    """Which choices."""

    committee_id = fields.Id()
    state = fields.Choice(RoundState)


class NewRound(Input):
    """A choice without a diagnostic, and why."""

    committee_id = fields.Id(required=True)
    title = fields.Line(required=True, most=120)
    why = fields.Text(required=True, most=1000)
    until = fields.Day(load_default=None)


class NextRound(Input):
    """Another choice from the same needs."""

    title = fields.Line(most=120, load_default="")
    until = fields.Day(load_default=None)


class Until(Input):
    """The last day for ideas."""

    until = fields.Day(required=True)


class IdeaSaidAgain(Input):
    """An idea; ``needs`` are ids of needs of the round."""

    title = fields.Line(required=True, most=120)
    aims = fields.Text(required=True, most=2000)
    place = fields.Line(required=True, most=200)
    wished_from = fields.Day(required=True)
    wished_to = fields.Day(required=True)
    estimate = fields.Amount(load_default=None, allow_none=True)
    needs = fields.List(fields.Id(), load_default=list)


class IdeaSaid(IdeaSaidAgain):
    """A new idea; ``interest`` is what binds the one who proposes to it."""

    interest = fields.Line(most=300, load_default="")


class IdeaOfResident(IdeaSaidAgain):
    """An idea from somebody without an account; the same ``idea_id`` is one idea."""

    idea_id = fields.Id(required=True)


class Support(Input):
    """Backing without an account; the same ``support_id`` counts once."""

    idea_id = fields.Id(required=True)
    support_id = fields.Id(required=True)


class Aside(Input):
    """Why an idea is set aside."""

    why = fields.Text(required=True, most=1000)


class Merge(Input):
    """The idea that goes on for both."""

    into = fields.Id(required=True)
    why = fields.Text(most=1000, load_default="")


class InterestSaid(Input):
    """What binds one to an idea; empty takes it back."""

    what = fields.Line(most=300, load_default="")


class Question(Input):
    """What is asked, of whom, by when."""

    asked_of = fields.Choice(AskedOf, required=True)
    question = fields.Text(required=True, most=1000)
    answer_by = fields.Day(required=True)
    department = fields.Text(most=120, load_default="")
    person = fields.Id(load_default=None)
    relay_id = fields.Id(load_default=None)


class Advice(Input):
    """An opinion with its reason, and what can be done on what terms."""

    opinion = fields.Choice(Opinion, required=True)
    why = fields.Text(required=True, most=2000)
    capacity = fields.Text(most=1000, load_default="")
    conditions = fields.Text(most=1000, load_default="")
    window_from = fields.Day(load_default=None)
    window_to = fields.Day(load_default=None)


class AdviceByLink(Advice):
    """The same, with the secret of the link."""

    secret = fields.Text(required=True, most=100)


class CharterRules(Input):
    """The rules of a vote. ``shares`` are percents (« 40 ») or fractions (« 1/3 ») by college."""

    method = fields.Choice(Method, required=True)
    voters = fields.List(fields.Choice(College), required=True)
    quorum_percent = fields.Number(required=True, most=100)
    no_quorum = fields.Choice(NoQuorum, required=True)
    tie = fields.Choice(TieRule, required=True)
    opens_on = fields.Day(required=True)
    closes_on = fields.Day(required=True)
    closes_hour = fields.Number(most=23, load_default=20)
    meeting_on = fields.Day(load_default=None, allow_none=True)
    extra_days = fields.Number(least=1, most=31, load_default=7)
    shares = plain.Dict(keys=fields.Choice(College), values=fields.Text(most=20), load_default=dict)
    criteria = fields.Text(most=2000, load_default="")


class Adoption(Input):
    """How and when the group agreed."""

    agreed = fields.Line(required=True, most=300)
    agreed_on = fields.Day(required=True)


class BallotCast(Input):
    """A ballot: ideas by id, or blank."""

    choices = fields.List(fields.Id(), load_default=list)
    blank = fields.Yes(load_default=False)


class CardBallot(BallotCast):
    """The same, with a numbered card."""

    number = fields.Text(required=True, most=40)
    secret = fields.Text(required=True, most=60)


class CountEntered(Input):
    """What was counted in a room: electors by id, cards by number, voices by idea."""

    way = fields.Choice(Way, required=True)
    present = fields.List(fields.Id(), load_default=list)
    cards = fields.List(fields.Text(most=40), load_default=list)
    voices = plain.Dict(keys=fields.Id(), values=fields.Number(most=100_000), load_default=dict)
    blank = fields.Number(most=100_000, load_default=0)


class _Lines(fields.Text):
    """A text of which each line that is not empty counts."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        return [line.strip() for line in text.splitlines() if line.strip()]


class CountTyped(Input):
    """The same as a form sends it: cards one a line; figures come in fields of their own."""

    way = fields.Choice(Way, required=True)
    present = fields.List(fields.Id(), load_default=list)
    cards = _Lines(most=8000, load_default=list)
    blank = fields.Number(most=100_000, load_default=0)


class CardWanted(Input):
    """For whose neighbourhood, and in which college."""

    committee_id = fields.Id(required=True)
    college = fields.Choice(College, required=True)
    card_id = fields.Id(load_default=None)


class CardNumber(Input):
    """A card by its number."""

    number = fields.Text(required=True, most=40)


class Annulment(Input):
    """Why a choice does not hold."""

    why = fields.Text(required=True, most=1000)
