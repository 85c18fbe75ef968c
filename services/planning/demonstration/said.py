"""What the invented committees ask of others, and what they are answered."""

from dataclasses import dataclass

from services.planning.events import RelayAnswer


@dataclass(frozen=True)
class Wanted:
    """What departments are asked: title and details."""

    department: str
    title: str
    what: str


_STREET = Wanted(
    "Voirie", "Fermer la rue", "Fermer la rue de 14 h à 22 h, avec deux barrières à chaque bout."
)
_PATH = Wanted(
    "Voirie", "Sécuriser le parcours", "Deux agents aux passages, une heure avant le départ."
)
_BINS = Wanted("Voirie", "Ramasser les sacs", "Un camion en fin de matinée, au bord de la ravine.")
_TABLES = Wanted(
    "Fêtes et logistique", "Tables et bancs", "Vingt tables et quarante bancs, livrés la veille."
)
_TENTS = Wanted(
    "Fêtes et logistique", "Barnums", "Trois barnums montés le matin, démontés le soir."
)
_STAGE = Wanted("Fêtes et logistique", "Podium", "Un podium de 6 × 4 m, avec son escalier.")

CONDITIONS = {
    "Voirie": "D’accord, si deux personnes du comité tiennent les barrières avec nous.",
    "Fêtes et logistique": "D’accord. Il faut quatre bras à la livraison, à 8 h, et un lieu fermé.",
}
WHYS = {
    "Voirie": "Une autre fête ferme déjà cette rue le même jour.",
    "Fêtes et logistique": "Tout le stock est pris ce jour-là.",
}

# Asked with the other needs, long ago: of whom, and whether they said yes.
ANSWERED: dict[int, tuple[tuple[Wanted, bool], ...]] = {
    2: ((_TABLES, True),),
    44: ((_TENTS, True),),
    6: ((_STREET, True), (_STAGE, True)),
    27: ((_STAGE, True), (_STREET, True)),
    19: ((_BINS, True),),
    16: ((_TABLES, True), (_STREET, True)),
    20: ((_PATH, True),),
    33: ((_BINS, True),),
    9: ((_TENTS, True),),
    14: ((_STREET, True), (_TENTS, True)),
    29: ((_STREET, True), (_TABLES, False)),
    36: ((_BINS, True),),
    28: ((_STREET, False),),
    8: ((_TENTS, True),),
    22: ((_TENTS, False),),
}
# Asked lately: days from now until which an answer is awaited; late when negative.
WAITING: dict[int, tuple[tuple[Wanted, int], ...]] = {
    17: ((_STREET, 6), (_STAGE, 9)),
    12: ((_STREET, 4),),
    31: ((_STREET, -3),),
    35: ((_PATH, 11),),
    5: ((_TENTS, 5),),
    3: ((_TABLES, 2),),
    41: ((_TENTS, -4),),
    26: ((_TABLES, 8),),
    30: ((_TABLES, 12),),
}


@dataclass(frozen=True)
class Called:
    """What an organisation of the sector is asked, and its answer; None while it is awaited.

    ``organisation`` is how its name begins: the list has one of each a sector.
    """

    organisation: str
    what: str
    effort: str
    answer: RelayAnswer | None
    words: str = ""


_HALL = ("Association Exemple", "Prêter la salle pour préparer", "Une salle, deux après-midi")
_BOOKS = ("École Fictive", "Un mot dans les cahiers", "Les cahiers de cinq classes, une semaine")
_GAMES = ("Club Démo", "Animer les jeux du matin", "Deux personnes pendant trois heures")
_WINDOW = ("Boutique Témoin", "Une affiche en vitrine", "Une affiche, pendant un mois")
_YES, _NO, _LATER = RelayAnswer.YES, RelayAnswer.NO, RelayAnswer.LATER

CALLED: dict[int, tuple[Called, ...]] = {
    2: (Called(*_HALL, _YES, "La salle est à vous le mercredi."),),
    44: (Called(*_HALL, _YES),),
    6: (Called(*_GAMES, _YES, "Nous serons trois."), Called(*_WINDOW, _YES)),
    27: (Called(*_HALL, _NO, "La salle est prise."),),
    19: (Called(*_BOOKS, _YES), Called(*_GAMES, None)),
    14: (
        Called(*_HALL, _YES),
        Called(*_GAMES, _LATER, "Le club décide en réunion, samedi prochain."),
    ),
    17: (Called(*_GAMES, None), Called(*_WINDOW, _YES, "Donnez-m’en deux.")),
    12: (Called(*_WINDOW, _YES),),
    29: (
        Called(
            *_GAMES, RelayAnswer.OTHER, "Pas d’animateurs, mais nous prêtons les filets et ballons."
        ),
    ),
    5: (Called(*_BOOKS, None),),
    9: (Called(*_GAMES, _YES),),
}

PLACES = ("Case du quartier", "Cour de l’école", "Place du marché", "Terrain de sport", "Jardin")
AGREED = (
    "Réunion à la case, neuf présents, à main levée",
    "Réunion du comité, sept présents, sans opposition",
    "Rond kozé au local, douze présents, d’accord à l’unanimité",
)

# Tasks of the template, by key: who takes them (0 the lead, 1 and 2 the members); others are free.
HANDS = {
    "resources": 1,
    "roles": 0,
    "needs": 0,
    "relays": 2,
    "together": 1,
    "spread": 2,
    "secured": 0,
    "install": 1,
    "day": 0,
    "review": 0,
}
FREE_IN = {17: ("together",), 14: ("install",), 5: ("spread", "install"), 12: ("relays",)}
"""Tasks that nobody took yet, besides those that nobody takes at first."""

LATE = {
    3: ("resources",),
    17: ("resources",),
    12: ("relays",),
    31: ("relays",),
    41: ("resources",),
    28: ("resources",),
    16: ("secured",),
    36: ("needs",),
    19: ("thanks",),
    27: ("thanks",),
}
"""Tasks that are not done though their time is over."""

BLOCKED = {
    17: ("needs", "Le service Voirie n’a pas encore répondu pour la rue.", "Le service Voirie"),
    31: ("secured", "Sans la rue fermée, pas de fête.", "Le service Voirie"),
    28: ("relays", "L’école est fermée jusqu’à la rentrée.", "La directrice de l’école"),
    41: ("resources", "Personne n’a les clés du terrain.", "Le club de sport"),
}
REVIEWS: dict[int, tuple[int, int, int, str, str]] = {
    2: (85, 14, 60, "Les anciens sont venus, et ils sont restés.", "Plus de chaises à l’ombre."),
    44: (48, 11, 75, "Les enfants ont planté chacun leur pied.", "Prévoir l’eau plus près."),
    19: (37, 22, 66, "Trente sacs remplis en une matinée.", "Demander les gants plus tôt."),
}
"""Bilans: people who came, volunteers, hours, what worked, what to do otherwise."""

CAME = {2: 85, 44: 48, 19: 37, 6: 240, 27: 130}
INCIDENTS = {6: "Une coupure de courant de dix minutes, réglée par l’électricien de garde."}
