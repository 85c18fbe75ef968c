"""What forms and programs send to integration, and what programs read of grants."""

from marshmallow import Schema

from services.integration.model import MOST, MOST_OVERLAP
from shared.web import fields
from shared.web.api import Input


class FeedAsked(Input):
    """A page of the feed."""

    after = fields.Text(most=20_000, load_default=None)
    limit = fields.Number(least=1, most=MOST, load_default=100)
    types = fields.List(fields.Text(most=120), data_key="type", load_default=list)


class MadeUp(Input):
    """Which example to put into one's sandbox."""

    kind = fields.Text(most=120, required=True, data_key="type")


class Terms(Input):
    """What a grant opens, and for how long."""

    contact = fields.Id(load_default=None)
    types = fields.List(fields.Text(most=120), required=True)
    scopes = fields.List(fields.Text(most=120), required=True)
    since = fields.Day(required=True)
    until = fields.Day(load_default=None)


class NewGrant(Terms):
    """A system of a department that is to read."""

    name = fields.Text(most=120, required=True)
    department = fields.Text(most=120, required=True)


class ChangedGrant(Terms):
    """Other terms, on a page that says which version it shows."""

    version = fields.Text(most=20, load_default=None)


class KeyAsked(Input):
    """A new key."""

    overlap = fields.Number(least=0, most=MOST_OVERLAP, load_default=7)
    version = fields.Text(most=20, load_default=None)


class End(Input):
    """Why a grant is revoked."""

    why = fields.Text(most=500, required=True)


class KeyShown(Schema):
    """A key, by its visible beginning; never the key."""

    id = fields.Id(required=True)
    prefix = fields.Text(required=True)
    issued_at = fields.Text(required=True)
    until = fields.Text()
    withdrawn_at = fields.Text()
    valid = fields.Yes(required=True)
    total = fields.Number()
    last_at = fields.Text()


class GrantShown(Schema):
    """Who reads what."""

    id = fields.Id(required=True)
    version = fields.Number(required=True)
    name = fields.Text(required=True)
    department = fields.Text(required=True)
    contact = fields.Id()
    types = fields.List(fields.Text(), required=True)
    scopes = fields.List(fields.Text(), required=True)
    since = fields.Day(required=True)
    until = fields.Day()
    ended_why = fields.Text()
    not_in_force = fields.Text()
    reads = fields.Number(required=True)
    last_read_at = fields.Text()
    keys = fields.List(fields.Nested(KeyShown), required=True)


class Grants(Schema):
    """A page of grants."""

    items = fields.List(fields.Nested(GrantShown), required=True)
    next = fields.Text()
