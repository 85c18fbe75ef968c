"""The tables of the mirror: rebuilt from the log at any time."""

import sqlalchemy as sa

from shared.store.columns import Cents, Json, new_metadata

metadata = new_metadata()

committees_view = sa.Table(
    "committees_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, server_default="0", nullable=False),
    sa.Column("name", sa.String(200), server_default="", nullable=False),
    sa.Column("quartier", sa.String(100), server_default="", nullable=False),
    sa.Column("sector", sa.String(100), server_default="", nullable=False, index=True),
    sa.Column("closed_on", sa.Date),
)

grants_view = sa.Table(
    "grants_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("person", sa.Uuid, nullable=False, index=True),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("scope", sa.String(120), nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("until", sa.Date),
    sa.Index("ix_grants_view_role_scope", "role", "scope"),
)

delegations_view = sa.Table(
    "delegations_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("delegate", sa.Uuid, nullable=False, index=True),
    sa.Column("on_behalf_of", sa.String(200), nullable=False),
    sa.Column("act_reference", sa.String(200), nullable=False),
    sa.Column("ceiling_incl_tax", Cents, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("scope", sa.String(120), nullable=False),
    sa.Column("families", Json, nullable=False),
)

relays_view = sa.Table(
    "relays_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("organisation", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("sector", sa.String(100), nullable=False, index=True),
    sa.Column("brings", sa.Text, nullable=False),
    sa.Column("identifier", sa.String(20), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

names_view = sa.Table(
    "names_view",
    metadata,
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
)
