"""What every chapter of the road has: the stage, the people, what was said so far, looking around."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from services.directory.demonstration import committee_id
from shared.store.clock import LOCAL
from tests.journeys.stage import Cast, Stage

DIAGNOSTIC, DECISION = "/diagnostic/api/v1", "/decision/api/v1"
PLANNING, COMMUNICATION = "/planning/api/v1", "/communication/api/v1"
PROCUREMENT, MONITORING = "/procurement/api/v1", "/monitoring/api/v1"
TITLE = "Kabar la kour"


class Walker:
    """Somebody who follows one committee; ``known`` are ids by the name that the story gives."""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage, self.number = stage, number
        self.cast = Cast(stage, number)
        self.committee = str(committee_id(number))
        self.known: dict[str, Any] = {}

    @property
    def action(self) -> str:
        """The id of the action, once it is chosen."""
        return str(self.known["action"])

    def later(self, days: int) -> str:
        """A day so many days from now."""
        return str(self.stage.today() + timedelta(days))

    def leap(self, day: date, hour: int = 9) -> None:
        """Time passes until an hour of ``day``; everybody enters anew."""
        self.stage.leap(datetime.combine(day, time(hour, 5), LOCAL))
        self.cast.again()

    def sees(self, look: Callable[[], Any], what: str) -> Any:
        """What ``look`` finds once the facts have arrived."""
        return self.stage.eventually(look, what)

    # what the others show

    def plan(self) -> dict[str, Any]:
        """The plan, as the committee reads it."""
        found: dict[str, Any] = self.cast.member.ask(f"{PLANNING}/plans/{self.action}")
        return found

    def campaign(self) -> dict[str, Any]:
        """The campaign, as the committee reads it."""
        found: dict[str, Any] = self.cast.member.ask(f"{COMMUNICATION}/campaigns/{self.action}")
        return found

    def line(self) -> dict[str, Any] | None:
        """The budget line of the action."""
        year = self.known["year"]
        lines = self._all(f"{PROCUREMENT}/budget-lines?year={year}", "officer")
        return next((line for line in lines if line["action_id"] == self.action), None)

    def file_of(self, need: str) -> dict[str, Any] | None:
        """The purchase of a need, as procurement lists it."""
        files = self._all(f"{PROCUREMENT}/purchases", "buyer")
        return next((file for file in files if file["need_id"] == self.known[need]), None)

    def print_of(self, need: str) -> dict[str, Any] | None:
        """The print request of a need, as the workshop lists it."""
        found = self._all(f"{COMMUNICATION}/prints", "member")
        return next((each for each in found if each["need_id"] == self.known[need]), None)

    def _all(self, place: str, who: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        after = ""
        while True:
            sign = "&" if urlsplit(place).query else "?"
            page = getattr(self.cast, who).ask(place + (f"{sign}after={after}" if after else ""))
            rows += page["items"]
            after = page.get("next")
            if not after:
                return rows

    def thread(self) -> list[str]:
        """The types of the facts of the action on the city's board, without what all share."""
        found = self.cast.officer.ask(f"{MONITORING}/actions/{self.action}/thread")
        return [short(fact["type"]) for fact in found["facts"]]

    def told_on_the_board(self, *wanted: str) -> None:
        """Wait until the thread of the action shows these facts."""

        def all_there() -> bool:
            return set(wanted) <= set(self.thread())

        self.stage.confirms(all_there, f"the thread shows {', '.join(wanted)}")

    def facts_of_committee(self) -> set[str]:
        """The types of the latest facts of the committee on its board."""
        found = self.cast.officer.ask(f"{MONITORING}/committees/{self.committee}")
        return {short(fact["type"]) for fact in found["facts"]}

    def heard(self, *wanted: str) -> None:
        """Wait until the board of the committee shows these facts."""
        self.stage.confirms(
            lambda: set(wanted) <= self.facts_of_committee(), f"{wanted} on the board"
        )


def short(kind: str) -> str:
    """``cac.decision.action-chosen.v1`` as ``action-chosen``."""
    return kind.split(".")[2]


def by_title(rows: Iterable[dict[str, Any]], words: str) -> dict[str, Any]:
    """The one row whose title begins so."""
    return next(row for row in rows if row["title"].startswith(words))
