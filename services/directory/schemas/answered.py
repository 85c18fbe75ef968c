"""What programs get back from directory."""

from marshmallow import Schema

from shared.web import fields


class CommitteeShown(Schema):
    """A committee as programs read it."""

    id = fields.Id()
    number = fields.Number()
    name = fields.Text()
    quartier = fields.Text()
    sector = fields.Text()
    members = fields.Number()
    version = fields.Number()


class Committees(Schema):
    """All committees."""

    items = fields.List(fields.Nested(CommitteeShown))


class GrantShown(Schema):
    """A role as programs read it."""

    id = fields.Id()
    role = fields.Text()
    scope = fields.Text()
    since = fields.Day()
    until = fields.Day()
    version = fields.Number()


class PersonShown(Schema):
    """A person as those who keep the annuaire read it."""

    id = fields.Id()
    name = fields.Text()
    email = fields.Text()
    phone = fields.Text()
    channel = fields.Text()
    roles = fields.List(fields.Nested(GrantShown))
    version = fields.Number()


class PeopleShown(Schema):
    """A page of people."""

    items = fields.List(fields.Nested(PersonShown))
    next = fields.Text()


class DelegationShown(Schema):
    """A delegation as programs read it."""

    id = fields.Id()
    delegate = fields.Id()
    on_behalf_of = fields.Text()
    act_reference = fields.Text()
    ceiling_incl_tax = fields.Amount()
    since = fields.Day()
    until = fields.Day()
    scope = fields.Text()
    families = fields.List(fields.Text())
    state = fields.Text()
    version = fields.Number()


class Delegations(Schema):
    """A page of delegations."""

    items = fields.List(fields.Nested(DelegationShown))
    next = fields.Text()


class RelayShown(Schema):
    """An organisation in a list: without its contacts."""

    id = fields.Id()
    organisation = fields.Text()
    kind = fields.Text()
    sector = fields.Text()
    brings = fields.Text()
    identifier = fields.Text()
    version = fields.Number()


class RelaysShown(Schema):
    """A page of organisations."""

    items = fields.List(fields.Nested(RelayShown))
    next = fields.Text()


class RelayFull(RelayShown):
    """One organisation, with its contacts and what to look at."""

    email = fields.Text()
    phone = fields.Text()
    active = fields.Yes()
    warnings = fields.List(fields.Text())


class RelayKept(Schema):
    """What became of a card."""

    id = fields.Id()
    warnings = fields.List(fields.Text())


class HowMany(Schema):
    """How many things were changed."""

    count = fields.Number()
