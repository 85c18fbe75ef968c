"""The workshop: its weeks of finite capacity, what they hold, and the first one that fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from services.communication.model.delays import Delays, monday_of
from services.communication.model.refusals import WeekFull, refuse_value
from services.communication.model.words import DEPARTMENT, Support
from shared.kernel.aggregate import Aggregate

_NAMESPACE = UUID("4b0d8c52-7f2e-5c39-8e61-90d6a4c1f7ab")
HORIZON = 26
"""Weeks looked at for room: half a year."""
USUAL_HOURS = Decimal(35)
ZERO = Decimal("0.00")


def week_id(monday: date, department: str = DEPARTMENT) -> UUID:
    """The id of a week: two who want the first slot of a week make one row."""
    return uuid5(_NAMESPACE, f"week:{department}:{monday}")


def workshop_id(department: str = DEPARTMENT) -> UUID:
    """The id of a department's workshop."""
    return uuid5(_NAMESPACE, f"workshop:{department}")


def offer_id(support: Support, department: str = DEPARTMENT) -> UUID:
    """The id of a line of the catalogue."""
    return uuid5(_NAMESPACE, f"offer:{department}:{support}")


@dataclass(eq=False)
class Workshop(Aggregate):
    """Hours that a department gives to committees in a week, and how many it keeps for urgency."""

    id: UUID
    department: str
    hours: Decimal = USUAL_HOURS
    reserve: Decimal = ZERO
    version: int = 1

    def set_hours(self, hours: Decimal, reserve: Decimal) -> None:
        """Change both; refuses a reserve beyond the hours."""
        if reserve > hours:
            raise refuse_value("reserve", "La réserve tient dans les heures de la semaine.")
        self.hours, self.reserve = hours, reserve


@dataclass(eq=False)
class Offer(Aggregate):
    """A line of the catalogue: what the department takes on, its usual hours and delays."""

    id: UUID
    department: str
    support: Support
    hours: Decimal
    conception: int
    review: int
    proof: int
    printing: int
    delivery: int
    conditions: str = ""
    version: int = 1

    @property
    def delays(self) -> Delays:
        """The working days of each part."""
        return Delays(self.conception, self.review, self.proof, self.printing, self.delivery)


@dataclass
class Slot:
    """Hours of a week held by one request: an option until its proof is approved, then firm."""

    request_id: UUID
    hours: Decimal
    firm: bool = False


@dataclass(frozen=True)
class Load:
    """What a week can hold and holds: enough to say whether something fits."""

    monday: date
    capacity: Decimal
    reserve: Decimal
    held: Decimal

    def room(self, urgent: bool = False) -> Decimal:
        """Hours still free; those kept for urgency only for what is urgent."""
        return self.capacity - self.held - (ZERO if urgent else self.reserve)


@dataclass(eq=False)
class Week(Aggregate):
    """One week of a workshop, locked while it is filled: ``hours`` is None when it is as usual."""

    id: UUID
    department: str
    monday: date
    hours: Decimal | None = None
    held: Decimal = ZERO
    why: str = ""
    slots: list[Slot] = field(default_factory=list)
    version: int = 1

    def load(self, workshop: Workshop) -> Load:
        """What it can hold and holds."""
        capacity = workshop.hours if self.hours is None else self.hours
        return Load(self.monday, capacity, min(workshop.reserve, capacity), self.held)

    def hold(self, workshop: Workshop, request_id: UUID, hours: Decimal, urgent: bool) -> None:
        """Keep ``hours`` for a request; refuses more than there is room for."""
        room = self.load(workshop).room(urgent)
        if hours > room:
            raise WeekFull(
                f"La semaine du {self.monday:%d/%m/%Y} n’a plus que {plain(max(room, ZERO))} h, "
                f"il en faut {plain(hours)}.",
                rule="Une semaine ne prend pas plus d’heures que l’atelier n’en a.",
                unblocks="Le Service communication, en prenant une autre semaine.",
            )
        self.slots.append(Slot(request_id, hours))
        self.held += hours

    def release(self, request_id: UUID) -> None:
        """Give back what a request holds here; nothing when it holds nothing."""
        for slot in [s for s in self.slots if s.request_id == request_id]:
            self.slots.remove(slot)
            self.held -= slot.hours

    def set_firm(self, request_id: UUID, firm: bool) -> None:
        """An option becomes firm with the approved proof, and an option again with a new one."""
        for slot in self.slots:
            if slot.request_id == request_id:
                slot.firm = firm


@dataclass(frozen=True)
class Fit:
    """A week with room for something, and when that is ready."""

    monday: date
    ready_by: date


def first_fit(
    loads: Iterable[Load], delays: Delays, hours: Decimal, press_from: date, urgent: bool = False
) -> Fit | None:
    """The first of ``loads`` with room for ``hours`` at the press from ``press_from`` on."""
    for load in loads:
        if load.monday + timedelta(6) >= press_from and hours <= load.room(urgent):
            return Fit(load.monday, delays.ready(load.monday, press_from))
    return None


def loads_from(
    usual: tuple[Decimal, Decimal],
    weeks: Mapping[date, tuple[Decimal | None, Decimal]],
    start: date,
) -> list[Load]:
    """Half a year of weeks from ``start`` on: ``usual`` hours and reserve unless ``weeks`` say else.

    ``weeks`` gives the hours of a week (None as usual) and what it holds; others hold nothing.
    """
    loads = []
    for n in range(HORIZON):
        monday = monday_of(start) + timedelta(7 * n)
        own, held = weeks.get(monday, (None, ZERO))
        capacity = usual[0] if own is None else own
        loads.append(Load(monday, capacity, min(usual[1], capacity), held))
    return loads


def plain(hours: Decimal) -> str:
    """Hours as a sentence says them: ``7,5``."""
    return f"{hours.normalize():f}".replace(".", ",")
