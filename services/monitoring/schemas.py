"""What programs ask monitoring for and get; amounts are texts, unknown is null."""

from marshmallow import Schema
from marshmallow import fields as plain

from shared.web import fields
from shared.web.api import Input


class Nothing(Input):
    """A form with nothing but its button."""

    idempotency_key = fields.Text(most=80, load_only=True)


class Dropped(Input):
    """Why a fact may be set aside."""

    reason = fields.Text(required=True, most=500)


class BoardAsked(Input):
    """The filters of the board; a ``sort`` that begins with ``-`` goes the other way."""

    year = fields.Number(least=2000, most=2100)
    sector = fields.Text(most=100)
    step = fields.Number(least=1, most=8)
    awaited = fields.Text(most=40)
    level = fields.Choice(dict.fromkeys(("late", "soon", "calm", "unknown", "quiet"), ""))
    blocked = fields.Yes(load_default=False)
    yours = fields.Yes(load_default=False)
    sort = fields.Text(most=20, load_default="slack")


class CommitteeAsked(Input):
    """The year of the money, and where to go on: in the facts, in each list."""

    year = fields.Number(least=2000, most=2100)
    after = fields.Text(most=500)
    lines = fields.Text(most=2000)
    purchases = fields.Text(most=500)
    waits = fields.Text(most=500)


class Freshness(Schema):
    """When the figures were true, and how many facts were not read yet."""

    true_at = plain.AwareDateTime(allow_none=True)
    last_fact_at = plain.AwareDateTime(allow_none=True)
    lag = plain.Integer(allow_none=True)
    stale = plain.Boolean()


class Committee(Schema):
    """A committee of the mirror."""

    id = fields.Id()
    number = plain.Integer()
    name = plain.String()
    quartier = plain.String()
    sector = plain.String()
    closed_on = plain.Date(allow_none=True)


class Money(Schema):
    """Euros including tax; null when unknown."""

    envelope = fields.Amount(allow_none=True)
    voted = fields.Amount(allow_none=True)
    transferred = fields.Amount(allow_none=True)
    reserved = fields.Amount(allow_none=True)
    committed = fields.Amount(allow_none=True)
    paid = fields.Amount(allow_none=True)
    available = fields.Amount(allow_none=True)


class Purchase(Schema):
    """A purchase and what it waits for."""

    id = fields.Id()
    committee_id = fields.Id()
    action_id = fields.Id(allow_none=True)
    title = plain.String(allow_none=True)
    step = plain.String(allow_none=True)
    next_step = plain.String(allow_none=True)
    awaited_role = plain.String(allow_none=True)
    since = plain.AwareDateTime(allow_none=True)
    due = plain.Date(allow_none=True)
    slack = plain.Integer(allow_none=True)
    level = plain.String()
    blocked = plain.Boolean()
    needed_by = plain.Date(allow_none=True)
    amount_incl_tax = fields.Amount(allow_none=True)


class Wait(Schema):
    """What is awaited: of whom, since when, until when, and what blocks it."""

    id = fields.Id()
    service = plain.String()
    kind = plain.String(allow_none=True)
    committee_id = fields.Id(allow_none=True)
    action_id = fields.Id(allow_none=True)
    subject_id = fields.Id(allow_none=True)
    title = plain.String(allow_none=True)
    what = plain.String()
    awaited_role = plain.String(allow_none=True)
    asked = plain.String(allow_none=True)
    person = fields.Id(allow_none=True)
    due = plain.Date(allow_none=True)
    slack = plain.Integer(allow_none=True)
    level = plain.String()
    since = plain.AwareDateTime(allow_none=True)
    blocked = plain.Boolean()
    why = plain.String(allow_none=True)
    unblocks = plain.String(allow_none=True)
    unblocks_role = plain.String(allow_none=True)


class Leg(Schema):
    """What a committee lives: a ``survey``, a ``choice`` or an ``action``."""

    id = fields.Id()
    leg = plain.String()
    title = plain.String(allow_none=True)
    day = plain.Date(allow_none=True)
    fallback_day = plain.Date(allow_none=True)
    held_on = plain.Date(allow_none=True)
    closed_on = plain.Date(allow_none=True)


class BoardRow(Money):
    """A committee with its step of eight, what is awaited, what blocks, its money."""

    committee = fields.Nested(Committee)
    leg = fields.Nested(Leg, allow_none=True)
    place = plain.Integer(allow_none=True)
    over = plain.Boolean()
    urgent = fields.Nested(Wait, allow_none=True)
    obstacle = fields.Nested(Wait, allow_none=True)
    last_fact_at = plain.AwareDateTime(allow_none=True)
    open = plain.Integer(allow_none=True)
    slack = plain.Integer(allow_none=True)
    level = plain.String()
    blocked = plain.Boolean()
    quiet = plain.Boolean()
    short = fields.Amount(allow_none=True)


class Totals(Money):
    """Sums over the rows; ``without_envelope`` counts the committees that have none known."""

    without_envelope = plain.Integer()


class Board(Schema):
    """The board of the city."""

    year = plain.Integer()
    totals = fields.Nested(Totals)
    counts = plain.Dict(keys=plain.String(), values=plain.Integer())
    committees = fields.List(fields.Nested(BoardRow))
    freshness = fields.Nested(Freshness)


class Line(Money):
    """A budget line as its last move left it."""

    class Meta:
        """A line has no envelope of its own."""

        exclude = ("envelope",)

    id = fields.Id()
    action_id = fields.Id(allow_none=True)
    year = plain.Integer()
    title = plain.String()
    ledger_seq = plain.Integer()
    asked = fields.Amount(allow_none=True)


class Fact(Schema):
    """A fact, what caused it and who decided (an id, never a name)."""

    id = fields.Id()
    type = plain.String()
    at = plain.AwareDateTime()
    action_id = fields.Id(allow_none=True)
    purchase_id = fields.Id(allow_none=True)
    cause = fields.Id(allow_none=True)
    follows = fields.Id(allow_none=True)
    correlation = fields.Id(allow_none=True)
    person = fields.Id(allow_none=True)
    quality = plain.String(allow_none=True)
    sentence = plain.String()


class CommitteeCard(Schema):
    """Everything monitoring knows of a committee."""

    committee = fields.Nested(Committee)
    year = plain.Integer()
    money = fields.Nested(Money)
    lines = fields.List(fields.Nested(Line))
    waits = fields.List(fields.Nested(Wait))
    purchases = fields.List(fields.Nested(Purchase))
    ended_count = plain.Integer(allow_none=True)
    facts = fields.List(fields.Nested(Fact))
    next = plain.String(allow_none=True)
    following = plain.Dict(keys=plain.String(), values=plain.String(allow_none=True))
    freshness = fields.Nested(Freshness)


class Action(Schema):
    """An action, as its budget line names it."""

    id = fields.Id()
    committee_id = fields.Id()
    title = plain.String(allow_none=True)
    last_fact_at = plain.AwareDateTime(allow_none=True)


class Thread(Schema):
    """The facts of an action in the order of the log, and what is awaited."""

    action = fields.Nested(Action)
    facts = fields.List(fields.Nested(Fact))
    awaited = fields.List(fields.Nested(Wait))
    lines = fields.List(fields.Nested(Line))
    freshness = fields.Nested(Freshness)


class Reported(Schema):
    """What a service's worker last said; null when it never said a word."""

    service = plain.String()
    silent = plain.Boolean()
    at = plain.AwareDateTime(allow_none=True)
    lag = plain.Integer(allow_none=True)
    lags = plain.Dict(keys=plain.String(), values=plain.Integer())
    outbox_depth = plain.Integer(allow_none=True)
    outbox_age_seconds = plain.Float(allow_none=True)
    dead = plain.Integer(allow_none=True)
    parked = plain.Integer(allow_none=True)


class Flow(Schema):
    """The health of the flow of facts."""

    services = fields.List(fields.Nested(Reported))
    administers = plain.Boolean()
    freshness = fields.Nested(Freshness)
