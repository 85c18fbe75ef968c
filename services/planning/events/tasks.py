"""Facts of one task: who does it, and how it goes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.language import Fact


@dataclass(frozen=True, kw_only=True)
class TaskFact(Fact):
    """Something about one task of a plan."""

    task_id: UUID
    title: str
    due: date

    def subject(self) -> str:
        return str(self.task_id)


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(TaskFact):
    """``person`` does it."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class TaskHandedBack(TaskFact):
    """Nobody does it any more: it looks for somebody."""


@dataclass(frozen=True, kw_only=True)
class TaskMoved(TaskFact):
    """A task that others have heard of is for another day, or is said otherwise."""


@dataclass(frozen=True, kw_only=True)
class TaskDone(TaskFact):
    """It is done."""


@dataclass(frozen=True, kw_only=True)
class TaskReopened(TaskFact):
    """It was not done after all."""


@dataclass(frozen=True, kw_only=True)
class TaskBlocked(TaskFact):
    """It cannot go on; ``unblocks`` says who can help, in the group's words."""

    why: str
    unblocks: str


@dataclass(frozen=True, kw_only=True)
class TaskUnblocked(TaskFact):
    """It can go on."""


@dataclass(frozen=True, kw_only=True)
class HelpRequested(TaskFact):
    """``hands`` more people are wanted for it."""

    hands: int
    what: str


@dataclass(frozen=True, kw_only=True)
class StandInFound(TaskFact):
    """``person`` steps in for somebody who cannot."""

    person: UUID
