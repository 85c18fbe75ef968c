"""What procurement keeps: envelopes, lines with their ledger, suppliers, purchases, rules.

Nothing here is personal; what a person said of an interest is noted in the audit by name only.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from services.procurement import model
from services.procurement.events import BudgetMove, Category, NeedKind, Step
from services.procurement.model.rules import Key, Regime
from shared.store.columns import Cents, Json, Moment, new_metadata
from shared.store.mapping import map_aggregate, map_part, part

metadata = new_metadata()
_SEALED = {"audit": "name"}


class Exact(TypeDecorator[Decimal]):
    """A quantity, a unit price or a rate, kept as its text: SQLite has no decimal."""

    impl = sa.String(30)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


def _words(kind: type[StrEnum]) -> sa.Enum:
    return sa.Enum(
        kind, native_enum=False, length=40, values_callable=lambda k: [str(v) for v in k]
    )


def _aggregate(name: str, *columns: sa.Column[Any] | sa.Constraint | sa.Index) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
    )


def _money(name: str) -> sa.Column[Decimal]:
    return sa.Column(name, Cents, nullable=False)


def _of(parent: str, name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{parent}.id"), primary_key=True)


def _in(parent: str, name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{parent}.id"), nullable=False, index=True)


envelopes = _aggregate(
    "envelopes",
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    _money("amount"),
    _money("allotted"),
    sa.UniqueConstraint("committee_id", "year"),
    sa.CheckConstraint("allotted <= amount", name="within_envelope"),
)

budget_lines = _aggregate(
    "budget_lines",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("envelope_id", sa.Uuid, sa.ForeignKey("envelopes.id"), nullable=False),
    sa.Column("year", sa.Integer, nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    *(_money(name) for name in ("voted", "transferred", "reserved", "committed", "paid")),
    sa.Column("ledger_seq", sa.Integer, nullable=False),
    sa.CheckConstraint(
        "voted + transferred - reserved - committed - paid >= 0", name="available_not_negative"
    ),
    sa.CheckConstraint("reserved >= 0 AND committed >= 0 AND paid >= 0", name="parts_not_negative"),
)

ledger = sa.Table(
    "ledger",
    metadata,
    _of("budget_lines", "line_id"),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("move", _words(BudgetMove), nullable=False),
    sa.Column("at", Moment, nullable=False),
    _money("amount"),
    sa.Column("purchase_id", sa.Uuid, index=True),
    *(_money(name) for name in ("voted", "transferred", "reserved", "committed", "paid")),
    sa.Column("reason", sa.Text, nullable=False),
)

suppliers = _aggregate(
    "suppliers",
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False, index=True),
    sa.Column("siret", sa.String(14), unique=True),
    sa.Column("why_no_siret", sa.Text, nullable=False),
)

procedure_rules = _aggregate(
    "procedure_rules",
    sa.Column("key", _words(Key), nullable=False, index=True),
    sa.Column("category", sa.String(40), nullable=False),
    sa.Column("value", Cents, nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("verified_on", sa.Date),
)

purchases = _aggregate(
    "purchases",
    sa.Column("need_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("category", _words(Category), nullable=False),
    sa.Column("kind", _words(NeedKind), nullable=False),
    sa.Column("family", sa.String(80), nullable=False, index=True),
    sa.Column("place", sa.String(200), nullable=False),
    sa.Column("needed_by", sa.Date, nullable=False),
    sa.Column("order_before", sa.Date, nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("owner", sa.Uuid),
    sa.Column("line_id", sa.Uuid, sa.ForeignKey("budget_lines.id"), index=True),
    sa.Column("estimate_incl_tax", Cents),
    sa.Column("state", _words(model.State), nullable=False, index=True),
    sa.Column("due", sa.Date),
    sa.Column("content_version", sa.Integer, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("closes_at", Moment),
    sa.Column("launched_on", sa.Date),
    sa.Column("regime", _words(Regime)),
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
)

purchase_lines = sa.Table(
    "purchase_lines",
    metadata,
    _of("purchases", "purchase_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("quantity", Exact, nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
)

invitations = sa.Table(
    "invitations",
    metadata,
    _of("purchases", "purchase_id"),
    sa.Column("round", sa.Integer, primary_key=True),
    sa.Column("supplier_id", sa.Uuid, primary_key=True),
    sa.Column("supplier", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("declined", sa.Boolean, nullable=False),
)

quotes = sa.Table(
    "quotes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _in("purchases", "purchase_id"),
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
    sa.Column("score_delay", sa.Integer),
    sa.Column("score_environment", sa.Integer),
    sa.Column("vat_exemption", sa.Text, nullable=False),
)

quote_lines = sa.Table(
    "quote_lines",
    metadata,
    _of("quotes", "quote_id"),
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
    _of("purchases", "purchase_id"),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("step", _words(Step), nullable=False),
    sa.Column("person", sa.Uuid),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("source", _words(model.State), nullable=False),
    sa.Column("target", _words(model.State), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer, nullable=False),
    sa.Column("content_hash", sa.String(64)),
    sa.Column("content", Json, info=_SEALED),
    sa.Column("delegation_id", sa.Uuid),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _in("purchases", "purchase_id"),
    sa.Column("certified_by", sa.Uuid, nullable=False),
    sa.Column("delivered_on", sa.Date, nullable=False),
    sa.Column("certified_at", Moment, nullable=False),
    _money("amount_incl_tax"),
    sa.Column("total", sa.Boolean, nullable=False),
    sa.Column("reserves", sa.Text, nullable=False),
)

delivered_lines = sa.Table(
    "delivered_lines",
    metadata,
    _of("deliveries", "delivery_id"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("quantity", Exact, nullable=False),
)

invoices = sa.Table(
    "invoices",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _in("purchases", "purchase_id"),
    sa.Column("number", sa.String(60), nullable=False),
    sa.Column("siret", sa.String(14), nullable=False, index=True),
    sa.Column("received_on", sa.Date, nullable=False),
    _money("amount_incl_tax"),
    sa.Column("paid_on", sa.Date),
)

interests = sa.Table(
    "interests",
    metadata,
    _of("purchases", "purchase_id"),
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Column("declared_at", Moment, nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=_SEALED),
)

map_aggregate(model.Envelope, envelopes)
map_part(model.LedgerEntry, ledger)
map_aggregate(
    model.BudgetLine,
    budget_lines,
    parts={"entries": part(model.LedgerEntry, order_by=ledger.c.seq)},
)
map_aggregate(model.Supplier, suppliers)
map_aggregate(model.ProcedureRule, procedure_rules)
map_part(model.NeedLine, purchase_lines)
map_part(model.Invitation, invitations)
map_part(model.QuoteLine, quote_lines)
map_part(
    model.Quote,
    quotes,
    properties={"lines": part(model.QuoteLine, order_by=quote_lines.c.position)},
)
map_part(model.Act, acts)
map_part(model.DeliveredLine, delivered_lines)
map_part(
    model.Delivery,
    deliveries,
    properties={"lines": part(model.DeliveredLine, order_by=delivered_lines.c.position)},
)
map_part(model.Invoice, invoices)
map_part(model.Interest, interests)
map_aggregate(
    model.Purchase,
    purchases,
    parts={
        "lines": part(model.NeedLine, order_by=purchase_lines.c.position),
        "invitations": part(model.Invitation, order_by=invitations.c.supplier),
        "quotes": part(model.Quote, order_by=quotes.c.received_at),
        "acts": part(model.Act, order_by=acts.c.seq),
        "deliveries": part(model.Delivery, order_by=deliveries.c.certified_at),
        "invoices": part(model.Invoice, order_by=invoices.c.received_on),
        "interests": part(model.Interest),
    },
)
