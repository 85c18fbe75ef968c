"""What is bought in the demonstration: suppliers, lines of budget, purchases and how far they go."""

from dataclasses import dataclass

from services.procurement.events import Category, NeedKind

STEPS = (
    "needed",
    "question",
    "quoting",
    "opened",
    "compared",
    "checked",
    "more",
    "validated",
    "committed",
    "ordered",
    "partly",
    "delivered",
    "invoiced",
    "paid",
)
"""How far a purchase of the demonstration is taken."""

SUPPLIERS = {
    "Démo Sono & Lumière": "73282932000074",
    "Exemple Événements": "35600000009075",
    "Exemple Événements, dépôt": "35600000000048",
}
MADE_UP = (
    "Fictif Location",
    "Traiteur Fictif",
    "Pépinière Essai",
    "Démo Recyclage",
    "Couleurs Exemple",
    "Sport Démo",
    "Imprimerie Témoin",
    "Autocars Factices",
)

LINES = (
    (3, "Goûter des aînés", "1500.00"),
    (5, "Bibliothèque de rue", "1200.00"),
    (6, "Fête de la musique", "6500.00"),
    (8, "Rond kozé", "2200.00"),
    (11, "Jardin partagé", "1847.50"),
    (14, "Cinéma en plein air", "2800.00"),
    (17, "Kabar lakour", "3200.00"),
    (22, "Fresque", "3000.00"),
    (26, "Vide-grenier", "2500.00"),
    (29, "Fête de quartier", "3712.00"),
    (36, "Nettoyage de ravine", "3000.00"),
    (41, "Tournoi", "9000.00"),
)
"""Committee, action, amount asked; the last is more than an envelope holds."""


@dataclass(frozen=True)
class Bought:
    """One purchase to walk as far as ``until``; prices are excluding tax, the first is chosen."""

    committee: int
    title: str
    family: str
    kind: NeedKind
    days: int
    until: str
    suppliers: tuple[str, ...]
    prices: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]
    estimate: str | None = None
    category: Category = Category.SERVICES


_S, _E, _F = "Démo Sono & Lumière", "Exemple Événements", "Fictif Location"
_SOUND = (_S, _E, _F)
_TENT = (("Chapiteau 5 × 8 m", "1", "jour"),)

PURCHASES = (
    Bought(6, "Sonorisation du soir", "sonorisation", NeedKind.HIRE, 30, "paid", _SOUND,
           ("900.00", "1020.00"), (("Sonorisation", "1", "jour"),), "1000.00"),
    Bought(14, "Écran et sonorisation", "sonorisation", NeedKind.HIRE, 34, "delivered", _SOUND,
           ("1100.00", "1150.00", "1400.00"), (("Écran gonflable", "1", "soir"),), "1300.00"),
    Bought(8, "Micros", "sonorisation", NeedKind.HIRE, 40, "ordered", _SOUND,
           ("310.00", "330.00"), (("Micros sans fil", "4", "pièce"),), "400.00"),
    Bought(17, "Sonorisation et scène", "sonorisation", NeedKind.HIRE, 20, "checked", _SOUND,
           ("1820.00", "1760.00", "2140.00"), (("Sonorisation et scène", "1", "jour"),), "2000.00"),
    Bought(3, "Collations", "repas", NeedKind.FOOD, 8, "checked", ("Traiteur Fictif", _E, _F),
           ("448.39",), (("Collation", "60", "personne"),), "500.00"),
    Bought(29, "Chapiteau 5 × 8 m", "location", NeedKind.HIRE, 22, "checked", (_E, _F, _S),
           ("1200.00", "1260.00", "1310.00"), _TENT, "1300.00"),
    Bought(11, "Terreau, plants, outils", "jardin", NeedKind.EQUIPMENT, 24, "compared",
           ("Pépinière Essai", _E, _F), ("684.00", "742.00"),
           (("Terreau", "20", "sac"), ("Plants", "120", "pièce")), "700.00", Category.SUPPLIES),
    Bought(36, "Bennes et gants", "propreté", NeedKind.HIRE, 25, "compared",
           ("Démo Recyclage", _F, _E), ("846.08", "910.00", "990.00"),
           (("Benne", "2", "jour"), ("Gants", "50", "paire")), "1000.00"),
    Bought(22, "Peinture et nacelle", "peinture", NeedKind.EQUIPMENT, 60, "validated",
           ("Couleurs Exemple", _F, _E), ("2400.00", "2550.00"),
           (("Peinture", "40", "litre"), ("Nacelle", "2", "jour")), "2500.00", Category.SUPPLIES),
    Bought(41, "Maillots et coupes", "sport", NeedKind.EQUIPMENT, 66, "committed",
           ("Sport Démo", _E, _F), ("603.87", "640.00", "700.00"),
           (("Maillots", "30", "pièce"), ("Coupes", "6", "pièce")), "700.00", Category.SUPPLIES),
    Bought(26, "Location de tables", "location", NeedKind.HIRE, 70, "more", (_F, _E, _S),
           ("400.00", "420.00"), (("Tables", "40", "pièce"),), "450.00"),
    Bought(6, "Estrade", "location", NeedKind.HIRE, 26, "partly", (_F, _E, _S),
           ("1500.00", "1620.00"), (("Estrade", "2", "jour"),), "1700.00"),
    Bought(29, "Agents de sécurité", "sécurité", NeedKind.SECURITY, 28, "invoiced", (_E, _F, _S),
           ("780.00", "800.00"), (("Agent", "2", "soir"),), "900.00"),
    Bought(5, "Tapis et coussins", "mobilier", NeedKind.EQUIPMENT, 50, "quoting",
           (_F, _E, "Sport Démo"), ("300.00", "310.00"),
           (("Tapis", "4", "pièce"), ("Coussins", "20", "pièce")), "400.00", Category.SUPPLIES),
    Bought(14, "Affiches du cinéma", "impression", NeedKind.PRINT, 45, "opened",
           ("Imprimerie Témoin", "Couleurs Exemple", _E), ("210.00", "240.00"),
           (("Affiches A3 en couleur", "150", "pièce"),), "300.00", Category.SUPPLIES),
    Bought(17, "Navette des aînés", "transport", NeedKind.TRANSPORT, 55, "question",
           (), (), (("Navette", "1", "jour"),), "350.00"),
    Bought(11, "Bacs de plantation", "jardin", NeedKind.EQUIPMENT, 80, "needed",
           (), (), (("Bac en bois", "6", "pièce"),), "600.00", Category.SUPPLIES),
    Bought(17, "Repas des bénévoles", "repas", NeedKind.FOOD, 12, "needed",
           (), (), (("Repas", "25", "personne"),), "300.00"),
)  # fmt: skip
