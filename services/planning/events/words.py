"""The words of the facts of planning: kinds of needs, answers, reasons."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SupplyKind(StrEnum):
    """What has to be bought, in the words of a committee."""

    EQUIPMENT = "equipment"
    HIRE = "hire"
    FOOD = "food"
    PERFORMANCE = "performance"
    TRANSPORT = "transport"
    SECURITY = "security"
    OTHER = "other"


class Support(StrEnum):
    """What can be printed."""

    FLYER = "flyer"
    POSTER = "poster"
    BANNER = "banner"
    PROGRAMME = "programme"
    SIGN = "sign"
    CARD = "card"
    OTHER = "other"


class RelayAnswer(StrEnum):
    """What an organisation answers."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    OTHER = "something-else"


class WhyMoved(StrEnum):
    """Why a day moved."""

    COMMITTEE = "committee"
    CYCLONE = "cyclone"
    WEATHER = "weather"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class NeededLine:
    """So many units of one thing."""

    label: str
    quantity: Decimal
    unit: str
