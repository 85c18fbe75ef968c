"""The only clock: UTC moments, and days of La Réunion (a UTC date is wrong four hours a day)."""

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

LOCAL = timezone(timedelta(hours=4), "Indian/Reunion")
"""La Réunion keeps UTC+4 all year: a fixed offset is the zone, without a zone database."""


class Clock:
    """Now, moved by ``offset`` seconds (demonstration mode and tests only).

    ``offset`` may name a file that holds the seconds: time leaps while processes run.
    """

    def __init__(self, offset: float | Path = 0.0) -> None:
        self._file = offset if isinstance(offset, Path) else None
        self._offset = timedelta(seconds=0 if isinstance(offset, Path) else offset)

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        moved = self._offset if self._file is None else self._offset + _told_by(self._file)
        return datetime.now(UTC) + moved

    def today(self) -> date:
        """The day on the calendar of La Réunion."""
        return self.now().astimezone(LOCAL).date()

    def advance(self, step: timedelta) -> None:
        """Move this clock forward."""
        self._offset += step


def _told_by(file: Path) -> timedelta:
    with suppress(OSError, ValueError):
        return timedelta(seconds=float(file.read_text()))
    return timedelta()


def local(moment: datetime) -> datetime:
    """``moment`` as people of La Réunion read it."""
    return moment.astimezone(LOCAL)


def monotonic() -> float:
    """Seconds for measuring durations; says nothing of the date."""
    return time.monotonic()
