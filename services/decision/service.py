"""Decision: what it keeps, says and hears. Start here."""

from services.decision import (
    api,
    commands,
    events,
    gateways,
    pages,
    policies,
    queries,
    rights,
    tables,
)
from services.diagnostic import events as diagnostic
from services.directory.events import Role
from services.directory.mirror import mirror
from shared.service import Link, Service

service = Service(
    name="decision",
    title="Choix",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[
        events.IdeasOpened,
        events.AdviceAsked,
        events.ConditionDeclared,
        events.AdviceGiven,
        events.CharterAdopted,
        events.VoteOpened,
        events.VoteClosed,
        events.ActionChosen,
        events.ChoiceAnnulled,
    ],
    mirrors=[mirror],
    reacts={diagnostic.DiagnosticPublished: policies.gather_ideas},
    timers={
        "end-ideas": commands.end_ideas,
        "remind-advice": commands.remind_advice,
        "advice-overdue": commands.advice_overdue,
        "begin-vote": commands.begin_vote,
        "end-vote": commands.end_vote,
        "write-minutes": commands.write_minutes,
    },
    gateways=gateways.gateways,
    links=[
        Link(
            "Voter",
            "/decision/",
            roles=(Role.MEMBER, Role.LEAD),
            count=queries.votes_count,
            phone=2,
            icon="box",
        ),
        Link("Choix", "/decision/", roles=(Role.SECTOR_OFFICER,)),
        Link(
            "Avis demandés",
            "/decision/avis",
            roles=(Role.ELU, Role.DEPARTMENT_AGENT),
            count=queries.advices_count,
            phone=1,
            icon="talk",
        ),
        Link("Cartes", "/decision/cartes", roles=(Role.ANNEXE_DESK,), phone=1, icon="people"),
    ],
)
