"""French forms of numbers, dates and durations, for templates and for sentences written in code.

Everything is written by hand: the rules are few, and Babel costs 80 ms and 20 MB at import.
Unknown (``None``) is always said (« inconnu », « inconnue ») and never shown as zero.
``install`` gives the functions to a Jinja environment as filters of the same name.
"""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Any

from jinja2 import Environment

from shared.web.formats.dates import (
    ago,
    day,
    hour,
    local,
    moment,
    short_day,
    working_days,
)
from shared.web.formats.margins import SOON, room, room_level, slack, slack_level
from shared.web.formats.numbers import euros, number, plural, size
from shared.web.formats.words import (
    MINUS,
    NBSP,
    UNKNOWN,
    UNKNOWN_FEMININE,
    known,
    listed,
    typeset,
)

__all__ = [
    "MINUS",
    "NBSP",
    "SOON",
    "UNKNOWN",
    "UNKNOWN_FEMININE",
    "ago",
    "day",
    "euros",
    "hour",
    "install",
    "known",
    "listed",
    "moment",
    "number",
    "plural",
    "room",
    "room_level",
    "short_day",
    "size",
    "slack",
    "slack_level",
    "typeset",
    "working_days",
]


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
        options.setdefault("today", local(now(), zone).date())
        return short_day(value, zone=zone, **options)

    def ago_here(value: date | datetime | None) -> str:
        return ago(value, now(), zone)

    environment.filters["short_day"] = short_day_here
    environment.filters["ago"] = ago_here
