"""What may be read of procurement; names beginning with ``_`` are look-ups of our own."""

from services.procurement.queries.budget import (
    budget_line,
    budget_lines,
    envelopes_of_year,
    ledger_differences,
)
from services.procurement.queries.decision import decision
from services.procurement.queries.family import (
    _contract_wanted,
    _invoice_known,
    _need_of_family,
    _turns_of,
    families,
)
from services.procurement.queries.files import (
    contract_file,
    left_to_deliver,
    order_file,
    quote_file,
)
from services.procurement.queries.inbox import awaiting_count, awaiting_decision
from services.procurement.queries.invoices import invoices_count, invoices_list
from services.procurement.queries.listing import (
    committee_needs,
    consultations,
    consultations_count,
    deliveries_awaited,
    deliveries_count,
    my_committees,
    orders_list,
    purchases_list,
    to_number,
    to_number_count,
)
from services.procurement.queries.lists import rules_in_force, supplier_card, suppliers_list
from services.procurement.queries.purchases import purchase_card
from services.procurement.queries.scopes import (
    _city,
    _scope_of_committee,
    _scope_of_line,
    _scope_of_purchase,
    _scope_of_transfer,
)

__all__ = [
    "_city",
    "_contract_wanted",
    "_invoice_known",
    "_need_of_family",
    "_scope_of_committee",
    "_scope_of_line",
    "_scope_of_purchase",
    "_scope_of_transfer",
    "_turns_of",
    "awaiting_count",
    "awaiting_decision",
    "budget_line",
    "budget_lines",
    "committee_needs",
    "consultations",
    "consultations_count",
    "contract_file",
    "decision",
    "deliveries_awaited",
    "deliveries_count",
    "envelopes_of_year",
    "families",
    "invoices_count",
    "invoices_list",
    "ledger_differences",
    "left_to_deliver",
    "my_committees",
    "order_file",
    "orders_list",
    "purchase_card",
    "purchases_list",
    "quote_file",
    "rules_in_force",
    "supplier_card",
    "suppliers_list",
    "to_number",
    "to_number_count",
]
