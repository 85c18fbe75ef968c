"""Purchases and their papers."""

import sqlalchemy as sa

from services.procurement.events import Category, NeedKind, Step
from services.procurement.model import Origin, State
from services.procurement.model.rules import Regime
from services.procurement.tables.columns import (
    SEALED,
    Exact,
    inside,
    key_of,
    metadata,
    money,
    root,
    words,
)
from shared.store.columns import Cents, Json, Moment

purchases = root(
    "purchases",
    sa.Column("need_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("category", words(Category), nullable=False),
    sa.Column("kind", words(NeedKind), nullable=False),
    sa.Column("family", sa.String(80), nullable=False, index=True),
    sa.Column("place", sa.String(200), nullable=False),
    sa.Column("needed_by", sa.Date, nullable=False),
    sa.Column("order_before", sa.Date, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("owner", sa.Uuid),
    sa.Column("line_id", sa.Uuid, sa.ForeignKey("budget_lines.id"), index=True),
    sa.Column("estimate_incl_tax", Cents),
    sa.Column("origin", words(Origin), nullable=False),
    sa.Column("origin_id", sa.Uuid),
    sa.Column("details", sa.Text, nullable=False),
    sa.Column("overtaken", sa.Text, nullable=False),
    sa.Column("wanted_by", sa.Date),
    sa.Column("of_day", sa.Date),
    sa.Column("journey", sa.Uuid),
    sa.Column("state", words(State), nullable=False, index=True),
    sa.Column("due", sa.Date),
    sa.Column("content_version", sa.Integer, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("closes_at", Moment),
    sa.Column("launched_on", sa.Date),
    sa.Column("regime", words(Regime)),
    sa.Column("need_excl_tax", Cents),
    sa.Column("weight_cost", sa.Integer),
    sa.Column("weight_delay", sa.Integer),
    sa.Column("weight_environment", sa.Integer),
    sa.Column("request_reason", sa.Text, nullable=False),
    sa.Column("chosen_id", sa.Uuid),
    sa.Column("supplier_id", sa.Uuid, index=True),
    sa.Column("supplier", sa.String(200)),
    sa.Column("siren", sa.String(9), index=True),
    sa.Column("amount_excl_tax", Cents),
    sa.Column("amount_incl_tax", Cents),
    sa.Column("validated_on", sa.Date, index=True),
    sa.Column("commitment_number", sa.String(60)),
    sa.Column("order_number", sa.String(40), unique=True),
    sa.Column("ordered_on", sa.Date),
    sa.Column("order_sha256", sa.String(64)),
    sa.Column("order_size", sa.Integer),
    sa.Column("contract_sha256", sa.String(64)),
    sa.Column("contract_size", sa.Integer),
    sa.Column("contract_media_type", sa.String(40)),
)

purchase_lines = sa.Table(
    "purchase_lines",
    metadata,
    key_of("purchases", "purchase_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("quantity", Exact, nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
)

invitations = sa.Table(
    "invitations",
    metadata,
    key_of("purchases", "purchase_id"),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("supplier_id", sa.Uuid, primary_key=True),
    sa.Column("supplier", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("declined", sa.Boolean, nullable=False),
    sa.Column("link_id", sa.Uuid),
    sa.Index("uq_invitations_link_id", "link_id", unique=True),
)

quotes = sa.Table(
    "quotes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    inside("purchases", "purchase_id"),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("supplier_id", sa.Uuid, nullable=False),
    sa.Column("supplier", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("file_sha256", sa.String(64), nullable=False),
    sa.Column("file_size", sa.Integer, nullable=False),
    sa.Column("file_media_type", sa.String(40), nullable=False),
    sa.Column("set_aside", sa.String(20), nullable=False),
    sa.Column("opened_at", Moment),
    sa.Column("delivery_date", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("confirmed_on", sa.Date),
    sa.Column("score_delay", sa.Integer),
    sa.Column("score_environment", sa.Integer),
    sa.Column("vat_exemption", sa.Text, nullable=False),
    sa.Column("offer_sha256", sa.String(64)),
    sa.Column("offer_size", sa.Integer),
)

quote_lines = sa.Table(
    "quote_lines",
    metadata,
    key_of("quotes", "quote_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("quantity", Exact, nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
    sa.Column("unit_price_excl_tax", Exact, nullable=False),
    sa.Column("vat_rate", Exact, nullable=False),
)

acts = sa.Table(
    "acts",
    metadata,
    key_of("purchases", "purchase_id"),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("step", words(Step), nullable=False),
    sa.Column("person", sa.Uuid),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("source", words(State), nullable=False),
    sa.Column("target", words(State), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer, nullable=False),
    sa.Column("content_hash", sa.String(64)),
    sa.Column("content", Json, info=SEALED),
    sa.Column("delegation_id", sa.Uuid),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    inside("purchases", "purchase_id"),
    sa.Column("certified_by", sa.Uuid, nullable=False),
    sa.Column("delivered_on", sa.Date, nullable=False),
    sa.Column("certified_at", Moment, nullable=False),
    money("amount_incl_tax"),
    sa.Column("total", sa.Boolean, nullable=False),
    sa.Column("reserves", sa.Text, nullable=False),
)

delivered_lines = sa.Table(
    "delivered_lines",
    metadata,
    key_of("deliveries", "delivery_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("quantity", Exact, nullable=False),
)

invoices = sa.Table(
    "invoices",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    inside("purchases", "purchase_id"),
    sa.Column("number", sa.String(60), nullable=False),
    sa.Column("siret", sa.String(14), nullable=False, index=True),
    sa.Column("received_on", sa.Date, nullable=False),
    money("amount_incl_tax"),
    sa.Column("paid_on", sa.Date),
)

interests = sa.Table(
    "interests",
    metadata,
    key_of("purchases", "purchase_id"),
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Column("declared_at", Moment, nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=SEALED),
)
