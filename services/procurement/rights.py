"""Who may do what in procurement.

A step's role is checked in the model, where it stands in the table of steps; what is asked here
at the door is the union of a step's rows. No member of a committee commits the city.
"""

from services.directory.events import Role
from services.procurement import commands, queries
from shared.kernel.rights import ANYONE, NOBODY, SIGNED_IN, RightsTable, may

_BUYER = Role.PROCUREMENT_OFFICER
_GROUP = (Role.MEMBER, Role.LEAD)
_READERS = (
    _BUYER,
    Role.DPC_OFFICER,
    Role.DELEGATE,
    Role.FINANCE_CLERK,
    Role.AUDITOR,
    Role.SECTOR_OFFICER,
    Role.ELU,
    *_GROUP,
)

_buyers = may(_BUYER, of=queries._scope_of_purchase)
_officers = may(_BUYER, Role.DPC_OFFICER, of=queries._scope_of_purchase)
_delegates = may(Role.DELEGATE, of=queries._scope_of_purchase)
_finance = may(Role.FINANCE_CLERK, of=queries._scope_of_purchase)
_group = may(*_GROUP, of=queries._scope_of_purchase)
_askers = may(*_GROUP, _BUYER, Role.DPC_OFFICER, of=queries._scope_of_purchase)
_readers = may(*_READERS, of=queries._scope_of_purchase)
_any_reader = may(*_READERS)
_city_desk = may(
    _BUYER, Role.DPC_OFFICER, Role.DELEGATE, Role.FINANCE_CLERK, Role.AUDITOR, of=queries._city
)

table: RightsTable = {
    commands.open_envelopes: may(Role.DPC_OFFICER, of=queries._city),
    commands.open_budget_line: may(Role.DPC_OFFICER, of=queries._scope_of_committee),
    commands.add_to_budget_line: may(Role.DPC_OFFICER, of=queries._scope_of_line),
    commands.transfer_between_lines: may(Role.DPC_OFFICER, of=queries._scope_of_transfer),
    commands.carry_over_line: may(Role.DPC_OFFICER, of=queries._scope_of_awaited),
    commands.leave_line: may(Role.DPC_OFFICER, of=queries._scope_of_awaited),
    commands.open_action_line: NOBODY,
    commands.open_awaited_line: NOBODY,
    commands.end_action_line: NOBODY,
    commands.name_supplier: may(_BUYER, Role.DPC_OFFICER, of=queries._city),
    commands.record_rule: may(Role.DPC_OFFICER, of=queries._city),
    commands.end_rule: may(Role.DPC_OFFICER, of=queries._city),
    commands.open_a_need: may(*_GROUP, _BUYER, Role.DPC_OFFICER, of=queries._scope_of_committee),
    commands.ask_about_need: _officers,
    commands.complete_need: _askers,
    commands.charge_to_line: _officers,
    commands.classify_need: _officers,
    commands.open_asked_need: NOBODY,
    commands.reschedule_need: NOBODY,
    commands.withdraw_need: NOBODY,
    commands.follow_the_day: NOBODY,
    commands.free_action: NOBODY,
    commands.request_quotes: _buyers,
    commands.register_quote: _buyers,
    commands.issue_quote_link: _buyers,
    commands.send_quote: ANYONE,
    commands.decline_to_quote: ANYONE,
    commands.open_quotes: _buyers,
    commands.type_quote: _buyers,
    commands.close_the_request: NOBODY,
    commands.check_quote: _buyers,
    commands.confirm_quote: _buyers,
    commands.ask_more: _delegates,
    commands.validate_quote: _delegates,
    commands.refuse_purchase: may(
        Role.DELEGATE, _BUYER, Role.DPC_OFFICER, of=queries._scope_of_purchase
    ),
    commands.declare_interest: _readers,
    commands.record_commitment: _finance,
    commands.record_contract: _officers,
    commands.sign_order: _delegates,
    commands.certify_delivery: _group,
    commands.amend_order: _officers,
    commands.stop_order: _officers,
    commands.record_invoice: _finance,
    commands.record_payment: _finance,
    commands.settle_purchase: _finance,
    commands.cancel_purchase: _askers,
    queries.my_committees: SIGNED_IN,
    queries.committee_needs: may(*_READERS, of=queries._scope_of_committee),
    queries.purchases_list: _any_reader,
    queries.purchase_card: _readers,
    queries.quote_file: _readers,
    queries.contract_file: _readers,
    queries.order_file: _readers,
    queries.left_to_deliver: _readers,
    queries.consultations: may(_BUYER, Role.AUDITOR),
    queries.consultations_count: may(_BUYER, Role.AUDITOR),
    queries.awaiting_decision: may(_BUYER, Role.DELEGATE),
    queries.awaiting_count: may(_BUYER, Role.DELEGATE),
    queries.decision: may(*_READERS, of=queries._scope_of_purchase),
    queries.orders_list: _any_reader,
    queries.deliveries_awaited: may(*_GROUP),
    queries.deliveries_count: may(*_GROUP),
    queries.to_number: may(Role.FINANCE_CLERK, Role.AUDITOR),
    queries.to_number_count: may(Role.FINANCE_CLERK),
    queries.invoices_list: _city_desk,
    queries.invoices_count: _city_desk,
    queries.envelopes_of_year: _city_desk,
    queries.budget_lines: _any_reader,
    queries.budget_line: may(*_READERS, of=queries._scope_of_line),
    queries.awaited_lines: _any_reader,
    queries.carry_over: may(Role.DPC_OFFICER, Role.AUDITOR, of=queries._scope_of_awaited),
    queries.request_of_link: ANYONE,
    queries.ledger_differences: _city_desk,
    queries.suppliers_list: _city_desk,
    queries.supplier_card: _city_desk,
    queries.families: _city_desk,
    queries.rules_in_force: SIGNED_IN,
}
