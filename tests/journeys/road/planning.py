"""The third part: the plan, its tasks, what is needed of others and what they answer."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

from services.directory.demonstration import relay_id
from services.planning.events import RelayAnswer, SupplyKind, Support, WhyMoved
from tests.journeys.road.walker import PLANNING, TITLE, Walker, by_title

TASKS = 13
SONO, FLYER, BANNER, BARRIERS = "Sonorisation", "Tract", "Banderole", "Barrières"
MOVED = 7


class Planning(Walker):
    """From the draft of the plan to the day moved."""

    def drafted_at_once(self) -> None:
        """One fact opens plan, budget line and campaign, without any call between services."""
        self.known["year"] = self.known["wished"].year
        plan = self.sees(lambda: self._if_there(self.plan), "the plan is drafted")
        assert (plan["state"], plan["title"], len(plan["tasks"])) == ("draft", TITLE, TASKS)
        line = self.sees(self.line, "the budget line is open")
        assert (line["voted"], line["available"]) == ("3200.00", "3200.00")
        campaign = self.sees(lambda: self._if_there(self.campaign), "the campaign is drafted")
        assert campaign["state"] == "drafted"
        self.told_on_the_board("action-chosen", "budget-opened")

    def _if_there(self, look: Any) -> Any:
        try:
            return look()
        except AssertionError:
            return None

    def _of(self, rest: str) -> str:
        return f"{PLANNING}/plans/{self.action}/{rest}"

    def plan_adopted(self) -> None:
        self.known["day"] = day = self.known["wished"]
        said = {
            "day": str(day),
            "fallback_day": str(day + timedelta(21)),
            "place": "La cour de l’école",
            "lead": str(self.cast.ids["lead"]),
            "agreed": "D’accord tous ensemble",
        }
        self.cast.lead.tell("PUT", self._of("adoption"), said, self.plan()["version"])
        self.sees(lambda: self.campaign()["day"] == str(day), "the campaign counts back")
        self.told_on_the_board("plan-adopted")

    def tasks_taken(self) -> None:
        """One is taken and done; one is taken and handed back; a second person comes too late."""
        roles = by_title(self.plan()["tasks"], "Se répartir les rôles")["id"]
        relays = by_title(self.plan()["tasks"], "Appeler les relais")["id"]
        for task in (roles, relays):
            self.cast.member.tell("POST", f"{PLANNING}/tasks/{task}/taking", {})
        taken = self.cast.neighbour.tell("POST", f"{PLANNING}/tasks/{roles}/taking", {}, unless=409)
        assert taken["type"].endswith("task-taken")
        self.cast.member.tell("POST", f"{PLANNING}/tasks/{relays}/handing-back", {})
        self.cast.neighbour.tell("POST", f"{PLANNING}/tasks/{relays}/taking", {})
        self.cast.member.tell("POST", f"{PLANNING}/tasks/{roles}/finishing", {})
        self.told_on_the_board("task-assigned", "task-handed-back", "task-done")

    def needs_said(self) -> None:
        """A supplier, two prints, a department, an organisation: each hears of it by a fact."""
        sono = {
            "title": SONO,
            "supply": SupplyKind.HIRE,
            "lines": [{"label": "Sono", "quantity": "1", "unit": "jour"}],
            "estimate_incl_tax": "2000.00",
        }
        self.known["sono"] = self._need("supplier-needs", sono)
        for name, title, support, size, copies in (
            ("flyer", FLYER, Support.FLYER, "A5", 300),
            ("banner", BANNER, Support.BANNER, "2 × 1 m", 1),
        ):
            wanted = {"title": title, "support": support, "quantity": copies, "page_format": size}
            wanted["needed_by"] = str(self.known["day"] - timedelta(20))
            self.known[name] = self._need("print-needs", wanted)
        self.known["barriers"] = self._need("service-needs", self._of_the_department())
        self.known["hands"] = self._need("relay-needs", self._of_the_relay())
        file = self.sees(lambda: self.file_of("sono"), "the purchase opens")
        assert file["title"] == SONO
        for name in ("flyer", "banner"):
            self.sees(partial(self.print_of, name), f"the print of the {name} opens")
        self.told_on_the_board(
            *("supplier-needed", "print-needed", "service-needed", "relay-asked"),
            "purchase-opened",
        )

    def _need(self, kind: str, said: dict[str, Any]) -> str:
        made: str = self.cast.member.tell("POST", self._of(kind), said)["id"]
        return made

    def _of_the_department(self) -> dict[str, Any]:
        return {
            "department": "Voirie",
            "title": BARRIERS,
            "what": "Fermer la rue",
            "on": str(self.known["day"]),
            "answer_by": self.later(15),
        }

    def _of_the_relay(self) -> dict[str, Any]:
        name = f"Association Exemple {self.cast.sector.rpartition(' ')[2]}"
        return {
            "relay_id": str(relay_id(name)),
            "what": "Tenir la buvette",
            "effort": "Quatre personnes, une journée",
            "window_from": str(self.known["day"]),
            "window_to": str(self.known["day"]),
            "answer_by": self.later(15),
        }

    def needs_answered(self) -> None:
        """The department with its account, the organisation with a link that serves once."""
        self._accepted("Livrées la veille")
        self._answered_by_link()
        self.told_on_the_board("service-accepted", "relay-answered")

    def _accepted(self, conditions: str) -> None:
        def asked() -> bool:
            found = self.cast.agent.ask(f"{PLANNING}/needs/asked")["items"]
            return self.known["barriers"] in {need["id"] for need in found}

        self.sees(asked, "the department is asked")
        place = f"{PLANNING}/needs/{self.known['barriers']}/acceptance"
        self.cast.agent.tell("POST", place, {"conditions": conditions})

    def _answered_by_link(self) -> None:
        page = self.cast.member.fill(f"/planning/besoins/{self.known['hands']}/lien", {})
        link = re.search(r"/planning/lien/[\w-]+", page)[0]
        nobody = self.cast.nobody
        for _ in range(2):
            assert "Tenir la buvette" in nobody.page(link)
        nobody.fill(link, {"answer": RelayAnswer.YES, "words": "Avec plaisir"}, unless=409)
        assert "déjà servi" in nobody.fill(link, {"answer": RelayAnswer.NO}, unless=409)
        need = by_title(self.plan()["needs"], "Association Exemple")
        assert (need["state"], need["words"]) == ("accepted", "Avec plaisir")

    def day_moved(self) -> None:
        """A week later: tasks, needs, purchases and campaign follow; answers are asked again."""
        before = self.plan()
        was = self.known["day"]
        self.known["day"] = day = was + timedelta(MOVED)
        said = {
            "day": str(day),
            "fallback_day": str(day + timedelta(21)),
            "why": WhyMoved.PLACE,
            "reason": "La cour est prise ce jour-là",
        }
        self.cast.lead.tell("PUT", self._of("day"), said, before["version"])
        day_task = "Tenir la journée"
        assert by_title(self.plan()["tasks"], day_task)["due"] == str(day)
        assert by_title(before["tasks"], day_task)["due"] == str(was)
        self.sees(lambda: self.campaign()["day"] == str(day), "the campaign follows")
        self._order_amended(day)
        self.told_on_the_board("action-day-moved", "need-changed")
        self._accepted("Livrées la veille")
        self._answered_by_link()

    def _order_amended(self, day: date) -> None:
        """What is ordered is not moved by a fact: the buyer agrees on the day with the supplier."""
        file = self.file_of("sono")
        page = f"/procurement/achats/{file['id']}"
        self.sees(lambda: "convenez du jour" in self.cast.buyer.page(page), "the buyer is told")
        agreed = {"needed_by": str(day), "note": "Le loueur est d’accord"}
        self.cast.buyer.fill(f"{page}/convenu", agreed)
        assert self.file_of("sono")["needed_by"] == str(day)

    # what procurement shows

    def seen_money(self) -> dict[str, Any]:
        """The balances of the line."""
        line = self.line()
        assert line is not None
        return {n: line[n] for n in ("voted", "reserved", "committed", "paid", "available")}
