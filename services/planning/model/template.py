"""The tasks that every action begins with, counted back from its day (guide, sheets 3 to 5)."""

from dataclasses import dataclass

from services.planning.model.words import Doer

DAY, REVIEW = "day", "review"
"""Tasks that the day itself and the bilan finish."""


@dataclass(frozen=True)
class Model:
    """A task of the template: its offset in months and days, who does it, how much it weighs."""

    key: str
    title: str
    months: int
    days: int
    doer: Doer
    priority: int = 2
    milestone: bool = False


_US, _OFFICE = Doer.VOLUNTEERS, Doer.OFFICE

TEMPLATE = (
    Model("resources", "Chercher sur quoi s’appuyer : lieux, photos, savoir-faire", 2, 21, _US, 3),
    Model("roles", "Se répartir les rôles selon ce que chacun sait et peut faire", 2, 14, _US, 1),
    Model(
        "needs", "Transmettre les besoins à la Ville et aux prestataires", 2, 0, _OFFICE, 1, True
    ),
    Model("relays", "Appeler les relais du quartier et leur proposer un rôle", 2, 0, _US),
    Model("together", "Faire le point ensemble, autour d’un repas", 1, 7, _US, 3),
    Model("spread", "Commencer la distribution et l’affichage", 1, 0, _OFFICE, 1, True),
    Model("secured", "Vérifier que chaque besoin est assuré", 0, 10, _OFFICE, 1),
    Model("sheet", "Écrire la fiche de la journée : déroulé et postes", 0, 7, _US),
    Model("neighbours", "Prévenir les voisins, de porte en porte", 0, 4, _US),
    Model("install", "Recevoir le matériel et préparer le lieu", 0, 1, _OFFICE, 1),
    Model(DAY, "Tenir la journée", 0, 0, _US, 1, True),
    Model("thanks", "Remercier les bénévoles et les relais", 0, -5, _US),
    Model(REVIEW, "Se réunir pour le bilan", 0, -14, _US, 1, True),
)

INSTALLATION = (
    "Le lieu est ouvert et propre",
    "Le matériel livré est au complet et fonctionne",
    "Les accès des secours sont libres",
    "Les branchements sont protégés de la pluie",
    "Un poste de premiers secours est prêt",
    "Chaque poste a sa personne",
)
"""What is looked at before the public comes in."""
