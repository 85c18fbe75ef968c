"""How far each committee of the demonstration has come on its road, and when it was where.

Every service tells its own chapters of the same story: days are counted from the day on which
the demonstration is loaded, titles are the kinds of actions that the guide and the press name.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

_NAMESPACE = UUID("0d6c1f7e-4a64-5b0f-8e55-3a97411b0c44")


class Stage(StrEnum):
    """Where a committee stands today."""

    SILENT = "silent"
    SURVEY = "survey"
    IDEAS = "ideas"
    VOTE = "vote"
    NO_QUORUM = "no-quorum"
    PLAN = "plan"
    NEEDS = "needs"
    COMMUNICATION = "communication"
    READY = "ready"
    POSTPONED = "postponed"
    HELD = "held"
    REVIEWED = "reviewed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Dates:
    """Days ago of each passage; what has not happened yet is None."""

    survey: int
    published: int | None = None
    ideas: int | None = None
    vote: int | None = None
    chosen: int | None = None
    adopted: int | None = None
    needs: int | None = None


_OLD = Dates(230, 210, 205, 195, 188, 180, 170)
_MIDDLE = Dates(130, 110, 105, 95, 88, 75, 70)
_NEW = Dates(60, 45, 42, 32, 25)
DATES: dict[Stage, Dates] = {
    Stage.SURVEY: Dates(12),
    Stage.IDEAS: Dates(45, 28, 25),
    Stage.VOTE: Dates(45, 28, 25, 8),
    Stage.NO_QUORUM: Dates(45, 28, 25, 8),
    Stage.PLAN: _NEW,
    Stage.NEEDS: _MIDDLE,
    Stage.COMMUNICATION: _MIDDLE,
    Stage.READY: _MIDDLE,
    Stage.POSTPONED: _MIDDLE,
    Stage.HELD: _OLD,
    Stage.REVIEWED: _OLD,
    Stage.CLOSED: _OLD,
}


@dataclass(frozen=True)
class Road:
    """A committee's action, its day in days from today (past when negative), and the group's guess
    of what it costs, in euros including tax."""

    committee: int
    stage: Stage
    title: str = ""
    day: int | None = None
    estimate: str | None = None

    @property
    def dates(self) -> Dates:
        """When it passed where."""
        return DATES[self.stage]


ROADS: tuple[Road, ...] = (
    Road(1, Stage.PLAN, "Fresque des enfants", 120, "1400.00"),
    Road(2, Stage.CLOSED, "Rond kozé du Bas de la Rivière", -45, "900.00"),
    Road(3, Stage.NEEDS, "Goûter des aînés", 61, "1500.00"),
    Road(4, Stage.SURVEY),
    Road(5, Stage.NEEDS, "Bibliothèque de rue", 75, "1200.00"),
    Road(6, Stage.HELD, "Fête de la musique", -12, "6500.00"),
    Road(7, Stage.SURVEY),
    Road(8, Stage.COMMUNICATION, "Rond kozé", 47, "2200.00"),
    Road(9, Stage.POSTPONED, "Fresque du Camp Ozoux", 9, "2600.00"),
    Road(10, Stage.IDEAS),
    Road(11, Stage.NEEDS, "Jardin partagé", 68, "1847.50"),
    Road(12, Stage.COMMUNICATION, "Fête de quartier", 54, "4100.00"),
    Road(13, Stage.VOTE),
    Road(14, Stage.COMMUNICATION, "Cinéma en plein air", 40, "2800.00"),
    Road(15, Stage.PLAN, "Kabar", 110, "3300.00"),
    Road(16, Stage.READY, "Vide-grenier", 4, "800.00"),
    Road(17, Stage.NEEDS, "Kabar lakour", 67, "3200.00"),
    Road(18, Stage.VOTE),
    Road(19, Stage.REVIEWED, "Nettoyage de ravine", -20, "1700.00"),
    Road(20, Stage.READY, "Marche exploratoire", 11, "450.00"),
    Road(21, Stage.IDEAS),
    Road(22, Stage.COMMUNICATION, "Fresque", 66, "3000.00"),
    Road(23, Stage.NEEDS, "Marche exploratoire", 100, "500.00"),
    Road(24, Stage.NO_QUORUM),
    Road(25, Stage.SURVEY),
    Road(26, Stage.COMMUNICATION, "Vide-grenier", 70, "2500.00"),
    Road(27, Stage.HELD, "Kabar", -8, "3900.00"),
    Road(28, Stage.NEEDS, "Vide-grenier", 74, "1100.00"),
    Road(29, Stage.COMMUNICATION, "Fête de quartier", 33, "3712.00"),
    Road(30, Stage.NEEDS, "Atelier cuisine", 74, "1600.00"),
    Road(31, Stage.COMMUNICATION, "Fête de quartier", 60, "4200.00"),
    Road(32, Stage.NEEDS, "Rond kozé", 88, "700.00"),
    Road(33, Stage.READY, "Nettoyage de ravine", 18, "1500.00"),
    Road(34, Stage.SURVEY),
    Road(35, Stage.COMMUNICATION, "Marche exploratoire", 67, "600.00"),
    Road(36, Stage.COMMUNICATION, "Nettoyage de ravine", 39, "3000.00"),
    Road(37, Stage.PLAN, "Fresque", 125, "2900.00"),
    Road(38, Stage.PLAN, "Bal la poussière", 130, "3500.00"),
    Road(39, Stage.IDEAS),
    Road(40, Stage.SURVEY),
    Road(41, Stage.NEEDS, "Tournoi", 82, "9000.00"),
    Road(42, Stage.SILENT),
    Road(43, Stage.VOTE),
    Road(44, Stage.CLOSED, "Jardin partagé", -60, "1900.00"),
)


def action_id(number: int) -> UUID:
    """The action that the committee ``number`` chose, or will."""
    return uuid5(_NAMESPACE, f"action:{number}")


def roads(*stages: Stage) -> list[Road]:
    """The committees that stand today at one of ``stages``."""
    return [road for road in ROADS if road.stage in stages]
