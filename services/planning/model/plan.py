"""The plan of an action: its day and place, from the choice to the closing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from services.planning.events import (
    ActionCancelled,
    ActionClosed,
    ActionDayMoved,
    ActionHeld,
    ActionReviewed,
    InstallationSigned,
    PlanAdopted,
    WhyMoved,
)
from services.planning.model.day import Day
from services.planning.model.refusals import (
    LEAD,
    AlreadySigned,
    NoFallbackDay,
    NotHeldYet,
    PlanAlreadyAdopted,
    PlanNotAdopted,
    PlanOver,
    SomethingOpen,
    TooEarly,
    wrong,
)
from services.planning.model.task import Task
from services.planning.model.template import INSTALLATION
from services.planning.model.words import STOPPED, PlanState
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """What the group says of its action; what was spent is counted, not said."""

    attendance: int
    volunteers: int
    volunteer_hours: int
    spent_incl_tax: Decimal
    worked: str
    to_improve: str
    do_again: bool


@dataclass(eq=False, kw_only=True)
class ActionPlan(Aggregate):
    """The plan of an action; its id is the action's."""

    id: UUID
    committee_id: UUID
    title: str
    aims: str
    wished_from: date
    wished_to: date
    day: date
    place: str
    conditions: list[dict[str, Any]] = field(default_factory=list)
    estimate_incl_tax: Decimal | None = None
    fallback_day: date | None = None
    lead: UUID | None = None
    state: PlanState = PlanState.DRAFT
    agreed: str = ""
    adopted_on: date | None = None
    moves: int = 0
    why_moved: str = ""
    installed_at: datetime | None = None
    installed_by: UUID | None = None
    reserves: str = ""
    held_on: date | None = None
    attendance: int | None = None
    incidents: str = ""
    volunteers: int | None = None
    volunteer_hours: int | None = None
    spent_incl_tax: Decimal | None = None
    worked: str = ""
    to_improve: str = ""
    do_again: bool | None = None
    reviewed_on: date | None = None
    report: dict[str, Any] | None = None
    ended_on: date | None = None
    why_ended: str = ""
    journey: UUID | None = None
    version: int = 1

    SOONEST: ClassVar[int] = 3
    """Days before the day from which an installation may be signed."""

    # the day

    def adopt(self, chosen: Day, agreed: str, today: date) -> None:
        """Set day, fall-back day, place and lead, as the group agreed; ``agreed`` says how."""
        self.check_alive()
        if self.state is not PlanState.DRAFT:
            raise PlanAlreadyAdopted(
                rule="Un plan s’adopte une fois ; son jour se déplace ensuite, avec un motif.",
                unblocks=LEAD,
            )
        chosen.check(today)
        self.day, self.fallback_day = chosen.day, chosen.fallback_day
        self.place, self.lead = chosen.place, chosen.lead
        self.state, self.agreed, self.adopted_on = PlanState.ADOPTED, agreed, today
        self._tell(
            PlanAdopted,
            title=self.title,
            day=self.day,
            fallback_day=self.fallback_day,
            place=self.place,
            lead=chosen.lead,
        )

    def check_adopted(self) -> None:
        """Refuse what needs a day that the group agreed on."""
        self.check_alive()
        if self.state is PlanState.DRAFT:
            raise PlanNotAdopted(
                rule="On demande, on déplace et on tient ce que le groupe a adopté.",
                missing="L’adoption du plan : jour, repli, lieu, personne qui porte l’action.",
                unblocks=LEAD,
            )

    def check_ahead(self) -> None:
        """Refuse what is only done while the day is still to come."""
        self.check_adopted()
        if self.state is not PlanState.ADOPTED:
            raise PlanOver(rule="La journée a eu lieu : on n’en change plus le jour ni la suite.")

    def check_alive(self) -> None:
        """Refuse what is only done while the action goes on."""
        if self.state in STOPPED:
            raise PlanOver(
                rule="Une action annulée ou close ne change plus.",
                missing=self.why_ended or "Une nouvelle action.",
                unblocks="La DPC-CAC",
            )

    def move(
        self, day: date, fallback_day: date | None, why: WhyMoved, reason: str, tight: int
    ) -> None:
        """Hold it another day; the caller has checked the day and counts what no longer fits."""
        self.check_ahead()
        if day == self.day:
            raise wrong("day", f"Le jour J est déjà le {day:%d/%m/%Y}.")
        was, self.day, self.fallback_day = self.day, day, fallback_day
        self.moves, self.why_moved = self.moves + 1, reason
        # A place that was looked at for another day is looked at again.
        self.installed_at, self.installed_by, self.reserves = None, None, ""
        self._tell(
            ActionDayMoved,
            was=was,
            day=day,
            fallback_day=fallback_day,
            why=why,
            reason=reason,
            tight=tight,
        )

    def day_to_fall_back_on(self) -> date:
        """The fall-back day that was adopted; refuses without one."""
        self.check_ahead()
        if self.fallback_day is None:
            raise NoFallbackDay(
                rule="On se replie sur le jour adopté pour cela.",
                missing="Un jour de repli : déplacez plutôt le jour J.",
                unblocks=LEAD,
            )
        return self.fallback_day

    def stop(self, why: str, today: date, *, told: bool) -> None:
        """Give the action up; ``told`` when others have not heard it elsewhere."""
        self.check_alive()
        if self.state not in (PlanState.DRAFT, PlanState.ADOPTED):
            raise PlanOver(rule="Une action qui a eu lieu ne s’annule plus : elle se clôt.")
        self.state, self.why_ended, self.ended_on = PlanState.CANCELLED, why, today
        if told:
            self._tell(ActionCancelled, reason=why)

    # the day itself

    def sign_installation(
        self, seen: Sequence[str], reserves: str, person: UUID, now: datetime, today: date
    ) -> None:
        """Sign for the place; what was not found right is said in ``reserves``."""
        self.check_ahead()
        if self.installed_at is not None and not self.reserves:
            raise AlreadySigned(
                rule="Une installation signée sans réserve ne se signe plus.", unblocks=LEAD
            )
        soonest = self.day - timedelta(self.SOONEST)
        if today < soonest:
            raise TooEarly(
                rule="On signe ce que l’on a vu sur place.",
                missing=f"D’attendre le {soonest:%d/%m/%Y}.",
                unblocks=LEAD,
            )
        missing = [point for point in INSTALLATION if point not in seen]
        if missing and not reserves:
            raise wrong("reserves", f"Dites ce qui manque : {', '.join(missing).lower()}.")
        self.installed_at, self.installed_by, self.reserves = now, person, reserves
        self._tell(InstallationSigned, place=self.place, reserves=reserves)

    def hold(self, attendance: int, incidents: str, today: date) -> None:
        """Say that the day took place; refuses before it."""
        self.check_ahead()
        if today < self.day:
            raise TooEarly(
                rule="On dit qu’une journée a eu lieu quand elle a eu lieu.",
                missing=f"D’attendre le {self.day:%d/%m/%Y}.",
                unblocks=LEAD,
            )
        self.state, self.held_on = PlanState.HELD, self.day
        self.attendance, self.incidents = attendance, incidents
        self._tell(ActionHeld, on=self.day, attendance=attendance, incidents=incidents)

    def check_reviewable(self) -> None:
        """Refuse a bilan before the day, and a second one."""
        self.check_adopted()
        if self.state is PlanState.ADOPTED:
            raise NotHeldYet(
                rule="Un bilan regarde une journée qui a eu lieu.",
                missing="De dire que la journée a eu lieu, avec sa fréquentation.",
                unblocks="Un membre du comité",
            )
        if self.state is PlanState.REVIEWED:
            raise PlanOver("Le bilan est déjà fait.", rule="Un bilan agréé ne change plus.")

    def review(self, bilan: Bilan, report: dict[str, Any], today: date) -> None:
        """Keep the bilan that the group agreed on."""
        self.check_reviewable()
        self.state, self.reviewed_on, self.report = PlanState.REVIEWED, today, report
        for name, value in vars(bilan).items():
            setattr(self, name, value)
        self._tell(ActionReviewed, **vars(bilan))

    def close(self, left_open: Sequence[dict[str, str]], today: date) -> None:
        """End the action; refuses while something is open, and lists it."""
        self.check_alive()
        if left_open:
            listed = " · ".join(f"{each['text']} ({each['who']})" for each in left_open[:8])
            raise SomethingOpen(
                rule="Une action se clôt quand plus rien n’est ouvert.",
                missing=listed,
                unblocks="Pour chaque ligne, qui est nommé à côté",
                open=list(left_open),
            )
        self.state, self.ended_on = PlanState.CLOSED, today
        self._tell(ActionClosed, on=today)

    def _tell(self, fact: Any, /, **more: Any) -> None:
        self.record(fact(committee_id=self.committee_id, action_id=self.id, **more))


def replan(tasks: Sequence[Task], day: date) -> None:
    """Count every task that is not done back from ``day``."""
    for task in tasks:
        task.replan(day)


def tight(tasks: Sequence[Task], today: date) -> list[Task]:
    """The tasks that no longer fit: to do, and due before today."""
    return [task for task in tasks if not task.done and task.due < today]
