"""Integration: every fact, for the departments that were granted it. Start here.

It says nothing of its own and hears everything; people's names are not among what it gives.
"""

from services.communication import events as communication
from services.decision import events as decision
from services.diagnostic import events as diagnostic
from services.directory import events as directory
from services.directory.mirror import Role, mirror
from services.integration import api, cli, commands, pages, projections, queries, rights, tables
from services.language import FACTS
from services.planning import events as planning
from services.procurement import events as procurement
from shared.kernel.event import events_of
from shared.service import Link, Service

_SAID = (directory, diagnostic, decision, planning, procurement, communication)

service = Service(
    name="integration",
    title="Intégration",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    mirrors=[mirror],
    folds={
        cls: projections.keep_the_fact
        for module in _SAID
        for cls in events_of(module)
        if cls.stream is FACTS and not hasattr(cls, "upcast")
    },
    timers={"end-sandbox": commands.end_sandbox},
    cli=cli.group,
    programs=("/events", "/sandbox", "/schemas/", "/examples/", "/asyncapi.json"),
    links=[
        Link("Intégration", "/integration/acces", roles=(Role.ADMINISTRATOR,)),
    ],
)
