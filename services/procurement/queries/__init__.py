"""What may be read of procurement; names beginning with ``_`` are look-ups of our own."""

from services.procurement.queries.budget import (
    awaited_lines,
    budget_line,
    budget_lines,
    carry_over,
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
from services.procurement.queries.quoting import LINK, _invited_by, _subject_of, request_of_link
from services.procurement.queries.scopes import (
    _city,
    _scope_of_awaited,
    _scope_of_committee,
    _scope_of_line,
    _scope_of_purchase,
    _scope_of_transfer,
)

__all__ = [
    "LINK",
    "_city",
    "_contract_wanted",
    "_invited_by",
    "_invoice_known",
    "_need_of_family",
    "_scope_of_awaited",
    "_scope_of_committee",
    "_scope_of_line",
    "_scope_of_purchase",
    "_scope_of_transfer",
    "_subject_of",
    "_turns_of",
    "awaited_lines",
    "awaiting_count",
    "awaiting_decision",
    "budget_line",
    "budget_lines",
    "carry_over",
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
    "request_of_link",
    "rules_in_force",
    "supplier_card",
    "suppliers_list",
    "to_number",
    "to_number_count",
]
