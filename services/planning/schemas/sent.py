"""What forms and programs send to planning."""

from services.planning.events import RelayAnswer, SupplyKind, Support, WhyMoved
from services.planning.model import Doer
from services.planning.queries import INSTALLATION
from shared.web import fields
from shared.web.api import Input

_POINTS = {point: point for point in INSTALLATION}


class Priority(fields.Number):
    """1, indispensable; 2, important; 3, a plus."""

    def __init__(self) -> None:
        super().__init__(least=1, most=3, load_default=2)


# ------------------------------------------------------------------ the plan and its day


class Adoption(Input):
    """When, where, who leads, and how the group agreed."""

    day = fields.Day(required=True)
    fallback_day = fields.Day(load_default=None, allow_none=True)
    place = fields.Text(required=True, most=200)
    lead = fields.Id(required=True)
    agreed = fields.Text(required=True, most=300)


class Move(Input):
    """Another day, and why."""

    day = fields.Day(required=True)
    fallback_day = fields.Day(load_default=None, allow_none=True)
    why = fields.Choice(WhyMoved, required=True)
    reason = fields.Text(required=True, most=300)


class FallBack(Input):
    """Why the fall-back day is used."""

    why = fields.Choice(WhyMoved, load_default=WhyMoved.WEATHER)
    reason = fields.Text(required=True, most=300)


class Tried(Input):
    """A day to try, without changing anything."""

    day = fields.Day(required=True)


class Reason(Input):
    """Why."""

    reason = fields.Text(required=True, most=300)


class Installation(Input):
    """What was seen on the place, and what was not right."""

    seen = fields.List(fields.Choice(_POINTS), load_default=list)
    reserves = fields.Text(most=1000, load_default="")


class Held(Input):
    """How many came, and what happened."""

    attendance = fields.Number(required=True, most=1_000_000)
    incidents = fields.Text(most=2000, load_default="")


class Review(Input):
    """The bilan."""

    attendance = fields.Number(required=True, most=1_000_000)
    volunteers = fields.Number(required=True, most=100_000)
    volunteer_hours = fields.Number(required=True, most=1_000_000)
    worked = fields.Text(required=True, most=4000)
    to_improve = fields.Text(required=True, most=4000)
    do_again = fields.Yes(load_default=False)


# ------------------------------------------------------------------ tasks


class TaskSaid(Input):
    """A task: what, by when, by whom, how much it weighs."""

    title = fields.Line(required=True, most=120)
    due = fields.Day(required=True)
    doer = fields.Choice(Doer, load_default=Doer.VOLUNTEERS)
    priority = Priority()


class Entrusted(Input):
    """Who does it."""

    person = fields.Id(required=True)


class Blocked(Input):
    """Why it cannot go on, and who can help."""

    why = fields.Text(required=True, most=300)
    unblocks = fields.Text(required=True, most=120)


class Hands(Input):
    """How many more people are wanted, and what for."""

    hands = fields.Number(required=True, least=1, most=200)
    what = fields.Text(required=True, most=200)


# ------------------------------------------------------------------ needs


class LineSaid(Input):
    """So many units of one thing."""

    label = fields.Text(required=True, most=200)
    quantity = fields.Quantity(required=True)
    unit = fields.Text(required=True, most=40)


class _Wanted(Input):
    title = fields.Text(required=True, most=120)
    needed_by = fields.Day(load_default=None, allow_none=True)
    place = fields.Text(most=200, load_default="")
    priority = Priority()
    owner = fields.Id(load_default=None, allow_none=True)
    details = fields.Text(most=2000, load_default="")


class SupplierWanted(_Wanted):
    """Something to buy, hire or have performed."""

    supply = fields.Choice(SupplyKind, required=True)
    lines = fields.List(fields.Nested(LineSaid), required=True)
    estimate_incl_tax = fields.Amount(load_default=None, allow_none=True, positive=True)


class PrintWanted(_Wanted):
    """Something to print."""

    support = fields.Choice(Support, required=True)
    quantity = fields.Number(required=True, least=1, most=1_000_000)
    page_format = fields.Text(required=True, most=60)


class ServiceWanted(Input):
    """Something asked of a department."""

    department = fields.Text(required=True, most=120)
    title = fields.Text(required=True, most=120)
    what = fields.Text(required=True, most=2000)
    on = fields.Day(required=True)
    answer_by = fields.Day(required=True)
    place = fields.Text(most=200, load_default="")


class RelayWanted(Input):
    """Something asked of an organisation."""

    relay_id = fields.Id(required=True)
    what = fields.Text(required=True, most=2000)
    effort = fields.Text(required=True, most=200)
    window_from = fields.Day(required=True)
    window_to = fields.Day(required=True)
    answer_by = fields.Day(required=True)


class OtherDate(Input):
    """Another date for a need, and why."""

    needed_by = fields.Day(required=True)
    why = fields.Text(required=True, most=300)


class Withdrawal(Input):
    """Why it is no longer needed."""

    why = fields.Text(required=True, most=300)


class Accepted(Input):
    """A department does it, on these conditions."""

    conditions = fields.Text(most=1000, load_default="")


class Declined(Input):
    """A department cannot, and why."""

    why = fields.Text(required=True, most=1000)


class RelayAnswered(Input):
    """What an organisation answers, in its own words."""

    answer = fields.Choice(RelayAnswer, required=True)
    words = fields.Text(most=1000, load_default="")
