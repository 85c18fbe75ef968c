"""One database of one service: SQLite or PostgreSQL, told apart here and nowhere above.

SQLite: WAL, ``synchronous=FULL`` (NORMAL may lose a commit whose event was sent), foreign keys,
``secure_delete`` so that what is erased is erased, and ``BEGIN IMMEDIATE`` for writers under one
first-come lock per file (SQLite's own busy handler is unfair: some writers would starve).
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from shared.store.disk import synchronous

BUSY_MILLISECONDS = 15_000
"""How long a writer of another process is waited for."""


class FifoLock:
    """A lock given in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_file_locks: dict[str, FifoLock] = {}


class Database:
    """Connections to one database; ``write`` for what changes it, ``read`` for what does not.

    Errors never show the values of a statement: they end up in logs and dead letters.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = sa.make_url(url)
        self.dialect = self.url.get_backend_name()
        # A crash between an erasure and its checkpoint may have left traces.
        self.traces = self.dialect == "sqlite"
        if self.dialect == "sqlite":
            self._open_sqlite(pool_size)
        else:
            self.engine = sa.create_engine(
                self.url.set(drivername="postgresql+psycopg"),
                pool_size=pool_size,
                max_overflow=pool_size,
                pool_pre_ping=False,
                hide_parameters=True,
                connect_args={"connect_timeout": 5, "prepare_threshold": 2},
            )

    def _open_sqlite(self, pool_size: int) -> None:
        path = Path(self.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _file_locks.setdefault(str(path.resolve()), FifoLock())
        self.engine = sa.create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=pool_size * 4,
            pool_timeout=60,
            hide_parameters=True,
        )
        event.listen(self.engine, "connect", _prepare_sqlite)
        event.listen(self.engine, "begin", _begin_sqlite)

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction that may change things; committed at the end unless it raises."""
        if self.dialect != "sqlite":
            with self.engine.begin() as connection:
                yield connection
            return
        with self._lock, self.engine.connect() as connection:
            writer = connection.execution_options(rk_write=True)
            with writer.begin():
                yield writer

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One transaction that only reads, never waiting for writers.

        SQLite gives it one picture of the whole; PostgreSQL one for each statement, without which
        a view that a rebuild swaps meanwhile would be read as empty.
        """
        with self.engine.connect() as connection:
            yield connection

    def forget_erased(self) -> bool:
        """On SQLite, empty the write-ahead log so that erased bytes are in no file.

        Says whether it is done: while somebody reads it cannot be, and ``traces`` stays set so
        that whoever comes by tries again. Nobody waits for it.
        """
        if self.dialect != "sqlite":
            return True
        self.traces = True
        with self._lock:
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("PRAGMA busy_timeout=100")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            finally:
                raw.close()
        self.traces = bool(busy)
        return not self.traces

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous()}",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("rk_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_SQLITE_TROUBLE = ("locked", "disk", "unable to open", "full", "readonly", "busy")


def unreachable(error: BaseException) -> bool:
    """Whether ``error`` says that the database cannot serve now, rather than that we asked wrong.

    PostgreSQL: connection lost or refused (class 08), shutting down or starting (57P), out of
    resources (53). SQLite: locked, full, read-only or unreadable file.
    """
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(("08", "57P", "53"))
    text = str(error.orig).lower()
    if type(error.orig).__module__.startswith("psycopg"):
        return isinstance(error, OperationalError)
    return any(word in text for word in _SQLITE_TROUBLE)


def lost_race(error: BaseException) -> bool:
    """Whether ``error`` says that another transaction came first (deadlock, serialization)."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in {"40001", "40P01", "55P03"}
