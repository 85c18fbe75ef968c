"""What forms and programs send to directory."""

from marshmallow import post_load, validate

from services.directory.events import RelayKind, Role, WhyEnded
from shared.web import fields
from shared.web.api import Input

_CHANNELS = {"email": "Par courriel", "page": "Sur Rond Kozé seulement"}


class Address(Input):
    """Where to send a code."""

    email = fields.Text(required=True, most=254)


class Code(Input):
    """The six digits, as typed."""

    code = fields.Text(required=True, most=20)


class NewCommittee(Input):
    """A committee to create."""

    number = fields.Number(required=True, least=1, most=9999)
    name = fields.Text(required=True, most=200)
    quartier = fields.Text(required=True, most=100)
    sector = fields.Text(required=True, most=100)


class Closing(Input):
    """Why a committee closes; ``version`` is the one that was read."""

    reason = fields.Text(required=True, most=500)
    version = fields.Number()


class RoleToGive(Input):
    """A role on a scope, for a time."""

    role = fields.Choice(Role, required=True)
    scope = fields.Text(required=True, most=120)
    since = fields.Day(load_default=None)
    until = fields.Day(load_default=None)


class NewGrant(RoleToGive):
    """A role for a person."""

    person_id = fields.Id(required=True)


class Invitation(Input):
    """A person to take in, perhaps with a role."""

    name = fields.Text(required=True, most=200)
    email = fields.Text(most=254, load_default="")
    phone = fields.Text(most=30, load_default="")
    role = fields.Choice(Role, load_default="")
    scope = fields.Text(most=120, load_default="")
    since = fields.Day(load_default=None)
    until = fields.Day(load_default=None)


class MemberInvitation(Input):
    """A person to take into one committee."""

    name = fields.Text(required=True, most=200)
    email = fields.Text(most=254, load_default="")
    phone = fields.Text(most=30, load_default="")


class Contacts(Input):
    """A name and the ways to reach somebody."""

    name = fields.Text(required=True, most=200)
    email = fields.Text(most=254, load_default="")
    phone = fields.Text(most=30, load_default="")
    version = fields.Number()


class Account(Contacts):
    """One's own account."""

    channel = fields.Choice(_CHANNELS, required=True)


class Ending(Input):
    """Why a role or a delegation ends."""

    why = fields.Choice(WhyEnded, load_default=WhyEnded.WITHDRAWN)
    version = fields.Number()


class NewDelegation(Input):
    """An act of delegation; the ceiling is in euros, taxes included."""

    delegate = fields.Id(required=True)
    on_behalf_of = fields.Text(required=True, most=200)
    act_reference = fields.Text(required=True, most=200)
    ceiling_incl_tax = fields.Amount(required=True, positive=True)
    since = fields.Day(required=True)
    until = fields.Day(load_default=None)
    families = fields.List(fields.Text(most=100), load_default=list)


class NewRelay(Input):
    """The card of an organisation."""

    organisation = fields.Text(required=True, most=200)
    kind = fields.Choice(RelayKind, required=True)
    sector = fields.Text(required=True, most=100)
    brings = fields.Text(most=1000, load_default="")
    identifier = fields.Text(most=30, load_default="")
    email = fields.Text(most=254, load_default="")
    phone = fields.Text(most=30, load_default="")


class RelayCard(NewRelay):
    """The card replaced; not ``active``: no longer call on it."""

    active = fields.Yes(load_default=True)
    version = fields.Number()


class Confirmation(Input):
    """A box ticked to show that one means it; it adds nothing to the command."""

    sure = fields.Yes(required=True, validate=validate.Equal(True, error=fields.REQUIRED))

    @post_load
    def _meant(self, _: dict[str, bool], **__: object) -> dict[str, bool]:
        return {}


class People(Input):
    """What to look for among people."""

    search = fields.Text(most=100, load_default="")
    role = fields.Choice(Role, load_default="")
    after = fields.Text(most=500, load_default=None)


class Relays(Input):
    """What to look for among organisations."""

    search = fields.Text(most=100, load_default="")
    sector = fields.Text(most=100, load_default="")
    kind = fields.Choice(RelayKind, load_default="")
    after = fields.Text(most=500, load_default=None)


class Following(Input):
    """Where to go on in a list."""

    after = fields.Text(most=500, load_default=None)


class Sector(Input):
    """One sector, or all."""

    sector = fields.Text(most=100, load_default="")
