"""Slack: the working days of La Réunion that are left before a last useful day."""

from datetime import date, timedelta
from functools import lru_cache

SOON = 5
QUIET_DAYS = 30


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of La Réunion, 20 December among them."""
    import holidays  # at the first question: a process that asks none starts sooner

    return frozenset(holidays.country_holidays("FR", subdiv="974", years=year))


def is_worked(day: date) -> bool:
    """Whether the city's offices work on ``day``."""
    return day.weekday() < 5 and day not in holidays_of(day.year)


@lru_cache(maxsize=4096)
def slack(today: date, due: date) -> int:
    """Working days from ``today`` to ``due``; 0 on the last useful one, negative when it is late.

    Late is counted from the last day on which it could have been done: due on a Saturday, it is
    one day late on Monday.
    """
    first, last, sign = (today, due, 1) if due >= today else (due, today, -1)
    days = (last - first).days
    return sign * sum(is_worked(first + timedelta(n)) for n in range(1, days + 1))


def last_worked(today: date) -> date:
    """The last day, up to ``today``, on which the offices worked: what was due before is late."""
    while not is_worked(today):
        today -= timedelta(1)
    return today


def level(days: int | None) -> str:
    """``late``, ``soon`` (five working days or less), ``calm``, or ``unknown`` without a date."""
    if days is None:
        return "unknown"
    if days < 0:
        return "late"
    return "soon" if days <= SOON else "calm"
