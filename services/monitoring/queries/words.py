"""Steps, services and qualities in French, as the pages of monitoring say them."""

from services.directory.mirror import Role, role_label

STEPS = {
    "ask-about-need": "Préciser le besoin",
    "complete-need": "Compléter le besoin",
    "request-quotes": "Demander les devis",
    "receive-quote": "Recevoir les devis",
    "open-quotes": "Ouvrir les devis",
    "check": "Contrôler les devis",
    "ask-more": "Compléter le dossier",
    "validate": "Valider le devis",
    "commit": "Engager la dépense",
    "sign-order": "Signer la commande",
    "certify-part": "Certifier la livraison",
    "certify": "Certifier la livraison",
    "invoice": "Enregistrer la facture",
    "pay": "Payer la facture",
    "settle": "Solder le dossier",
}

PATH = (
    "complete-need",
    "request-quotes",
    "open-quotes",
    "check",
    "validate",
    "commit",
    "sign-order",
    "certify",
    "pay",
)
"""The steps of a purchase in their order, as the small blocks of the board draw them."""

SHORT = dict(
    zip(
        PATH,
        (
            "Besoin",
            "Devis",
            "Ouverture",
            "Contrôle",
            "Validation",
            "Engagement",
            "Signature",
            "Livraison",
            "Paiement",
        ),
        strict=True,
    )
)
"""The same in one word, where a row must stay one line."""

SAME_PLACE = {
    "ask-about-need": "complete-need",
    "receive-quote": "open-quotes",
    "ask-more": "check",
    "certify-part": "certify",
    "invoice": "pay",
    "settle": "pay",
}

ENDS = {"settle": "Soldé", "refuse": "Refusé", "cancel": "Annulé"}

SYSTEM = "system"

AWAITED = {
    SYSTEM: "L’heure de clôture",
    Role.PROCUREMENT_OFFICER: "Achats",
    Role.FINANCE_CLERK: "Finances",
    Role.DELEGATE: "Délégataire",
    Role.DPC_OFFICER: "DPC-CAC",
    Role.MEMBER: "Comité",
    Role.LEAD: "Référent·e",
}

SERVICES = {
    "directory": "Annuaire",
    "diagnostic": "Diagnostic",
    "decision": "Décision",
    "planning": "Planification",
    "procurement": "Achats",
    "communication": "Communication",
    "integration": "Échanges",
    "monitoring": "Suivi",
}
"""The lanes of a thread, in the order in which an action goes through them."""

REPORTING = tuple(SERVICES)
"""The services whose silence is shown even when they never said a word."""


def step_name(step: str | None) -> str | None:
    """What is to be done, in the infinitive; the code itself when this build does not know it."""
    return None if step is None else STEPS.get(step, step)


def place_of(step: str | None) -> int | None:
    """The place of a step on the path, from 1; None when it has none."""
    step = SAME_PLACE.get(step or "", step)
    return PATH.index(step) + 1 if step in PATH else None


def step_word(step: str | None) -> str | None:
    """The step in one word."""
    return SHORT.get(SAME_PLACE.get(step or "", step or ""), step_name(step))


def awaited_name(role: str | None) -> str | None:
    """Who is awaited: a role, or the hour that a timer waits for."""
    return None if role is None else AWAITED.get(role) or role_label(role)


def service_name(service: str) -> str:
    """The lane of a service."""
    return SERVICES.get(service, service)
