"""Diagnostic: what it keeps, says and hears. Start here."""

from services.diagnostic import api, commands, events, gateways, pages, queries, rights, tables
from services.directory.events import Role
from services.directory.mirror import mirror
from shared.service import Link, Service

service = Service(
    name="diagnostic",
    title="Écoute",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[events.SurveyOpened, events.SurveyClosed, events.DiagnosticPublished],
    mirrors=[mirror],
    timers={"end-survey": commands.end_survey},
    gateways=gateways.gateways,
    links=[
        Link(
            "Écoute",
            "/diagnostic/",
            roles=(Role.MEMBER, Role.LEAD, Role.SECTOR_OFFICER),
        ),
        Link(
            "Saisie",
            "/diagnostic/saisie",
            roles=(Role.ANNEXE_DESK,),
            count=queries.paper_count,
            phone=1,
            first=True,
            icon="sheet",
        ),
    ],
)
