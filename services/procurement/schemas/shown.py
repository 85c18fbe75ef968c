"""What programs get back from procurement."""

from marshmallow import Schema
from marshmallow import fields as plain

from services.procurement.events import Category, NeedKind
from shared.web import fields


class PurchaseShown(Schema):
    """A purchase in a list."""

    id = fields.Id()
    version = fields.Number()
    need_id = fields.Id()
    committee_id = fields.Id()
    action_id = fields.Id()
    title = fields.Text()
    category = fields.Choice(Category)
    kind = fields.Choice(NeedKind)
    family = fields.Text()
    place = fields.Text()
    needed_by = fields.Day()
    order_before = fields.Day()
    priority = fields.Number()
    state = fields.Text()
    due = fields.Day()
    awaited_step = fields.Text()
    awaited_role = fields.Text()
    slack = plain.Integer()
    supplier = fields.Text()
    amount_incl_tax = fields.Amount()
    order_number = fields.Text()


class Purchases(Schema):
    """A page of purchases."""

    items = fields.List(fields.Nested(PurchaseShown()))
    next = fields.Text()


class LineShown(Schema):
    """A line of a need or of a quote."""

    position = fields.Number()
    label = fields.Text()
    quantity = fields.Quantity()
    unit = fields.Text()
    unit_price_excl_tax = fields.Amount()
    vat_rate = fields.Quantity()


class QuoteShown(Schema):
    """A quote, as far as it may be read."""

    id = fields.Id()
    supplier_id = fields.Id()
    supplier = fields.Text()
    received_at = plain.AwareDateTime()
    set_aside = fields.Text()
    amount_excl_tax = fields.Amount()
    vat = fields.Amount()
    amount_incl_tax = fields.Amount()
    score = plain.Decimal(as_string=True, metadata={"type": "string"})
    delivery_date = fields.Day()
    valid_until = fields.Day()
    lines = fields.List(fields.Nested(LineShown()))


class ActShown(Schema):
    """A step that was taken."""

    seq = fields.Number()
    step = fields.Text()
    person = fields.Id()
    role = fields.Text()
    at = plain.AwareDateTime()
    reason = fields.Text()
    content_hash = fields.Text()


class PurchaseFileShown(PurchaseShown):
    """A whole file; ``seen`` is what a decision sends back."""

    seen = fields.Text()
    lines = fields.List(fields.Nested(LineShown()))
    quotes = fields.List(fields.Nested(QuoteShown()))
    acts = fields.List(fields.Nested(ActShown()))
    certified = fields.Amount()
    paid = fields.Amount()


class BudgetLineShown(Schema):
    """A budget line and its balances."""

    id = fields.Id()
    version = fields.Number()
    committee_id = fields.Id()
    action_id = fields.Id()
    year = fields.Number()
    title = fields.Text()
    voted = fields.Amount()
    transferred = plain.Decimal(as_string=True, metadata={"type": "string"})
    reserved = fields.Amount()
    committed = fields.Amount()
    paid = fields.Amount()
    available = fields.Amount()
    ledger_seq = fields.Number()


class BudgetLines(Schema):
    """A page of the lines of a year."""

    items = fields.List(fields.Nested(BudgetLineShown()))
    next = fields.Text()


class SupplierNamed(Schema):
    """A listed supplier, and what to know about it."""

    id = fields.Id()
    warning = fields.Text()


class SupplierShown(Schema):
    """A supplier and what the city bought from it in twelve months."""

    id = fields.Id()
    name = fields.Text()
    siren = fields.Text()
    siret = fields.Text()
    spent_excl_tax = fields.Amount()
    purchases = fields.Number()


class Suppliers(Schema):
    """A page of suppliers."""

    items = fields.List(fields.Nested(SupplierShown()))
    next = fields.Text()


class RuleShown(Schema):
    """A dated rule."""

    id = fields.Id()
    key = fields.Text()
    category = fields.Text()
    value = fields.Amount()
    unit = fields.Text()
    text = fields.Text()
    source = fields.Text()
    valid_from = fields.Day()
    valid_to = fields.Day()


class Rules(Schema):
    """The rules of a day."""

    day = fields.Day()
    rules = fields.List(fields.Nested(RuleShown()))


class Numbered(Schema):
    """The number of a signed order."""

    number = fields.Text()


class Moved(Schema):
    """Where the purchase is now."""

    state = fields.Text()


class Certified(Schema):
    """A certified delivery."""

    id = fields.Id()
    total = plain.Boolean()


class EnvelopesOpened(Schema):
    """How many envelopes were opened."""

    year = fields.Number()
    opened = fields.Number()
