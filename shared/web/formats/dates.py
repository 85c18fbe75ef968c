"""Days, hours, and how long ago."""

from datetime import date, datetime, time, tzinfo

from shared.web.formats.numbers import plural
from shared.web.formats.words import NBSP, UNKNOWN, UNKNOWN_FEMININE

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = (
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
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


def _ordinal(value: date) -> str:
    return "1er" if value.day == 1 else str(value.day)


def _date(value: date | datetime, zone: tzinfo | None) -> date:
    return local(value, zone).date() if isinstance(value, datetime) else value


def local(value: datetime, zone: tzinfo | None) -> datetime:
    """The moment in the zone of whoever reads; ValueError without a zone."""
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown: give an aware datetime")
    return value.astimezone(zone) if zone else value


def day(
    value: date | datetime | None,
    weekday: bool = True,
    year: bool = True,
    zone: tzinfo | None = None,
) -> str:
    """``samedi 20 mars 2027``, ``1er mai``; the number never leaves its month at a line's end."""
    if value is None:
        return UNKNOWN_FEMININE
    value = _date(value, zone)
    before = f"{DAYS[value.weekday()]} " if weekday else ""
    after = f" {value.year}" if year else ""
    return f"{before}{_ordinal(value)}{NBSP}{MONTHS[value.month - 1]}{after}"


def short_day(
    value: date | datetime | None,
    weekday: bool = False,
    today: date | None = None,
    zone: tzinfo | None = None,
) -> str:
    """``20 févr.``, ``ven. 8 janv.``; with ``today``, the year when it is another: ``5 déc. 2026``.

    Filters installed in a template always know today.
    """
    if value is None:
        return UNKNOWN_FEMININE
    value = _date(value, zone)
    before = f"{SHORT_DAYS[value.weekday()]}{NBSP}" if weekday else ""
    after = f"{NBSP}{value.year}" if today and value.year != today.year else ""
    return f"{before}{_ordinal(value)}{NBSP}{SHORT_MONTHS[value.month - 1]}{after}"


def hour(value: datetime | time | None, zone: tzinfo | None = None) -> str:
    """``8 h 04``, ``20 h``: minutes are left out on the hour."""
    if value is None:
        return UNKNOWN_FEMININE
    if isinstance(value, datetime):
        value = local(value, zone).time()
    minutes = f"{NBSP}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NBSP}h{minutes}"


def moment(
    value: datetime | None,
    weekday: bool = False,
    year: bool = True,
    zone: tzinfo | None = None,
) -> str:
    """``12 janvier 2027 à 8 h 04``, in the zone given."""
    if value is None:
        return UNKNOWN
    return f"{day(value, weekday, year, zone)} à {hour(value, zone)}"


def ago(value: date | datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """How long ago, or in how long: ``il y a 3 heures``, ``hier``, ``dans 12 jours``.

    Under a day, hours and minutes between two moments; beyond, days of the calendar of the zone.
    """
    if value is None:
        return UNKNOWN
    today = local(now, zone).date()
    if isinstance(value, datetime):
        seconds = int((now - value).total_seconds())
        if abs(seconds) < 60:
            return "à l’instant"
        if abs(seconds) < 3600:
            return _distance(seconds // 60 if seconds > 0 else -(-seconds // 60), "minute", "une")
        if _date(value, zone) == today:
            return _distance(int(seconds / 3600), "heure", "une")
    days = (today - _date(value, zone)).days
    near = {0: "aujourd’hui", 1: "hier", 2: "avant-hier", -1: "demain", -2: "après-demain"}
    return near.get(days) or _distance(days, "jour", "un")


def _distance(past: int, unit: str, one: str) -> str:
    count = abs(past)
    length = f"{one} {unit}" if count == 1 else plural(count, unit)
    return f"il y a {length}" if past > 0 else f"dans {length}"


def working_days(count: int | None) -> str:
    """``1 jour ouvré``, ``12 jours ouvrés``."""
    return plural(count, f"jour{NBSP}ouvré", f"jours{NBSP}ouvrés")
