"""Communication: what it keeps, says and hears. Start here."""

from services.communication import api, commands, events, pages, policies, queries, rights, tables
from services.decision import events as decision
from services.directory.events import Role
from services.directory.mirror import mirror
from services.planning import events as planning
from services.procurement import events as procurement
from shared.service import Link, Service

service = Service(
    name="communication",
    title="Communication",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[
        events.StrategyAdopted,
        events.PrintRequested,
        events.PrintAccepted,
        events.PrintRefused,
        events.PrintScheduled,
        events.PrintUnscheduled,
        events.PrintPurchaseNeeded,
        events.ProofPublished,
        events.ProofApproved,
        events.PrintDelivered,
        events.PrintCancelled,
        events.CampaignLaunched,
        events.DistributionReported,
        events.CampaignEnded,
    ],
    mirrors=[mirror],
    reacts={
        decision.ActionChosen: policies.draft_the_campaign,
        decision.ChoiceAnnulled: policies.free_what_is_annulled,
        planning.PlanAdopted: policies.count_back,
        planning.ActionDayMoved: policies.count_back_again,
        planning.ActionCancelled: policies.free_what_is_cancelled,
        planning.ActionHeld: policies.end_the_campaign,
        planning.PrintNeeded: policies.open_the_print,
        planning.NeedChanged: policies.move_the_print,
        planning.NeedWithdrawn: policies.withdraw_the_print,
        procurement.QuoteValidated: policies.book_the_slot,
        procurement.QuoteRefused: policies.find_another_way,
        procurement.PurchaseCancelled: policies.find_another_way,
        procurement.DeliveryCertified: policies.receive_from_outside,
    },
    links=[
        Link("Communication", "/communication/", roles=(Role.MEMBER, Role.LEAD)),
        Link(
            "Plan d’impression",
            "/communication/plan",
            roles=(Role.PRINT_SERVICE,),
            first=True,
            phone=1,
            icon="print",
        ),
        Link(
            "Demandes",
            "/communication/demandes",
            roles=(Role.PRINT_SERVICE,),
            count=queries.inbox_count,
            phone=1,
            icon="tasks",
        ),
    ],
)
