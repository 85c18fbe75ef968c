"""Who may do what in integration: those who keep the installation grant, a key reads.

A department's developer has no account: the catalogue, the feed and the sandbox are for anyone.
What the feed gives is decided by the grant of the key, at each read.
"""

from services.directory.events import Role
from services.integration import commands, queries
from shared.kernel.rights import ANYONE, NOBODY, RightsTable, may

_keepers = may(Role.ADMINISTRATOR, Role.DPC_OFFICER)

table: RightsTable = {
    commands.grant_feed: _keepers,
    commands.change_grant: _keepers,
    commands.issue_key: _keepers,
    commands.withdraw_key: _keepers,
    commands.end_grant: _keepers,
    commands.note_reading: ANYONE,
    commands.open_sandbox: ANYONE,
    commands.send_made_up: ANYONE,
    commands.end_sandbox: NOBODY,
    queries.catalogue: ANYONE,
    queries.event_card: ANYONE,
    queries.asyncapi: ANYONE,
    queries.feed: ANYONE,
    queries.grants: _keepers,
    queries.grant_card: _keepers,
    queries.places: _keepers,
}
