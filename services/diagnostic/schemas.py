"""What forms and programs send to diagnostic, and what programs read."""

from collections.abc import Mapping
from typing import Any

import marshmallow
from marshmallow import Schema

from services.diagnostic.events import Theme
from services.diagnostic.model import HEARD as HEARD
from services.diagnostic.model import MOST_WORDS as MOST_WORDS
from services.diagnostic.model import Actor, Kind, Place, State
from shared.web import fields
from shared.web.api import Input


class Lines(fields.Text):
    """A text of which each line that is not empty counts, once."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class SurveySaid(Input):
    """A survey: what it is about, where, from when to when."""

    title = fields.Line(required=True, most=120)
    sectors = Lines(most=400, load_default=list)
    opens_on = fields.Day(required=True)
    closes_on = fields.Day(required=True)


class NewSurvey(SurveySaid):
    """A survey to prepare."""

    committee_id = fields.Id(required=True)
    theme = fields.Choice(Theme, required=True)


class QuestionAsked(Input):
    """A question, with one choice a line; one without words is taken away."""

    text = fields.Line(most=200, load_default="")
    kind = fields.Choice(Kind, load_default=Kind.TEXT)
    choices = fields.Text(most=1000, load_default="")


class Questions(Input):
    """All questions of a survey."""

    questions = fields.List(fields.Nested(QuestionAsked), required=True)


class Words(Input):
    """An answer: words by the key of the question, several choices a line each.

    ``answer_id`` is minted by whoever sends it: the same one twice is one answer.
    """

    answer_id = fields.Id(required=True)
    words = marshmallow.fields.Dict(
        keys=fields.Text(most=40), values=fields.Text(most=MOST_WORDS), required=True
    )
    who = fields.Choice(Actor, load_default=None)


class Heard(Words):
    """What was said to a member."""

    who = fields.Choice(Actor, required=True)
    place = fields.Choice(Place, required=True)
    sector = fields.Text(most=120, load_default=None)


class NeedSaid(Input):
    """A need and the answers that carry it."""

    title = fields.Line(required=True, most=120)
    answers = fields.List(fields.Id(), load_default=list)


class NeedSaidAgain(NeedSaid):
    """A need said otherwise; of the answers ``shown``, those of ``answers`` carry it."""

    shown = fields.List(fields.Id(), load_default=None)


class Publication(Input):
    """The group's summary, and how it agreed."""

    findings = fields.Text(required=True, most=4000)
    agreed = fields.Line(required=True, most=300)
    agreed_on = fields.Day(required=True)


class Code(Schema):
    """The code of a receipt."""

    code = fields.Text(required=True)


class NeedShown(Schema):
    """A need with its weight in percent."""

    id = fields.Id()
    version = fields.Number()
    title = fields.Text()
    weight = fields.Number()
    evidence = fields.Number()


class QuestionShown(Schema):
    """A question."""

    key = fields.Text()
    text = fields.Text()
    kind = fields.Choice(Kind)
    choices = fields.List(fields.Text())
    required = fields.Yes()


class SurveyShown(Schema):
    """A survey."""

    id = fields.Id()
    version = fields.Number()
    committee_id = fields.Id()
    code = fields.Text()
    title = fields.Text()
    theme = fields.Choice(Theme)
    sectors = fields.List(fields.Text())
    state = fields.Choice(State)
    opens_on = fields.Day()
    closes_on = fields.Day()
    answers = fields.Number()


class SurveyFull(SurveyShown):
    """A survey with its questions and needs."""

    questions = fields.List(fields.Nested(QuestionShown))
    needs = fields.List(fields.Nested(NeedShown))
    untied = fields.Number()


class Surveys(Schema):
    """A page of surveys."""

    items = fields.List(fields.Nested(SurveyShown))
    next = fields.Text(allow_none=True)


class AnswerShown(Schema):
    """An answer, for the committee."""

    id = fields.Id()
    channel = fields.Text()
    actor = fields.Text(allow_none=True)
    place = fields.Text(allow_none=True)
    words = marshmallow.fields.Dict()
    needs = fields.List(fields.Id())


class Answers(Schema):
    """A page of answers."""

    items = fields.List(fields.Nested(AnswerShown))
    next = fields.Text(allow_none=True)


class Counted(Schema):
    """A group of answers, never of a few only."""

    label = fields.Text()
    value = fields.Number()


class GroupCounted(Schema):
    """Who was heard, one way of counting."""

    title = fields.Text()
    rows = fields.List(fields.Nested(Counted))


class Report(Schema):
    """A published diagnostic."""

    id = fields.Id()
    title = fields.Text()
    theme = fields.Choice(Theme)
    answers = fields.Number()
    findings = fields.Text()
    needs = fields.List(fields.Nested(NeedShown))
    heard = fields.List(fields.Nested(GroupCounted))
