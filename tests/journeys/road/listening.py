"""The first part of the road: a neighbourhood is listened to, its needs are published."""

from datetime import timedelta
from uuid import uuid4

from services.diagnostic.events import Theme
from services.diagnostic.model import Actor, Place
from tests.journeys.road.walker import DIAGNOSTIC, PROCUREMENT, Walker

MISSING, ANOTHER = "Des moments de fête entre voisins", "Une ravine propre"
FETE, RAVINE = "Se retrouver et faire la fête", "Une ravine propre"
# Words of any script, with accents and signs: kept as they are, never as HTML.
WORDS = "Nou vé in gran kabar, <b>ék</b> tout' domoun' ! வணக்கம் 你好 🎉"


class Listening(Walker):
    """A survey opened, answered in three ways, needs drawn, the diagnostic published."""

    def money_voted(self) -> None:
        """The envelopes of the years in which the action may fall."""
        for year in sorted({self.stage.today().year, (self.stage.today() + timedelta(120)).year}):
            envelope = {"year": year, "amount": "7000.00"}
            # Refused where the demonstration has opened them all.
            self.cast.officer.tell("POST", f"{PROCUREMENT}/envelopes", envelope, unless=409)

    def survey_opened(self) -> None:
        said = {
            "committee_id": self.committee,
            "theme": Theme.ANY,
            "title": f"Que manque-t-il à notre quartier ? ({self.number})",
            "opens_on": self.later(0),
            "closes_on": self.later(20),
        }
        made = self.cast.member.tell("POST", f"{DIAGNOSTIC}/surveys", said)["id"]
        self.known["survey"] = made
        self.cast.lead.tell("POST", f"{self._survey()}/opening", {})
        self.known["survey_code"] = self.cast.member.ask(self._survey())["code"]
        self.heard("survey-opened")

    def _survey(self) -> str:
        return f"{DIAGNOSTIC}/surveys/{self.known['survey']}"

    def answered_by_residents(self) -> None:
        """Without an account, from a page and from a program; sent twice, an answer is one."""
        code = self.known["survey_code"]
        page = self.cast.nobody.page(f"/diagnostic/q/{code}")
        assert MISSING in page
        place = f"{DIAGNOSTIC}/surveys/by-code/{code}/answers"
        for missing in (MISSING, MISSING, ANOTHER):
            words = {"missing": missing, "words": WORDS}
            body = {"answer_id": str(uuid4()), "words": words, "who": Actor.RESIDENT}
            receipts = [self.cast.nobody.tell("POST", place, body)["code"] for _ in range(2)]
            assert receipts[0] == receipts[1]

    def answered_to_a_member(self) -> None:
        body = {
            "answer_id": str(uuid4()),
            "words": {"missing": MISSING, "heard": "Une dame du snack veut prêter sa cour."},
            "who": Actor.SHOPKEEPER,
            "place": Place.DOOR,
        }
        self.cast.member.tell("POST", f"{self._survey()}/answers", body)

    def answered_on_paper(self) -> None:
        body = {"answer_id": str(uuid4()), "words": {"missing": ANOTHER}}
        self.cast.desk.tell("POST", f"{self._survey()}/papers", body)
        answers = self.cast.member.ask(f"{self._survey()}/answers")["items"]
        assert sorted(a["channel"] for a in answers) == [
            "met",
            "online",
            "online",
            "online",
            "paper",
        ]
        assert WORDS in {a["words"].get("words") for a in answers}

    def needs_drawn(self) -> None:
        self.cast.lead.tell("POST", f"{self._survey()}/closing", {})
        answers = self.cast.member.ask(f"{self._survey()}/answers")["items"]
        for title, missing in ((FETE, MISSING), (RAVINE, ANOTHER)):
            carry = [a["id"] for a in answers if a["words"].get("missing") == missing]
            self.cast.member.tell(
                "POST", f"{self._survey()}/needs", {"title": title, "answers": carry}
            )

    def diagnostic_published(self) -> None:
        said = {
            "findings": "Le quartier veut se retrouver.",
            "agreed": "À main levée, en réunion",
            "agreed_on": self.later(0),
        }
        self.cast.lead.tell("POST", f"{self._survey()}/publication", said)
        report = self.cast.nobody.ask(f"{self._survey()}/report")
        assert [(need["title"], need["weight"]) for need in report["needs"]] == [
            (FETE, 60),
            (RAVINE, 40),
        ]
        self.heard("diagnostic-published")
