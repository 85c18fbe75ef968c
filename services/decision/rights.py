"""Who may do what in decision: the group prepares, its lead speaks for it, the charter says who votes.

A ballot is no matter of roles: whoever is on the list of electors votes, and nobody else.
"""

from services.decision import commands, queries
from services.directory.events import Role
from shared.kernel.rights import ANYONE, NOBODY, SIGNED_IN, RightsTable, may

_GROUP = (Role.MEMBER, Role.LEAD)
_HELPERS = (*_GROUP, Role.SECTOR_OFFICER, Role.DPC_OFFICER)
_PROPOSE = (*_HELPERS, Role.ELU)
_lead = may(Role.LEAD, of=queries._scope_of_round)
_lead_of_idea = may(Role.LEAD, of=queries._scope_of_idea)
_group_of_idea = may(*_GROUP, of=queries._scope_of_idea)
_group_of_charter = may(*_GROUP, of=queries._scope_of_charter)
_readers = may(*queries.READERS, of=queries._scope_of_round)
_desk = may(Role.ANNEXE_DESK)
_in_a_room = may(Role.LEAD, Role.ANNEXE_DESK, of=queries._desk_of_vote)
_second = may(
    *_GROUP, Role.ELU, Role.SECTOR_OFFICER, Role.DPC_OFFICER, Role.ANNEXE_DESK,
    of=queries._scope_of_count,
)  # fmt: skip
_in_a_room_reads = may(
    *_GROUP, Role.ELU, Role.SECTOR_OFFICER, Role.DPC_OFFICER, Role.ANNEXE_DESK,
    of=queries._desk_of_vote,
)  # fmt: skip
_asked = (Role.DEPARTMENT_AGENT, Role.ELU)

table: RightsTable = {
    commands.open_round_from_diagnostic: NOBODY,
    commands.open_round_without_diagnostic: may(
        Role.LEAD, Role.DPC_OFFICER, of=queries._scope_of_committee
    ),
    commands.open_another_round: _lead,
    commands.move_ideas_end: _lead,
    commands.end_ideas: NOBODY,
    commands.annul_choice: may(Role.DPC_OFFICER, of=queries._scope_of_round),
    commands.propose_idea: may(*_PROPOSE, of=queries._scope_of_round),
    commands.propose_as_resident: ANYONE,
    commands.change_idea: _group_of_idea,
    commands.show_idea: _group_of_idea,
    commands.set_idea_aside: _lead_of_idea,
    commands.merge_ideas: _lead_of_idea,
    commands.back_idea: may(*_PROPOSE, of=queries._scope_of_idea),
    commands.back_as_resident: ANYONE,
    commands.declare_interest: may(*_PROPOSE, of=queries._scope_of_idea),
    commands.ask_advice: may(*_HELPERS, of=queries._scope_of_idea),
    commands.give_advice: may(*_asked, of=queries._scope_of_asked),
    commands.issue_advice_link: may(*_HELPERS, of=queries._scope_of_advice),
    commands.give_advice_by_link: ANYONE,
    commands.remind_advice: NOBODY,
    commands.advice_overdue: NOBODY,
    commands.prepare_charter: may(*_GROUP, of=queries._scope_of_round),
    commands.change_charter: _group_of_charter,
    commands.adopt_charter: may(Role.LEAD, of=queries._scope_of_charter),
    commands.open_vote: _lead,
    commands.begin_vote: NOBODY,
    commands.cast_ballot: SIGNED_IN,
    commands.cast_card_ballot: ANYONE,
    commands.enter_count: _in_a_room,
    commands.confirm_count: _second,
    commands.drop_count: _second,
    commands.close_vote: may(Role.LEAD, of=queries._scope_of_vote),
    commands.end_vote: NOBODY,
    commands.write_minutes: NOBODY,
    commands.give_card: _desk,
    commands.withdraw_card: _desk,
    queries.my_rounds: may(*queries.READERS),
    queries.round_card: _readers,
    queries.idea_card: may(*queries.READERS, of=queries._scope_of_idea),
    queries.who_may_be_asked: may(*_HELPERS, of=queries._scope_of_idea),
    queries.advices_asked: may(*_asked),
    queries.advices_count: may(*_asked),
    queries.advice_card: may(*_asked, of=queries._scope_of_asked),
    queries.advice_to_send: may(*_HELPERS, of=queries._scope_of_advice),
    queries.advice_of_link: ANYONE,
    queries.charter_card: may(*queries.READERS, of=queries._scope_of_charter),
    queries.charter_of_round: ANYONE,
    queries.votes_to_cast: SIGNED_IN,
    queries.votes_count: SIGNED_IN,
    queries.vote_card: SIGNED_IN,
    queries.attendance: _in_a_room_reads,
    queries.count_card: _second,
    queries.open_votes_to_type: _desk,
    queries.result: ANYONE,
    queries.minutes_file: ANYONE,
    queries.ballots_of: ANYONE,
    queries.round_by_code: ANYONE,
    queries.cards_given: _desk,
}
