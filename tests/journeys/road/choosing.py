"""The second part: ideas, advice, a charter, a vote on the web and by hands, the action chosen."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from services.decision.events import AskedOf, Method, NoQuorum, Opinion, TieRule
from services.decision.model import College, Way
from services.directory.demonstration import relay_id
from tests.journeys.program import Program
from tests.journeys.road.listening import FETE, RAVINE
from tests.journeys.road.walker import DECISION, TITLE, Walker

CLEANING = "Nettoyage de la ravine"
ESTIMATE = "3200.00"
DAY = 75
"""Days from now until the day that is wished for: far enough for prints and purchases."""


class Choosing(Walker):
    """From the ideas, opened by themselves, to ``ActionChosen``."""

    def ideas_opened_by_themselves(self) -> None:
        def opened() -> Any:
            place = f"{DECISION}/rounds?committee_id={self.committee}"
            rounds = self.cast.member.ask(place)["items"]
            mine = [r for r in rounds if r["diagnostic_id"] == self.known["survey"]]
            return mine and mine[0]

        found = self.sees(opened, "ideas open by themselves")
        self.known["round"], self.known["round_code"] = found["id"], found["code"]
        needs = self.cast.member.ask(self._round())["needs"]
        self.known["needs"] = {need["title"]: need["need_id"] for need in needs}
        assert set(self.known["needs"]) == {FETE, RAVINE}
        self.heard("ideas-opened")

    def _round(self) -> str:
        return f"{DECISION}/rounds/{self.known['round']}"

    def _vote(self) -> str:
        return f"{DECISION}/votes/{self.known['vote']}"

    def ideas_proposed(self) -> None:
        self.known["wished"] = self.stage.today() + timedelta(DAY)
        self.known["idea"] = self._propose(TITLE, FETE, ESTIMATE)
        self.known["other"] = self._propose_as_resident()
        ideas = self.cast.member.ask(self._round())
        assert ideas["waiting"] == 1
        self.cast.member.tell("POST", f"{DECISION}/ideas/{self.known['other']}/showing", {})
        self.cast.elu.tell("POST", f"{DECISION}/ideas/{self.known['idea']}/support", {})

    def _idea(self, title: str, need: str) -> dict[str, Any]:
        wished: date = self.known["wished"]
        return {
            "title": title,
            "aims": "Que tout le monde se retrouve.",
            "place": "La cour de l’école",
            "wished_from": str(wished - timedelta(15)),
            "wished_to": str(wished + timedelta(15)),
            "needs": [self.known["needs"][need]],
        }

    def _propose(self, title: str, need: str, estimate: str) -> str:
        body = {**self._idea(title, need), "estimate": estimate}
        made: str = self.cast.member.tell("POST", f"{self._round()}/ideas", body)["id"]
        return made

    def _propose_as_resident(self) -> str:
        body = {**self._idea(CLEANING, RAVINE), "idea_id": str(uuid4())}
        place = f"{DECISION}/rounds/by-code/{self.known['round_code']}/ideas"
        nobody = self.cast.nobody
        made: list[str] = [nobody.tell("POST", place, body)["id"] for _ in range(2)]
        assert made[0] == made[1]
        return made[0]

    def advice_given(self) -> None:
        """By a department with its account, by a relay with a link that serves once."""
        asked = self._ask(AskedOf.DEPARTMENT, department="Voirie")
        self.heard("advice-asked")
        advice = {
            "opinion": Opinion.WITH_CONDITIONS,
            "why": "La rue peut être fermée.",
            "capacity": "Des barrières",
            "conditions": "Demandées un mois avant",
        }
        self.cast.agent.tell("POST", f"{DECISION}/advices/{asked}/answer", advice)
        self._advice_of_a_relay()
        self.heard("advice-given", "condition-declared")

    def _ask(self, asked_of: AskedOf, **whom: str) -> str:
        body = {
            "asked_of": asked_of,
            "question": "Que pouvez-vous faire ?",
            "answer_by": self.later(5),
            **whom,
        }
        place = f"{DECISION}/ideas/{self.known['idea']}/advices"
        made: str = self.cast.member.tell("POST", place, body)["id"]
        return made

    def _advice_of_a_relay(self) -> None:
        name = f"Association Exemple {self.cast.sector.rpartition(' ')[2]}"
        asked = self._ask(AskedOf.RELAY, relay_id=str(relay_id(name)))
        made = self.cast.member.tell("POST", f"{DECISION}/advices/{asked}/link", {})
        body = {
            "secret": made["secret"],
            "opinion": Opinion.FAVOURABLE,
            "why": "Nous prêtons notre salle.",
        }
        self.cast.nobody.tell("POST", f"{DECISION}/advices/by-link", body)
        refused = self.cast.nobody.tell("POST", f"{DECISION}/advices/by-link", body, unless=409)
        assert refused["type"].endswith("link-used")

    def cards_given(self) -> None:
        """At the annexe, to two residents: a number and a secret, and no name."""
        body = {"committee_id": self.committee, "college": College.RESIDENTS}
        self.known["cards"] = []
        for _ in range(2):
            card = self._card(body)
            self.known["cards"].append({"number": card["number"], "secret": card["secret"]})

    def _card(self, body: dict[str, str]) -> dict[str, str]:
        """Shown once: where it was lost on its way back, another one is given."""
        given = {**body, "card_id": str(uuid4())}
        card: dict[str, str] = self.cast.desk.tell("POST", f"{DECISION}/cards", given, unless=409)
        return card if "secret" in card else self._card(body)

    def charter_adopted(self) -> None:
        today = self.stage.today()
        self.known["closes"] = today + timedelta(1)
        rules = {
            "method": Method.PLURALITY,
            "voters": [College.MEMBERS, College.ELUS, College.RESIDENTS],
            "quorum_percent": 50,
            "no_quorum": NoQuorum.EXTEND_ONCE,
            "tie": TieRule.HEAVIEST_NEED,
            "opens_on": str(today),
            "closes_on": str(self.known["closes"]),
            "closes_hour": 20,
            "meeting_on": str(today),
        }
        made = self.cast.member.tell("POST", f"{self._round()}/charter", rules)["id"]
        agreed = {"agreed": "À l’unanimité", "agreed_on": str(today)}
        place = f"{DECISION}/charters/{made}/adoption"
        frozen = self.cast.lead.tell("POST", place, agreed)["hash"]
        assert self.cast.officer.ask(f"{DECISION}/charters/{made}")["hash"] == frozen
        again = self.cast.lead.tell("POST", place, agreed, unless=409)
        assert again["type"].endswith("charter-frozen")
        self.heard("charter-adopted")

    def vote_opened(self) -> None:
        self.known["vote"] = self.cast.lead.tell("POST", f"{self._round()}/vote", {})["id"]
        vote = self.cast.member.ask(self._vote())
        assert vote["electors"] >= 7
        assert {option["title"] for option in vote["options"]} == {TITLE, CLEANING}
        self.heard("vote-opened")

    def voted_on_the_web(self) -> None:
        """A member, twice: the last ballot counts. A resident with a card. Somebody else cannot."""
        for idea in (self.known["other"], self.known["idea"]):
            self.cast.member.tell("POST", f"{self._vote()}/ballot", {"choices": [idea]})
        self._with_card(self.cast.nobody, self.known["cards"][0])
        refused = self.cast.buyer.tell(
            "POST", f"{self._vote()}/ballot", {"choices": [self.known["idea"]]}, unless=403
        )
        assert refused["status"] == 403
        shown = self.cast.member.ask(self._vote())
        assert shown["elector"]["voted"] == Way.WEB
        assert shown.get("voted") is None
        assert shown.get("counts") is None

    def _with_card(self, who: Program, card: dict[str, str]) -> None:
        place = f"{DECISION}/rounds/by-code/{self.known['round_code']}/ballot"
        who.tell("POST", place, {**card, "choices": [self.known["idea"]]})
        forged = {**card, "secret": "AAAA-AAAA", "choices": [self.known["idea"]]}
        refused = who.tell("POST", place, forged, unless=422)
        assert refused["status"] == 422

    def voted_by_hands(self) -> None:
        """In one count with the web: one voice a person, confirmed by a second one."""
        people = self.cast.lead.ask(f"{self._vote()}/attendance")["people"]
        mine = {str(self.cast.ids["lead"]), str(self.cast.ids["neighbour"])}
        count = {
            "way": Way.HANDS,
            "present": [each["id"] for each in people if each["who"] in mine],
            "voices": {self.known["idea"]: 1, self.known["other"]: 1},
        }
        made = self.cast.lead.tell("POST", f"{self._vote()}/counts", count)["id"]
        place = f"{DECISION}/counts/{made}/confirmation"
        alone = self.cast.lead.tell("POST", place, {}, unless=403)
        assert alone["type"].endswith("second-person-needed")
        self.cast.elu.tell("POST", place, {})

    def closed_by_its_timer(self) -> None:
        self.leap(self.known["closes"], 20)

        def chosen() -> Any:
            result = self.cast.nobody.ask(f"{self._round()}/result")
            return result["state"] == "chosen" and result

        result = self.sees(chosen, "the timer closes the vote")
        self.known["action"] = result["action_id"]
        vote = result["votes"][0]
        assert (vote["voted"], vote["on_site"], vote["outcome"]) == (5, 2, "chosen")
        counted = {count["title"]: count["voices"] for count in vote["counts"]}
        assert counted == {TITLE: 3, CLEANING: 1}
        late = self.cast.member.tell(
            "POST", f"{self._vote()}/ballot", {"choices": [self.known["idea"]]}, unless=409
        )
        assert late["status"] == 409
        self.told_on_the_board("action-chosen")
