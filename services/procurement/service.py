"""Procurement: what it keeps, says and hears. Start here."""

from services.communication import events as communication
from services.decision import events as decision
from services.directory.events import Role
from services.directory.mirror import mirror
from services.planning import events as planning
from services.procurement import (
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
from shared.service import Link, Service

_DESK = (Role.PROCUREMENT_OFFICER, Role.DPC_OFFICER, Role.FINANCE_CLERK, Role.AUDITOR)

service = Service(
    name="procurement",
    title="Achats",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[
        events.EnvelopeOpened,
        events.EnvelopeChanged,
        events.BudgetOpened,
        events.BudgetChanged,
        events.BudgetShortfall,
        events.SupplierNamed,
        events.PurchaseOpened,
        events.QuotesRequested,
        events.QuoteReceived,
        events.QuotesOpened,
        events.PurchaseStepPassed,
        events.QuoteValidated,
        events.QuoteRefused,
        events.PurchaseOrderIssued,
        events.PurchaseOrderAmended,
        events.DeliveryCertified,
        events.InvoiceReceived,
        events.InvoicePaid,
        events.PurchaseCancelled,
    ],
    mirrors=[mirror],
    reacts={
        decision.ActionChosen: policies.open_the_line,
        decision.ChoiceAnnulled: policies.free_the_action,
        planning.PlanAdopted: policies.follow_the_plan,
        planning.ActionDayMoved: policies.follow_the_move,
        planning.ActionCancelled: policies.free_the_action,
        planning.ActionClosed: policies.give_back_the_rest,
        planning.SupplierNeeded: policies.open_a_purchase,
        planning.NeedChanged: policies.follow_the_need,
        planning.NeedWithdrawn: policies.drop_the_need,
        communication.PrintPurchaseNeeded: policies.open_a_print_purchase,
        communication.PrintCancelled: policies.drop_the_need,
    },
    timers={
        "close-quotes": commands.close_the_request,
        "open-awaited-line": commands.open_awaited_line,
    },
    gateways=gateways.gateways,
    links=[
        Link(
            "À approuver",
            "/procurement/a-approuver",
            roles=(Role.PROCUREMENT_OFFICER,),
            count=queries.awaiting_count,
            first=True,
            icon="tasks",
        ),
        Link(
            "À signer",
            "/procurement/a-approuver",
            roles=(Role.DELEGATE,),
            count=queries.awaiting_count,
            first=True,
            phone=1,
            icon="tasks",
        ),
        Link(
            "À numéroter",
            "/procurement/a-numeroter",
            roles=(Role.FINANCE_CLERK,),
            count=queries.to_number_count,
            first=True,
        ),
        Link(
            "Consultations",
            "/procurement/consultations",
            roles=(Role.PROCUREMENT_OFFICER,),
            count=queries.consultations_count,
        ),
        Link(
            "Factures",
            "/procurement/factures",
            roles=(Role.FINANCE_CLERK,),
            count=queries.invoices_count,
        ),
        Link(
            "Besoins",
            "/procurement/besoins",
            roles=(Role.MEMBER, Role.LEAD),
            count=queries.deliveries_count,
            icon="sheet",
        ),
        Link("Achats", "/procurement/", roles=(Role.DPC_OFFICER, Role.AUDITOR)),
        Link("Commandes", "/procurement/commandes", roles=(Role.FINANCE_CLERK, Role.AUDITOR)),
        Link("Fournisseurs", "/procurement/fournisseurs", roles=(Role.PROCUREMENT_OFFICER,)),
        Link("Budgets", "/procurement/lignes", roles=_DESK),
        Link("Règles", "/procurement/regles", roles=(Role.PROCUREMENT_OFFICER, Role.DELEGATE)),
    ],
)
