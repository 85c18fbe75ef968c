"""What may be done in procurement; one function is one transaction."""

from services.procurement.commands.budget import (
    add_to_budget_line,
    open_budget_line,
    open_envelopes,
    transfer_between_lines,
)
from services.procurement.commands.consulting import (
    close_the_request,
    confirm_quote,
    open_quotes,
    register_quote,
    request_quotes,
    type_quote,
)
from services.procurement.commands.deciding import (
    ask_more,
    check_quote,
    declare_interest,
    refuse_purchase,
    validate_quote,
)
from services.procurement.commands.executing import (
    certify_delivery,
    record_commitment,
    record_contract,
    record_invoice,
    record_payment,
    settle_purchase,
    sign_order,
    stop_order,
)
from services.procurement.commands.lists import end_rule, name_supplier, record_rule
from services.procurement.commands.needs import (
    ask_about_need,
    cancel_purchase,
    charge_to_line,
    complete_need,
    open_a_need,
)

__all__ = [
    "add_to_budget_line",
    "ask_about_need",
    "ask_more",
    "cancel_purchase",
    "certify_delivery",
    "charge_to_line",
    "check_quote",
    "close_the_request",
    "complete_need",
    "confirm_quote",
    "declare_interest",
    "end_rule",
    "name_supplier",
    "open_a_need",
    "open_budget_line",
    "open_envelopes",
    "open_quotes",
    "record_commitment",
    "record_contract",
    "record_invoice",
    "record_payment",
    "record_rule",
    "refuse_purchase",
    "register_quote",
    "request_quotes",
    "settle_purchase",
    "sign_order",
    "stop_order",
    "transfer_between_lines",
    "type_quote",
    "validate_quote",
]
