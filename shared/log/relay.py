"""Carries facts from the outbox to the log: in order per key, at least once, one relay a service.

A row is deleted once the log has it durably; killed in between, the relay sends it again and the
consumers' inbox tells it is the same. On PostgreSQL the relay reads and deletes on the connection
that holds its advisory lock, so that a reconnect cannot make two of them.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
import structlog

from shared.log.event_log import EventLog, LogUnavailable, Message, Pending, RecordTooLarge
from shared.log.wire import unpack_headers
from shared.store import tables
from shared.store.clock import monotonic
from shared.store.database import Database, unreachable
from shared.store.tables import outbox

log = structlog.get_logger()
BATCH = 2000
IN_FLIGHT = 2
BREATH = 0.03
"""Seconds between two passes in one process: what is written meanwhile goes together, and those
who write pages are not kept waiting by a transaction for each of them."""
LOCK = 0x524B5245  # the relay's own advisory lock: one database a service, so one number

_below = sa.select(sa.func.count()).where(outbox.c.id <= sa.bindparam("last")).scalar_subquery()
_NEXT = (
    sa.select(outbox.c.id, outbox.c.aggregatetype, outbox.c.aggregateid)
    .add_columns(outbox.c.payload, outbox.c.headers, _below.label("below"))
    .where(outbox.c.id > sa.bindparam("last"))
    .order_by(outbox.c.id)
    .limit(BATCH)
)


class _Sent(NamedTuple):
    ids: list[int]
    pending: Pending
    erases: bool


class Relay:
    """The relay of one service. ``run`` loops until ``stop``; ``drain`` sends what is there."""

    def __init__(
        self,
        service: str,
        database: Database,
        log_: EventLog,
        *,
        sent: Callable[[int], None] = lambda count: None,
        point: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.service = service
        self._database = database
        self._log = log_
        self._sent = sent
        self._point = point
        self._wake = threading.Event()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """There is something in the outbox."""
        self._wake.set()

    def stop(self) -> None:
        """End ``run`` after the batches in flight."""
        self._stopping.set()
        self._wake.set()

    # one pass

    def drain(self) -> int:
        """Send and delete everything the outbox holds; returns how many rows."""
        with self._database.engine.connect() as connection:
            return self._drain(connection)

    def _drain(self, connection: sa.Connection) -> int:
        """Batches in id order, some in flight, until the outbox is empty."""
        total = 0
        flying: deque[_Sent] = deque()
        while True:
            rows = self._next(connection, flying)
            if rows:
                ids, erases = [r.id for r in rows], any(r.payload is None for r in rows)
                flying.append(_Sent(ids, self._log.send(_messages(rows)), erases))
            if flying and (len(flying) >= IN_FLIGHT or not rows):
                total += self._land(connection, flying.popleft())
            elif not rows:
                return total

    def _next(self, connection: sa.Connection, flying: Collection[_Sent]) -> Sequence[Any]:
        """The rows after those in flight; none when another has appeared below them meanwhile.

        Ids of different keys commit out of order: a row may appear below what was read, and one
        of the same key above it. Then all in flight lands first and the lowest id comes next.
        """
        last = max((sent.ids[-1] for sent in flying), default=0)
        with connection.begin():
            rows = connection.execute(_NEXT, {"last": last}).all()
        overtaken = rows and rows[0].below > sum(len(sent.ids) for sent in flying)
        return [] if overtaken else rows

    def _land(self, connection: sa.Connection, sent: _Sent) -> int:
        sent.pending.wait(60)
        self._point("relay:sent")
        if self._database.dialect == "sqlite":
            with self._database.write() as writer:
                writer.execute(outbox.delete().where(outbox.c.id <= sent.ids[-1]))
        else:
            with connection.begin():
                connection.exec_driver_sql(
                    "DELETE FROM outbox WHERE id = ANY(%s::bigint[])", (sent.ids,)
                )
        if sent.erases:
            self._database.forget_erased()
        self._sent(len(sent.ids))
        return len(sent.ids)

    # the loop

    def run(self, idle: float = 1.0) -> None:
        """Send until stopped, waiting ``idle`` seconds at most between looks at the outbox."""
        pause = 0.1
        while not self._stopping.is_set():
            try:
                with self._only_one() as connection:
                    while connection is not None and not self._stopping.is_set():
                        self._serve(connection, idle)
                        pause = 0.1
            except RecordTooLarge:
                log.exception("relay.record_too_large", service=self.service)
                self._stopping.wait(30)
            except Exception as error:  # noqa: BLE001 - a relay that gives up keeps facts back
                known = isinstance(error, LogUnavailable) or unreachable(error)
                report = log.warning if known else log.exception
                report("relay.waits", service=self.service, why=type(error).__name__)
                self._stopping.wait(pause)
                pause = min(pause * 2, 5.0)

    def _serve(self, connection: sa.Connection, idle: float) -> None:
        self._wake.clear()
        if self._drain(connection) and self._database.dialect == "sqlite":
            self._stopping.wait(BREATH)
        self._wait(connection, idle)

    def _wait(self, connection: sa.Connection, idle: float) -> None:
        if self._database.dialect == "sqlite":
            self._wake.wait(idle)
            return
        raw = connection.connection.dbapi_connection
        assert raw is not None
        until = monotonic() + idle
        while not self._stopping.is_set() and monotonic() < until:
            for _ in raw.notifies(timeout=min(0.5, idle), stop_after=1):
                return
            if self._wake.is_set():
                return

    @contextlib.contextmanager
    def _only_one(self) -> Iterator[sa.Connection | None]:
        """The connection of the one relay of this service, once no other has it; None to stop."""
        with self._database.engine.connect() as connection:
            if self._database.dialect == "sqlite":
                yield connection
                return
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield connection if self._alone(connection) else None
            finally:
                # The session ends, and with it the lock.
                connection.invalidate()

    def _alone(self, connection: sa.Connection) -> bool:
        lock = sa.text(f"SELECT pg_try_advisory_lock({LOCK})")
        while not self._value(connection, lock):
            if self._stopping.wait(1.0):
                return False
        self._value(connection, sa.text("LISTEN rk_outbox"))
        return True

    def _value(self, connection: sa.Connection, statement: sa.TextClause) -> Any:
        with connection.begin():
            result = connection.execute(statement)
            return result.scalar() if result.returns_rows else None


def _messages(rows: Sequence[Any]) -> list[Message]:
    return [
        Message(r.aggregatetype, r.aggregateid.encode(), r.payload, unpack_headers(r.headers))
        for r in rows
    ]


def backlog(connection: sa.Connection) -> tuple[int, Any]:
    """How many facts wait in the outbox, and since when the oldest does."""
    select = sa.select(sa.func.count(), sa.func.min(tables.outbox.c.recorded_at))
    count, oldest = connection.execute(select).one()
    return int(count), oldest
