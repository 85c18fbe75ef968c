"""Who may do what in planning: the group works, its lead speaks for it, others read and answer.

Officers of the city read and advise: none of them reassigns a task, the DPC may cancel an action.
"""

from services.directory.events import Role
from services.planning import commands, queries
from shared.kernel.rights import ANYONE, NOBODY, RightsTable, may

_AGENT = Role.DEPARTMENT_AGENT
_group = may(*queries.GROUP, of=queries._scope_of_plan)
_lead = may(Role.LEAD, of=queries._scope_of_plan)
_on_task = may(*queries.GROUP, of=queries._scope_of_task)
_lead_on_task = may(Role.LEAD, of=queries._scope_of_task)
_on_need = may(*queries.GROUP, of=queries._scope_of_need)
_asked = may(_AGENT, of=queries._scope_of_asked)
_readers = may(*queries.READERS, of=queries._scope_of_plan)

table: RightsTable = {
    commands.draft_plan: NOBODY,
    commands.abandon_plan: NOBODY,
    commands.adopt_plan: _lead,
    commands.move_day: _lead,
    commands.fall_back: _lead,
    commands.cancel_action: may(Role.LEAD, Role.DPC_OFFICER, of=queries._scope_of_plan),
    commands.add_task: _group,
    commands.change_task: _on_task,
    commands.remove_task: _lead_on_task,
    commands.take_task: _on_task,
    commands.assign_task: _lead_on_task,
    commands.hand_back_task: _on_task,
    commands.finish_task: _on_task,
    commands.reopen_task: _on_task,
    commands.block_task: _on_task,
    commands.unblock_task: _on_task,
    commands.ask_for_hands: _on_task,
    commands.lend_a_hand: _on_task,
    commands.ask_supplier: _group,
    commands.ask_print: _group,
    commands.ask_service: _group,
    commands.ask_relay: _group,
    commands.change_need_date: _on_need,
    commands.withdraw_need: _on_need,
    commands.tell_need_lost: NOBODY,
    commands.tell_need_secured: NOBODY,
    commands.accept_service: _asked,
    commands.decline_service: _asked,
    commands.record_relay_answer: _on_need,
    commands.issue_need_link: _on_need,
    commands.answer_by_link: ANYONE,
    commands.remind_answer: NOBODY,
    commands.answer_overdue: NOBODY,
    commands.sign_installation: _group,
    commands.hold_action: _group,
    commands.review_action: _lead,
    commands.close_action: _lead,
    queries.my_tasks: may(*queries.GROUP),
    queries.tasks_count: may(*queries.GROUP),
    queries.task_card: may(*queries.READERS, of=queries._scope_of_task),
    queries.plans_list: may(*queries.READERS),
    queries.plan_card: _readers,
    queries.plan_choices: _group,
    queries.plan_on: _readers,
    queries.need_card: may(*queries.READERS, of=queries._scope_of_need),
    queries.review_card: _readers,
    queries.review_file: _readers,
    queries.closing_card: _readers,
    queries.asked_of_department: may(_AGENT),
    queries.asked_count: may(_AGENT),
    queries.service_need: _asked,
    queries.need_of_link: ANYONE,
}
