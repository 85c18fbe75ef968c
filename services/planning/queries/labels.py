"""The words of this service in French, for its pages, its refusals and its papers."""

from services.planning.events import RelayAnswer, SupplyKind, Support, WhyMoved
from services.planning.model import INSTALLATION as INSTALLATION
from services.planning.model import Doer, NeedKind, NeedState, PlanState, TaskState

PLAN_STATES = {
    PlanState.DRAFT: "À adopter",
    PlanState.ADOPTED: "En préparation",
    PlanState.HELD: "Journée tenue, bilan à faire",
    PlanState.REVIEWED: "Bilan fait, à clore",
    PlanState.CLOSED: "Close",
    PlanState.CANCELLED: "Annulée",
}
TASK_STATES = {
    TaskState.TODO: "À faire",
    TaskState.BLOCKED: "Bloquée",
    TaskState.DONE: "Faite",
}
DOERS = {
    Doer.VOLUNTEERS: "Le comité, le week-end aussi",
    Doer.OFFICE: "Un service ou un fournisseur, en jours ouvrés",
}
NEED_KINDS = {
    NeedKind.SUPPLIER: "Achat",
    NeedKind.PRINT: "Impression",
    NeedKind.SERVICE: "Service de la Ville",
    NeedKind.RELAY: "Relais",
}
NEED_STATES = {
    NeedState.ASKED: "Réponse attendue",
    NeedState.ACCEPTED: "Accepté",
    NeedState.DECLINED: "Refusé",
    NeedState.ANSWERED: "Répondu autrement",
    NeedState.WITHDRAWN: "Retiré",
}
RELAY_ANSWERS = {
    RelayAnswer.YES: "Oui",
    RelayAnswer.NO: "Non",
    RelayAnswer.LATER: "Plus tard",
    RelayAnswer.OTHER: "Autre chose",
}
SUPPLIES = {
    SupplyKind.EQUIPMENT: "Matériel",
    SupplyKind.HIRE: "Location",
    SupplyKind.FOOD: "Repas, goûter",
    SupplyKind.PERFORMANCE: "Spectacle, animation",
    SupplyKind.TRANSPORT: "Transport",
    SupplyKind.SECURITY: "Sécurité",
    SupplyKind.OTHER: "Autre",
}
SUPPORTS = {
    Support.FLYER: "Flyer",
    Support.POSTER: "Affiche",
    Support.BANNER: "Banderole",
    Support.PROGRAMME: "Programme",
    Support.SIGN: "Panneau",
    Support.CARD: "Carte",
    Support.OTHER: "Autre",
}
WHYS = {
    WhyMoved.COMMITTEE: "Le comité le décide",
    WhyMoved.CYCLONE: "Alerte cyclonique",
    WhyMoved.WEATHER: "Fortes pluies, météo",
    WhyMoved.PLACE: "Le lieu n’est pas libre",
    WhyMoved.OTHER: "Autre motif",
}
PRIORITIES = {1: "Indispensable", 2: "Important", 3: "Un plus"}
PURCHASE_STEPS = {
    "request-quotes": "à vérifier, puis devis à demander",
    "complete-need": "une précision est demandée au comité",
    "open-quotes": "devis attendus des fournisseurs",
    "check": "devis à contrôler",
    "validate": "devis à valider",
    "commit": "engagement à enregistrer",
    "sign-order": "commande à signer",
    "certify": "livraison à certifier",
    "pay": "facture à payer",
}
PRINT_STEPS = {
    "": "à compléter à la communication",
    "requested": "demande à examiner",
    "accepted": "créneau à trouver",
    "scheduled": "créneau réservé",
    "outside": "imprimé à l’extérieur",
    "proof": "épreuve à signer par le comité",
    "approved": "bon à tirer signé",
    "delivered": "livrée",
    "refused": "refusée",
    "cancelled": "annulée",
}
ROLE_NAMES = {
    "member": "le comité",
    "lead": "la personne référente",
    "dpc_officer": "la DPC-CAC",
    "procurement_officer": "le service achats",
    "delegate": "une personne délégataire",
    "finance_clerk": "le service des finances",
    "system": "la date de clôture des devis",
}
