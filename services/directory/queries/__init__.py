"""What may be read of the annuaire; names beginning with ``_`` are look-ups of our own."""

from services.directory.model import GRANTABLE
from services.directory.queries.account import (
    _grants_of,
    _person_shown,
    my_account,
    my_messages,
    session_of,
    unread_messages,
)
from services.directory.queries.committees import (
    committee_card,
    committees_list,
    my_committees,
)
from services.directory.queries.demonstration import mails_written, personas
from services.directory.queries.people import (
    delegations_list,
    people_list,
    people_to_choose,
    person_card,
)
from services.directory.queries.relays import relay_card, relays_list
from services.directory.queries.scopes import (
    _city,
    _departments,
    _other_officer,
    _scope_exists,
    _scope_label,
    _scope_labels,
    _scopes_in_sector,
    _scopes_over,
    _scopes_over_grant,
    _scopes_over_relay,
    _sectors,
    scopes_to_choose,
)

__all__ = [
    "GRANTABLE",
    "_city",
    "_departments",
    "_grants_of",
    "_other_officer",
    "_person_shown",
    "_scope_exists",
    "_scope_label",
    "_scope_labels",
    "_scopes_in_sector",
    "_scopes_over",
    "_scopes_over_grant",
    "_scopes_over_relay",
    "_sectors",
    "committee_card",
    "committees_list",
    "delegations_list",
    "mails_written",
    "my_account",
    "my_committees",
    "my_messages",
    "people_list",
    "people_to_choose",
    "person_card",
    "personas",
    "relay_card",
    "relays_list",
    "scopes_to_choose",
    "session_of",
    "unread_messages",
]
