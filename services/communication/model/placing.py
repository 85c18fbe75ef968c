"""A print request from the brief to its slot, in the workshop or outside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from services.communication.events import (
    PrintAccepted,
    PrintCancelled,
    PrintLine,
    PrintPurchaseNeeded,
    PrintRefused,
    PrintRequested,
    PrintScheduled,
    PrintUnscheduled,
)
from services.communication.model.delays import FROM_MODEL, Delays, monday_of
from services.communication.model.file import RequestFile
from services.communication.model.papers import Doer
from services.communication.model.refusals import (
    BriefIncomplete,
    FitsNowhere,
    WeekFull,
    WeekTooEarly,
    need_reason,
    refuse_value,
)
from services.communication.model.steps import SLOTTED, State, Step
from services.communication.model.weeks import Fit, Load, first_fit, plain
from services.communication.model.words import Answer
from shared.kernel import calendar


class Placing(RequestFile):
    """What the workshop decides of a request."""

    def send(self, doer: Doer, delays: Delays) -> None:
        """Send the brief; refuses one that lacks something, by name, and a day that is past."""
        self.passage(Step.SEND, doer)
        missing = self.brief.missing()
        if missing:
            raise BriefIncomplete("La demande n’est pas complète.", fields=missing)
        assert self.needed_by is not None
        assert self.quantity is not None
        if self.needed_by <= doer.today:
            raise refuse_value("needed_by", "Choisissez un jour à venir.")
        self.hours, self.from_model, self.proposed = None, False, None
        self.pass_to(Step.SEND, doer)
        self.take_delays(delays)
        self.record_fact(
            PrintRequested,
            title=self.title,
            support=str(self.support),
            quantity=self.quantity,
            needed_by=self.needed_by,
        )

    def accept(self, doer: Doer, hours: Decimal, delays: Delays, from_model: bool) -> None:
        """Take it on for ``hours`` of a week; from a model of the City its design is short."""
        self.passage(Step.ACCEPT, doer)
        if hours <= 0:
            raise refuse_value("hours", "Dites combien d’heures, au-dessus de zéro.")
        self.hours, self.from_model = hours, from_model
        self.accepted_on = self.accepted_on or doer.today
        self.pass_to(Step.ACCEPT, doer, f"{plain(hours)} h")
        days = FROM_MODEL if from_model else delays.conception
        self.take_delays(replace(delays, conception=days))
        self.record_fact(PrintAccepted, hours=hours)

    def refuse(self, doer: Doer, reason: str) -> None:
        """Send it back with a reason; the group may say it again, or find another way."""
        why = need_reason(reason)
        self.passage(Step.REFUSE, doer)
        self._forget_the_slot()
        self.pass_to(Step.REFUSE, doer, why)
        self.record_fact(PrintRefused, why=why)

    def press_from(self, today: date) -> date:
        """The first day on which it can be printed, from where its proof is."""
        proof, delays = self.current, self.delays
        if proof is None:
            ready = calendar.after(self.accepted_on or today, delays.before_press)
            return max(calendar.after(today, 0), ready)
        if proof.answer is Answer.APPROVED:
            return calendar.after(today, 0)
        again = delays.one_round if proof.answer is Answer.CORRECTIONS else 0
        return calendar.after(today, again + delays.proof)

    def give_week(self, doer: Doer, monday: date, loads: Sequence[Load], urgent: bool) -> None:
        """Give it the week of ``monday``; refuses one too early, full, or too late for the day.

        ``loads`` are the weeks from now on, without what this request holds itself.
        """
        self.passage(Step.PLACE, doer)
        assert self.hours is not None
        start = self.press_from(doer.today)
        fit = first_fit(loads, self.delays, self.hours, start, urgent)
        chosen = next((load for load in loads if load.monday == monday), None)
        if chosen is None or monday + timedelta(6) < start:
            raise WeekTooEarly(
                f"Avant le {start:%d/%m/%Y}, le BAT ne peut pas être signé.",
                rule="On imprime après la conception, les relectures et le BAT signé.",
                missing=_first(fit),
                fields={"week": f"Choisissez une semaine à partir du {start:%d/%m/%Y}."},
            )
        self._refuse_late(fit, self.delays.ready(monday, start))
        if self.hours > chosen.room(urgent):
            raise WeekFull(
                f"La semaine du {monday:%d/%m/%Y} ne prend pas {plain(self.hours)} h de plus.",
                rule="Une semaine ne prend pas plus d’heures que l’atelier n’en a.",
                missing=_first(fit),
                unblocks="Le Service communication, en prenant une autre semaine.",
                fields={"week": _first(fit)},
            )
        self.week, self.urgent = monday, urgent
        self.ready_by, self.proposed = self.delays.ready(monday, start), None
        self.note(Step.PLACE, doer, f"Semaine du {monday:%d/%m/%Y}")
        self.arrive(self._with_a_slot())
        self.record_fact(PrintScheduled, week=monday, ready_by=self.ready_by)

    def _refuse_late(self, fit: Fit | None, ready: date) -> None:
        needed_by = self.needed_by or date.max
        if fit is None or fit.ready_by > needed_by:
            raise FitsNowhere(
                f"« {self.title} » ne tient dans aucune semaine avant le {needed_by:%d/%m/%Y}.",
                rule="Les supports sont livrés pour le jour voulu par le comité.",
                missing=_first(fit),
                unblocks="Le Service communication (modèle de la Ville, réserve d’urgence), "
                "un imprimeur, ou le comité avec une autre date.",
            )
        if ready > needed_by:
            raise WeekFull(
                f"Cette semaine-là, la livraison viendrait le {ready:%d/%m/%Y}, après "
                f"le {needed_by:%d/%m/%Y}.",
                rule="Les supports sont livrés pour le jour voulu par le comité.",
                missing=_first(fit),
                fields={"week": _first(fit)},
            )

    def _with_a_slot(self) -> State:
        """Where a placed request is: what was said of its last proof still holds."""
        if self.current is None:
            return State.SCHEDULED
        by_answer = {Answer.APPROVED: State.APPROVED, Answer.CORRECTIONS: State.CORRECTING}
        return by_answer[self.current.answer] if self.current.answer else State.PROOF

    def free(self, doer: Doer, why: str) -> None:
        """Lose the slot: another week is to be found; a proof already approved stays approved."""
        self.passage(Step.FREE, doer)
        self._forget_the_slot()
        self.pass_to(Step.FREE, doer, why)
        self.record_fact(PrintUnscheduled, why=why)

    def _forget_the_slot(self) -> None:
        self.week = self.ready_by = None
        self.urgent = False

    def propose(self, doer: Doer, day: date) -> None:
        """Ask the group whether it can wait until ``day``."""
        if day <= doer.today:
            raise refuse_value("needed_by", "Choisissez un jour à venir.")
        self.pass_to(Step.PROPOSE, doer, f"Pour le {day:%d/%m/%Y}")
        self.proposed = day

    def move(self, doer: Doer, needed_by: date, why: str) -> bool:
        """Want it for another day; True when its slot is no longer early enough."""
        if needed_by == self.needed_by:
            return False
        self.passage(Step.MOVE, doer)
        if doer.person and needed_by <= doer.today:
            raise refuse_value("needed_by", "Choisissez un jour à venir.")
        self.needed_by, self.proposed = needed_by, None
        self.note(Step.MOVE, doer, why or f"Pour le {needed_by:%d/%m/%Y}")
        self.count_back()
        late = self.ready_by is not None and self.ready_by > needed_by
        return late and self.state in SLOTTED

    def send_outside(self, doer: Doer, reason: str) -> None:
        """Have a purchase opened for it: procurement asks printers for quotes."""
        why = need_reason(reason)
        self.passage(Step.SEND_OUTSIDE, doer)
        assert self.needed_by is not None
        assert self.requested_by is not None
        self._forget_the_slot()
        self.pass_to(Step.SEND_OUTSIDE, doer, why)
        label = f"{self.title}, {self.page_format}"
        self.record_fact(
            PrintPurchaseNeeded,
            title=self.title,
            lines=(PrintLine(label=label, quantity=Decimal(self.quantity or 0), unit="pièce"),),
            place=self.place,
            needed_by=self.needed_by,
            requested_by=self.requested_by,
            owner=self.owner,
            priority=self.priority,
            details=f"Format {self.page_format}, papier « {self.paper} », encres « {self.colours} ».",
        )

    def book(self, doer: Doer, ready_by: date | None) -> None:
        """A printer is retained: it is ready on the day of the quote, else on the day wanted."""
        self.passage(Step.BOOK, doer)
        day = ready_by or self.needed_by or doer.today
        if self.state is State.ORDERED and day == self.ready_by:
            return
        self.week, self.ready_by = monday_of(day), day
        self.pass_to(Step.BOOK, doer, f"Pour le {day:%d/%m/%Y}")
        self.record_fact(PrintScheduled, week=self.week, ready_by=day, outside=True)

    def come_back(self, doer: Doer, why: str) -> None:
        """The purchase stops: another way is to be found here."""
        self.passage(Step.COME_BACK, doer)
        self._forget_the_slot()
        self.pass_to(Step.COME_BACK, doer, why)

    def cancel(self, doer: Doer, reason: str) -> None:
        """Do without it; its slot is free again."""
        why = need_reason(reason)
        self.passage(Step.CANCEL, doer)
        self._forget_the_slot()
        self.pass_to(Step.CANCEL, doer, why)
        self.record_fact(PrintCancelled, why=why)


def _first(fit: Fit | None) -> str:
    if fit is None:
        return "Aucune semaine n’a la place dans les six mois qui viennent."
    return (
        f"Première semaine qui convient : celle du {fit.monday:%d/%m/%Y}, "
        f"livraison le {fit.ready_by:%d/%m/%Y}."
    )
