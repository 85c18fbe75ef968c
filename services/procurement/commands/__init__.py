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
    amend_order,
    certify_delivery,
    record_commitment,
    record_contract,
    record_invoice,
    record_payment,
    settle_purchase,
    sign_order,
    stop_order,
)
from services.procurement.commands.following import (
    follow_the_day,
    free_action,
    open_asked_need,
    reschedule_need,
    withdraw_need,
)
from services.procurement.commands.lines import (
    carry_over_line,
    end_action_line,
    leave_line,
    open_action_line,
    open_awaited_line,
)
from services.procurement.commands.lists import end_rule, name_supplier, record_rule
from services.procurement.commands.needs import (
    ask_about_need,
    cancel_purchase,
    charge_to_line,
    classify_need,
    complete_need,
    open_a_need,
)
from services.procurement.commands.quoting import (
    decline_to_quote,
    issue_quote_link,
    send_quote,
)

__all__ = [
    "add_to_budget_line",
    "amend_order",
    "ask_about_need",
    "ask_more",
    "cancel_purchase",
    "carry_over_line",
    "certify_delivery",
    "charge_to_line",
    "check_quote",
    "classify_need",
    "close_the_request",
    "complete_need",
    "confirm_quote",
    "declare_interest",
    "decline_to_quote",
    "end_action_line",
    "end_rule",
    "follow_the_day",
    "free_action",
    "issue_quote_link",
    "leave_line",
    "name_supplier",
    "open_a_need",
    "open_action_line",
    "open_asked_need",
    "open_awaited_line",
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
    "reschedule_need",
    "send_quote",
    "settle_purchase",
    "sign_order",
    "stop_order",
    "transfer_between_lines",
    "type_quote",
    "validate_quote",
    "withdraw_need",
]
