"""Committees, people, roles, delegations, relays, sign-in, messages."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Json, Moment

revision = "0001"
down_revision = None


def _aggregate(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _of_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}_people")


def upgrade() -> None:
    _committees_and_people()
    _roles()
    _relays()
    _sign_in()
    _messages()


def _committees_and_people() -> None:
    _aggregate(
        "committees",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("quartier", sa.String(100), nullable=False),
        sa.Column("sector", sa.String(100), nullable=False, index=True),
        sa.Column("closed_on", sa.Date),
        sa.UniqueConstraint("number", name="uq_committees_number"),
    )
    _aggregate(
        "people",
        sa.Column("name", sa.String(200)),
        sa.Column("folded", sa.String(400), index=True),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("erased_at", Moment),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )


def _roles() -> None:
    _aggregate(
        "grants",
        sa.Column("person", sa.Uuid, nullable=False, index=True),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(120), nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("revoked_at", Moment),
        _of_person("grants", "person"),
    )
    op.create_index("ix_grants_role_scope", "grants", ["role", "scope"])
    _aggregate(
        "delegations",
        sa.Column("delegate", sa.Uuid, nullable=False, index=True),
        sa.Column("on_behalf_of", sa.String(200), nullable=False),
        sa.Column("act_reference", sa.String(200), nullable=False),
        sa.Column("ceiling_incl_tax", Cents, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("scope", sa.String(120), nullable=False),
        sa.Column("families", Json, nullable=False),
        sa.Column("grant_id", sa.Uuid, nullable=False),
        sa.Column("revoked_at", Moment),
        _of_person("delegations", "delegate"),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], name="fk_delegations_grant_id_grants"),
    )


def _relays() -> None:
    _aggregate(
        "relays",
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(400), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sector", sa.String(100), nullable=False, index=True),
        sa.Column("brings", sa.Text, nullable=False),
        sa.Column("identifier", sa.String(20), nullable=False, index=True),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("active", sa.Boolean, nullable=False),
    )


def _sign_in() -> None:
    _aggregate(
        "codes",
        sa.Column("address", sa.String(64), nullable=False, index=True),
        sa.Column("person", sa.Uuid),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("expires_at", Moment, nullable=False, index=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("used", sa.Boolean, nullable=False),
    )
    _aggregate(
        "sessions",
        sa.Column("person", sa.Uuid, nullable=False, index=True),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False, index=True),
        sa.UniqueConstraint("secret", name="uq_sessions_secret"),
        _of_person("sessions", "person"),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False, index=True),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_kind_key", "attempts", ["kind", "key", "at"])


def _messages() -> None:
    _aggregate(
        "messages",
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("delivered_at", Moment),
        sa.Column("read_at", Moment),
        _of_person("messages", "person"),
    )
    op.create_index("ix_messages_person_due", "messages", ["person", "due"])
    _aggregate(
        "mails",
        sa.Column("person", sa.Uuid, nullable=False, index=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", Moment, nullable=False, index=True),
        sa.Column("sent_at", Moment),
        sa.Column("failures", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for name in (
        "mails",
        "messages",
        "attempts",
        "sessions",
        "codes",
        "relays",
        "delegations",
        "grants",
        "people",
        "committees",
    ):
        op.drop_table(name)
