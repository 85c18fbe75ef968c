"""The day that a group agrees on: to come, not too far, with a way out of a cyclone."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from services.planning.model.dates import in_cyclone_season
from services.planning.model.refusals import wrong


@dataclass(frozen=True, kw_only=True)
class Day:
    """When and where: what a group agrees on."""

    day: date
    fallback_day: date | None
    place: str
    lead: UUID

    FARTHEST: ClassVar[int] = 730

    def check(self, today: date) -> None:
        """Refuse a day that is over or far off, and a season of cyclones without a way out."""
        check_day(self.day, today)
        check_fallback_day(self.day, self.fallback_day)


def check_day(day: date, today: date) -> None:
    """Refuse a day in the past, and one beyond two years."""
    if day <= today:
        raise wrong("day", "Choisissez un jour à venir.")
    if (day - today).days > Day.FARTHEST:
        raise wrong("day", "Ce jour est à plus de deux ans : vérifiez l’année.")


def check_fallback_day(day: date, fallback_day: date | None) -> None:
    """Refuse a season of cyclones without a fall-back day, and one that comes before the day."""
    if fallback_day is None and in_cyclone_season(day):
        raise wrong(
            "fallback_day", "De novembre à avril, un cyclone peut venir : donnez un jour de repli."
        )
    if fallback_day is not None and fallback_day <= day:
        raise wrong("fallback_day", "Le jour de repli vient après le jour J.")
    if fallback_day is not None and (fallback_day - day).days > Day.FARTHEST:
        raise wrong("fallback_day", "Ce jour est à plus de deux ans du jour J.")
