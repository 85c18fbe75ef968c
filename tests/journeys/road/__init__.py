"""The whole road of one committee, from a survey to a closed action: written once.

Over HTTP only, each step by the person who may, so that it says the same of everything in one
process and of many processes. After each step it looks at what the other services show.
"""

from collections.abc import Callable
from typing import Any

from tests.journeys.road.choosing import Choosing
from tests.journeys.road.ending import Ending
from tests.journeys.road.listening import Listening
from tests.journeys.road.passing import Passing
from tests.journeys.road.planning import Planning
from tests.journeys.road.spreading import Spreading
from tests.journeys.stage import Stage

__all__ = ["NAMED", "SEEN", "Road"]

SEEN = "seen-in-one-process"
"""The file by which what was seen in one process reaches who plays the road in many."""

NAMED = ("action-chosen", "quote-validated", "campaign-launched")
"""The three facts on which everything turns."""


class Road(Listening, Choosing, Passing, Planning, Spreading, Ending):
    """The road of the committee « CAC » and its number; ``before`` is told each step."""

    def __init__(
        self, stage: Stage, number: int, before: Callable[[str], None] = lambda step: None
    ) -> None:
        super().__init__(stage, number)
        self.before = before

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """Every step in order."""
        return (
            *(
                self.money_voted,
                self.somebody_joins,
                self.survey_opened,
                self.answered_by_residents,
            ),
            *(self.answered_to_a_member, self.answered_on_paper, self.needs_drawn),
            *(self.diagnostic_published, self.ideas_opened_by_themselves, self.ideas_proposed),
            *(self.advice_given, self.cards_given, self.charter_adopted, self.vote_opened),
            *(self.voted_on_the_web, self.voted_by_hands, self.somebody_votes),
            *(self.closed_by_its_timer,),
            *(self.drafted_at_once, self.plan_adopted, self.tasks_taken, self.somebody_works),
            *(self.needs_said, self.somebody_is_erased),
            *(self.needs_answered, self.strategy_adopted, self.sono_bought, self.prints_sent),
            *(self.slot_given, self.banner_sent_outside, self.proof_approved),
            *(self.prints_delivered, self.launched_by_itself, self.handed_out, self.day_moved),
            *(self.installation_signed, self.day_held, self.closing_refused),
            *(self.deliveries_certified, self.all_paid, self.reviewed, self.tasks_ended),
            self.closed,
        )

    def play(self) -> dict[str, Any]:
        """All steps in order; what is left to see at the end."""
        for step in self.steps:
            self.before(step.__name__)
            step()
        return self.seen_at_the_end()

    def seen_at_the_end(self) -> dict[str, Any]:
        """What must be the same whatever died on the way: no id, no hour."""
        self.stage.rest()
        plan, campaign = self.plan(), self.campaign()
        place = self.cast.sector.rpartition(" ")[2]
        return {
            "plan": plan["state"],
            "tasks": sorted((t["title"], t["state"]) for t in plan["tasks"]),
            # An organisation bears the name of its sector: the road is the same in another one.
            "needs": sorted((n["title"].replace(place, "…"), n["standing"]) for n in plan["needs"]),
            "campaign": (campaign["state"], campaign["edition"], campaign["reach"]),
            "prints": sorted((p["title"], p["state"], p["delivered"]) for p in campaign["prints"]),
            "line": self.seen_money(),
            "purchases": [
                [(act["step"], act["role"]) for act in self.known[f"{name}-file"].file()["acts"]]
                for name in ("sono", "banner")
            ],
            # Facts of different services may come in any order between causes and effects.
            "facts": sorted(self.thread()),
        }
