"""A purchase from its delivery to its end: invoices, payment, settling, or cancelling."""

from datetime import date, timedelta
from uuid import UUID

from services.procurement.events import (
    InvoicePaid,
    InvoiceReceived,
    PurchaseCancelled,
    Step,
)
from services.procurement.model.decider import Decider
from services.procurement.model.money import ZERO, in_euros
from services.procurement.model.ordering import Ordering
from services.procurement.model.papers import (
    Invoice,
)
from services.procurement.model.refusals import (
    InvoiceNotAccepted,
    InvoicesOpen,
    NotCertified,
    positive,
)
from services.procurement.model.steps import State


class Purchase(Ordering):
    """The whole life of a purchase; money is moved on the budget line by the commands."""

    def receive_invoice(self, decider: Decider, invoice: Invoice, days: int) -> None:
        """Record an invoice; refuses another supplier's, a double, or more than the order."""
        self.passage(Step.INVOICE, decider)
        positive(invoice.amount_incl_tax, "amount_incl_tax")
        expected = self.order.totals.incl_tax
        billed = sum((i.amount_incl_tax for i in self.invoices), ZERO)
        if invoice.siret[:9] != self.order.siren:
            raise _unaccepted("Le SIRET de la facture n’est pas celui du fournisseur commandé.")
        if any(i.number == invoice.number for i in self.invoices):
            raise _unaccepted("Cette facture est déjà enregistrée.")
        if billed + invoice.amount_incl_tax > expected:
            raise _unaccepted(
                f"Les factures dépasseraient la commande de {in_euros(expected)} TTC : "
                f"reste {in_euros(expected - billed)}."
            )
        self.invoices.append(invoice)
        self.take(Step.INVOICE, decider)
        self.record_fact(
            InvoiceReceived,
            invoice_id=invoice.id,
            number=invoice.number,
            received_on=invoice.received_on,
            amount_incl_tax=invoice.amount_incl_tax,
            due=self.payment_due(invoice, days),
        )

    def payment_due(self, invoice: Invoice, days: int) -> date | None:
        """``days`` after the later of receipt and service; None before the service is seen."""
        if not self.deliveries:
            return None
        done = max(delivery.delivered_on for delivery in self.deliveries)
        return max(invoice.received_on, done) + timedelta(days)

    def pay(self, decider: Decider, invoice_id: UUID, on: date) -> Invoice:
        """Record the accountant's payment; refuses beyond what was certified."""
        self.passage(Step.PAY, decider)
        invoice = next((i for i in self.invoices if i.id == invoice_id), None)
        if invoice is None or invoice.paid_on:
            raise _unaccepted("Cette facture n’existe pas ici, ou elle est déjà payée.")
        if self.paid + invoice.amount_incl_tax > self.certified:
            raise NotCertified(
                "Cette facture dépasse ce qui a été livré et certifié.",
                rule="Pas de paiement avant service fait.",
                missing=f"Certifié et non payé : {in_euros(self.certified - self.paid)}.",
                unblocks="Le référent ou un membre du comité présent certifie la livraison.",
                role="lead",
            )
        invoice.paid_on = on
        self.take(Step.PAY, decider)
        self.record_fact(
            InvoicePaid,
            invoice_id=invoice.id,
            paid_on=on,
            amount_incl_tax=invoice.amount_incl_tax,
        )
        return invoice

    @property
    def all_paid(self) -> bool:
        """Delivered, and everything that was certified is paid."""
        return self.state is State.DELIVERED and self.paid == self.certified

    def settle(self, decider: Decider) -> None:
        """Close the file; refuses while an invoice waits."""
        self.passage(Step.SETTLE, decider)
        if any(invoice.paid_on is None for invoice in self.invoices):
            raise InvoicesOpen(
                "Une facture attend encore son paiement.",
                rule="Un dossier se solde quand ses factures sont payées.",
                missing="Le paiement d’une facture.",
                unblocks="Le service des finances.",
            )
        self.take(Step.SETTLE, decider)

    def cancel(self, decider: Decider, reason: str) -> None:
        """Stop everything, with a reason; what was held is given back, always."""
        self.take(Step.CANCEL, decider, reason)
        self.record_fact(PurchaseCancelled, why=reason.strip())


def _unaccepted(text: str) -> InvoiceNotAccepted:
    return InvoiceNotAccepted(
        text,
        rule="Une facture porte sur une commande de la Ville, une seule fois.",
        missing="Une facture qui correspond à la commande.",
        unblocks="Le service des finances la rend au fournisseur.",
    )
