"""Working days of the offices of La Réunion: Monday to Friday without the public holidays.

Holidays are computed (Code du travail, articles L3133-1 and L3422-2), not looked up: a model
counts days without a package, and every service counts the same ones.
"""

from datetime import date, timedelta
from functools import lru_cache

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 20), (12, 25))
"""Month and day of the fixed holidays; 20 December is the abolition of slavery, here only."""

_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=32)
def holidays(year: int) -> frozenset[date]:
    """The public holidays of La Réunion in ``year``."""
    moving = (easter(year) + timedelta(days) for days in _AFTER_EASTER)
    return frozenset(moving) | {date(year, month, day) for month, day in _FIXED}


def is_worked(day: date) -> bool:
    """Whether the offices work on ``day``."""
    return day.weekday() < 5 and day not in holidays(day.year)


def last_worked(day: date) -> date:
    """The last day, up to ``day``, on which the offices work: what was due before it is late."""
    while not is_worked(day):
        day -= timedelta(1)
    return day


def before(day: date, working_days: int) -> date:
    """The working day ``working_days`` before ``day``; zero gives the last one not after it."""
    day = last_worked(day)
    for _ in range(working_days):
        day = last_worked(day - timedelta(1))
    return day


def after(day: date, working_days: int) -> date:
    """The working day ``working_days`` after ``day``; zero gives the first one not before it."""
    while not is_worked(day):
        day += timedelta(1)
    for _ in range(working_days):
        day += timedelta(1)
        while not is_worked(day):
            day += timedelta(1)
    return day


def months_before(day: date, months: int) -> date:
    """The day ``months`` calendar months before ``day``, held within its month.

    « J − 2 mois » is this, never sixty days: the 31st of a month may fall on its 28th.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(1)).day))


@lru_cache(maxsize=4096)
def slack(today: date, last_useful: date) -> int:
    """Working days from ``today`` to ``last_useful``; 0 on the day itself, negative when late.

    Late is counted from the last day on which it could have been done: due on a Saturday, a
    thing is one day late on Monday.
    """
    if last_useful < today:
        return -_between(last_useful, today)
    return _between(today, last_useful)


def _between(first: date, last: date) -> int:
    return sum(is_worked(first + timedelta(n)) for n in range(1, (last - first).days + 1))
