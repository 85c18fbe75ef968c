"""What planning tells the others: the day, tasks, needs and their answers, the bilan, the end.

Ids of needs are minted here, by the one who asks, so that answers can be matched.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.language import Fact


class SupplyKind(StrEnum):
    """What has to be bought, in the words of a committee."""

    EQUIPMENT = "equipment"
    HIRE = "hire"
    FOOD = "food"
    PERFORMANCE = "performance"
    TRANSPORT = "transport"
    SECURITY = "security"
    OTHER = "other"


class Support(StrEnum):
    """What can be printed."""

    FLYER = "flyer"
    POSTER = "poster"
    BANNER = "banner"
    PROGRAMME = "programme"
    SIGN = "sign"
    CARD = "card"
    OTHER = "other"


class RelayAnswer(StrEnum):
    """What an organisation answers."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    OTHER = "something-else"


class WhyMoved(StrEnum):
    """Why a day moved."""

    COMMITTEE = "committee"
    CYCLONE = "cyclone"
    WEATHER = "weather"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class NeededLine:
    """So many units of one thing."""

    label: str
    quantity: Decimal
    unit: str


# ------------------------------------------------------------------ the day


@dataclass(frozen=True, kw_only=True)
class PlanAdopted(Fact):
    """The group agreed on the day, the day to fall back on, the place and who leads."""

    title: str
    day: date
    fallback_day: date | None
    place: str
    lead: UUID

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ActionDayMoved(Fact):
    """The day is another one; ``tight`` tasks no longer fit before it."""

    was: date
    day: date
    fallback_day: date | None
    why: WhyMoved
    reason: str
    tight: int = 0

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ActionCancelled(Fact):
    """The action will not be held: whatever was opened for it is freed."""

    reason: str

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class InstallationSigned(Fact):
    """The place is set up and somebody signed for it; ``reserves`` is what was not right."""

    place: str
    reserves: str = ""

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ActionHeld(Fact):
    """The day took place; ``attendance`` is a count or an honest estimate of people."""

    on: date
    attendance: int
    incidents: str = ""

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ActionReviewed(Fact):
    """The bilan, agreed by the group. ``spent_incl_tax`` is what the facts of money say."""

    attendance: int
    volunteers: int
    volunteer_hours: int
    spent_incl_tax: Decimal
    worked: str
    to_improve: str
    do_again: bool

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ActionClosed(Fact):
    """Nothing is left open for this action."""

    on: date

    def subject(self) -> str:
        return str(self.action_id)


# ------------------------------------------------------------------ tasks


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
class TaskDone(TaskFact):
    """It is done."""


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


# ------------------------------------------------------------------ needs and answers


@dataclass(frozen=True, kw_only=True)
class NeedFact(Fact):
    """Something about one need of an action."""

    need_id: UUID

    def subject(self) -> str:
        return str(self.need_id)


@dataclass(frozen=True, kw_only=True)
class SupplierNeeded(NeedFact):
    """Something has to be bought. ``estimate_incl_tax`` is the group's own guess, or None."""

    title: str
    kind: SupplyKind
    lines: tuple[NeededLine, ...]
    place: str
    needed_by: date
    requested_by: UUID
    owner: UUID | None = None
    priority: int = 2
    estimate_incl_tax: Decimal | None = None
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintNeeded(NeedFact):
    """A support is needed: every print goes through communication."""

    title: str
    support: Support
    quantity: int
    page_format: str
    place: str
    needed_by: date
    requested_by: UUID
    owner: UUID | None = None
    priority: int = 2
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceNeeded(NeedFact):
    """A department of the city is asked for something, to be answered by ``answer_by``."""

    department: str
    title: str
    what: str
    place: str
    on: date
    answer_by: date
    requested_by: UUID


@dataclass(frozen=True, kw_only=True)
class NeedChanged(NeedFact):
    """The need is for another day, because the action moved or the group said so."""

    needed_by: date
    why: str


@dataclass(frozen=True, kw_only=True)
class NeedWithdrawn(NeedFact):
    """The need is no more."""

    why: str


@dataclass(frozen=True, kw_only=True)
class RelayAsked(NeedFact):
    """An organisation is asked for help: what, how much effort, when, to be answered by a day."""

    relay_id: UUID
    organisation: str
    what: str
    effort: str
    window_from: date
    window_to: date
    answer_by: date
    requested_by: UUID


@dataclass(frozen=True, kw_only=True)
class ServiceAccepted(NeedFact):
    """The department does it; ``conditions`` are its own words."""

    department: str
    conditions: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceDeclined(NeedFact):
    """The department cannot: another way is to be found."""

    department: str
    why: str


@dataclass(frozen=True, kw_only=True)
class AnswerOverdue(NeedFact):
    """Whoever was asked has not answered in time: the DPC is told. ``asked`` names them."""

    asked: str
    answer_by: date
    since: datetime


@dataclass(frozen=True, kw_only=True)
class RelayAnswered(NeedFact):
    """What the organisation answered, in its own words."""

    relay_id: UUID
    organisation: str
    answer: RelayAnswer
    words: str = ""
