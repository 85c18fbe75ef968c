"""Monitoring in a temporary folder, hearing facts written by hand at a time that stands still."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.directory.events import CommitteeCreated, PersonNamed
from services.language import STREAMS
from services.procurement.events import (
    Balances,
    BudgetChanged,
    BudgetMove,
    BudgetOpened,
    Category,
    EnvelopeOpened,
    NeedKind,
    PurchaseOpened,
    PurchaseStepPassed,
    Step,
)
from shared.kernel.event import By, Event
from shared.kernel.rights import Actor, Grant
from shared.log import wire
from shared.log.event_log import EventLog, Message
from shared.log.flow import FlowReported, SourceLag
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.clock import Clock
from shared.store.workplace import Envelope, Sealed
from shared.testing.product import settle

PRODUCT = Product(
    names=(
        "directory",
        "diagnostic",
        "decision",
        "planning",
        "procurement",
        "communication",
        "monitoring",
    ),
    streams=STREAMS,
)
NOW = datetime(2027, 1, 12, 4, 4, tzinfo=UTC)
TODAY = date(2027, 1, 12)
_NAMES = UUID("5e3e0c50-7c6f-4cf0-9b02-0d4f3f4f7a55")

PLACES = (
    ("Sainte-Clotilde", "Secteur Est"),
    ("Le Brûlé", "Secteur Haut"),
    ("Bas de la Rivière", "Secteur Centre"),
    ("Moufia", "Secteur Est"),
)


def named(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(_NAMES, name)


def who(role: str, scope: str = "city", name: str = "Lucette Modèle") -> Actor:
    """Somebody with one role."""
    return Actor(named(name), (Grant(role, scope),))


OFFICER = who("dpc_officer")


class Still(Clock):
    """A clock that somebody sets."""

    def __init__(self, moment: datetime = NOW) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        self.moment += step


class Told:
    """What was told to monitoring, and what it made of it."""

    def __init__(self, folder: Path, event_log: EventLog | None = None, **settings: Any) -> None:
        self.clock = Still()
        self.runtime: Runtime = PRODUCT.runtime(
            Settings(data=folder, **settings),
            ["monitoring"],
            clock=self.clock,
            event_log=event_log,
        )
        self.runtime.migrate()
        self.runtime.ensure_streams()
        self.database = self.runtime.workplaces["monitoring"].database
        self._count = 0
        self.last: UUID | None = None

    # telling

    def tell(
        self,
        event: Event,
        *,
        days_ago: float = 0,
        by: str | None = None,
        quality: str = "dpc_officer",
        cause: UUID | None = None,
        again: UUID | None = None,
        journey: UUID | None = None,
    ) -> UUID:
        """Append ``event`` to the log as its service would; ``again`` is the id it already had.

        ``journey`` is what it is correlated with: its action when not given.
        """
        self._count += 1
        identity = again or named(f"event {self._count}")
        if by is not None:
            event = replace(event, by=By(person=named(by), quality=quality))
        moment = self.clock.now() - timedelta(days=days_ago) + timedelta(microseconds=self._count)
        sealed = wire.seal(
            Envelope(
                id=identity,
                type=event.type,
                source="http://test",
                time=moment,
                key=event.key(),
                thread=event.thread(),
                event=event,
                correlation_id=journey or getattr(event, "action_id", None),
                causation_id=cause,
            )
        )
        self.append(sealed)
        self.last = identity
        return identity

    def append(self, sealed: Sealed) -> None:
        """Put a sealed event on the log."""
        headers = wire.unpack_headers(sealed.headers)
        message = Message(sealed.stream, sealed.key.encode(), sealed.payload, headers)
        self.runtime.log.send([message]).wait(10)

    def settle(self) -> None:
        settle(self.runtime)

    # reading

    def ask(self, query: Any, actor: Actor = OFFICER, **arguments: Any) -> Any:
        return self.runtime.use_cases["monitoring"].ask(query, actor=actor, **arguments)

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        """All rows of a view, in a fixed order."""
        with self.database.read() as connection:
            select = sa.select(table).order_by(*table.primary_key.columns)
            return [dict(row) for row in connection.execute(select).mappings()]

    def views(self) -> dict[str, list[dict[str, Any]]]:
        service = self.runtime.services[0]
        return {table.name: self.rows(table) for table in service.views}

    # facts with little to say

    def committee(self, number: int, **options: Any) -> UUID:
        quartier, sector = PLACES[number % len(PLACES)]
        committee_id = named(f"committee {number}")
        self.tell(
            CommitteeCreated(
                committee_id=committee_id,
                name=f"CAC {number:02d}",
                quartier=quartier,
                sector=sector,
                number=number,
            ),
            **options,
        )
        return committee_id

    def person(self, name: str) -> UUID:
        self.tell(PersonNamed(person=named(name), name=name))
        return named(name)

    def envelope(
        self, committee_id: UUID, amount: str = "7000.00", year: int = 2027, **options: Any
    ) -> UUID:
        envelope_id = named(f"envelope {committee_id} {year}")
        self.tell(
            EnvelopeOpened(
                committee_id=committee_id,
                envelope_id=envelope_id,
                year=year,
                amount=Decimal(amount),
            ),
            **options,
        )
        return envelope_id

    def line(
        self,
        committee_id: UUID,
        voted: str = "3200.00",
        action_id: UUID | None = None,
        title: str = "Kabar lakour",
        year: int = 2027,
        **options: Any,
    ) -> UUID:
        line_id = named(f"line {committee_id} {title} {year}")
        self.tell(
            BudgetOpened(
                committee_id=committee_id,
                action_id=action_id,
                line_id=line_id,
                envelope_id=named(f"envelope {committee_id} {year}"),
                year=year,
                title=title,
                balances=balances(voted=voted),
                ledger_seq=1,
            ),
            **options,
        )
        return line_id

    def move(
        self,
        committee_id: UUID,
        line_id: UUID,
        seq: int,
        move: BudgetMove = BudgetMove.RESERVE,
        amount: str = "0.00",
        action_id: UUID | None = None,
        purchase_id: UUID | None = None,
        after: dict[str, str] | None = None,
        **options: Any,
    ) -> UUID:
        return self.tell(
            BudgetChanged(
                committee_id=committee_id,
                action_id=action_id,
                line_id=line_id,
                move=move,
                amount=Decimal(amount),
                balances=balances(**({"voted": "3200.00"} | (after or {}))),
                ledger_seq=seq,
                purchase_id=purchase_id,
            ),
            **options,
        )

    def purchase(
        self,
        committee_id: UUID,
        title: str = "Sonorisation",
        action_id: UUID | None = None,
        **options: Any,
    ) -> UUID:
        purchase_id = named(f"purchase {committee_id} {title}")
        self.tell(
            PurchaseOpened(
                committee_id=committee_id,
                action_id=action_id,
                purchase_id=purchase_id,
                need_id=named(f"need {committee_id} {title}"),
                title=title,
                category=Category.SERVICES,
                kind=NeedKind.HIRE,
                family="sonorisation",
                lines=(),
                place="Préau",
                needed_by=date(2027, 3, 20),
                priority=1,
            ),
            **options,
        )
        return purchase_id

    def step(
        self,
        committee_id: UUID,
        purchase_id: UUID,
        step: Step,
        next_step: Step | None = None,
        awaited: str | None = None,
        due: date | None = None,
        reason: str = "",
        action_id: UUID | None = None,
        **options: Any,
    ) -> UUID:
        return self.tell(
            PurchaseStepPassed(
                committee_id=committee_id,
                action_id=action_id,
                purchase_id=purchase_id,
                need_id=named("need"),
                step=step,
                next_step=next_step,
                awaited_role=awaited,
                due=due,
                reason=reason,
            ),
            **options,
        )

    def report(self, service: str, seconds_ago: float = 0, lag: int = 0, **values: Any) -> UUID:
        return self.tell(
            FlowReported(
                service=service,
                at=self.clock.now() - timedelta(seconds=seconds_ago),
                lags=(SourceLag(stream="cac.facts", lag=lag),),
                **values,
            )
        )


def balances(
    voted: str = "0",
    transferred: str = "0",
    reserved: str = "0",
    committed: str = "0",
    paid: str = "0",
) -> Balances:
    """Balances whose available amount is what is left of the others."""
    v, t, r, c, p = (Decimal(x) for x in (voted, transferred, reserved, committed, paid))
    return Balances(
        voted=v, transferred=t, reserved=r, committed=c, paid=p, available=v + t - r - c - p
    )
