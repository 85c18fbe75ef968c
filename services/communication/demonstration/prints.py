"""Prints of the demonstration: which, for whom, how far each has come and on which days."""

from dataclasses import dataclass, field

from services.communication.events import Support
from services.directory.demonstration import ROADS, Stage

FLYER, POSTER, BANNER = Support.FLYER, Support.POSTER, Support.BANNER

# Hours, then working days of conception, review, proof, printing, delivery; what is asked for it.
OFFERS: dict[Support, tuple[str, tuple[int, int, int, int, int], str]] = {
    FLYER: ("6", (3, 4, 1, 2, 1), "A6 ou A5, 1 000 au plus par action."),
    POSTER: ("8", (5, 6, 2, 3, 1), "A3 ou A2, jamais en noir sur blanc."),
    BANNER: ("6", (5, 6, 2, 5, 2), "Posée deux semaines avant le jour, déposée le lendemain."),
    Support.PROGRAMME: ("12", (5, 6, 2, 3, 1), "Quatre pages au plus."),
    Support.SIGN: ("8", (4, 4, 2, 3, 1), "À rendre après l’action."),
    Support.CARD: ("4", (2, 4, 1, 2, 1), ""),
    Support.OTHER: (
        "8",
        (5, 6, 2, 3, 1),
        "Dites ce que c’est.",
    ),
}
HOURS, RESERVE = "35", "4"
WORDS = {
    FLYER: ("Flyers", "A5", "white", "Familles, à la sortie de l’école et au marché"),
    POSTER: ("Affiches", "A3", "coloured", "Commerces, école et arrêts de bus du quartier"),
    BANNER: ("Banderole", "3 × 1 m", "canvas", "Tous ceux qui passent devant l’école"),
}


@dataclass(frozen=True)
class Told:
    """A print: what was done with it how many days ago, in order.

    ``week`` counts from the week in which the demonstration is loaded; without it the print takes
    the first week that fits. It is wanted a month before the day, unless ``wanted`` says in how
    many days.
    """

    committee: int
    support: Support
    quantity: int
    deeds: tuple[tuple[int, str], ...]
    hours: str = ""
    week: int | None = None
    urgent: bool = False
    wanted: int | None = None
    words: dict[str, str] = field(default_factory=dict)


def _through(*days: int) -> tuple[tuple[int, str], ...]:
    """Asked and placed, proved and signed, printed and delivered: on three days."""
    asked, signed, delivered = days
    return (
        *((asked, deed) for deed in ("ask", "accept", "place")),
        *((signed, deed) for deed in ("proof", "sign")),
        *((delivered, deed) for deed in ("print", "deliver")),
    )


_DAYS = {
    Stage.CLOSED: (160, 130, 100),
    Stage.REVIEWED: (160, 130, 100),
    Stage.HELD: (160, 130, 100),
    Stage.READY: (66, 52, 38),
    Stage.POSTPONED: (66, 52, 38),
}
_DONE = tuple(
    Told(road.committee, support, quantity, _through(*_DAYS[road.stage]))
    for road in ROADS
    if road.stage in _DAYS
    for support, quantity in ((FLYER, 300 + road.committee * 10), (POSTER, 20 + road.committee))
)


def _since(asked: int, *more: tuple[int, str], placed: bool = True) -> tuple[tuple[int, str], ...]:
    deeds = ("ask", "accept", "place") if placed else ("ask",)
    return (*((asked, deed) for deed in deeds), *more)


_SIGNED = ((12, "proof"), (9, "sign"))
_NOW = (
    Told(8, FLYER, 400, _since(30, (2, "proof")), week=1),
    Told(8, POSTER, 40, _since(30, (6, "proof"), (2, "correct")), week=1,
         words={"correct": "Le rond kozé commence à 16 h, pas à 14 h."}),
    Told(12, FLYER, 600, _since(20), "12", week=2),
    Told(14, FLYER, 500, _since(40, *_SIGNED), week=0),
    Told(14, BANNER, 2, _since(40, (14, "proof"), (12, "correct"), (9, "proof"), (6, "correct")),
         week=0, words={"correct": "Le logo de l’école n’est pas le bon, et la date est trop petite."}),
    Told(22, POSTER, 60, _since(5, placed=False)),
    Told(26, POSTER, 30, _since(9, placed=False)),
    Told(26, FLYER, 300, ((6, "draft"),)),
    Told(29, FLYER, 500, _since(40, (20, "proof"), (18, "sign"), (12, "print"), (9, "deliver"))),
    Told(29, POSTER, 50, _since(40, *_SIGNED, (1, "print")), week=-1),
    Told(31, FLYER, 600, _since(20, (2, "proof")), week=1),
    Told(31, POSTER, 400, ((4, "ask"), (4, "accept")), "10", wanted=22),
    Told(35, FLYER, 200, ((9, "ask"), (6, "refuse")),
         words={"refuse": "Les semaines qui viennent sont pleines, et le texte ne dit pas d’où part "
                "la marche. Avec le modèle de la Ville, nous pourrons la reprendre."}),
    Told(36, FLYER, 300, _since(40, *_SIGNED), week=0),
    Told(36, BANNER, 1, ((20, "ask"), (18, "outside")),
         words={"outside": "Notre traceur s’arrête à 1,20 m : un imprimeur la fera."}),
    Told(17, FLYER, 800, _since(12), "12", week=2),
    Told(17, POSTER, 60, _since(2, placed=False)),
    Told(5, FLYER, 600, _since(12), "12", week=3),
    Told(3, POSTER, 40, _since(12), "11", week=3),
    Told(30, POSTER, 50, _since(12), "12", week=3, urgent=True),
)  # fmt: skip
PRINTS = (*_DONE, *_NOW)
"""The third week from now is full; the second will be too full once somebody is on leave."""

PLANNED = (3, 5, 17, 30)
"""Committees that look for means, and whose strategy is adopted; the others have it to adopt."""

# Days ago, stages, share of what is left that is handed out in each zone, in percent.
ROUNDS = (
    (70, (Stage.CLOSED,), (40, 50)),
    (25, (Stage.HELD, Stage.REVIEWED), (50, 60)),
    (18, (Stage.READY, Stage.POSTPONED), (30,)),
    (14, (Stage.HELD,), (60,)),
    (5, (Stage.READY, Stage.COMMUNICATION), (25, 20)),
    (1, (Stage.READY,), (40,)),
)
ZONES = ("Sortie de l’école", "Marché", "Porte à porte")
