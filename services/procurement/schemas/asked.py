"""What forms and programs send to procurement."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from marshmallow import fields as plain
from marshmallow import post_load

from services.procurement.events import Category, NeedKind
from shared.store.clock import LOCAL
from shared.web import fields
from shared.web.api import Input

CATEGORIES = {
    Category.SUPPLIES: "Fournitures",
    Category.SERVICES: "Services",
    Category.WORKS: "Travaux",
}
KINDS = {
    NeedKind.EQUIPMENT: "Matériel",
    NeedKind.HIRE: "Location",
    NeedKind.FOOD: "Repas, collation",
    NeedKind.PERFORMANCE: "Animation, spectacle",
    NeedKind.TRANSPORT: "Transport",
    NeedKind.SECURITY: "Sécurité, secours",
    NeedKind.PRINT: "Impression",
    NeedKind.OTHER: "Autre",
}
PRIORITIES = {"1": "1 · indispensable", "2": "2 · important", "3": "3 · un plus"}


class NeedLine(Input):
    """One thing needed."""

    label = fields.Text(required=True, most=200)
    quantity = fields.Quantity(required=True)
    unit = fields.Text(required=True, most=40)


class Need(Input):
    """A need that costs money."""

    committee_id = fields.Id(required=True)
    title = fields.Text(required=True, most=200)
    category = fields.Choice(Category, load_default=Category.SERVICES)
    kind = fields.Choice(NeedKind, required=True)
    family = fields.Text(required=True, most=80)
    lines = fields.List(fields.Nested(NeedLine()), required=True)
    place = fields.Text(required=True, most=200)
    needed_by = fields.Day(required=True)
    priority = fields.Number(least=1, most=3, load_default=2)
    line_id = fields.Id(load_default=None)
    estimate_incl_tax = fields.Amount(positive=True, load_default=None)


class NeedOfProgram(Need):
    """A need sent by a program, which may mint its id and name its action."""

    need_id = fields.Id(load_default=None)
    action_id = fields.Id(load_default=None)
    owner = fields.Id(load_default=None)


class Completion(Input):
    """A need said again."""

    lines = fields.List(fields.Nested(NeedLine()), required=True)
    note = fields.Text(most=1000, load_default="")
    version = fields.Number()


class Reason(Input):
    """Why."""

    reason = fields.Text(required=True, most=2000)


class Imputation(Input):
    """Which budget line pays."""

    line_id = fields.Id(required=True)
    version = fields.Number()


class QuoteRequest(Input):
    """A request for quotes; the weights make 100."""

    suppliers = fields.List(fields.Id(), required=True)
    closes_at = plain.AwareDateTime(required=True, format="iso")
    cost = fields.Number(most=100, load_default=60)
    delay = fields.Number(most=100, load_default=20)
    environment = fields.Number(most=100, load_default=20)
    ground = fields.Text(most=1000, load_default="")
    version = fields.Number()


class QuoteRequestForm(Input):
    """The same, as a form asks it: a day and an hour in La Réunion."""

    suppliers = fields.List(fields.Id(), required=True)
    closes_on = fields.Day(required=True)
    closes_hour = fields.Number(least=0, most=23, load_default=12)
    cost = fields.Number(most=100, load_default=60)
    delay = fields.Number(most=100, load_default=20)
    environment = fields.Number(most=100, load_default=20)
    ground = fields.Text(most=1000, load_default="")
    version = fields.Number()

    @post_load
    def as_moment(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """The day and hour of closing as one moment."""
        day, hour = data.pop("closes_on"), time(data.pop("closes_hour"), tzinfo=LOCAL)
        return {**data, "closes_at": datetime.combine(day, hour)}


class Nothing(Input):
    """A deed that asks for nothing more."""


class RegisteredQuote(Input):
    """Whose quote a file is."""

    supplier_id = fields.Id(required=True)


class Percent(fields.Quantity):
    """A rate in percent, zero included."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = str(value).replace(",", ".").strip()
        if text in {"0", "0.0", "0.00"}:
            return Decimal(0)
        return super()._deserialize(value, attr, data, **options)


class QuoteLine(Input):
    """One line of a quote."""

    label = fields.Text(required=True, most=200)
    quantity = fields.Quantity(required=True)
    unit = fields.Text(required=True, most=40)
    unit_price_excl_tax = fields.Amount(required=True)
    vat_rate = Percent(required=True)


class TypedQuote(Input):
    """What an opened quote says."""

    lines = fields.List(fields.Nested(QuoteLine()), required=True)
    delivery_date = fields.Day(load_default=None)
    valid_until = fields.Day(load_default=None)
    score_delay = fields.Number(most=100, load_default=0)
    score_environment = fields.Number(most=100, load_default=0)
    vat_exemption = fields.Text(most=300, load_default="")
    version = fields.Number()


class Check(Input):
    """A quote proposed for validation."""

    quote_id = fields.Id(required=True)
    why = fields.Text(most=2000, load_default="")
    why_supplier = fields.Text(most=2000, load_default="")
    no_interest = fields.Yes(load_default=False)
    version = fields.Number()


class Validation(Input):
    """The decision of a delegate on what was on the screen."""

    seen = fields.Text(required=True, most=64)
    no_interest = fields.Yes(load_default=False)


class Refusal(Input):
    """Stopping a purchase."""

    reason = fields.Text(required=True, most=2000)
    seen = fields.Text(most=64, load_default="")


class Question(Input):
    """Asking for more."""

    reason = fields.Text(required=True, most=2000)
    seen = fields.Text(required=True, most=64)


class Interest(Input):
    """A declared interest."""

    text = fields.Text(required=True, most=2000)


class Commitment(Input):
    """The finance software's number."""

    number = fields.Text(required=True, most=60)


class Signature(Input):
    """Signing the order of what was on the screen."""

    seen = fields.Text(required=True, most=64)


class CameLine(Input):
    """How much of a line came; none is zero."""

    position = fields.Number(required=True, least=1, most=10000)
    quantity = Percent(load_default=None)


class Delivery(Input):
    """What somebody who was there saw."""

    delivered_on = fields.Day(required=True)
    lines = fields.List(fields.Nested(CameLine()), required=True)
    reserves = fields.Text(most=2000, load_default="")
    was_there = fields.Yes(load_default=False)

    @post_load
    def as_quantities(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """Quantities by position, as the command wants them."""
        came = {line["position"]: line["quantity"] for line in data.pop("lines")}
        return {**data, "quantities": {p: q for p, q in came.items() if q}}


class Invoice(Input):
    """An invoice as received."""

    number = fields.Text(required=True, most=60)
    siret = fields.Text(required=True, most=20)
    received_on = fields.Day(required=True)
    amount_incl_tax = fields.Amount(required=True, positive=True)


class Payment(Input):
    """A payment made by the accountant."""

    paid_on = fields.Day(required=True)
