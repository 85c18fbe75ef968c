"""Who may do what in diagnostic: the group asks and draws, its lead speaks for it.

A resident has no account: what they may do is for anyone, and says nothing of anyone.
"""

from services.diagnostic import commands, queries
from services.directory.events import Role
from shared.kernel.rights import ANYONE, NOBODY, RightsTable, may

_GROUP = (Role.MEMBER, Role.LEAD)
_group = may(*_GROUP, of=queries._scope_of_survey)
_lead = may(Role.LEAD, of=queries._scope_of_survey)
_group_of_need = may(*_GROUP, of=queries._scope_of_need)
_desk = may(Role.ANNEXE_DESK)

table: RightsTable = {
    commands.prepare_survey: may(*_GROUP, of=queries._scope_of_committee),
    commands.change_survey: _group,
    commands.change_questions: _group,
    commands.open_survey: _lead,
    commands.answer_survey: ANYONE,
    commands.record_answer: _group,
    commands.type_paper_answer: _desk,
    commands.close_survey: _lead,
    commands.end_survey: NOBODY,
    commands.draw_need: _group,
    commands.change_need: _group_of_need,
    commands.drop_need: _group_of_need,
    commands.publish_diagnostic: _lead,
    queries.my_surveys: may(*queries.READERS),
    queries.survey_card: may(*queries.READERS, of=queries._scope_of_survey),
    queries.answers_of: _group,
    queries.need_card: _group_of_need,
    queries.surveys_to_type: _desk,
    queries.paper_count: _desk,
    queries.typing_card: _desk,
    queries.survey_by_code: ANYONE,
    queries.open_surveys: ANYONE,
    queries.receipt: ANYONE,
    queries.report: ANYONE,
}
