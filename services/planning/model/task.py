"""A task: who does it, by when, and how it goes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.planning.events import (
    HelpRequested,
    StandInFound,
    TaskAssigned,
    TaskBlocked,
    TaskDone,
    TaskFact,
    TaskHandedBack,
    TaskMoved,
    TaskReopened,
    TaskUnblocked,
)
from services.planning.model.dates import Offset, offset_of
from services.planning.model.refusals import (
    LEAD,
    TaskFinished,
    TaskNotYours,
    TaskTaken,
)
from services.planning.model.words import Doer, TaskState
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class Hand:
    """Somebody who comes and helps."""

    person: UUID


@dataclass(frozen=True)
class Who:
    """The one who acts on a task, and whether they lead the committee."""

    person: UUID
    lead: bool = False


@dataclass(eq=False, kw_only=True)
class Task(Aggregate):
    """Something to do for an action, counted back from its day."""

    id: UUID
    action_id: UUID
    committee_id: UUID
    title: str
    due: date
    months: int
    days: int
    doer: Doer
    key: str = ""
    priority: int = 2
    milestone: bool = False
    state: TaskState = TaskState.TODO
    holder: UUID | None = None
    left_by: UUID | None = None
    hands: int = 0
    hands_for: str = ""
    why: str = ""
    unblocks: str = ""
    done_at: datetime | None = None
    done_by: UUID | None = None
    helpers: list[Hand] = field(default_factory=list)
    journey: UUID | None = None
    version: int = 1

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return self.state is TaskState.DONE

    def tell(self, fact: type[TaskFact], /, **more: Any) -> None:
        """Record a fact of this task."""
        self.record(
            fact(
                committee_id=self.committee_id,
                action_id=self.action_id,
                task_id=self.id,
                title=self.title,
                due=self.due,
                **more,
            )
        )

    # its date

    def replan(self, day: date) -> None:
        """Count back from another day; what is done keeps the date it had."""
        if not self.done:
            was, self.due = self.due, Offset(self.months, self.days, self.doer).from_day(day)
            self._say_it_moved((self.title, was))

    def _say_it_moved(self, was: tuple[str, date]) -> None:
        """Others have heard of a task that somebody holds, held, blocked or wants hands for."""
        heard_of = self.holder or self.left_by or self.hands or self.state is TaskState.BLOCKED
        if heard_of and was != (self.title, self.due):
            self.tell(TaskMoved)

    def change(self, title: str, due: date, doer: Doer, priority: int, day: date) -> None:
        """Say it otherwise; another date is counted from the day from now on."""
        self._still_to_do()
        was = self.title, self.due
        if (due, doer) != (self.due, self.doer):
            kept = offset_of(due, day, doer)
            self.months, self.days, self.doer = kept.months, kept.days, doer
            self.due = kept.from_day(day)
        self.title, self.priority = title, priority
        self._say_it_moved(was)

    # who does it

    def take(self, person: UUID) -> None:
        """Say that one does it; refuses when somebody else does."""
        self._still_to_do()
        if self.holder == person:
            return
        if self.holder is not None:
            raise TaskTaken(
                rule="Une tâche a une personne qui s’en charge ; les autres peuvent aider.",
                missing="Qu’elle la rende, ou que la personne référente la confie à un autre.",
                unblocks=LEAD,
                holder=self.holder,
            )
        self._hold(person)

    def entrust(self, person: UUID) -> None:
        """Give it to ``person``, whoever did it before."""
        self._still_to_do()
        if self.holder != person:
            self.left_by = self.holder or self.left_by
            self._hold(person)

    def _hold(self, person: UUID) -> None:
        left, self.left_by, self.holder = self.left_by, None, person
        self.tell(TaskAssigned, person=person)
        if left not in (None, person):
            self.tell(StandInFound, person=person)

    def hand_back(self, who: Who) -> None:
        """Say that one cannot: it looks for somebody else."""
        self._still_to_do()
        self._by_its_holder(who)
        if self.holder is not None:
            self.left_by, self.holder = self.holder, None
            self.tell(TaskHandedBack)

    def _by_its_holder(self, who: Who) -> None:
        if self.holder not in (None, who.person) and not who.lead:
            raise TaskNotYours(
                rule="Qui se charge d’une tâche dit où elle en est, ou la personne référente.",
                missing="Rien : dites-le à la personne qui s’en charge.",
                unblocks=LEAD,
                holder=self.holder,
            )

    # how it goes

    def finish(self, who: Who, now: datetime) -> None:
        """It is done; who finishes a task that nobody had taken has done it."""
        self._by_its_holder(who)
        if self.done:
            return
        self.state, self.done_at, self.done_by = TaskState.DONE, now, who.person
        self.holder = self.holder or who.person
        self.why, self.unblocks, self.left_by, self.hands = "", "", None, 0
        self.tell(TaskDone)

    def happened(self, now: datetime, person: UUID | None) -> None:
        """What it was for took place."""
        if not self.done:
            self.state, self.done_at, self.done_by = TaskState.DONE, now, person
            self.left_by, self.hands = None, 0
            self.tell(TaskDone)

    def reopen(self, who: Who) -> None:
        """It was not done after all."""
        self._by_its_holder(who)
        if self.done:
            self.state, self.done_at, self.done_by = TaskState.TODO, None, None
            self.tell(TaskReopened)

    def block(self, why: str, unblocks: str) -> None:
        """It cannot go on; anybody of the group may say so."""
        self._still_to_do()
        self.state, self.why, self.unblocks = TaskState.BLOCKED, why, unblocks
        self.tell(TaskBlocked, why=why, unblocks=unblocks)

    def unblock(self) -> None:
        """It can go on."""
        if self.state is TaskState.BLOCKED:
            self.state, self.why, self.unblocks = TaskState.TODO, "", ""
            self.tell(TaskUnblocked)

    def want_hands(self, hands: int, what: str) -> None:
        """More people are wanted."""
        self._still_to_do()
        self.hands, self.hands_for = hands, what
        self.tell(HelpRequested, hands=hands, what=what)

    def lend_a_hand(self, person: UUID) -> None:
        """``person`` comes and helps; saying it twice is one person."""
        self._still_to_do()
        if person != self.holder and person not in {hand.person for hand in self.helpers}:
            self.helpers.append(Hand(person))

    @property
    def hands_missing(self) -> int:
        """How many are still wanted."""
        return max(0, self.hands - len(self.helpers))

    def _still_to_do(self) -> None:
        if self.done:
            raise TaskFinished(
                rule="On ne change plus une tâche faite.",
                missing="Si elle ne l’est pas, dites-le d’abord : « Ce n’est pas fait ».",
                unblocks="La personne qui l’a faite, ou la personne référente.",
            )
