"""What procurement says."""

from services.monitoring.projections.sentences.saying import COLON, because, sentence
from services.procurement import events as procurement
from services.procurement.events import BudgetMove, Step
from shared.web.formats import day, euros, plural

PASSED = {
    Step.OPEN: "Besoin reçu",
    Step.ASK_ABOUT_NEED: "Précision demandée sur le besoin",
    Step.COMPLETE_NEED: "Besoin complété",
    Step.REQUEST_QUOTES: "Demande de devis",
    Step.RECEIVE: "Réception d’un devis",
    Step.OPEN_QUOTES: "Ouverture des devis",
    Step.AMEND: "Dossier modifié",
    Step.CHECK: "Devis contrôlés",
    Step.CONFIRM: "Devis confirmé par le fournisseur",
    Step.ASK_MORE: "Complément demandé",
    Step.VALIDATE: "Validation du devis",
    Step.REFUSE: "Refus du dossier",
    Step.COMMIT: "Engagement enregistré",
    Step.CONTRACT: "Contrat écrit déposé",
    Step.SIGN_ORDER: "Signature de la commande",
    Step.CERTIFY_PART: "Livraison partielle certifiée",
    Step.CERTIFY: "Livraison certifiée",
    Step.STOP: "Reste de la commande abandonné",
    Step.INVOICE: "Enregistrement d’une facture",
    Step.PAY: "Enregistrement d’un paiement",
    Step.SETTLE: "Dossier soldé",
    Step.CANCEL: "Annulation de l’achat",
    Step.RESCHEDULE: "Date voulue changée",
    Step.AMEND_ORDER: "Commande modifiée avec le fournisseur",
}

MOVED = {
    BudgetMove.VOTE: "Crédits ajoutés à la ligne",
    BudgetMove.TRANSFER: "Virement",
    BudgetMove.RESERVE: "Réservé",
    BudgetMove.COMMIT: "Engagé",
    BudgetMove.RELEASE: "Libéré",
    BudgetMove.SPEND: "Payé",
    BudgetMove.MOVE: "Passé à une autre année",
    BudgetMove.CARRY: "Reporté sur l’année suivante",
}


@sentence.register
def _envelope_opened(e: procurement.EnvelopeOpened) -> str:
    return f"Enveloppe {e.year} ouverte{COLON} {euros(e.amount)}"


@sentence.register
def _envelope_changed(e: procurement.EnvelopeChanged) -> str:
    return f"Enveloppe {e.year}{COLON} {euros(e.amount)}. {e.why}"


@sentence.register
def _budget_opened(e: procurement.BudgetOpened) -> str:
    return f"Ligne ouverte{COLON} {e.title}, {euros(e.balances.voted)}"


@sentence.register
def _budget_changed(e: procurement.BudgetChanged) -> str:
    left = euros(e.balances.available)
    return f"{MOVED[e.move]}{COLON} {euros(e.amount)}, reste {left} disponible"


@sentence.register
def _budget_shortfall(e: procurement.BudgetShortfall) -> str:
    return f"Enveloppe insuffisante{COLON} {euros(e.asked)} demandés, {euros(e.granted)} accordés"


@sentence.register
def _supplier_named(e: procurement.SupplierNamed) -> str:
    return f"Fournisseur inscrit{COLON} {e.name}"


@sentence.register
def _purchase_opened(e: procurement.PurchaseOpened) -> str:
    return f"Achat ouvert{COLON} {e.title}"


@sentence.register
def _quotes_requested(e: procurement.QuotesRequested) -> str:
    return f"Devis demandés à {plural(e.count, 'fournisseur')}"


@sentence.register
def _quote_received(e: procurement.QuoteReceived) -> str:
    late = ", après la clôture" if e.late else ""
    return f"Devis reçu sous pli{late}{COLON} {e.count} en tout"


@sentence.register
def _quotes_opened(e: procurement.QuotesOpened) -> str:
    return f"Plis ouverts{COLON} {plural(len(e.quotes), 'devis', 'devis')}"


@sentence.register
def _step_passed(e: procurement.PurchaseStepPassed) -> str:
    return f"{PASSED[e.step]}{because(e.reason)}"


@sentence.register
def _quote_validated(e: procurement.QuoteValidated) -> str:
    return f"Devis validé{COLON} {e.supplier}, {euros(e.amount_incl_tax)}"


@sentence.register
def _quote_refused(e: procurement.QuoteRefused) -> str:
    return f"Dossier refusé{COLON} {e.why}"


@sentence.register
def _order_issued(e: procurement.PurchaseOrderIssued) -> str:
    return f"Bon de commande {e.number} émis{COLON} {euros(e.amount_incl_tax)}"


@sentence.register
def _order_amended(e: procurement.PurchaseOrderAmended) -> str:
    until = day(e.needed_by, weekday=False)
    return f"Bon de commande {e.number}, voulu pour le {until}{COLON} {e.why}"


@sentence.register
def _delivery_certified(e: procurement.DeliveryCertified) -> str:
    what = "Livraison complète vue" if e.total else "Livraison partielle vue"
    reserves = f", avec réserves{COLON} {e.reserves}" if e.reserves else ""
    return f"{what} le {day(e.delivered_on, weekday=False)}{reserves}"


@sentence.register
def _invoice_received(e: procurement.InvoiceReceived) -> str:
    return f"Facture {e.number} reçue{COLON} {euros(e.amount_incl_tax)}"


@sentence.register
def _invoice_paid(e: procurement.InvoicePaid) -> str:
    return f"Facture payée{COLON} {euros(e.amount_incl_tax)}"


@sentence.register
def _purchase_cancelled(e: procurement.PurchaseCancelled) -> str:
    return f"Achat annulé{COLON} {e.why}"
