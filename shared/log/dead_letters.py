"""Events that wait: those that could not be handled, and what stands behind them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

import sqlalchemy as sa

from shared.kernel.refusals import NotFound, Refused
from shared.log.event_log import Record
from shared.log.wire import pack_headers, unpack_headers
from shared.store.conflicts import insert
from shared.store.reading import Reading, Row
from shared.store.tables import dead_letters as table
from shared.store.unit_of_work import UnitOfWork


class Letter(NamedTuple):
    """An event that waits: why, and where it stood."""

    record: Record
    kind: str
    event_id: UUID | None
    type: str
    thread: str
    error: str
    attempts: int

    @classmethod
    def of(cls, record: Record, kind: str, *, error: str = "", attempts: int = 0) -> Self:
        """The letter of ``record``, whose attributes may be malformed."""
        headers = dict(record.headers)
        thread = headers.get("ce_thread") or headers.get("ce_partitionkey") or record.key
        try:
            event_id = UUID(headers["ce_id"].decode())
        except (KeyError, ValueError):
            event_id = None
        kind_of_event = headers.get("ce_type", b"?").decode(errors="replace")[:120]
        return cls(
            record, kind, event_id, kind_of_event, thread.decode(errors="replace")[:80], error,
            attempts,
        )  # fmt: skip


class NothingToReplay(Refused):
    """Only a dead letter can be replayed or dropped; what is parked follows it."""

    title = "Cet événement attend derrière un autre"


def keep(connection: sa.Connection, letters: Sequence[Letter], now: datetime) -> None:
    """Write ``letters``; the same record twice is kept once."""
    rows = [
        {
            "stream": letter.record.stream,
            "partition": letter.record.partition,
            "offset": letter.record.offset,
            "kind": letter.kind,
            "event_id": letter.event_id,
            "type": letter.type,
            "key": letter.record.key,
            "thread": letter.thread,
            "payload": letter.record.value,
            "headers": pack_headers(letter.record.headers),
            "error": letter.error,
            "attempts": letter.attempts,
            "since": now,
        }
        for letter in letters
    ]
    connection.execute(insert(table, connection.dialect.name).on_conflict_do_nothing(), rows)


def erase(connection: sa.Connection, stream: str, key: bytes) -> None:
    """Keep nothing of what waits under a key that a tombstone erases, nor anybody behind it."""
    here = (table.c.stream == stream, table.c.key == key)
    gone = {"kind": "dropped", "payload": None, "error": "", "request": None, "reason": "erased"}
    connection.execute(table.update().where(*here).values(gone))


def blocked_threads(connection: sa.Connection) -> set[str]:
    """The threads on which an event waits: what follows it there is parked."""
    select = sa.select(table.c.thread).where(table.c.kind.in_(("dead", "parked"))).distinct()
    return set(connection.execute(select).scalars())


def record_of(row: Any) -> Record:
    """The record that a row of dead_letters keeps."""
    return Record(
        row.stream,
        row.partition,
        row.offset,
        row.key,
        row.payload,
        unpack_headers(row.headers),
        row.since.timestamp(),
    )


# use cases of the command line and of the page on the health of the flow


def waiting(read: Reading, *, limit: int = 200) -> list[Row]:
    """What waits, dead letters first, oldest first; without payloads, which may be sealed."""
    columns = [c for c in table.columns if c.name not in {"payload", "headers", "key"}]
    order = sa.case((table.c.kind == "dead", 0), (table.c.kind == "unknown", 1), else_=2)
    select = sa.select(*columns).where(table.c.kind != "dropped")
    return read.rows(select.order_by(order, table.c.id).limit(limit))


def one(read: Reading, *, letter_id: int) -> Row:
    """Everything of one letter, with its headers as text."""
    found = read.one(sa.select(table).where(table.c.id == letter_id), "Cette lettre n’existe pas.")
    headers = unpack_headers(found["headers"])
    found["headers"] = {name: value.decode(errors="replace") for name, value in headers}
    return found


def ask_replay(uow: UnitOfWork, *, letter_id: int) -> None:
    """Ask the worker that owns the partition to try a dead letter again, then what is behind."""
    _request(uow, letter_id, "replay", None)


def ask_drop(uow: UnitOfWork, *, letter_id: int, reason: str) -> None:
    """Ask to set a dead letter aside for good, with a reason, then to go on with its thread."""
    if not reason.strip():
        raise Refused("Dites pourquoi cet événement peut être écarté.", missing="Un motif.")
    _request(uow, letter_id, "drop", reason.strip())


def _request(uow: UnitOfWork, letter_id: int, request: str, reason: str | None) -> None:
    letter = uow.row(sa.select(table.c.kind).where(table.c.id == letter_id))
    if letter is None:
        raise NotFound("Cette lettre n’existe pas.")
    if letter["kind"] != "dead":
        raise NothingToReplay(
            rule="Un fil se rejoue dans son ordre, depuis l’événement qui l’a arrêté.",
            missing="Rejouez ou écartez d’abord l’événement mort de ce fil.",
        )
    uow.connection.execute(
        table.update()
        .where(table.c.id == letter_id)
        .values(request=request, reason=reason, requested_by=uow.actor.person, requested_at=uow.now)
    )
