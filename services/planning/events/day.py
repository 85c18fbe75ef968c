"""Facts of a plan and its day, to the end of the action."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.language import Fact
from services.planning.events.words import WhyMoved


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
