"""Who may do what in the annuaire.

Which role may give which is finer than this table: see ``model/grant.py``.
"""

from services.directory import commands, queries
from services.directory.events import Role
from services.directory.queries.scopes import FIELD
from shared.kernel.rights import ANYONE, NOBODY, SIGNED_IN, RightsTable, may

_officer = may(Role.DPC_OFFICER, of=queries._city)
_reader = may(Role.DPC_OFFICER, Role.AUDITOR, of=queries._city)
_granters = (Role.LEAD, Role.SECTOR_OFFICER, Role.DPC_OFFICER)

table: RightsTable = {
    commands.create_committee: _officer,
    commands.close_committee: _officer,
    commands.invite_person: may(*_granters, of=queries._scopes_over),
    commands.grant_role: may(*_granters, of=queries._scopes_over),
    commands.revoke_role: may(*_granters, of=queries._scopes_over_grant),
    commands.give_role_back: SIGNED_IN,
    commands.change_contacts: _officer,
    commands.erase_person: _officer,
    commands.end_sessions_of: _officer,
    commands.record_delegation: _officer,
    commands.revoke_delegation: _officer,
    commands.end_delegations_of_the_mandate: _officer,
    commands.list_relay: may(*FIELD, of=queries._scopes_in_sector),
    commands.update_relay: may(*FIELD, of=queries._scopes_over_relay),
    commands.change_my_account: SIGNED_IN,
    commands.end_my_session: SIGNED_IN,
    commands.erase_me: SIGNED_IN,
    commands.read_message: SIGNED_IN,
    commands.ask_for_code: ANYONE,
    commands.enter_code: ANYONE,
    commands.enter_as: ANYONE,
    commands.sign_out: ANYONE,
    commands.invite_first_officer: NOBODY,
    commands.keep_message: NOBODY,
    commands.deliver_message: NOBODY,
    commands.send_digest: NOBODY,
    commands.send_mail: NOBODY,
    queries.committees_list: SIGNED_IN,
    queries.committee_card: SIGNED_IN,
    queries.my_committees: SIGNED_IN,
    queries.people_list: _reader,
    queries.person_card: _reader,
    queries.people_to_choose: _officer,
    queries.scopes_to_choose: _officer,
    queries.delegations_list: may(
        Role.DPC_OFFICER,
        Role.AUDITOR,
        Role.PROCUREMENT_OFFICER,
        Role.FINANCE_CLERK,
        Role.DELEGATE,
        of=queries._city,
    ),
    queries.relays_list: SIGNED_IN,
    queries.relay_card: may(*FIELD, Role.AUDITOR, of=queries._scopes_over_relay),
    queries.my_account: SIGNED_IN,
    queries.my_messages: SIGNED_IN,
    queries.unread_messages: SIGNED_IN,
    queries.session_of: ANYONE,
    queries.personas: ANYONE,
    queries.mails_written: ANYONE,
}
