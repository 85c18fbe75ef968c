"""What programs get back from communication."""

from marshmallow import Schema
from marshmallow import fields as plain

from services.communication.model import Colours, Paper, Standing, State, Support
from shared.web import fields


class CampaignShown(Schema):
    """A campaign in a list."""

    id = fields.Id()
    version = fields.Number()
    committee_id = fields.Id()
    title = fields.Text()
    state = fields.Choice(Standing)
    day = fields.Day()
    needs_due = fields.Day()
    starts = fields.Day()
    edition = fields.Number()
    reach = fields.Number()


class Campaigns(Schema):
    """A page of campaigns."""

    items = fields.List(fields.Nested(CampaignShown()))
    next = fields.Text()


class GateShown(Schema):
    """What a campaign waits for."""

    gate = fields.Text()
    open = plain.Boolean()


class RequestShown(Schema):
    """A print request in a list."""

    id = fields.Id()
    version = fields.Number()
    need_id = fields.Id()
    committee_id = fields.Id()
    action_id = fields.Id()
    title = fields.Text()
    support = fields.Choice(Support)
    quantity = fields.Number()
    state = fields.Choice(State)
    needed_by = fields.Day()
    due = fields.Day()
    slack = plain.Integer()
    awaited_role = fields.Text()
    hours = fields.Quantity()
    week = fields.Day()
    ready_by = fields.Day()
    delivered = fields.Number()
    handed_out = fields.Number()


class Requests(Schema):
    """A page of print requests."""

    items = fields.List(fields.Nested(RequestShown()))
    next = fields.Text()


class CampaignFull(CampaignShown):
    """One campaign with its strategy."""

    channels = fields.List(fields.Text())
    zones = fields.List(fields.Text())
    agreed = fields.Text()
    gates_shown = fields.List(fields.Nested(GateShown()), data_key="gates")
    prints = fields.List(fields.Nested(RequestShown()))


class ProofShown(Schema):
    """One edition of a proof; ``sha256`` is what an approval sends back."""

    edition = fields.Number()
    sha256 = fields.Text()
    media_type = fields.Text()
    answer = fields.Text()
    published_at = plain.AwareDateTime()


class RequestFull(RequestShown):
    """One print request with its brief and proofs."""

    page_format = fields.Text()
    colours = fields.Choice(Colours)
    paper = fields.Choice(Paper)
    text = fields.Text()
    zones = fields.Text()
    place = fields.Text()
    logo = fields.Text()
    contact = fields.Id()
    proposed = fields.Day()
    proofs = fields.List(fields.Nested(ProofShown()))


class WeekShown(Schema):
    """A week of the workshop."""

    monday = fields.Day()
    capacity = fields.Amount()
    reserve = fields.Amount()
    held = fields.Amount()


class Plan(Schema):
    """The coming weeks."""

    department = fields.Text()
    weeks = fields.List(fields.Nested(WeekShown()))


class Adopted(Schema):
    """The edition of the strategy."""

    edition = fields.Number()


class Placed(Schema):
    """When a placed print is ready."""

    ready_by = fields.Day()


class Left(Schema):
    """Copies still there."""

    left = fields.Number()
