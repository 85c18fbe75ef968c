"""The last writes of a transaction: facts into the outbox in order per key, then the audit."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from shared.store import tables

Rows = Sequence[dict[str, Any]]


def write(connection: sa.Connection, service: str, outbox: Rows, audit: Rows) -> None:
    """Write both. On PostgreSQL in one statement, which first holds the keys of the facts.

    A key is held until the commit, so that ids of its rows are given in the order in which
    transactions commit; the relay, which is told at commit, sends them in that order.
    """
    if connection.dialect.name == "postgresql":
        _on_postgresql(connection, service, outbox, audit)
        return
    if outbox:
        connection.execute(tables.outbox.insert(), list(outbox))
    if audit:
        connection.execute(tables.audit.insert(), list(audit))


_AUDIT = """
INSERT INTO audit (at, person, quality, command, cause, subject_type, subject_id, changes)
SELECT * FROM unnest(%s::timestamptz[], %s::uuid[], %s::text[], %s::text[], %s::uuid[],
                     %s::text[], %s::uuid[], %s::text[])
"""
_BOTH = f"""
WITH held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(k), pg_notify('rk_outbox', '') FROM unnest(%s::bigint[]) AS k
), noted AS ({_AUDIT})
INSERT INTO outbox (aggregatetype, aggregateid, type, payload, headers, recorded_at)
SELECT a, b, c, d, e, f
FROM (SELECT count(*) FROM held) AS all_held,
     unnest(%s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::timestamptz[])
         WITH ORDINALITY AS rows (a, b, c, d, e, f, place)
ORDER BY place
"""  # noqa: S608 - only our own constants are joined
_AUDIT_COLUMNS = (
    "at", "person", "quality", "command", "cause", "subject_type", "subject_id",
)  # fmt: skip
_OUTBOX_COLUMNS = ("aggregatetype", "aggregateid", "type", "payload", "headers", "recorded_at")


def _on_postgresql(connection: sa.Connection, service: str, outbox: Rows, audit: Rows) -> None:
    noted = [*_columns(audit, _AUDIT_COLUMNS), [_json(row["changes"]) for row in audit]]
    if outbox:
        locks = sorted(_numbers(service, {row["aggregateid"] for row in outbox}))
        values = (locks, *noted, *_columns(outbox, _OUTBOX_COLUMNS))
        connection.exec_driver_sql(_BOTH, values)
    elif audit:
        connection.exec_driver_sql(_AUDIT, tuple(noted))


def _columns(rows: Rows, names: Iterable[str]) -> list[list[Any]]:
    return [[row[name] for row in rows] for name in names]


def _json(changes: Any) -> str:
    return json.dumps(changes, ensure_ascii=False, sort_keys=True, default=str)


def _numbers(service: str, keys: Iterable[str]) -> list[int]:
    """The advisory lock of each key of ``service``."""
    names = (f"{service}:{key}".encode() for key in keys)
    return [
        int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True) for name in names
    ]
