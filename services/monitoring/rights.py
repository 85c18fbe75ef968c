"""Who may look at what. The scope is applied in the queries, so lists and exports obey it alike."""

from services.directory.mirror import Role
from services.monitoring import commands, queries
from shared.kernel.rights import RightsTable, may

_overseers = may(*queries.OVERSEERS)
_readers = may(*queries.READERS)
_keepers = may(Role.ADMINISTRATOR, Role.DPC_OFFICER)

table: RightsTable = {
    commands.replay_letter: _keepers,
    commands.drop_letter: _keepers,
    queries.board: _overseers,
    queries.committees_behind: _overseers,
    queries.purchases: _overseers,
    queries.awaited: _overseers,
    queries.waiting: _overseers,
    queries.blocked: _overseers,
    queries.committee: _readers,
    queries.thread: _readers,
    queries.my_committees: may(*queries.NEIGHBOURS),
    queries.my_committee: may(*queries.NEIGHBOURS),
    queries.flow: _keepers,
    queries.letters: _keepers,
}
