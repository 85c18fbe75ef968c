"""Roads that do not arrive: refusals on the way, an action given up, a choice annulled."""

from collections.abc import Callable

from tests.journeys.purchase import Buying
from tests.journeys.road import Road
from tests.journeys.road.spreading import PRICES
from tests.journeys.road.walker import COMMUNICATION, DECISION, PLANNING, PROCUREMENT


class Annulled(Road):
    """The choice does not hold: plan, line and campaign that it had opened are freed."""

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        known = [step.__name__ for step in super().steps].index("drafted_at_once")
        return (*super().steps[: known + 1], self.annulled)

    def annulled(self) -> None:
        place = f"{DECISION}/rounds/{self.known['round']}/annulment"
        why = {"why": "Deux personnes ont voté deux fois"}
        self.cast.officer.tell("POST", place, why)
        self.sees(lambda: self.campaign()["state"] == "cancelled", "the campaign is freed")
        assert self.plan()["state"] == "cancelled"
        self.told_on_the_board("choice-annulled")


class GivenUp(Road):
    """Refused by a delegate, by the workshop, by a buyer; then the group gives up."""

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        known = [step.__name__ for step in super().steps].index("strategy_adopted")
        return (
            *super().steps[: known + 1],
            *(self.prints_sent, self.quote_refused, self.print_refused, self.outside_given_up),
            *(self.need_withdrawn, self.cancelled),
        )

    def quote_refused(self) -> None:
        file = self.file_of("sono")
        assert file is not None
        buying = Buying(self.stage, self.cast, file["id"], PRICES["sono"], f"{self.number}-sono")
        for step in (buying.requested, buying.registered, buying.opened, buying.typed):
            step()
        buying.checked()
        reason = {"reason": "Trop cher pour ce que c’est"}
        place = f"{PROCUREMENT}/purchases/{file['id']}/refusal"
        self.cast.delegate.tell("POST", place, reason)
        self.sees(lambda: self._standing("sono") == "lost", "the plan knows the refusal")
        self.told_on_the_board("quote-refused")

    def print_refused(self) -> None:
        self._workshop("flyer", "refusal", {"reason": "Le texte n’est pas lisible"})
        self.told_on_the_board("print-refused")

    def outside_given_up(self) -> None:
        """The purchase stops, the workshop decides anew, the committee does without."""
        self._workshop("banner", "outside", {"reason": "Pas de machine à cette largeur"})
        file = self.sees(lambda: self.file_of("banner"), "its purchase opens")
        place = f"{PROCUREMENT}/purchases/{file['id']}/cancellation"
        self.cast.buyer.tell("POST", place, {"reason": "Aucun imprimeur ne répond"})
        request = self._print("banner")
        self.sees(
            lambda: self._print("banner")["state"] == "requested", "the workshop has it again"
        )
        place = f"{COMMUNICATION}/prints/{request['id']}/cancellation"
        self.cast.lead.tell("POST", place, {"reason": "Sans banderole"})
        self.told_on_the_board("purchase-cancelled", "print-cancelled")

    def need_withdrawn(self) -> None:
        place = f"{PLANNING}/needs/{self.known['flyer']}/withdrawal"
        self.cast.member.tell("POST", place, {"why": "On fera sans tract"})
        self.told_on_the_board("need-withdrawn")

    def cancelled(self) -> None:
        place = f"{PLANNING}/plans/{self.action}/cancellation"
        self.cast.lead.tell("POST", place, {"reason": "Plus personne pour la porter"})
        self.sees(lambda: self.campaign()["state"] == "cancelled", "the campaign is freed")
        self.told_on_the_board("action-cancelled")
