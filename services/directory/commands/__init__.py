"""What may be done in the annuaire; one function is one transaction."""

from services.directory.commands.committees import close_committee, create_committee
from services.directory.commands.delegations import (
    end_delegations_of_the_mandate,
    record_delegation,
    revoke_delegation,
)
from services.directory.commands.messages import (
    deliver_message,
    keep_message,
    read_message,
    send_digest,
    send_mail,
)
from services.directory.commands.people import (
    change_contacts,
    change_my_account,
    erase_me,
    erase_person,
    invite_first_officer,
    invite_person,
)
from services.directory.commands.relays import list_relay, update_relay
from services.directory.commands.roles import give_role_back, grant_role, revoke_role
from services.directory.commands.sign_in import (
    ask_for_code,
    end_my_session,
    end_sessions_of,
    enter_as,
    enter_code,
    sign_out,
)

__all__ = [
    "ask_for_code",
    "change_contacts",
    "change_my_account",
    "close_committee",
    "create_committee",
    "deliver_message",
    "end_delegations_of_the_mandate",
    "end_my_session",
    "end_sessions_of",
    "enter_as",
    "enter_code",
    "erase_me",
    "erase_person",
    "give_role_back",
    "grant_role",
    "invite_first_officer",
    "invite_person",
    "keep_message",
    "list_relay",
    "read_message",
    "record_delegation",
    "revoke_delegation",
    "revoke_role",
    "send_digest",
    "send_mail",
    "sign_out",
    "update_relay",
]
