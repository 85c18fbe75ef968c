"""How streams and records lie in the file: tables, statements, and the form of a row."""

import sqlite3

import orjson

from shared.log.event_log import Headers, Place

# A record's row is its place and offset in one number: reading on is then a walk along the table.
_OFFSET_BITS = 40

SCHEMA = """
CREATE TABLE IF NOT EXISTS streams (
    name TEXT PRIMARY KEY, partitions INTEGER NOT NULL,
    retention_seconds INTEGER, compacted INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS places (
    id INTEGER PRIMARY KEY, stream TEXT NOT NULL, partition INTEGER NOT NULL,
    next_offset INTEGER NOT NULL DEFAULT 0, UNIQUE (stream, partition));
CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY, timestamp REAL NOT NULL, compacted INTEGER NOT NULL,
    key BLOB NOT NULL, headers BLOB NOT NULL, value BLOB);
CREATE INDEX IF NOT EXISTS records_compacted ON records (key) WHERE compacted = 1;
CREATE TABLE IF NOT EXISTS positions (
    "group" TEXT NOT NULL, stream TEXT NOT NULL, partition INTEGER NOT NULL,
    offset INTEGER NOT NULL, PRIMARY KEY ("group", stream, partition)) WITHOUT ROWID;
"""
INSERT = (
    "INSERT INTO records (id, timestamp, compacted, key, headers, value) VALUES (?, ?, ?, ?, ?, ?)"
)
READ = (
    "SELECT id, timestamp, key, headers, value FROM records"
    " WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
)
TRIM = (
    "DELETE FROM records WHERE timestamp < ? AND id IN"
    " (SELECT id FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)"
)
TRIM_TOMBSTONES = "DELETE FROM records WHERE compacted = 1 AND value IS NULL AND timestamp < ?"
NOTE = (
    'INSERT INTO positions ("group", stream, partition, offset) VALUES (?, ?, ?, ?)'
    ' ON CONFLICT ("group", stream, partition) DO UPDATE SET offset = excluded.offset'
)

Row = tuple[int, float, int, bytes, bytes, bytes | None]
"""A record as it is inserted: id, timestamp, compacted, key, headers, value."""


def heads_of(connection: sqlite3.Connection) -> dict[int, tuple[Place, int]]:
    """Every place by its id, and its next offset."""
    rows = connection.execute("SELECT id, stream, partition, next_offset FROM places")
    return {id_: (Place(stream, partition), end) for id_, stream, partition, end in rows}


def span(place: int) -> tuple[int, int]:
    """The ids from the first record of a place to before the first of the next."""
    return place << _OFFSET_BITS, (place + 1) << _OFFSET_BITS


def dump(headers: Headers) -> bytes:
    """Headers as one value."""
    # Latin-1 maps every byte to one character and back: headers stay readable in the file.
    return orjson.dumps([(name, content.decode("latin-1")) for name, content in headers])


def load(headers: bytes) -> Headers:
    """Headers as they were sent."""
    return [(name, content.encode("latin-1")) for name, content in orjson.loads(headers)]
