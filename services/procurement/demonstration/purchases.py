"""What is bought in the demonstration: suppliers, purchases and how far each of them goes."""

from dataclasses import dataclass

from services.procurement.events import Category, NeedKind

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


@dataclass(frozen=True)
class Bought:
    """One purchase to walk as far as ``until``; prices are excluding tax, the first is chosen.

    ``days`` from the day of the demonstration is it needed by; ``linked`` says which supplier, by
    its place, answers by its own link.
    """

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
    linked: int | None = None


_S, _E, _F = "Démo Sono & Lumière", "Exemple Événements", "Fictif Location"
_SOUND = (_S, _E, _F)
_TENT = (("Chapiteau 5 × 8 m", "1", "jour"),)

PURCHASES = (
    Bought(6, "Sonorisation du soir", "sonorisation", NeedKind.HIRE, -13, "paid", _SOUND,
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
    Bought(6, "Estrade", "location", NeedKind.HIRE, -13, "partly", (_F, _E, _S),
           ("1500.00", "1620.00"), (("Estrade", "2", "jour"),), "1700.00"),
    Bought(29, "Agents de sécurité", "sécurité", NeedKind.SECURITY, 28, "invoiced", (_E, _F, _S),
           ("780.00", "800.00"), (("Agent", "2", "soir"),), "900.00"),
    Bought(5, "Tapis et coussins", "mobilier", NeedKind.EQUIPMENT, 50, "quoting",
           (_F, _E, "Sport Démo"), ("300.00", "310.00"),
           (("Tapis", "4", "pièce"), ("Coussins", "20", "pièce")), "400.00", Category.SUPPLIES,
           linked=1),
    Bought(12, "Sonorisation de la fête", "sonorisation", NeedKind.HIRE, 47, "opened",
           (_E, _F, _S), ("900.00", "940.00"),
           (("Sonorisation", "1", "jour"), ("Micros", "2", "pièce")), "1000.00", linked=0),
    Bought(17, "Navette des aînés", "transport", NeedKind.TRANSPORT, 55, "question",
           (), (), (("Navette", "1", "jour"),), "350.00"),
    Bought(11, "Bacs de plantation", "jardin", NeedKind.EQUIPMENT, 60, "needed",
           (), (), (("Bac en bois", "6", "pièce"),), "600.00", Category.SUPPLIES),
    Bought(17, "Repas des bénévoles", "repas", NeedKind.FOOD, 12, "needed",
           (), (), (("Repas", "25", "personne"),), "300.00"),
    Bought(31, "Restauration des bénévoles", "repas", NeedKind.FOOD, 53, "needed",
           (), (), (("Repas", "40", "personne"),), "480.00"),
    Bought(9, "Peinture et bâches", "peinture", NeedKind.EQUIPMENT, 1, "ordered",
           ("Couleurs Exemple", _F, _E), ("860.00", "905.00"),
           (("Peinture", "24", "litre"), ("Bâche", "4", "pièce")), "1000.00", Category.SUPPLIES),
    Bought(16, "Barnums et tréteaux", "location", NeedKind.HIRE, 3, "ordered", (_F, _E, _S),
           ("380.00", "410.00"), (("Barnum", "4", "jour"),), "450.00"),
    Bought(20, "Gilets et fléchage", "signalisation", NeedKind.EQUIPMENT, 8, "delivered",
           ("Sport Démo", _F, _E), ("214.00", "236.00"),
           (("Gilet", "20", "pièce"), ("Flèche", "30", "pièce")), "250.00", Category.SUPPLIES),
    Bought(33, "Gants et sacs", "propreté", NeedKind.EQUIPMENT, 14, "ordered",
           ("Démo Recyclage", _F, _E), ("262.00", "301.00"),
           (("Gants", "60", "paire"), ("Sacs", "200", "pièce")), "300.00", Category.SUPPLIES),
    Bought(27, "Sonorisation du kabar", "sonorisation", NeedKind.HIRE, -9, "invoiced",
           (_S, _E, _F), ("1480.00", "1530.00"), (("Sonorisation", "1", "soir"),), "1600.00"),
    Bought(19, "Bennes et pinces", "propreté", NeedKind.HIRE, -21, "paid",
           ("Démo Recyclage", _F, _E), ("640.00", "702.00"),
           (("Benne", "1", "jour"), ("Pinces", "40", "pièce")), "750.00"),
    Bought(2, "Repas partagé", "repas", NeedKind.FOOD, -46, "paid", ("Traiteur Fictif", _E, _F),
           ("410.00", "455.00"), (("Repas", "85", "personne"),), "500.00"),
    Bought(44, "Terreau et plants", "jardin", NeedKind.EQUIPMENT, -61, "paid",
           ("Pépinière Essai", _E, _F), ("760.00", "798.00"),
           (("Terreau", "25", "sac"), ("Plants", "140", "pièce")), "850.00", Category.SUPPLIES),
)  # fmt: skip
