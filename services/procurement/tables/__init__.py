"""What procurement keeps: envelopes, lines with their ledger, suppliers, purchases, rules.

Nothing here is personal; what a person said of an interest is noted in the audit by name only.
"""

from services.procurement import model
from services.procurement.tables.columns import metadata
from services.procurement.tables.money import (
    awaited_lines,
    budget_lines,
    envelopes,
    ledger,
    procedure_rules,
    suppliers,
)
from services.procurement.tables.purchases import (
    acts,
    delivered_lines,
    deliveries,
    interests,
    invitations,
    invoices,
    purchase_lines,
    purchases,
    quote_lines,
    quotes,
)
from shared.store.mapping import map_aggregate, map_part, part

__all__ = [
    "acts",
    "awaited_lines",
    "budget_lines",
    "delivered_lines",
    "deliveries",
    "envelopes",
    "interests",
    "invitations",
    "invoices",
    "ledger",
    "metadata",
    "procedure_rules",
    "purchase_lines",
    "purchases",
    "quote_lines",
    "quotes",
    "suppliers",
]

map_aggregate(model.Envelope, envelopes)
map_part(model.LedgerEntry, ledger)
map_aggregate(
    model.BudgetLine,
    budget_lines,
    parts={"entries": part(model.LedgerEntry, order_by=ledger.c.seq)},
)
map_aggregate(model.AwaitedLine, awaited_lines)
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
