"""Procurement: what it keeps, says and hears. Start here."""

from services.directory.events import Role
from services.directory.mirror import mirror
from services.procurement import api, commands, events, gateways, pages, queries, rights, tables
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
        events.DeliveryCertified,
        events.InvoiceReceived,
        events.InvoicePaid,
        events.PurchaseCancelled,
    ],
    mirrors=[mirror],
    timers={"close-quotes": commands.close_the_request},
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
            phone=True,
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
            phone=True,
            icon="sheet",
        ),
        Link(
            "Livraisons",
            "/procurement/livraisons",
            roles=(Role.MEMBER, Role.LEAD),
            count=queries.deliveries_count,
            phone=True,
            icon="box",
        ),
        Link("Achats", "/procurement/", roles=(Role.DPC_OFFICER, Role.AUDITOR)),
        Link("Commandes", "/procurement/commandes", roles=(Role.FINANCE_CLERK, Role.AUDITOR)),
        Link("Fournisseurs", "/procurement/fournisseurs", roles=(Role.PROCUREMENT_OFFICER,)),
        Link("Budgets", "/procurement/lignes", roles=_DESK),
        Link("Règles", "/procurement/regles", roles=(Role.PROCUREMENT_OFFICER, Role.DELEGATE)),
    ],
)
