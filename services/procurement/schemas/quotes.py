"""What is sent about quotes: the request, what came, what it says, what was confirmed."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from marshmallow import fields as plain
from marshmallow import post_load

from shared.store.clock import LOCAL
from shared.web import fields
from shared.web.api import Input


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


class OfferedPrice(Input):
    """What a supplier asks for one line of the request, excluding tax."""

    unit_price_excl_tax = fields.Amount(required=True)
    vat_rate = Percent(required=True)


class Offer(Input):
    """What a supplier sends by its link; its file comes beside."""

    prices = fields.List(fields.Nested(OfferedPrice()), required=True)
    delivery_date = fields.Day(required=True)
    valid_until = fields.Day(load_default=None)
    vat_exemption = fields.Text(most=300, load_default="")


class Confirmation(Input):
    """A supplier stands by its quote: since when, and until when if they said."""

    confirmed_on = fields.Day(required=True)
    valid_until = fields.Day(load_default=None)


class ConfirmedQuote(Confirmation):
    """The same from a form, which also says whose quote."""

    quote_id = fields.Id(required=True)
