"""What forms and programs send to communication."""

from functools import partial
from typing import Any

from marshmallow import ValidationError, post_load, pre_load

from services.communication.events import Channel
from services.communication.model import NAMES, PLAN, Colours, Paper, Support
from services.communication.queries import gate_name
from shared.web import fields
from shared.web.api import Input

_hours = partial(fields.Quantity, decimals=2)
"""Hours are kept as hundredths."""

GATES = {gate: gate_name(gate) for gate in (PLAN, *(str(s) for s in Support))}


class Target(Input):
    """Whom to reach, where, with which message."""

    public = fields.Text(required=True, most=200)
    place = fields.Text(most=200, load_default="")
    message = fields.Text(most=500, load_default="")


class PlannedSupport(Input):
    """So many copies of a support."""

    support = fields.Choice(Support, required=True)
    quantity = fields.Number(required=True, least=1, most=1_000_000)


class _Agreed(Input):
    """What the group agreed on, without the zones."""

    targets = fields.List(fields.Nested(Target()), load_default=list)
    channels = fields.List(fields.Choice(Channel), load_default=list)
    supports = fields.List(fields.Nested(PlannedSupport()), load_default=list)
    gates = fields.List(fields.Choice(GATES), load_default=list)
    starts_on = fields.Day(load_default=None)
    ends_on = fields.Day(load_default=None)
    agreed = fields.Text(most=1000, load_default="")
    version = fields.Number()


class Strategy(_Agreed):
    """What the group agreed on."""

    zones = fields.List(fields.Text(most=200), load_default=list)


class StrategyForm(_Agreed):
    """The same from a form: a zone a line; a support left out by its quantity."""

    zones = fields.Text(most=2000, load_default="")

    @pre_load
    def only_supports_wanted(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """A row of supports without quantity is not asked for."""
        rows = [row for row in data.get("supports", ()) if row.get("quantity")]
        return {**data, "supports": rows}

    @post_load
    def as_lines(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """The zones, a line each."""
        lines = (line.strip()[:200] for line in data["zones"].splitlines())
        return {**data, "zones": [line for line in lines if line]}


class Missing(Input):
    """What is not ready, and why that is accepted."""

    what = fields.Choice(GATES, required=True)
    why = fields.Text(required=True, most=500)


class Launch(Input):
    """A launch, with a reason for each thing that is not ready."""

    missing = fields.List(fields.Nested(Missing()), load_default=list)
    version = fields.Number()

    @post_load
    def by_gate(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """The reasons by what is missing, as the command wants them."""
        missing = data.pop("missing")
        return {**data, "reasons": {str(row["what"]): row["why"] for row in missing}}


class Versioned(Input):
    """A deed on what was read."""

    version = fields.Number()


class End(Input):
    """Why it ends now."""

    why = fields.Text(required=True, most=500)


class Brief(Input):
    """A print as it is asked for; a draft may leave much out."""

    title = fields.Text(required=True, most=200)
    support = fields.Choice(Support, required=True)
    quantity = fields.Number(least=1, most=1_000_000, load_default=None)
    page_format = fields.Text(most=60, load_default="")
    colours = fields.Choice(Colours, load_default=None)
    paper = fields.Choice(Paper, load_default=None)
    text = fields.Text(most=5000, load_default="")
    zones = fields.Text(most=500, load_default="")
    place = fields.Text(most=200, load_default="")
    needed_by = fields.Day(load_default=None)
    contact = fields.Id(load_default=None)
    logo = fields.Text(most=100, load_default="")
    printer_mention = fields.Yes(load_default=False)
    french_text = fields.Yes(load_default=False)
    image_rights = fields.Yes(load_default=False)
    priority = fields.Number(least=1, most=3, load_default=2)
    send = fields.Yes(load_default=False)
    version = fields.Number()

    @post_load
    def grouped(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """What is asked for in one, beside what is done with it."""
        brief = {name: data.pop(name) for name in NAMES if name in data}
        return {**data, "brief": brief}


class BriefOfProgram(Brief):
    """A print asked for by a program, which may mint its id."""

    need_id = fields.Id(load_default=None)


class NeededBy(Input):
    """Another day."""

    needed_by = fields.Day(required=True)


class Reason(Input):
    """Why."""

    reason = fields.Text(required=True, most=1000)


class Acceptance(Input):
    """Hours of a week."""

    hours = _hours(required=True)
    from_model = fields.Yes(load_default=False)


class Slot(Input):
    """A week, by one of its days."""

    week = fields.Day(required=True)
    urgent = fields.Yes(load_default=False)


class Signature(Input):
    """The proof that was on the screen, by its SHA-256."""

    seen = fields.Text(required=True, most=64)


class Corrections(Signature):
    """What is to be corrected in the proof that was on the screen."""

    reason = fields.Text(required=True, most=2000)
    date_moves = fields.Yes(load_default=False)


class Delivery(Input):
    """What was brought."""

    quantity = fields.Number(required=True, least=1, most=1_000_000)
    on = fields.Day(required=True)


class Distribution(Input):
    """Copies handed out in a zone."""

    request_id = fields.Id(required=True)
    zone = fields.Text(required=True, most=200)
    count = fields.Number(required=True, least=1, most=1_000_000)


class DistributionForm(Input):
    """The same from a form: one of the zones of the strategy, or another place in words."""

    request_id = fields.Id(required=True)
    count = fields.Number(required=True, least=1, most=1_000_000)
    zone = fields.Text(most=200, load_default="")
    elsewhere = fields.Text(most=200, load_default="")

    @post_load
    def one_place(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """Where it was: what is written comes before what is ticked."""
        zone = data.pop("elsewhere") or data["zone"]
        if not zone:
            raise ValidationError("Dites où.", "zone")
        return {**data, "zone": zone}


class Nothing(Input):
    """A deed that asks for nothing more."""


class Capacity(Input):
    """A usual week."""

    hours = _hours(required=True, zero=True)
    reserve = _hours(required=True, zero=True)
    version = fields.Number()


class Week(Input):
    """A week that is not as usual; as usual again without hours."""

    monday = fields.Day(required=True)
    hours = _hours(load_default=None, zero=True)
    why = fields.Text(most=200, load_default="")


class Offer(Input):
    """A line of the catalogue: usual hours, and working days of each part."""

    support = fields.Choice(Support, required=True)
    hours = _hours(required=True)
    conception = fields.Number(required=True, most=60)
    review = fields.Number(required=True, most=60)
    proof = fields.Number(required=True, most=60)
    printing = fields.Number(required=True, most=60)
    delivery = fields.Number(required=True, most=60)
    conditions = fields.Text(most=500, load_default="")
