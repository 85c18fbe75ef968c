"""Who may do what in communication: the group asks and agrees, the workshop prints.

What is printed is signed by the group's lead; no one of the workshop signs for it. A gate that is
closed is passed by the DPC only, with a reason.
"""

from services.communication import commands, queries
from services.directory.events import Role
from shared.kernel.rights import NOBODY, RightsTable, may

_GROUP = (Role.MEMBER, Role.LEAD)
_group = may(*_GROUP, of=queries._scope_of_campaign)
_lead = may(Role.LEAD, of=queries._scope_of_campaign)
_overrider = may(Role.DPC_OFFICER, of=queries._scope_of_campaign)
_askers = may(*_GROUP, of=queries._scope_of_request)
_signer = may(Role.LEAD, of=queries._scope_of_request)
_printer = may(Role.PRINT_SERVICE, of=queries._scope_of_request)
_workshop = may(Role.PRINT_SERVICE, of=queries._scope_of_department)
_readers_of_request = may(*queries.READERS, of=queries._scope_of_request)
_desk = (Role.PRINT_SERVICE, Role.DPC_OFFICER, Role.AUDITOR)

table: RightsTable = {
    commands.adopt_strategy: _lead,
    commands.launch_campaign: _lead,
    commands.launch_without_waiting: _overrider,
    commands.end_campaign: _lead,
    commands.report_distribution: _group,
    commands.open_print: _group,
    commands.complete_brief: _askers,
    commands.change_date: _askers,
    commands.cancel_print: _askers,
    commands.approve_proof: _signer,
    commands.ask_corrections: _signer,
    commands.accept_print: _printer,
    commands.refuse_print: _printer,
    commands.schedule_print: _printer,
    commands.free_slot: _printer,
    commands.propose_date: _printer,
    commands.send_outside: _printer,
    commands.publish_proof: _printer,
    commands.start_printing: _printer,
    commands.deliver_prints: _printer,
    commands.set_capacity: _workshop,
    commands.set_week: _workshop,
    commands.set_offer: _workshop,
    commands.draft_campaign: NOBODY,
    commands.follow_plan: NOBODY,
    commands.follow_day: NOBODY,
    commands.drop_campaign: NOBODY,
    commands.end_with_the_day: NOBODY,
    commands.open_needed_print: NOBODY,
    commands.follow_need: NOBODY,
    commands.withdraw_print: NOBODY,
    commands.book_outside: NOBODY,
    commands.find_another_way: NOBODY,
    commands.receive_from_outside: NOBODY,
    queries.campaigns_list: may(*queries.READERS),
    queries.campaign: may(*queries.READERS, of=queries._scope_of_campaign_or_department),
    queries.catalogue: may(*queries.READERS),
    queries.contacts: may(*_GROUP, of=queries._scope_of_committee),
    queries.print_requests: may(*queries.READERS),
    queries.print_request: _readers_of_request,
    queries.proof_file: _readers_of_request,
    queries.inbox: may(*_desk),
    queries.inbox_count: may(*_desk),
    queries.stuck: may(*_desk),
    queries.print_plan: may(*_desk, of=queries._scope_of_department),
    queries.workshop_card: may(*_desk, of=queries._scope_of_department),
}
