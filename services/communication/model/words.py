"""The words of campaigns and prints: what is printed, on what, and where a request is."""

from enum import StrEnum


class Support(StrEnum):
    """What can be printed."""

    FLYER = "flyer"
    POSTER = "poster"
    BANNER = "banner"
    PROGRAMME = "programme"
    SIGN = "sign"
    CARD = "card"
    OTHER = "other"


class Colours(StrEnum):
    """The inks of a print."""

    FULL = "full"
    TWO = "two"
    ONE = "one"
    BLACK = "black"


class Paper(StrEnum):
    """What it is printed on."""

    WHITE = "white"
    COLOURED = "coloured"
    RECYCLED = "recycled"
    CANVAS = "canvas"
    BOARD = "board"


class Standing(StrEnum):
    """Where a campaign is."""

    DRAFTED = "drafted"
    ADOPTED = "adopted"
    LAUNCHED = "launched"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What the group said of a proof."""

    APPROVED = "approved"
    CORRECTIONS = "corrections"


PLAN = "plan"
"""The gate that opens with the plan of the action; every other gate is a support."""

DEPARTMENT = "Communication"
"""The department of the city that prints."""
