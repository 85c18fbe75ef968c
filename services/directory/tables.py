"""What directory keeps: the truth about people and roles; contacts are nowhere else.

Columns with a name, an address, a phone, a secret or the words of a message are noted in the
audit by their name only.
"""

from functools import partial

import sqlalchemy as sa

from services.directory.events import RelayKind, Role
from services.directory.model import (
    Channel,
    Committee,
    Delegation,
    Mail,
    Message,
    Person,
    Relay,
    RoleGrant,
    Session,
    SignInCode,
)
from shared.store.columns import Cents, Json, Moment, new_metadata, root, words
from shared.store.mapping import map_aggregate

metadata = new_metadata()
_PRIVATE = {"audit": "name"}


_aggregate = partial(root, metadata)

committees = _aggregate(
    "committees",
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("quartier", sa.String(100), nullable=False),
    sa.Column("sector", sa.String(100), nullable=False, index=True),
    sa.Column("closed_on", sa.Date),
)

people = _aggregate(
    "people",
    sa.Column("name", sa.String(200), info=_PRIVATE),
    sa.Column("folded", sa.String(400), index=True, info=_PRIVATE),
    sa.Column("email", sa.String(254), unique=True, info=_PRIVATE),
    sa.Column("phone", sa.String(20), info=_PRIVATE),
    sa.Column("channel", words(Channel), nullable=False),
    sa.Column("erased_at", Moment),
)

grants = _aggregate(
    "grants",
    sa.Column("person", sa.Uuid, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("role", words(Role), nullable=False),
    sa.Column("scope", sa.String(120), nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("until", sa.Date),
    sa.Column("revoked_at", Moment),
    sa.Index("ix_grants_role_scope", "role", "scope"),
)

delegations = _aggregate(
    "delegations",
    sa.Column("delegate", sa.Uuid, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("on_behalf_of", sa.String(200), nullable=False),
    sa.Column("act_reference", sa.String(200), nullable=False),
    sa.Column("ceiling_incl_tax", Cents, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("scope", sa.String(120), nullable=False),
    sa.Column("families", Json, nullable=False),
    sa.Column("grant_id", sa.Uuid, sa.ForeignKey("grants.id"), nullable=False),
    sa.Column("revoked_at", Moment),
)

relays = _aggregate(
    "relays",
    sa.Column("organisation", sa.String(200), nullable=False),
    sa.Column("folded", sa.String(400), nullable=False, index=True),
    sa.Column("kind", words(RelayKind), nullable=False),
    sa.Column("sector", sa.String(100), nullable=False, index=True),
    sa.Column("brings", sa.Text, nullable=False),
    sa.Column("identifier", sa.String(20), nullable=False, index=True),
    sa.Column("email", sa.String(254), info=_PRIVATE),
    sa.Column("phone", sa.String(20), info=_PRIVATE),
    sa.Column("active", sa.Boolean, nullable=False),
)

codes = _aggregate(
    "codes",
    sa.Column("address", sa.String(64), nullable=False, index=True, info=_PRIVATE),
    sa.Column("person", sa.Uuid),
    sa.Column("hash", sa.String(128), nullable=False, info=_PRIVATE),
    sa.Column("expires_at", Moment, nullable=False, index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False),
)

sessions = _aggregate(
    "sessions",
    sa.Column("person", sa.Uuid, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("secret", sa.String(64), nullable=False, unique=True, info=_PRIVATE),
    sa.Column("device", sa.String(100), nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False, index=True),
)

messages = _aggregate(
    "messages",
    sa.Column("person", sa.Uuid, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=_PRIVATE),
    sa.Column("link", sa.Text, nullable=False, info=_PRIVATE),
    sa.Column("due", Moment, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("delivered_at", Moment),
    sa.Column("mailed_at", Moment),
    sa.Column("read_at", Moment),
    sa.Index("ix_messages_person_due", "person", "due"),
)

mails = _aggregate(
    "mails",
    sa.Column("person", sa.Uuid, nullable=False, index=True),
    sa.Column("address", sa.String(254), nullable=False, info=_PRIVATE),
    sa.Column("subject", sa.String(200), nullable=False, info=_PRIVATE),
    sa.Column("text", sa.Text, nullable=False, info=_PRIVATE),
    sa.Column("written_at", Moment, nullable=False, index=True),
    sa.Column("sent_at", Moment),
    sa.Column("failures", sa.Integer, nullable=False),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Index("ix_attempts_kind_key", "kind", "key", "at"),
)
"""Codes asked and tried, by fingerprint of the mail or network address; forgotten after a day."""

map_aggregate(Committee, committees)
map_aggregate(Person, people)
map_aggregate(RoleGrant, grants)
map_aggregate(Delegation, delegations)
map_aggregate(Relay, relays)
map_aggregate(SignInCode, codes)
map_aggregate(Session, sessions)
map_aggregate(Message, messages)
map_aggregate(Mail, mails)
