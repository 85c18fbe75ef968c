"""Reads the log for one service: each event has its effects once, whatever dies on the way.

A batch of records is one transaction: positions move only from where this worker read them, the
inbox tells what is new, events are folded then reacted to, everything is written at the end. When
a batch fails it is done again one event at a time; an event that cannot be handled becomes a dead
letter and what follows it on its thread is parked behind it, all others go on.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa
import structlog

from shared.log import dead_letters, taking
from shared.log.dead_letters import Letter
from shared.log.effects import Effects, came_second
from shared.log.event_log import Assignment, EventLog, LogUnavailable, Place, Record, Subscription
from shared.log.taking import TakenOver
from shared.log.wire import Arrival, Registry, Undecodable, arrive, erases
from shared.service import Handler, Service
from shared.store.clock import monotonic
from shared.store.database import unreachable
from shared.store.tables import positions
from shared.store.workplace import Workplace

log = structlog.get_logger()
TRIES = 5
RACES = 100
"""How often an event that came second to a page is done again before the worker rests a little."""
BATCH = {"sqlite": 100, "postgresql": 500}
"""Events a transaction: SQLite's one writer must not keep pages waiting."""


class Consumer:
    """The reader of one service; one thread owns it."""

    def __init__(
        self,
        service: Service,
        workplace: Workplace,
        log_: EventLog,
        registry: Registry,
        *,
        member: str = "worker",
        streams: Sequence[str] | None = None,
        point: Callable[[str], None] = lambda name: None,
        handled: Callable[[str, int], None] = lambda result, count: None,
    ) -> None:
        self.service = service
        self.workplace = workplace
        self.registry = registry
        self.handlers: Mapping[str, Handler] = service.handlers()
        self._effects = Effects(workplace, registry, self.handlers)
        self.streams = service.streams() if streams is None else list(streams)
        self._log = log_
        self._member = member
        self._point = point
        self._handled = handled
        self._subscription: Subscription | None = None
        self._positions: dict[Place, int] = {}
        self._blocked: set[str] = set()
        self._shown: dict[Place, int] = {}
        self._last_shown = 0.0
        self._astray = False

    # reading

    def open(self) -> None:
        """Join the service's group; positions come from the service's own database."""
        if self._subscription is None and self.streams:
            self._subscription = self._log.subscribe(
                self.service.name, self.streams, self._member, self._assigned
            )

    def close(self) -> None:
        """Say where we stand and leave the group, so that another takes over at once."""
        if self._subscription is not None:
            self._show(force=True)
            self._subscription.close()
            self._subscription = None

    def assigned(self) -> frozenset[Place]:
        """The partitions held now."""
        return self._subscription.assigned() if self._subscription else frozenset()

    def _assigned(self, assignment: Assignment) -> Mapping[Place, int]:
        for place in assignment.lost:
            self._positions.pop(place, None)
        return self._restore(assignment.given)

    def _restore(self, places: Iterable[Place]) -> dict[Place, int]:
        with self.workplace.database.read() as connection:
            rows = connection.execute(sa.select(positions)).all()
            self._blocked = dead_letters.blocked_threads(connection)
        stored = {Place(r.stream, r.partition): int(r.offset) for r in rows}
        wanted = {place: stored.get(place, 0) for place in places}
        self._positions.update(wanted)
        return wanted

    def step(self, timeout: float = 0.0) -> int:
        """Poll once and handle what came; returns how many records were read."""
        self.open()
        if self._subscription is None:
            return 0
        self._find_the_way()
        records = self._subscription.poll(timeout, BATCH[self.workplace.database.dialect])
        self._point("worker:polled")
        if records:
            # Until it is committed, what was polled must be polled again: also when the database
            # that says from where cannot be asked at once.
            self._astray = True
            with contextlib.suppress(TakenOver):
                self.handle(records)
                self._astray = False
        self._show(busy=bool(records))
        return len(records)

    def _find_the_way(self) -> None:
        """After a failure, go back to what the database says; nothing is polled before."""
        assert self._subscription is not None
        if self._astray:
            for place, offset in self._restore(self._subscription.assigned()).items():
                self._subscription.seek(place, offset)
            self._astray = False

    def _show(self, *, force: bool = False, busy: bool = False) -> None:
        """Tell the log where we stand, when there is time for it: it only shows lag."""
        pause = 0.0 if force else 5.0 if busy else 1.0
        if monotonic() - self._last_shown < pause:
            return
        news = {p: o for p, o in self._positions.items() if self._shown.get(p) != o}
        if news and self._subscription is not None:
            try:
                self._subscription.commit(news)
                self._shown.update(news)
            except LogUnavailable:
                log.info("worker.offsets_not_shown", service=self.service.name)
        self._last_shown = monotonic()

    # handling

    def handle(self, records: Sequence[Record]) -> None:
        """Give ``records`` their effects, as one transaction or, if that fails, one by one."""
        try:
            self._transaction(records)
        except TakenOver:
            raise
        except Exception as error:
            if unreachable(error):
                raise
            why = type(error).__name__
            log.info("worker.batch_one_by_one", service=self.service.name, why=why)
            for record in records:
                self._alone(record)

    def _alone(self, record: Record) -> None:
        """One record, tried several times, then set aside with what follows it on its thread."""
        failure: Exception | None = None
        tries = races = 0
        while tries < TRIES and not isinstance(failure, Undecodable):
            try:
                self._transaction([record], alone=True)
                return
            except TakenOver:
                raise
            except Exception as error:
                if unreachable(error) or races == RACES:
                    raise
                if came_second(error):
                    races += 1
                else:
                    failure, tries = error, tries + 1
                threading.Event().wait(0.01 * 2 ** (tries or 1))
        self._set_aside(record, failure)

    def _set_aside(self, record: Record, failure: Exception | None) -> None:
        log.error(
            "worker.dead_letter",
            service=self.service.name,
            offset=record.offset,
            partition=record.partition,
            why=type(failure).__name__,
            exc_info=failure,
        )
        letter = Letter.of(record, "dead", error=repr(failure)[:2000], attempts=TRIES)
        # Not from the record's own offset: what was compacted away before it is passed over.
        move = (self._positions.get(record.place, 0), record.offset + 1)
        with self.workplace.database.write() as connection:
            taking.move(connection, {record.place: move})
            dead_letters.keep(connection, [letter], self.workplace.clock.now())
        self._positions[record.place] = record.offset + 1
        self._blocked.add(letter.thread)
        self._handled("dead", 1)

    def _transaction(self, records: Sequence[Record], *, alone: bool = False) -> None:
        moves: dict[Place, tuple[int, int]] = {}
        for record in records:
            start, _ = moves.get(record.place, (self._positions.get(record.place, 0), 0))
            moves[record.place] = (start, record.offset + 1)
        arrivals, letters = self._sort(records)
        with self.workplace.database.write() as connection:
            taking.move(connection, moves)
            fresh = taking.new(connection, arrivals, self.workplace.clock.today())
            if letters:
                dead_letters.keep(connection, letters, self.workplace.clock.now())
            erased = [arrival.record for arrival in fresh if erases(arrival)]
            for record in erased:
                dead_letters.erase(connection, record.stream, record.key)
            if fresh:
                self._effects.apply(connection, fresh, alone=alone)
            self._point("worker:before-commit")
        self._point("worker:committed")
        self._positions.update({place: end for place, (_, end) in moves.items()})
        self._handled("handled", len(fresh))
        self._handled("repeated", len(arrivals) - len(fresh))
        self._handled("parked", len(letters))
        if fresh:
            self.workplace.wake_relay()
        if erased:
            self.unblock()
            self.workplace.database.forget_erased()

    def _sort(self, records: Sequence[Record]) -> tuple[list[Arrival], list[Letter]]:
        """What is to be handled now, and what waits: unknown, or behind a dead letter."""
        arrivals: list[Arrival] = []
        letters: list[Letter] = []
        for record in records:
            arrival = arrive(record)
            if arrival is None:
                continue
            if arrival.type not in self.registry:
                letters.append(Letter.of(record, "unknown"))
            elif self.registry.current(arrival.type) in self.handlers:
                if arrival.thread in self._blocked and not erases(arrival):
                    letters.append(Letter.of(record, "parked"))
                else:
                    arrivals.append(arrival)
        return arrivals, letters

    # what waits

    def attend_to_requests(self) -> int:
        """Execute replays and drops that were asked for; release types known by now."""
        from shared.log.replay import attend

        return attend(self)

    def handle_letter(self, connection: sa.Connection, arrival: Arrival) -> None:
        """The effects of one letter, in the transaction that removes it."""
        fresh = taking.new(connection, [arrival], self.workplace.clock.today())
        if fresh:
            self._effects.apply(connection, fresh, alone=True)

    def unblock(self) -> None:
        """Read anew which threads wait."""
        with self.workplace.database.read() as connection:
            self._blocked = dead_letters.blocked_threads(connection)
