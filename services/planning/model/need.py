"""A need: something bought, printed, lent by a department, or asked of an organisation."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.planning.events import (
    AnswerOverdue,
    NeedChanged,
    NeededLine,
    NeedWithdrawn,
    PrintNeeded,
    RelayAnswer,
    RelayAnswered,
    RelayAsked,
    ServiceAccepted,
    ServiceDeclined,
    ServiceNeeded,
    SupplierNeeded,
    SupplyKind,
    Support,
)
from services.planning.model.dates import offset_of
from services.planning.model.refusals import LEAD, NeedOver, NotAsked, wrong
from services.planning.model.words import BOUGHT, Doer, NeedKind, NeedState
from shared.kernel.aggregate import Aggregate

_OF_RELAY = {
    RelayAnswer.YES: NeedState.ACCEPTED,
    RelayAnswer.NO: NeedState.DECLINED,
    RelayAnswer.LATER: NeedState.ANSWERED,
    RelayAnswer.OTHER: NeedState.ANSWERED,
}


@dataclass(eq=False, kw_only=True)
class Need(Aggregate):
    """What an action needs of somebody else; its id is minted here, so that answers match."""

    id: UUID
    action_id: UUID
    committee_id: UUID
    kind: NeedKind
    title: str
    needed_by: date
    place: str
    requested_by: UUID
    asked_at: datetime
    details: str = ""
    owner: UUID | None = None
    priority: int = 2
    lines: list[dict[str, Any]] = field(default_factory=list)
    supply: SupplyKind | None = None
    support: Support | None = None
    quantity: int | None = None
    page_format: str = ""
    estimate_incl_tax: Decimal | None = None
    department: str | None = None
    relay_id: UUID | None = None
    organisation: str = ""
    effort: str = ""
    until: date | None = None
    answer_by: date | None = None
    state: NeedState = NeedState.ASKED
    answer: RelayAnswer | None = None
    words: str = ""
    answered_at: datetime | None = None
    overdue_at: datetime | None = None
    why_withdrawn: str = ""
    journey: UUID | None = None
    version: int = 1

    @property
    def asked(self) -> str:
        """Who is asked, by name of service or organisation."""
        return self.department or self.organisation

    @property
    def answers_here(self) -> bool:
        """Whether those who are asked answer in this service."""
        return self.kind not in BOUGHT

    @property
    def over(self) -> bool:
        """Whether it is no longer needed."""
        return self.state is NeedState.WITHDRAWN

    # asking

    def check_dates(self, day: date, today: date) -> None:
        """From tomorrow on, and not after the day; an answer comes before."""
        name = {NeedKind.SERVICE: "on", NeedKind.RELAY: "window_from"}.get(self.kind, "needed_by")
        if self.needed_by <= today:
            raise wrong(name, "Choisissez un jour à venir.")
        if self.kind in BOUGHT and self.needed_by > day:
            raise wrong(name, f"Le jour J est le {day:%d/%m/%Y} : il le faut au plus tard ce jour.")
        if self.until is not None and self.until < self.needed_by:
            raise wrong("window_to", "La fin vient après le début.")
        if self.answer_by is not None and not today < self.answer_by <= self.needed_by:
            raise wrong("answer_by", "Donnez un jour à venir, et avant celui où il le faut.")

    def ask(self) -> None:
        """Tell those who can help."""
        tell = {
            NeedKind.SUPPLIER: self._ask_supplier,
            NeedKind.PRINT: self._ask_printer,
            NeedKind.SERVICE: self._ask_service,
            NeedKind.RELAY: self._ask_relay,
        }[self.kind]
        tell()

    def _ask_supplier(self) -> None:
        lines = (
            NeededLine(label=line["label"], quantity=Decimal(line["quantity"]), unit=line["unit"])
            for line in self.lines
        )
        self._tell(
            SupplierNeeded,
            title=self.title,
            kind=self.supply,
            lines=tuple(lines),
            place=self.place,
            needed_by=self.needed_by,
            requested_by=self.requested_by,
            owner=self.owner,
            priority=self.priority,
            estimate_incl_tax=self.estimate_incl_tax,
            details=self.details,
        )

    def _ask_printer(self) -> None:
        self._tell(
            PrintNeeded,
            title=self.title,
            support=self.support,
            quantity=self.quantity,
            page_format=self.page_format,
            place=self.place,
            needed_by=self.needed_by,
            requested_by=self.requested_by,
            owner=self.owner,
            priority=self.priority,
            details=self.details,
        )

    def _ask_service(self) -> None:
        self._tell(
            ServiceNeeded,
            department=self.department,
            title=self.title,
            what=self.details,
            place=self.place,
            on=self.needed_by,
            answer_by=self.answer_by,
            requested_by=self.requested_by,
        )

    def _ask_relay(self) -> None:
        self._tell(
            RelayAsked,
            relay_id=self.relay_id,
            organisation=self.organisation,
            what=self.details,
            effort=self.effort,
            window_from=self.needed_by,
            window_to=self.until,
            answer_by=self.answer_by,
            requested_by=self.requested_by,
        )

    # answers

    def check_live(self) -> None:
        """Refuse what is only done to a need that still stands."""
        if self.state is NeedState.WITHDRAWN:
            raise NeedOver(
                rule="Ce qui n’est plus demandé ne se répond plus.",
                missing=f"Rien : {self.why_withdrawn}" if self.why_withdrawn else "Rien.",
                unblocks=LEAD,
            )

    def check_asked_here(self) -> None:
        """Refuse what suppliers and printers answer elsewhere."""
        self._check_answerable(NeedKind.SERVICE if self.department else NeedKind.RELAY)

    def _check_answerable(self, kind: NeedKind) -> None:
        self.check_live()
        if self.kind is not kind:
            raise NotAsked(
                rule="Un achat se suit aux achats, une impression à la communication.",
                unblocks=LEAD,
            )

    def accept(self, conditions: str, now: datetime) -> None:
        """The department does it, on its conditions."""
        self._check_answerable(NeedKind.SERVICE)
        self._answered(NeedState.ACCEPTED, conditions, now)
        self._tell(ServiceAccepted, department=self.department, conditions=conditions)

    def decline(self, why: str, now: datetime) -> None:
        """The department cannot."""
        self._check_answerable(NeedKind.SERVICE)
        if not why:
            raise wrong("words", "Dites pourquoi : le comité cherche alors autrement.")
        self._answered(NeedState.DECLINED, why, now)
        self._tell(ServiceDeclined, department=self.department, why=why)

    def answer_relay(self, answer: RelayAnswer, words: str, now: datetime) -> None:
        """The organisation answers; « plus tard » and « autre chose » need a word."""
        self._check_answerable(NeedKind.RELAY)
        if _OF_RELAY[answer] is NeedState.ANSWERED and not words:
            raise wrong("words", "Dites quand, ou quoi d’autre : le comité s’organise.")
        self.answer = answer
        self._answered(_OF_RELAY[answer], words, now)
        self._tell(
            RelayAnswered,
            relay_id=self.relay_id,
            organisation=self.organisation,
            answer=answer,
            words=words,
        )

    def _answered(self, state: NeedState, words: str, now: datetime) -> None:
        self.state, self.words, self.answered_at = state, words, now

    def overdue(self, now: datetime) -> bool:
        """Note that nobody answered in time; False when there is nothing to note."""
        if self.state is not NeedState.ASKED or self.overdue_at is not None:
            return False
        self.overdue_at = now
        self._tell(AnswerOverdue, asked=self.asked, answer_by=self.answer_by, since=self.asked_at)
        return True

    # changing

    def move(self, was: date, day: date, today: date, why: str) -> None:
        """Follow the day of the action; an answer given for another day is asked again."""
        if self.kind in BOUGHT:
            moved = offset_of(self.needed_by, was, Doer.OFFICE).from_day(day)
            self._change(max(moved, min(day, today + timedelta(1))), why)
            return
        shift = day - was
        needed_by = max(self.needed_by + shift, min(day, today + timedelta(1)))
        if self.until is not None:
            self.until = max(self.until + shift, needed_by)
        self.ask_again(needed_by, today, why)

    def ask_again(self, needed_by: date, today: date, why: str) -> None:
        """Need it another day: whoever had answered is asked again, with time to answer."""
        assert self.answer_by is not None
        lead = self.needed_by - self.answer_by
        self.answer_by = min(needed_by, max(needed_by - lead, today + timedelta(2)))
        self.state, self.answer, self.overdue_at = NeedState.ASKED, None, None
        self.words, self.answered_at = "", None
        self._change(needed_by, why)
        self.ask()

    def change_date(self, needed_by: date, day: date, today: date, why: str) -> None:
        """Need it another day, as the group says."""
        self.check_live()
        if needed_by <= today:
            raise wrong("needed_by", "Choisissez un jour à venir.")
        if self.kind in BOUGHT and needed_by > day:
            raise wrong("needed_by", f"Le jour J est le {day:%d/%m/%Y} : il le faut avant.")
        if self.answers_here:
            self.until = self.until and max(self.until, needed_by)
            self.ask_again(needed_by, today, why)
        else:
            self._change(needed_by, why)

    def _change(self, needed_by: date, why: str) -> None:
        self.needed_by = needed_by
        self._tell(NeedChanged, needed_by=needed_by, why=why, answer_by=self.answer_by)

    def withdraw(self, why: str) -> None:
        """No longer need it; saying it twice changes nothing."""
        if self.state is not NeedState.WITHDRAWN:
            self.state, self.why_withdrawn = NeedState.WITHDRAWN, why
            self._tell(NeedWithdrawn, why=why)

    def _tell(self, fact: Any, /, **more: Any) -> None:
        self.record(
            fact(committee_id=self.committee_id, action_id=self.action_id, need_id=self.id, **more)
        )
