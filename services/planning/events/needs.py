"""Facts of one need, and what those who were asked answer."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.language import Fact
from services.planning.events.words import NeededLine, RelayAnswer, SupplyKind, Support


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
    """The need is for another day, because the action moved or the group said so.

    Who had answered is asked again, by ``answer_by``; None for what is bought or printed.
    """

    needed_by: date
    why: str
    answer_by: date | None = None


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
