"""The file: streams, their partitions, records. Knows nothing of groups nor of who waits."""

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from shared.kernel.event import Stream
from shared.log.embedded.connections import Connections
from shared.log.embedded.layout import (
    INSERT,
    NOTE,
    READ,
    SCHEMA,
    TRIM,
    TRIM_TOMBSTONES,
    Row,
    dump,
    heads_of,
    load,
    span,
)
from shared.log.event_log import LogUnavailable, Message, Place, Record
from shared.log.partitions import partition_of

_TOMBSTONE_SECONDS = 90 * 24 * 3600
_TRIM_EVERY_SECONDS = 60
_WIPE_EVERY_SECONDS = 5
_TRIM_AT_ONCE = 500
_READ_BYTES = 8 * 1024 * 1024


class _Kept(NamedTuple):
    """A stream of the file: the ids of its partitions, in order, and how it forgets."""

    places: list[int]
    retention_seconds: int | None
    compacted: bool


class LogFile:
    """One SQLite file. Safe between threads, and between processes."""

    def __init__(self, path: Path) -> None:
        """Open or create ``path``; LogUnavailable when the folder or the file refuses."""
        self._connections = Connections(path, SCHEMA)
        self._streams: dict[str, _Kept] = {}
        self._trimmed_at = 0.0
        self._wipe_at = 0.0
        self._traces = threading.Event()
        # A crash between an erasure and its checkpoint left traces: they go before anything else.
        self._traces.set()
        self.wipe_traces()

    # Streams

    def ensure(self, stream: Stream) -> list[str]:
        """Create the stream, or say in sentences how it differs from what is declared."""
        with self._connections.writing() as connection:
            known = connection.execute(
                "SELECT partitions, retention_seconds, compacted FROM streams WHERE name = ?",
                (stream.name,),
            ).fetchone()
            if known is not None:
                return _differences(stream, *known)
            connection.execute(
                "INSERT INTO streams (name, partitions, retention_seconds, compacted)"
                " VALUES (?, ?, ?, ?)",
                (stream.name, stream.partitions, stream.retention_seconds, int(stream.compacted)),
            )
            connection.executemany(
                "INSERT INTO places (stream, partition) VALUES (?, ?)",
                [(stream.name, partition) for partition in range(stream.partitions)],
            )
        return []

    def ends(self) -> dict[Place, int]:
        """The next offset of every partition of the file."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT stream, partition, next_offset FROM places")
            return {Place(stream, partition): end for stream, partition, end in rows}

    def _stream(self, connection: sqlite3.Connection, name: str) -> _Kept:
        if name not in self._streams:
            known = connection.execute(
                "SELECT retention_seconds, compacted FROM streams WHERE name = ?", (name,)
            ).fetchone()
            if known is None:
                raise LogUnavailable(f"The stream {name} does not exist yet.")
            places = connection.execute(
                "SELECT id FROM places WHERE stream = ? ORDER BY partition", (name,)
            )
            self._streams[name] = _Kept([row[0] for row in places], known[0], bool(known[1]))
        return self._streams[name]

    # Records

    def append(self, messages: Sequence[Message], timestamp: float) -> dict[Place, int]:
        """Append all or nothing, in one durable transaction; returns the ends that moved."""
        with self._connections.writing() as connection:
            before = heads_of(connection)
            heads = {place: end for place, (_, end) in before.items()}
            self._insert(connection, messages, timestamp, heads)
            moved = {p: end for p, end in heads.items() if end != before[p][1]}
            connection.executemany(
                "UPDATE places SET next_offset = ? WHERE id = ?",
                [(end, place) for place, end in moved.items()],
            )
            self._trim(connection, timestamp)
        if self._traces.is_set():
            self.wipe_traces()
        return {before[place][0]: end for place, end in moved.items()}

    def _insert(
        self,
        connection: sqlite3.Connection,
        messages: Sequence[Message],
        timestamp: float,
        heads: dict[int, int],
    ) -> None:
        rows: list[Row] = []
        last: dict[tuple[int, bytes], Row] = {}
        for stream, key, value, headers in messages:
            kept = self._stream(connection, stream)
            place = kept.places[partition_of(key, len(kept.places))]
            offset = heads[place]
            heads[place] = offset + 1
            row = (span(place)[0] + offset, timestamp, 0, key, dump(headers), value)
            if kept.compacted:
                last[place, key] = (*row[:2], 1, *row[3:])
            else:
                rows.append(row)
        connection.executemany(INSERT, rows)
        if last:
            self._replace(connection, last)

    def _replace(
        self, connection: sqlite3.Connection, last: Mapping[tuple[int, bytes], Row]
    ) -> None:
        # The index is on the key alone: the same key on another compacted stream is not ours.
        connection.executemany(
            "DELETE FROM records WHERE compacted = 1 AND key = ? AND id >= ? AND id < ?",
            [(key, *span(place)) for place, key in last],
        )
        connection.executemany(INSERT, last.values())
        if any(row[-1] is None for row in last.values()):
            self._traces.set()

    def _trim(self, connection: sqlite3.Connection, now: float) -> None:
        """Delete what has passed its retention: a little at a time, the writer is not alone."""
        if monotonic() - self._trimmed_at < _TRIM_EVERY_SECONDS:
            return
        self._trimmed_at = 0.0
        self._wipe_at = 0.0
        connection.execute(TRIM_TOMBSTONES, (now - _TOMBSTONE_SECONDS,))
        limited = connection.execute(
            "SELECT places.id, retention_seconds FROM places JOIN streams ON name = stream"
            " WHERE retention_seconds IS NOT NULL"
        ).fetchall()
        for place, seconds in limited:
            connection.execute(TRIM, (now - seconds, *span(place), _TRIM_AT_ONCE))

    def read(self, place: Place, offset: int, end: int, limit: int) -> list[Record]:
        """Up to ``limit`` records of ``place`` from ``offset`` to before ``end``."""
        with self._connections.reading() as connection:
            first, _ = span(self._stream(connection, place.stream).places[place.partition])
            rows = connection.execute(READ, (first + offset, first + end, limit))
            records: list[Record] = []
            size = 0
            for id_, timestamp, key, headers, value in rows:
                records.append(Record(*place, id_ - first, key, value, load(headers), timestamp))
                size += len(value or b"")
                # A stream of large records must not fill the memory.
                if size > _READ_BYTES:
                    break
            return records

    # Where groups stand

    def note(self, group: str, offsets: Mapping[Place, int]) -> None:
        """Keep where ``group`` stands. Not durable at once: it is only looked at."""
        with self._connections.writing(durable=False) as connection:
            connection.executemany(
                NOTE, [(group, *place, offset) for place, offset in offsets.items()]
            )

    def noted(self, group: str) -> dict[Place, int]:
        """What was noted for ``group``."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                'SELECT stream, partition, offset FROM positions WHERE "group" = ?', (group,)
            )
            return {Place(stream, partition): offset for stream, partition, offset in rows}

    # Erasure and end

    def wipe_traces(self) -> None:
        """Empty the write-ahead file when an erasure left what it erased there.

        While readers of another process hold that up it is tried again from time to time.
        """
        if self._traces.is_set() and monotonic() >= self._wipe_at:
            self._wipe_at = monotonic() + _WIPE_EVERY_SECONDS
            # Cleared before: an erasure that comes meanwhile must not be forgotten.
            self._traces.clear()
            if self._connections.checkpoint():
                self._wipe_at = 0.0
            else:
                self._traces.set()

    def close(self) -> None:
        """Close every connection; the last one to close empties the write-ahead file."""
        self._connections.close()


def _differences(
    stream: Stream, partitions: int, retention_seconds: int | None, compacted: int
) -> list[str]:
    pairs = [
        ("partitions", partitions, stream.partitions),
        ("retention_seconds", retention_seconds, stream.retention_seconds),
        ("compacted", bool(compacted), stream.compacted),
    ]
    return [
        f"{stream.name}: {name} is {found}, declared {declared}."
        for name, found, declared in pairs
        if found != declared
    ]
