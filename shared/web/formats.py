"""French forms of numbers, dates and durations, for templates and for sentences written in code.

Everything is written by hand: the rules are few, and Babel costs 80 ms and 20 MB at import.
Unknown (``None``) is always said (« inconnu », « inconnue ») and never shown as zero.
``install`` gives the functions to a Jinja environment as filters of the same name.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jinja2 import Environment

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "inconnu"
UNKNOWN_FEMININE = "inconnue"

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
_CENT = Decimal("0.01")


# Numbers ------------------------------------------------------------------------------------


def _grouped(digits: str) -> str:
    """``1974`` gives ``1 974``, with no-break spaces."""
    return f"{int(digits):,}".replace(",", NBSP)


def number(value: Decimal | str | int | None, decimals: int | None = None) -> str:
    """``1 200`` or ``8,5``; with ``decimals``, rounded half up to that many figures."""
    if value is None:
        return UNKNOWN
    exact = _decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    text = _grouped(whole) + (f",{rest}" if rest else "")
    return f"{MINUS}{NBSP}{text}" if exact < 0 else text


def euros(value: Decimal | str | int | None, sign: bool = False, cents: bool = True) -> str:
    """``1 974,70 €``; with ``sign``, ``+ 65,10 €`` for a difference.

    Floats are refused: an amount that went through a float may already be wrong by a cent.
    """
    if value is None:
        return UNKNOWN
    text = f"{number(_decimal(value).quantize(_CENT, ROUND_HALF_UP), 2 if cents else 0)}{NBSP}€"
    return f"+{NBSP}{text}" if sign and _decimal(value) > 0 else text


def _decimal(value: Decimal | str | int) -> Decimal:
    if isinstance(value, float):
        raise TypeError("a float is not exact: give a Decimal or its text")
    return Decimal(value)


def plural(count: int | None, one: str, many: str = "") -> str:
    """``0 tâche``, ``1 tâche``, ``2 tâches``: the French singular goes up to, but not including, 2.

    ``many`` is for the plurals that do not just take an s (``plural(3, "travail", "travaux")``).
    """
    if count is None:
        return f"{one} : {UNKNOWN}".replace(" :", f"{NBSP}:")
    return f"{_signed(count)}{NBSP}{one if abs(count) < 2 else many or f'{one}s'}"


def _signed(count: int) -> str:
    return f"{MINUS}{NBSP}{_grouped(str(-count))}" if count < 0 else _grouped(str(count))


def size(octets: int | None) -> str:
    """The size of a file: ``640 octets``, ``12 Ko``, ``3,4 Mo``."""
    if octets is None:
        return UNKNOWN_FEMININE
    if octets < 1000:
        return plural(octets, "octet")
    if octets < 1_000_000:
        return f"{number(Decimal(octets) / 1000, 0)}{NBSP}Ko"
    return f"{number(Decimal(octets) / 1_000_000, 1)}{NBSP}Mo"


# Dates --------------------------------------------------------------------------------------


def _ordinal(value: date) -> str:
    return "1er" if value.day == 1 else str(value.day)


def _date(value: date | datetime, zone: tzinfo | None) -> date:
    return _local(value, zone).date() if isinstance(value, datetime) else value


def _local(value: datetime, zone: tzinfo | None) -> datetime:
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
        value = _local(value, zone).time()
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
    today = _local(now, zone).date()
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


# Slack: the working days left before the last useful one --------------------------------------

SOON = 5  # only where no setting is given: how near is near belongs to the city


def slack(days: int | None, suffix: bool = True) -> str:
    """``3 j de retard``, ``dernier jour``, ``13 j de marge``; without ``suffix``, ``13 j``."""
    if days is None:
        return UNKNOWN_FEMININE
    if days < 0:
        return f"{-days}{NBSP}j de retard"
    if days == 0:
        return "dernier jour"
    return f"{days}{NBSP}j de marge" if suffix else f"{days}{NBSP}j"


def slack_level(days: int | None, soon: int = SOON) -> str:
    """How loud it is: ``late``, ``soon``, ``calm`` or ``unknown``."""
    if days is None:
        return "unknown"
    if days < 0:
        return "late"
    return "soon" if days <= soon else "calm"


# Room: what is used of a capacity -------------------------------------------------------------


def room_level(used: Decimal | int | None, capacity: Decimal | int | None) -> str:
    """``free``, ``near`` (nine tenths or more), ``full``, ``over`` or ``unknown``."""
    if used is None or capacity is None:
        return "unknown"
    if used > capacity:
        return "over"
    if used == capacity:
        return "full"
    return "near" if Decimal(used) >= Decimal(capacity) * 9 / 10 else "free"


def room(used: Decimal | int | None, capacity: Decimal | int | None, unit: str = "") -> str:
    """``libre 4 h``, ``presque plein``, ``plein``, ``trop de 7 h``."""
    level = room_level(used, capacity)
    if used is None or capacity is None:
        return UNKNOWN
    rest = f"{number(abs(Decimal(capacity) - Decimal(used)))}{NBSP}{unit}".rstrip()
    return {
        "over": f"trop de {rest}",
        "full": "plein",
        "near": "presque plein",
    }.get(level, f"libre {rest}")


# Words --------------------------------------------------------------------------------------


def listed(words: Iterable[object], last: str = "et") -> str:
    """``a, b et c``."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def known(value: Any, feminine: bool = False) -> Any:
    """The value, or « inconnu » when there is none; an empty text is not known either."""
    if value is None or value == "":
        return UNKNOWN_FEMININE if feminine else UNKNOWN
    return value


_BEFORE = re.compile(r" (?=[:;?!»%€](?:\s|[.,)»]|$))")
_AFTER = re.compile(r"« ")


def typeset(text: str | None) -> str:
    """A sentence typed plainly, with the no-break spaces and the apostrophe that French wants.

    For words that come from code or from people; it never adds a character, only swaps.
    """
    if not text:
        return ""
    text = _BEFORE.sub(NBSP, text.replace("'", "’"))
    return _AFTER.sub(f"«{NBSP}", text)


def install(environment: Environment, zone: tzinfo, now: Callable[[], datetime]) -> None:
    """Give every function above to the templates as a filter, in ``zone`` and at ``now``."""
    for plain in (
        number,
        euros,
        plural,
        size,
        working_days,
        slack,
        slack_level,
        listed,
        known,
        room,
        room_level,
        typeset,
    ):
        environment.filters[plain.__name__] = plain

    def zoned(form: Callable[..., str]) -> Callable[..., str]:
        def bound(value: Any, **options: Any) -> str:
            return form(value, zone=zone, **options)

        return bound

    for form in (day, hour, moment):
        environment.filters[form.__name__] = zoned(form)

    def short_day_here(value: date | datetime | None, **options: Any) -> str:
        options.setdefault("today", _local(now(), zone).date())
        return short_day(value, zone=zone, **options)

    def ago_here(value: date | datetime | None) -> str:
        return ago(value, now(), zone)

    environment.filters["short_day"] = short_day_here
    environment.filters["ago"] = ago_here
