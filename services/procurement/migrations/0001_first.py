"""Envelopes, budget lines and their ledger, suppliers, dated rules, purchases and their papers."""

import sqlalchemy as sa
from alembic import op

from shared.store.columns import Cents, Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    _budgets()
    _lists()
    _purchases()
    _consultations()
    _papers()


def _budgets() -> None:
    op.create_table(
        "envelopes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("amount", Cents, nullable=False),
        sa.Column("allotted", Cents, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_envelopes"),
        sa.UniqueConstraint("committee_id", "year", name="uq_envelopes_committee_id"),
        sa.CheckConstraint("allotted <= amount", name=op.f("ck_envelopes_within_envelope")),
    )
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("action_id", sa.Uuid),
        sa.Column("envelope_id", sa.Uuid, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("voted", Cents, nullable=False),
        sa.Column("transferred", Cents, nullable=False),
        sa.Column("reserved", Cents, nullable=False),
        sa.Column("committed", Cents, nullable=False),
        sa.Column("paid", Cents, nullable=False),
        sa.Column("ledger_seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_lines"),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelopes.id"], name="fk_budget_lines_envelope_id_envelopes"
        ),
        sa.CheckConstraint(
            "reserved >= 0 AND committed >= 0 AND paid >= 0",
            name=op.f("ck_budget_lines_parts_not_negative"),
        ),
        sa.CheckConstraint(
            "voted + transferred - reserved - committed - paid >= 0",
            name=op.f("ck_budget_lines_available_not_negative"),
        ),
    )
    op.create_index("ix_budget_lines_action_id", "budget_lines", ["action_id"])
    op.create_index("ix_budget_lines_committee_id", "budget_lines", ["committee_id"])
    op.create_index("ix_budget_lines_year", "budget_lines", ["year"])
    op.create_table(
        "ledger",
        sa.Column("line_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("move", sa.String(40), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("amount", Cents, nullable=False),
        sa.Column("purchase_id", sa.Uuid),
        sa.Column("voted", Cents, nullable=False),
        sa.Column("transferred", Cents, nullable=False),
        sa.Column("reserved", Cents, nullable=False),
        sa.Column("committed", Cents, nullable=False),
        sa.Column("paid", Cents, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("line_id", "seq", name="pk_ledger"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name="fk_ledger_line_id_budget_lines"
        ),
    )
    op.create_index("ix_ledger_purchase_id", "ledger", ["purchase_id"])


def _lists() -> None:
    op.create_table(
        "suppliers",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("siret", sa.String(14)),
        sa.Column("why_no_siret", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suppliers"),
        sa.UniqueConstraint("siret", name="uq_suppliers_siret"),
    )
    op.create_index("ix_suppliers_siren", "suppliers", ["siren"])
    op.create_table(
        "procedure_rules",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("value", Cents, nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_to", sa.Date),
        sa.Column("verified_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_procedure_rules"),
    )
    op.create_index("ix_procedure_rules_key", "procedure_rules", ["key"])


def _purchases() -> None:
    op.create_table(
        "purchases",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("need_id", sa.Uuid, nullable=False),
        sa.Column("committee_id", sa.Uuid, nullable=False),
        sa.Column("action_id", sa.Uuid),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("family", sa.String(80), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("needed_by", sa.Date, nullable=False),
        sa.Column("order_before", sa.Date, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("owner", sa.Uuid),
        sa.Column("line_id", sa.Uuid),
        sa.Column("estimate_incl_tax", Cents),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("content_version", sa.Integer, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("closes_at", Moment),
        sa.Column("launched_on", sa.Date),
        sa.Column("regime", sa.String(40)),
        sa.Column("need_excl_tax", Cents),
        sa.Column("weight_cost", sa.Integer),
        sa.Column("weight_delay", sa.Integer),
        sa.Column("weight_environment", sa.Integer),
        sa.Column("request_reason", sa.Text, nullable=False),
        sa.Column("chosen_id", sa.Uuid),
        sa.Column("supplier_id", sa.Uuid),
        sa.Column("supplier", sa.String(200)),
        sa.Column("siren", sa.String(9)),
        sa.Column("amount_excl_tax", Cents),
        sa.Column("amount_incl_tax", Cents),
        sa.Column("validated_on", sa.Date),
        sa.Column("commitment_number", sa.String(60)),
        sa.Column("order_number", sa.String(40)),
        sa.Column("ordered_on", sa.Date),
        sa.Column("order_sha256", sa.String(64)),
        sa.Column("order_size", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_purchases"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name="fk_purchases_line_id_budget_lines"
        ),
        sa.UniqueConstraint("need_id", name="uq_purchases_need_id"),
        sa.UniqueConstraint("order_number", name="uq_purchases_order_number"),
    )
    op.create_index("ix_purchases_action_id", "purchases", ["action_id"])
    op.create_index("ix_purchases_committee_id", "purchases", ["committee_id"])
    op.create_index("ix_purchases_family", "purchases", ["family"])
    op.create_index("ix_purchases_line_id", "purchases", ["line_id"])
    op.create_index("ix_purchases_siren", "purchases", ["siren"])
    op.create_index("ix_purchases_state", "purchases", ["state"])
    op.create_index("ix_purchases_supplier_id", "purchases", ["supplier_id"])
    op.create_index("ix_purchases_validated_on", "purchases", ["validated_on"])


def _consultations() -> None:
    op.create_table(
        "purchase_lines",
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("quantity", sa.String(30), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", "position", name="pk_purchase_lines"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_purchase_lines_purchase_id_purchases"
        ),
    )
    op.create_table(
        "invitations",
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("supplier_id", sa.Uuid, nullable=False),
        sa.Column("supplier", sa.String(200), nullable=False),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("declined", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", "round", "supplier_id", name="pk_invitations"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_invitations_purchase_id_purchases"
        ),
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("purchase_id", sa.Uuid, nullable=False),
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
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_quotes_purchase_id_purchases"
        ),
    )
    op.create_index("ix_quotes_purchase_id", "quotes", ["purchase_id"])
    op.create_table(
        "quote_lines",
        sa.Column("quote_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("quantity", sa.String(30), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("unit_price_excl_tax", sa.String(30), nullable=False),
        sa.Column("vat_rate", sa.String(30), nullable=False),
        sa.PrimaryKeyConstraint("quote_id", "position", name="pk_quote_lines"),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_quote_lines_quote_id_quotes"),
    )


def _papers() -> None:
    op.create_table(
        "acts",
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("person", sa.Uuid),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("content_version", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64)),
        sa.Column("content", Json),
        sa.Column("delegation_id", sa.Uuid),
        sa.PrimaryKeyConstraint("purchase_id", "seq", name="pk_acts"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_acts_purchase_id_purchases"
        ),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("certified_by", sa.Uuid, nullable=False),
        sa.Column("delivered_on", sa.Date, nullable=False),
        sa.Column("certified_at", Moment, nullable=False),
        sa.Column("amount_incl_tax", Cents, nullable=False),
        sa.Column("total", sa.Boolean, nullable=False),
        sa.Column("reserves", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_deliveries_purchase_id_purchases"
        ),
    )
    op.create_index("ix_deliveries_purchase_id", "deliveries", ["purchase_id"])
    op.create_table(
        "delivered_lines",
        sa.Column("delivery_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("quantity", sa.String(30), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", "position", name="pk_delivered_lines"),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivered_lines_delivery_id_deliveries"
        ),
    )
    op.create_table(
        "invoices",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("amount_incl_tax", Cents, nullable=False),
        sa.Column("paid_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_invoices"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_invoices_purchase_id_purchases"
        ),
    )
    op.create_index("ix_invoices_purchase_id", "invoices", ["purchase_id"])
    op.create_index("ix_invoices_siret", "invoices", ["siret"])
    op.create_table(
        "interests",
        sa.Column("purchase_id", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("declared_at", Moment, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", "person", name="pk_interests"),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name="fk_interests_purchase_id_purchases"
        ),
    )


def downgrade() -> None:
    for name in (
        "interests",
        "invoices",
        "delivered_lines",
        "deliveries",
        "acts",
        "quote_lines",
        "quotes",
        "invitations",
        "purchase_lines",
        "purchases",
        "procedure_rules",
        "suppliers",
        "ledger",
        "budget_lines",
        "envelopes",
    ):
        op.drop_table(name)
