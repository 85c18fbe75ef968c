"""The worker of one service: relay, consumer, timers, requests of dead letters, flow reports."""

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import sqlalchemy as sa
import structlog
from uuid_utils.compat import uuid7

from shared.kernel.event import Stream
from shared.log import replay, wire
from shared.log.consumer import Consumer
from shared.log.event_log import EventLog, LogUnavailable, Message, Place
from shared.log.flow import FlowReported, SourceLag
from shared.log.partitions import partition_of
from shared.log.rebuild import Rebuild, prepare_views
from shared.log.relay import BREATH, Relay, backlog
from shared.log.wire import Registry
from shared.service import Service
from shared.store import tables, timers
from shared.store.clock import monotonic
from shared.store.database import unreachable
from shared.store.workplace import Envelope, Workplace
from shared.web import metrics

log = structlog.get_logger()
FLOW_SECONDS = 15.0
ROLL_SECONDS = 3600.0
INBOX_DAYS = 30


class Worker:
    """Everything of a service that is not a request. ``run`` in threads, or ``settle_once``."""

    def __init__(
        self,
        service: Service,
        workplace: Workplace,
        log_: EventLog,
        registry: Registry,
        *,
        member: str = "worker",
        point: Callable[[str], None] = lambda name: None,
    ) -> None:
        name = service.name
        self.service = service
        self.workplace = workplace
        self._log = log_
        self._registry = registry
        self.relay = Relay(
            name,
            workplace.database,
            log_,
            sent=lambda count: metrics.facts_sent.labels(name).inc(count),
            point=point,
        )
        self.consumer = Consumer(
            service,
            workplace,
            log_,
            registry,
            member=f"{name}-{member}",
            point=point,
            handled=lambda result, n: metrics.events_handled.labels(name, result).inc(n),
        )
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._next_flow = 0.0
        self._next_roll = 0.0
        self._letters = threading.Event()
        # What keeps each thread from its work, by the name of what waits.
        self._troubles: dict[str, str] = {}

    @property
    def trouble(self) -> str | None:
        """What keeps this worker from its work; None while all is well."""
        return ", ".join(sorted(set(self._troubles.values()))) or None

    # threads

    def start(self) -> None:
        """Begin to relay, read and fire timers."""
        for target in (self.relay.run, self._consume, self._tick):
            name = f"{self.service.name}-{target.__name__.strip('_')}"
            thread = threading.Thread(target=target, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def leave(self) -> None:
        """Begin nothing new."""
        self._stopping.set()
        self.relay.stop()

    def stop(self, timeout: float = 25.0) -> None:
        """Finish the batch in hand, commit, leave."""
        self.leave()
        until = monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.1, until - monotonic()))
        self._threads = []

    def _consume(self) -> None:
        """Read for as long as the process lives; what cannot be reached is waited for."""
        pause = 0.2
        rebuilt = False
        while not self._stopping.is_set():
            try:
                if not rebuilt:
                    self._rebuild_if_needed()
                    rebuilt = True
                if not self.consumer.streams:
                    self._stopping.wait(1.0)
                else:
                    read = self.consumer.step(0.5)
                    if read and self.workplace.database.dialect == "sqlite":
                        self._stopping.wait(BREATH)
                self._look_at_letters()
                self._troubles.pop("worker", None)
                pause = 0.2
            except Exception as error:  # noqa: BLE001 - a worker that gives up loses events
                self._report("worker", error)
                self._stopping.wait(pause)
                pause = min(pause * 2, 5.0)
        try:
            self.consumer.close()
        except LogUnavailable:
            log.info("worker.left_without_word", service=self.service.name)

    def _rebuild_if_needed(self) -> None:
        if prepare_views(self.service, self.workplace.database):
            Rebuild(self.service, self.workplace.database, self._log, self._registry).run()

    def _look_at_letters(self) -> None:
        """Requests on dead letters and types known by now, when the other thread has seen some."""
        if self._letters.is_set():
            self._letters.clear()
            self.consumer.attend_to_requests()

    def _tick(self) -> None:
        pause = 0.5
        while not self._stopping.wait(pause):
            try:
                self.fire_timers()
                if replay.due(self.consumer):
                    self._letters.set()
                self._housekeeping()
                self._troubles.pop("timers", None)
                pause = 0.5
            except Exception as error:  # noqa: BLE001 - as above
                self._report("timers", error)
                pause = min(pause * 2, 5.0)

    def _report(self, what: str, error: Exception) -> None:
        """Say that ``what`` waits, and why; what is neither log nor database is a fault of ours."""
        self._troubles[what] = type(error).__name__
        known = isinstance(error, LogUnavailable) or unreachable(error)
        report = log.warning if known else log.exception
        report(f"{what}.waits", service=self.service.name, why=type(error).__name__)

    # what a tick does

    def fire_timers(self) -> int:
        """Fire what is due now."""
        fired = timers.fire_due(self.workplace, self.service.timers)
        metrics.timers_fired.labels(self.service.name).inc(fired)
        return fired

    def _housekeeping(self) -> None:
        now = monotonic()
        if now >= self._next_flow:
            self._next_flow = now + FLOW_SECONDS
            self.report_flow()
        if self.workplace.database.traces:
            self.workplace.database.forget_erased()
        if now >= self._next_roll:
            self._next_roll = now + ROLL_SECONDS
            self._roll_segments()
            self._prune()

    def report_flow(self) -> FlowReported:
        """Say on the log how this worker stands, and show it to Prometheus."""
        report = self.flow()
        name = self.service.name
        metrics.outbox_depth.labels(name).set(report.outbox_depth)
        metrics.outbox_age.labels(name).set(report.outbox_age_seconds)
        metrics.dead_letters.labels(name).set(report.dead)
        metrics.parked.labels(name).set(report.parked)
        for source in report.lags:
            metrics.lag.labels(name, source.stream).set(source.lag)
        envelope = Envelope(
            id=uuid7(),
            type=report.type,
            source=self.workplace.source,
            time=report.at,
            key=report.key(),
            thread=report.thread(),
            event=report,
        )
        sealed = wire.seal(envelope)
        headers = wire.unpack_headers(sealed.headers)
        message = Message(sealed.stream, sealed.key.encode(), sealed.payload, headers)
        self._log.send([message]).wait(10)
        metrics.flow_reported.labels(name).set(report.at.timestamp())
        return report

    def _known_ends(self) -> dict[Place, int]:
        """None while the log is away: that the outbox grows must then be seen all the more."""
        try:
            return dict(self._log.ends(self.consumer.streams))
        except LogUnavailable:
            return {}

    def flow(self) -> FlowReported:
        """How far behind, how much waits, what could not be handled."""
        ends = self._known_ends()
        with self.workplace.database.read() as connection:
            rows = connection.execute(sa.select(tables.positions)).all()
            depth, oldest = backlog(connection)
            kinds = sa.select(tables.dead_letters.c.kind, sa.func.count())
            counted = connection.execute(kinds.group_by(tables.dead_letters.c.kind)).all()
        read = {(r.stream, r.partition): int(r.offset) for r in rows}
        lags: dict[str, int] = {}
        for place, end in ends.items():
            lags[place.stream] = lags.get(place.stream, 0) + max(0, end - read.get(place, 0))
        now = self.workplace.clock.now()
        letters = {kind: int(count) for kind, count in counted}
        return FlowReported(
            service=self.service.name,
            at=now,
            lags=tuple(SourceLag(stream=s, lag=n) for s, n in sorted(lags.items())),
            outbox_depth=depth,
            outbox_age_seconds=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
            dead=letters.get("dead", 0),
            parked=letters.get("parked", 0) + letters.get("unknown", 0),
        )

    def _roll_segments(self) -> None:
        """A record an hour on each partition of what is compacted.

        A segment closes only when something is appended after its time, and only what is closed
        is compacted: without it a tombstone would not take effect where nothing more is said.
        """
        streams = {cls.stream for cls in self.service.publishes if cls.stream.compacted}
        messages = [Message(s.name, key, None, []) for s in streams for key in _one_each(s)]
        if messages:
            self._log.send(messages).wait(10)

    def _prune(self) -> None:
        """Forget what can no longer come twice."""
        day = self.workplace.clock.today() - timedelta(days=INBOX_DAYS)
        with self.workplace.database.write() as connection:
            inbox, keys = tables.inbox, tables.idempotency
            connection.execute(inbox.delete().where(inbox.c.handled_on < day))
            connection.execute(keys.delete().where(keys.c.day < day))

    # without threads

    def settle_once(self) -> int:
        """Relay, read, fire, attend: one round; returns how much moved (0: all is quiet)."""
        moved = self.relay.drain()
        if self.consumer.streams:
            moved += self.consumer.step(0.0)
            moved += self.consumer.attend_to_requests()
        return moved + self.fire_timers()

    def quiet(self) -> bool:
        """Outbox empty, everything read, nothing due: compares positions with the log's ends."""
        now = self.workplace.clock.now()
        with self.workplace.database.read() as connection:
            depth, _ = backlog(connection)
            due = timers.next_due(connection)
            rows = connection.execute(sa.select(tables.positions)).all()
        if depth or (due is not None and due <= now) or replay.due(self.consumer):
            return False
        read = {(r.stream, r.partition): int(r.offset) for r in rows}
        ends = self._log.ends(self.consumer.streams)
        return all(read.get((p.stream, p.partition), 0) >= end for p, end in ends.items())


def _one_each(stream: Stream) -> list[bytes]:
    """A key for each partition of ``stream``, always the same ones."""
    found: dict[int, bytes] = {}
    for number in count():
        key = b"\x01roll%d" % number
        found.setdefault(partition_of(key, stream.partitions), key)
        if len(found) == stream.partitions:
            return list(found.values())
    raise AssertionError
