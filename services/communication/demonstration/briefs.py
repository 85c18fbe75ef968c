"""What committees write in their briefs."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.communication.demonstration.prints import WORDS, Told
from services.communication.events import Colours, Paper
from services.directory.demonstration import Road, lead_of, need_id
from shared.kernel import calendar

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def brief_of(told: Told, road: Road, loaded_on: date) -> dict[str, Any]:
    """The whole brief of a print."""
    what, page_format, paper, zones = WORDS[told.support]
    day = loaded_on + timedelta(road.day or 0)
    return {
        "title": f"{what} «\u00a0{road.title}\u00a0»",
        "support": told.support,
        "quantity": told.quantity,
        "page_format": page_format,
        "colours": Colours.FULL,
        "paper": Paper(paper),
        "text": f"{road.title}, {in_words(day)} à partir de 14\u00a0h, cour de l’école. Entrée libre. "
        "Amenez un plat, une chaise et un voisin.",
        "zones": zones,
        "place": "Local du comité",
        "needed_by": _wanted(told, day, loaded_on),
        "contact": lead_of(road.committee),
        "logo": "Logo 2024, en couleurs",
        "printer_mention": True,
        "french_text": True,
        "image_rights": True,
    }


def in_words(day: date) -> str:
    """« samedi 20 mars 2027 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}"


def _wanted(told: Told, day: date, loaded_on: date) -> date:
    if told.wanted is not None:
        return loaded_on + timedelta(told.wanted)
    return calendar.last_worked(calendar.months_before(day, 1))


def need_of(told: Told) -> UUID:
    """The need of a print that the committee asks for by itself."""
    return need_id(told.committee, WORDS[told.support][0])
