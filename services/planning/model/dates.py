"""Counting back from the day, on the calendar of La Réunion."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.planning.model.words import Doer
from shared.kernel import calendar

SATURDAY = 5
USUAL_LEAD = 5
"""Working days before the day by which what is bought or printed is usually wanted."""
CYCLONES = frozenset({11, 12, 1, 2, 3, 4})
"""The months of the cyclone season: a plan then has a day to fall back on."""


@dataclass(frozen=True)
class Offset:
    """So many calendar months, then so many days, before the day (after it when negative).

    Days are working days where an office does the task, days of the week where people of the
    neighbourhood do.
    """

    months: int
    days: int
    doer: Doer

    def from_day(self, day: date) -> date:
        """When the task is due for an action held on ``day``."""
        start = calendar.months_before(day, self.months) if self.months else day
        if self.doer is Doer.VOLUNTEERS or self.days < 0:
            due = start - timedelta(self.days)
            return due if self.doer is Doer.VOLUNTEERS else calendar.last_worked(due)
        return _worked_before(start, self.days)


def _worked_before(day: date, working_days: int) -> date:
    """The eve of a Saturday is its Friday: the day itself does not count when it is not worked."""
    return calendar.before(day, max(0, working_days - (not calendar.is_worked(day))))


def usual_date(day: date, today: date) -> date:
    """When what is bought or printed is usually wanted: working days before the day, to come."""
    return max(_worked_before(day, USUAL_LEAD), min(day, today + timedelta(1)))


def offset_of(due: date, day: date, doer: Doer) -> Offset:
    """The offset that gives ``due`` (or the working day before it) for ``day``."""
    if doer is Doer.OFFICE and due <= day:
        eve = 0 if calendar.is_worked(day) else 1
        return Offset(0, calendar.slack(due, day) + eve, doer)
    return Offset(0, (day - due).days, doer)


def wished_day(wished_from: date, wished_to: date) -> date:
    """The day a draft is counted back from: a Saturday about the middle of the wished period.

    The first Saturday from its middle on, if the period holds it; else the last one in the
    period; else its last day.
    """
    middle = wished_from + (wished_to - wished_from) // 2
    after = middle + timedelta((SATURDAY - middle.weekday()) % 7)
    if after <= wished_to:
        return after
    before = wished_to - timedelta((wished_to.weekday() - SATURDAY) % 7)
    return before if before >= wished_from else wished_to


def in_cyclone_season(day: date) -> bool:
    """Whether a cyclone may come that day."""
    return day.month in CYCLONES


def warnings(day: date, was: date | None = None) -> list[str]:
    """What a group should know of a day, without being stopped by it."""
    found = []
    if day in calendar.holidays(day.year):
        found.append("C’est un jour férié : les services et les commerces sont fermés.")
    if in_cyclone_season(day):
        found.append("C’est la saison des cyclones : gardez un jour de repli.")
    if was is not None and was.year != day.year:
        found.append(
            f"La ligne de budget est celle de {was.year} : elle suit si rien n’y est engagé, "
            "sinon la DPC-CAC décide du report."
        )
    return found
