"""What forms and programs send to procurement."""

from typing import Any

from marshmallow import post_load, validate

from services.procurement.events import Category, NeedKind
from services.procurement.schemas.quotes import Percent
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


class Classed(Input):
    """Which family of purchases a need is of."""

    category = fields.Choice(Category, required=True)
    family = fields.Text(required=True, most=80)
    version = fields.Number()


class AmendedOrder(Input):
    """What was agreed with a supplier after the order."""

    needed_by = fields.Day(required=True)
    note = fields.Text(most=500, load_default="")


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


class Nothing(Input):
    """A deed that asks for nothing more."""


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

    number = fields.Text(
        required=True,
        most=60,
        validate=validate.Regexp(
            r".*[0-9]", error="Un numéro d’engagement a des chiffres, par exemple 2026-004512."
        ),
    )


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
