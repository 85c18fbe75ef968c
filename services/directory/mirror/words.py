"""Roles and kinds of organisations in French, as every page of the product says them."""

from services.directory.events import RelayKind, Role

ROLE_LABELS: dict[str, str] = {
    Role.RESIDENT: "Habitant·e",
    Role.MEMBER: "Membre du comité",
    Role.LEAD: "Référent·e du comité",
    Role.SECTOR_OFFICER: "Chef·fe de projet de secteur",
    Role.DPC_OFFICER: "Agent de la DPC-CAC",
    Role.PROCUREMENT_OFFICER: "Agent des achats",
    Role.DELEGATE: "Délégataire de signature",
    Role.FINANCE_CLERK: "Agent des finances",
    Role.ELU: "Élu·e référent·e",
    Role.DEPARTMENT_AGENT: "Agent d’un service",
    Role.PRINT_SERVICE: "Service communication",
    Role.ANNEXE_DESK: "Accueil de mairie annexe",
    Role.RELAY: "Relais de quartier",
    Role.AUDITOR: "Contrôle (lecture seule)",
    Role.ADMINISTRATOR: "Administration technique",
}

ROLE_TASKS: dict[str, str] = {
    Role.RESIDENT: "Dire un besoin, soutenir une idée, voter.",
    Role.MEMBER: "Recueillir des réponses, prendre des tâches, voter.",
    Role.LEAD: "Publier, adopter et certifier au nom du groupe.",
    Role.SECTOR_OFFICER: "Accompagner les comités du secteur et débloquer.",
    Role.DPC_OFFICER: "Suivre les comités, ouvrir les enveloppes, donner les rôles.",
    Role.PROCUREMENT_OFFICER: "Demander les devis, les comparer, les proposer.",
    Role.DELEGATE: "Valider les devis et signer les bons de commande.",
    Role.FINANCE_CLERK: "Numéroter les engagements, enregistrer factures et paiements.",
    Role.ELU: "Donner un avis, porter des besoins, relayer.",
    Role.DEPARTMENT_AGENT: "Répondre à ce qui est demandé au service.",
    Role.PRINT_SERVICE: "Planifier les impressions, publier les épreuves, livrer.",
    Role.ANNEXE_DESK: "Saisir les réponses et bulletins papier, remettre les cartes.",
    Role.RELAY: "Dire ce que votre structure peut apporter.",
    Role.AUDITOR: "Tout lire, sauf les votes secrets et les plis scellés.",
    Role.ADMINISTRATOR: "Tenir l’installation.",
}

KIND_LABELS: dict[str, str] = {
    RelayKind.ASSOCIATION: "Association",
    RelayKind.SCHOOL: "École, collège, lycée",
    RelayKind.SHOP: "Commerce",
    RelayKind.MARKET: "Marché",
    RelayKind.WORSHIP: "Lieu de culte",
    RelayKind.SPORT: "Club de sport",
    RelayKind.CULTURE: "Lieu de culture",
    RelayKind.HEALTH: "Santé",
    RelayKind.LANDLORD: "Bailleur",
    RelayKind.MEDIA: "Média",
    RelayKind.INSTITUTION: "Institution",
    RelayKind.TOWN_HALL: "Mairie annexe",
    RelayKind.COMPANY: "Entreprise",
    RelayKind.OTHER: "Autre",
}


def role_label(role: str) -> str:
    """The role as a page says it; the code itself when this build does not know it."""
    return ROLE_LABELS.get(role, role)
