"""Envelopes, lines with their ledger, suppliers and rules."""

import sqlalchemy as sa

from services.procurement.events import BudgetMove
from services.procurement.model.awaited import WaitsFor
from services.procurement.model.rules import Key
from services.procurement.tables.columns import key_of, metadata, money, root, words
from shared.store.columns import Cents, Moment

envelopes = root(
    "envelopes",
    sa.Column("committee_id", sa.Uuid, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    money("amount"),
    money("allotted"),
    sa.UniqueConstraint("committee_id", "year"),
    sa.CheckConstraint("allotted <= amount", name="within_envelope"),
)

budget_lines = root(
    "budget_lines",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, index=True),
    sa.Column("envelope_id", sa.Uuid, sa.ForeignKey("envelopes.id"), nullable=False),
    sa.Column("year", sa.Integer, nullable=False, index=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("asked", Cents),
    sa.Column("ended", sa.Boolean, nullable=False),
    sa.Column("journey", sa.Uuid),
    *(money(name) for name in ("voted", "transferred", "reserved", "committed", "paid")),
    sa.Column("ledger_seq", sa.Integer, nullable=False),
    sa.CheckConstraint(
        "voted + transferred - reserved - committed - paid >= 0", name="available_not_negative"
    ),
    sa.CheckConstraint("reserved >= 0 AND committed >= 0 AND paid >= 0", name="parts_not_negative"),
    sa.Index("uq_budget_lines_action_id_year", "action_id", "year", unique=True),
)

awaited_lines = root(
    "awaited_lines",
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("waits_for", words(WaitsFor)),
    sa.Column("asked", Cents),
    sa.Column("line_id", sa.Uuid, sa.ForeignKey("budget_lines.id")),
)
"""Actions without their line of a year; the id is the action's."""

ledger = sa.Table(
    "ledger",
    metadata,
    key_of("budget_lines", "line_id"),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("move", words(BudgetMove), nullable=False),
    sa.Column("at", Moment, nullable=False),
    money("amount"),
    sa.Column("purchase_id", sa.Uuid, index=True),
    *(money(name) for name in ("voted", "transferred", "reserved", "committed", "paid")),
    sa.Column("reason", sa.Text, nullable=False),
)

suppliers = root(
    "suppliers",
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False, index=True),
    sa.Column("siret", sa.String(14), unique=True),
    sa.Column("why_no_siret", sa.Text, nullable=False),
)

procedure_rules = root(
    "procedure_rules",
    sa.Column("key", words(Key), nullable=False, index=True),
    sa.Column("category", sa.String(40), nullable=False),
    sa.Column("value", Cents, nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("verified_on", sa.Date),
)
