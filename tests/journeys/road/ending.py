"""The last part: the place is signed for, the day is held, everything is settled and closed."""

from typing import Any

from services.planning.model import INSTALLATION
from tests.journeys.road.walker import PLANNING, Walker

CAME = 140


class Ending(Walker):
    """From the installation to ``ActionClosed``."""

    def _plan(self, rest: str) -> str:
        return f"{PLANNING}/plans/{self.action}/{rest}"

    def installation_signed(self) -> None:
        """On the day; before it, the refusal says when."""
        early = self.cast.member.tell("POST", self._plan("holding"), {"attendance": 1}, unless=409)
        assert early["type"].endswith("too-early")
        self.leap(self.known["day"])
        self.cast.member.tell("POST", self._plan("installation"), {"seen": list(INSTALLATION)})
        self.told_on_the_board("installation-signed")

    def day_held(self) -> None:
        said = {"attendance": CAME, "incidents": "Une averse, courte."}
        self.cast.member.tell("POST", self._plan("holding"), said)
        self.sees(lambda: self.campaign()["state"] == "ended", "the campaign ends with the day")
        self.told_on_the_board("action-held", "campaign-ended")

    def closing_refused(self) -> None:
        """What is open is listed, each with where one ends it and who can."""
        left = self.cast.lead.ask(self._plan("left-open"))["left_open"]
        texts = " ".join(each["text"] for each in left)
        assert "Le bilan n’est pas fait" in texts
        assert "Achat à solder : Sonorisation" in texts
        assert "Tâche à finir" in texts
        assert all(each["href"].startswith("/") and each["who"] for each in left)
        refused = self.cast.lead.tell("POST", self._plan("closing"), {}, unless=409)
        assert refused["type"].endswith("something-open")
        assert len(refused["open"]) == len(left)

    def deliveries_certified(self) -> None:
        self.known["sono-file"].delivered()

    def all_paid(self) -> None:
        for name in ("sono", "banner"):
            self.known[f"{name}-file"].invoiced()
            self.known[f"{name}-file"].paid()
        self.told_on_the_board("invoice-received", "invoice-paid")

    def reviewed(self) -> None:
        said = {
            "attendance": CAME,
            "volunteers": 12,
            "volunteer_hours": 60,
            "worked": "La musique",
            "to_improve": "L’ombre",
            "do_again": True,
        }
        self.cast.lead.tell("POST", self._plan("review"), said)
        self.told_on_the_board("action-reviewed")

    def tasks_ended(self) -> None:
        for task in self._open_tasks():
            self.cast.lead.tell("POST", f"{PLANNING}/tasks/{task['id']}/finishing", {})

    def _open_tasks(self) -> list[dict[str, Any]]:
        plan = self.cast.lead.ask(f"{PLANNING}/plans/{self.action}")
        return [task for task in plan["tasks"] if task["state"] != "done"]

    def closed(self) -> None:
        """Nothing is open; the rest of the money is the committee's again."""

        def nothing_left() -> bool:
            return not self.cast.lead.ask(self._plan("left-open"))["left_open"]

        self.sees(nothing_left, "nothing is left open")
        self.cast.lead.tell("POST", self._plan("closing"), {})
        self.told_on_the_board("action-closed")
