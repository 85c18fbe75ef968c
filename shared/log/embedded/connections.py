"""Connections to one SQLite file: writers in turn, readers beside them."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.log.event_log import LogUnavailable
from shared.store.database import FifoLock
from shared.store.disk import synchronous

_BUSY_SECONDS = 5.0
# A checkpoint that readers of another process hold up is tried again: nobody waits behind it.
_CHECKPOINT_SECONDS = 0.1


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
        name = "durable" if durable else "relaxed"
        with _unavailable(self._path), self._turns:
            connection = self._writer(name, _BUSY_SECONDS)
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # Whatever state it is in, the next writer begins with a new one.
                self._writers.pop(name).close()
                raise

    def _writer(self, name: str, patience: float) -> sqlite3.Connection:
        self._refuse_when_closed()
        if name not in self._writers:
            self._writers[name] = _connect(self._path, patience)
            if name == "relaxed" and synchronous() == "FULL":
                self._writers[name].execute("PRAGMA synchronous = NORMAL")
        return self._writers[name]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for one read that is ended before it is given back."""
        self._refuse_when_closed()
        with _unavailable(self._path):
            # Not "if any: pop": another thread may take the last one in between.
            try:
                connection = self._readers.pop()
            except IndexError:
                connection = _connect(self._path, _BUSY_SECONDS)
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
        self._readers.append(connection)

    def checkpoint(self) -> bool:
        """Bring everything into the file and empty the one beside it; False when readers hold it."""
        with _unavailable(self._path), self._turns:
            connection = self._writer("checkpoint", _CHECKPOINT_SECONDS)
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

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


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous()}")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


@contextmanager
def _unavailable(path: Path) -> Iterator[None]:
    """Disk full, read-only, locked by another process, folder gone: all may pass."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as problem:
        raise LogUnavailable(f"The log {path.name} cannot be used now: {problem}.") from problem
