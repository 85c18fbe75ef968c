"""Connections to one SQLite file: writers in turn, readers beside them."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.log.event_log import LogUnavailable
from shared.store.database import FifoLock

_BUSY_SECONDS = 5.0


class Connections:
    """One writer at a time in this process, first come first served; any number of readers."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._turns = FifoLock()
        self._readers: deque[sqlite3.Connection] = deque()
        self._writers: dict[str, sqlite3.Connection] = {}
        self._closed = False
        with _unavailable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        with self.reading() as connection:
            connection.executescript(schema)

    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction; ``durable`` ones are on the disk once they are committed."""
        synchronous = "FULL" if durable else "NORMAL"
        with _unavailable(self._path), self._turns:
            connection = self._writer(synchronous)
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # Whatever state it is in, the next writer begins with a new one.
                self._writers.pop(synchronous).close()
                raise

    def _writer(self, synchronous: str) -> sqlite3.Connection:
        self._refuse_when_closed()
        if synchronous not in self._writers:
            self._writers[synchronous] = _connect(self._path, synchronous)
        return self._writers[synchronous]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one read that is ended before it is given back."""
        self._refuse_when_closed()
        with _unavailable(self._path):
            # Not "if any: pop": another thread may take the last one in between.
            try:
                connection = self._readers.pop()
            except IndexError:
                connection = _connect(self._path, "FULL")
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
        self._readers.append(connection)

    def checkpoint(self) -> bool:
        """Bring everything into the file and empty the one beside it; False when readers hold it."""
        with _unavailable(self._path), self._turns:
            row = self._writer("FULL").execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not row[0]

    def close(self) -> None:
        """Close all; the last connection of all processes empties the write-ahead file."""
        with self._turns:
            self._closed = True
            for connection in self._writers.values():
                connection.close()
            self._writers.clear()
        while self._readers:
            self._readers.pop().close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise LogUnavailable("The log is closed.")


def _connect(path: Path, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


@contextmanager
def _unavailable(path: Path) -> Iterator[None]:
    """Disk full, read-only, locked by another process, folder gone: all may pass."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as problem:
        raise LogUnavailable(f"The log {path.name} cannot be used now: {problem}.") from problem
