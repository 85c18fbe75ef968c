"""What the desk sends: money, suppliers, rules, searches."""

from services.procurement.events import Category
from services.procurement.model.rules import Key
from shared.web import fields
from shared.web.api import Input, Page


class Envelopes(Input):
    """The envelopes of a year, the same for every committee that has none."""

    year = fields.Number(required=True, least=2020, most=2100)
    amount = fields.Amount(required=True, positive=True)


class BudgetLine(Input):
    """A line to open."""

    committee_id = fields.Id(required=True)
    title = fields.Text(required=True, most=200)
    amount = fields.Amount(required=True, positive=True)
    year = fields.Number(required=True, least=2020, most=2100)
    action_id = fields.Id(load_default=None)


class More(Input):
    """More money for a line."""

    amount = fields.Amount(required=True, positive=True)


class Transfer(Input):
    """Money moved to another line."""

    to_id = fields.Id(required=True)
    amount = fields.Amount(required=True, positive=True)
    reason = fields.Text(required=True, most=1000)


class Supplier(Input):
    """A supplier to list."""

    name = fields.Text(required=True, most=200)
    identifier = fields.Text(required=True, most=30)
    why_no_siret = fields.Text(most=500, load_default="")


class Rule(Input):
    """A dated rule with its source."""

    key = fields.Choice(Key, required=True)
    category = fields.Choice({"": "", **{str(c): c for c in Category}}, load_default="")
    value = fields.Amount(required=True)
    unit = fields.Text(required=True, most=40)
    text = fields.Text(required=True, most=500)
    source = fields.Text(required=True, most=500)
    valid_from = fields.Day(required=True)
    valid_to = fields.Day(load_default=None)


class RuleEnd(Input):
    """The last day of a rule."""

    valid_to = fields.Day(required=True)


class OnDay(Input):
    """A day."""

    day = fields.Day(load_default=None)


class OfYear(Page):
    """A year, and perhaps a committee, of a list read by pages."""

    year = fields.Number(least=2020, most=2100, load_default=None)
    committee_id = fields.Id(load_default=None)


class Search(Input):
    """A search in a list read by pages."""

    search = fields.Text(most=100, load_default="")
    after = fields.Text(most=500, load_default=None)
