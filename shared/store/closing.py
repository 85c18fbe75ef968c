"""The last writes of a transaction: facts in order per key, the audit, the idempotency key."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from shared.store import tables
from shared.store.conflicts import insert

Rows = Sequence[dict[str, Any]]
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def write(
    connection: sa.Connection,
    service: str,
    outbox: Rows,
    audit: Rows,
    done: dict[str, Any] | None = None,
) -> bool:
    """Write all of it. On PostgreSQL in one statement, which first holds the keys of the facts.

    A key is held until the commit, so that ids of its rows are given in the order in which
    transactions commit; the relay, which is told at commit, sends them in that order.
    ``done`` is what is kept under an idempotency key; False when another transaction has that key.
    """
    if not (outbox or audit or done):
        return True
    if connection.dialect.name == "postgresql":
        return _on_postgresql(connection, service, outbox, audit, done)
    if outbox:
        connection.execute(tables.outbox.insert(), list(outbox))
    if audit:
        connection.execute(tables.audit.insert(), list(audit))
    if done is None:
        return True
    # What an INSERT did is told by RETURNING: drivers count differently what a conflict left out.
    return connection.execute(_keep(connection.dialect.name), done).scalar() is not None


@cache
def _keep(dialect: str) -> Any:
    key = tables.idempotency.c.key
    return insert(tables.idempotency, dialect).on_conflict_do_nothing().returning(key)


_MANY = """
WITH held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(k), pg_notify('rk_outbox', '') FROM unnest(%s::bigint[]) AS k
), noted AS (
    INSERT INTO audit (at, person, quality, command, cause, subject_type, subject_id, changes)
    SELECT * FROM unnest(%s::timestamptz[], %s::uuid[], %s::text[], %s::text[], %s::uuid[],
                         %s::text[], %s::uuid[], %s::text[])
), said AS (
    INSERT INTO outbox (aggregatetype, aggregateid, type, payload, headers, recorded_at)
    SELECT a, b, c, d, e, f
    FROM (SELECT count(*) FROM held) AS all_held,
         unnest(%s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::timestamptz[])
             WITH ORDINALITY AS rows (a, b, c, d, e, f, place)
    ORDER BY place
), done AS (
    INSERT INTO idempotency (person, key, command, fingerprint, result, day)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[])
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT count(*) FROM done
"""
# The same for one fact, one change and one key, which is what most commands leave behind:
# dumping arrays would cost more than the rest of the statement.
_ONE = """
WITH held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(%s), pg_notify('rk_outbox', '')
), noted AS (
    INSERT INTO audit (at, person, quality, command, cause, subject_type, subject_id, changes)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
), said AS (
    INSERT INTO outbox (aggregatetype, aggregateid, type, payload, headers, recorded_at)
    SELECT %s, %s, %s, %s::bytea, %s::bytea, %s::timestamptz
    FROM (SELECT count(*) FROM held) AS all_held
), done AS (
    INSERT INTO idempotency (person, key, command, fingerprint, result, day)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1
)
SELECT count(*) FROM done
"""
_HOLD = """
SELECT pg_advisory_xact_lock(k), pg_notify('rk_outbox', '') FROM unnest(%s::bigint[]) AS k
"""
MANY = 40
_AUDIT = ("at", "person", "quality", "command", "cause", "subject_type", "subject_id")
_OUTBOX = ("aggregatetype", "aggregateid", "type", "payload", "headers", "recorded_at")
_KEYED = ("person", "key", "command", "fingerprint")


def _on_postgresql(
    connection: sa.Connection,
    service: str,
    outbox: Rows,
    audit: Rows,
    done: dict[str, Any] | None,
) -> bool:
    keyed = [done] if done else []
    numbers = sorted(_numbers(service, {row["aggregateid"] for row in outbox}))
    if len(outbox) == len(audit) == len(keyed) == 1:
        noted, said, kept = audit[0], outbox[0], keyed[0]
        values: tuple[Any, ...] = (
            *numbers,
            *(noted[name] for name in _AUDIT),
            _json(noted["changes"]),
            *(said[name] for name in _OUTBOX),
            *(kept[name] for name in _KEYED),
            None if kept["result"] is None else _json(kept["result"]),
            kept["day"],
        )
        return connection.exec_driver_sql(_ONE, values).scalar() == 1
    if not keyed and len(outbox) + len(audit) > MANY:
        _copy(connection, numbers, outbox, audit)
        return True
    values = (
        numbers,
        *_columns(audit, _AUDIT),
        [_json(row["changes"]) for row in audit],
        *_columns(outbox, _OUTBOX),
        *_columns(keyed, _KEYED),
        [None if row["result"] is None else _json(row["result"]) for row in keyed],
        [row["day"] for row in keyed],
    )
    return connection.exec_driver_sql(_MANY, values).scalar() == len(keyed)


def _copy(connection: sa.Connection, numbers: list[int], outbox: Rows, audit: Rows) -> None:
    """A batch of the consumer: COPY costs a third of arrays for each row."""
    if outbox:
        keys = "{" + ",".join(map(str, numbers)) + "}"
        connection.exec_driver_sql(_HOLD, (keys,))
    cursor: Any = connection.connection.cursor()
    if audit:
        with cursor.copy(f"COPY audit ({', '.join(_AUDIT)}, changes) FROM STDIN") as copy:
            for row in audit:
                copy.write_row([*(row[name] for name in _AUDIT), _json(row["changes"])])
    if outbox:
        with cursor.copy(f"COPY outbox ({', '.join(_OUTBOX)}) FROM STDIN") as copy:
            for row in outbox:
                copy.write_row([row[name] for name in _OUTBOX])


def _columns(rows: Rows, names: Iterable[str]) -> list[list[Any]]:
    return [[row[name] for row in rows] for name in names]


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str, option=_OPTIONS).decode()


def _numbers(service: str, keys: Iterable[str]) -> list[int]:
    """The advisory lock of each key of ``service``."""
    names = (f"{service}:{key}".encode() for key in keys)
    return [
        int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True) for name in names
    ]
