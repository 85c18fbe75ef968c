"""What communication says: the strategy, prints and proofs, the campaign."""

from services.communication import events as communication
from services.monitoring.projections.sentences.saying import COLON, because, sentence
from shared.web.formats import NBSP, day, number, plural

SUPPORTS = {
    "flyer": "flyers",
    "poster": "affiches",
    "banner": "banderoles",
    "programme": "programmes",
    "sign": "panneaux",
    "card": "cartes",
}


@sentence.register
def _strategy_adopted(e: communication.StrategyAdopted) -> str:
    again = f" (version {e.edition})" if e.edition > 1 else ""
    return (
        f"Stratégie de communication adoptée{again}{COLON} "
        f"{plural(len(e.channels), 'moyen')}, {plural(len(e.supports), 'support')}"
    )


@sentence.register
def _print_requested(e: communication.PrintRequested) -> str:
    return f"Impression demandée{COLON} {number(e.quantity)} × {e.title}"


@sentence.register
def _print_accepted(e: communication.PrintAccepted) -> str:
    return f"Impression acceptée, {number(e.hours)}{NBSP}h d’atelier"


@sentence.register
def _print_refused(e: communication.PrintRefused) -> str:
    return f"Impression refusée{because(e.why)}"


@sentence.register
def _print_scheduled(e: communication.PrintScheduled) -> str:
    where = "chez un imprimeur" if e.outside else f"semaine du {day(e.week, weekday=False)}"
    return f"Créneau réservé, {where}{COLON} prêt le {day(e.ready_by, weekday=False)}"


@sentence.register
def _print_unscheduled(e: communication.PrintUnscheduled) -> str:
    return f"Créneau libéré{because(e.why)}"


@sentence.register
def _print_goes_outside(e: communication.PrintPurchaseNeeded) -> str:
    return f"Impression à acheter à l’extérieur{COLON} {e.title}"


@sentence.register
def _proof_published(e: communication.ProofPublished) -> str:
    return f"Épreuve (BAT) n° {e.edition} à relire"


@sentence.register
def _proof_approved(e: communication.ProofApproved) -> str:
    return f"Épreuve (BAT) n° {e.edition} signée"


@sentence.register
def _print_delivered(e: communication.PrintDelivered) -> str:
    return f"Impression livrée{COLON} {plural(e.quantity, 'exemplaire')}"


@sentence.register
def _print_cancelled(e: communication.PrintCancelled) -> str:
    return f"Impression annulée{because(e.why)}"


@sentence.register
def _campaign_launched(e: communication.CampaignLaunched) -> str:
    missing = f", sans {plural(len(e.missing), 'support')}" if e.missing else ""
    return (
        f"Campagne lancée du {day(e.starts, weekday=False)} "
        f"au {day(e.ends, weekday=False)}{missing}"
    )


@sentence.register
def _distribution_reported(e: communication.DistributionReported) -> str:
    handed = f"{number(e.count)} {SUPPORTS.get(e.support, 'supports')}"
    return f"Distribué à {e.zone}{COLON} {handed}, reste {number(e.left)}"


@sentence.register
def _campaign_ended(e: communication.CampaignEnded) -> str:
    reach = f"{plural(e.reach, 'contact')} en tout"
    return f"Campagne terminée, {reach}{because(e.why)}"
