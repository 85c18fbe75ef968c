"""What may be read of communication; names beginning with ``_`` are look-ups of our own."""

from services.communication.queries.campaigns import campaign, campaigns_list
from services.communication.queries.counts import _delivered, _handed_out, contacts
from services.communication.queries.labels import (
    CHANNELS,
    COLOURS,
    PAPERS,
    PRIORITIES,
    SUPPORTS,
    gate_name,
)
from services.communication.queries.prints import (
    inbox,
    inbox_count,
    print_request,
    print_requests,
    proof_file,
    stuck,
)
from services.communication.queries.scopes import (
    READERS,
    _scope_of_campaign,
    _scope_of_campaign_or_department,
    _scope_of_committee,
    _scope_of_department,
    _scope_of_request,
)
from services.communication.queries.workshop import (
    _delays_of,
    _loads,
    catalogue,
    print_plan,
    workshop_card,
)

__all__ = [
    "CHANNELS",
    "COLOURS",
    "PAPERS",
    "PRIORITIES",
    "READERS",
    "SUPPORTS",
    "_delays_of",
    "_delivered",
    "_handed_out",
    "_loads",
    "_scope_of_campaign",
    "_scope_of_campaign_or_department",
    "_scope_of_committee",
    "_scope_of_department",
    "_scope_of_request",
    "campaign",
    "campaigns_list",
    "catalogue",
    "contacts",
    "gate_name",
    "inbox",
    "inbox_count",
    "print_plan",
    "print_request",
    "print_requests",
    "proof_file",
    "stuck",
    "workshop_card",
]
