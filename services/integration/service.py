"""Integration: what it keeps and hears; it says nothing of its own. Start here."""

from services.directory.mirror import mirror
from services.integration import commands, queries, rights, tables
from shared.service import Service

service = Service(
    name="integration",
    title="Intégration",
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    mirrors=[mirror],
)
