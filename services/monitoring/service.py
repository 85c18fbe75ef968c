"""Monitoring: what it hears and shows. It publishes nothing and owns no truth. Start here."""

from services.directory import events as directory
from services.directory.mirror import Role, mirror
from services.monitoring import api, commands, pages, projections, queries, rights, tables
from services.procurement import events as procurement
from shared.log.flow import FlowReported
from shared.service import Link, Service

service = Service(
    name="monitoring",
    title="Suivi",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    mirrors=[mirror],
    folds={
        directory.CommitteeCreated: projections.remember_the_fact,
        directory.CommitteeClosed: projections.remember_the_fact,
        directory.RoleGranted: projections.remember_the_fact,
        directory.RoleRevoked: projections.remember_the_fact,
        directory.DelegationGranted: projections.remember_the_fact,
        directory.DelegationRevoked: projections.remember_the_fact,
        directory.RelayListed: projections.remember_the_fact,
        directory.RelayUpdated: projections.remember_the_fact,
        procurement.EnvelopeOpened: projections.envelope_opened,
        procurement.BudgetOpened: projections.budget_opened,
        procurement.BudgetChanged: projections.budget_changed,
        procurement.BudgetShortfall: projections.budget_short,
        procurement.SupplierNamed: projections.remember_the_fact,
        procurement.PurchaseOpened: projections.purchase_opened,
        procurement.QuotesRequested: projections.something_happened,
        procurement.QuoteReceived: projections.quote_received,
        procurement.QuotesOpened: projections.something_happened,
        procurement.PurchaseStepPassed: projections.step_passed,
        procurement.QuoteValidated: projections.quote_validated,
        procurement.QuoteRefused: projections.something_happened,
        procurement.PurchaseOrderIssued: projections.order_issued,
        procurement.DeliveryCertified: projections.something_happened,
        procurement.InvoiceReceived: projections.something_happened,
        procurement.InvoicePaid: projections.something_happened,
        procurement.PurchaseCancelled: projections.something_happened,
        FlowReported: projections.flow_reported,
    },
    links=[
        Link(
            "La ville",
            "/monitoring/",
            roles=(Role.DPC_OFFICER, Role.SECTOR_OFFICER, Role.AUDITOR),
            count=queries.committees_behind,
            phone=True,
            first=True,
        ),
        Link(
            "Attentes",
            "/monitoring/attentes",
            roles=(Role.DPC_OFFICER, Role.SECTOR_OFFICER, Role.AUDITOR),
            phone=True,
            icon="tasks",
        ),
        Link("Flux", "/monitoring/flux", roles=(Role.DPC_OFFICER, Role.ADMINISTRATOR)),
    ],
)
