"""The only clock: UTC moments, and days of La Réunion (a UTC date is wrong four hours a day)."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=4), "Indian/Reunion")
"""La Réunion keeps UTC+4 all year: a fixed offset is the zone, without a zone database."""


class Clock:
    """Now, moved by ``offset`` seconds (demonstration mode and tests only)."""

    def __init__(self, offset: float = 0.0) -> None:
        self._offset = timedelta(seconds=offset)

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def today(self) -> date:
        """The day on the calendar of La Réunion."""
        return self.now().astimezone(LOCAL).date()

    def advance(self, step: timedelta) -> None:
        """Move this clock forward."""
        self._offset += step


def local(moment: datetime) -> datetime:
    """``moment`` as people of La Réunion read it."""
    return moment.astimezone(LOCAL)


def monotonic() -> float:
    """Seconds for measuring durations; says nothing of the date."""
    return time.monotonic()
