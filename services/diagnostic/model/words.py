"""The words of this service: where a survey stands, how an answer came and from whom."""

from enum import StrEnum


class State(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Channel(StrEnum):
    """How an answer came."""

    ONLINE = "online"
    MET = "met"
    PAPER = "paper"


class Actor(StrEnum):
    """Whom one listens to (guide, sheet 1)."""

    RESIDENT = "resident"
    ELDER = "elder"
    YOUTH = "youth"
    PARENT = "parent"
    SHOPKEEPER = "shopkeeper"
    ASSOCIATION = "association"
    SCHOOL = "school"
    OTHER = "other"


class Place(StrEnum):
    """Where one was met (guide, sheet 1)."""

    DOOR = "door"
    MARKET = "market"
    SCHOOL_GATE = "school-gate"
    ROND_KOZE = "rond-koze"
    WORSHIP = "worship"
    PHONE = "phone"
    OTHER = "other"


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"
