"""Executes what was asked of dead letters, by the worker that owns their partition."""

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog

from shared.log.dead_letters import record_of
from shared.log.event_log import Place
from shared.log.wire import arrive
from shared.store.database import unreachable
from shared.store.tables import dead_letters as table
from shared.store.tables import positions

if TYPE_CHECKING:
    from shared.log.consumer import Consumer

log = structlog.get_logger()
# Asked by each worker at every look, so made once.
_ALL = sa.select(table).order_by(table.c.id)
_REQUESTED = (table.c.kind == "dead") & table.c.request.is_not(None)
_WAITING = _ALL.where(_REQUESTED | (table.c.kind == "unknown"))
_THREAD = _ALL.where(table.c.thread == sa.bindparam("thread"), table.c.kind.in_(("dead", "parked")))
_KINDS = sa.select(table.c.kind, table.c.type, table.c.request).where(
    table.c.kind.in_(("dead", "unknown"))
)


def attend(consumer: "Consumer") -> int:
    """Replay or drop what was asked, drain the threads behind, release types known by now.

    Returns how many letters were settled. While a thread is not drained its new events keep
    parking: order on the thread holds.
    """
    settled = 0
    rows = _rows(consumer, _WAITING)
    for row in sorted(rows, key=lambda row: row.kind):  # whoever was asked for goes first
        if row.kind == "unknown":
            settled += row.type in consumer.registry and _replay(consumer, row)
        elif row.request == "drop":
            _drop(consumer, row)
            settled += 1 + _drain(consumer, row.thread)
        elif _replay(consumer, row):
            settled += 1 + _drain(consumer, row.thread)
    if settled:
        consumer.unblock()
    return settled


def due(consumer: "Consumer") -> bool:
    """Whether ``attend`` has something to do, once this worker holds the partition."""
    with consumer.workplace.database.read() as connection:
        rows = connection.execute(_KINDS).all()
    return any(r.request or (r.kind == "unknown" and r.type in consumer.registry) for r in rows)


def _rows(consumer: "Consumer", select: sa.Select[Any], **given: Any) -> list[Any]:
    with consumer.workplace.database.read() as connection:
        found = connection.execute(select, given).all()
    mine = consumer.assigned()
    return [row for row in found if Place(row.stream, row.partition) in mine]


def _drain(consumer: "Consumer", thread: str) -> int:
    """What is parked on ``thread``, in order, until something fails again or nothing is left."""
    done = 0
    while True:
        rows = _rows(consumer, _THREAD, thread=thread)
        if not rows or rows[0].kind == "dead" or not _replay(consumer, rows[0]):
            return done
        done += 1


def _drop(consumer: "Consumer", row: Any) -> None:
    with consumer.workplace.database.write() as connection:
        connection.execute(
            table.update().where(table.c.id == row.id).values(kind="dropped", request=None)
        )
    log.warning("dead_letter.dropped", service=consumer.service.name, event_id=str(row.event_id))


def _replay(consumer: "Consumer", row: Any) -> bool:
    """Handle one letter; when it fails again it is (or becomes) the dead letter of its thread."""
    try:
        arrival = arrive(record_of(row))
        with consumer.workplace.database.write() as connection:
            _hold_position(connection, row)
            connection.execute(table.delete().where(table.c.id == row.id))
            wanted = arrival and consumer.registry.current(arrival.type) in consumer.handlers
            if arrival and wanted:
                consumer.handle_letter(connection, arrival)
    except Exception as error:
        if unreachable(error):
            raise
        log.exception("dead_letter.failed_again", service=consumer.service.name)
        with consumer.workplace.database.write() as connection:
            connection.execute(
                table.update()
                .where(table.c.id == row.id)
                .values(
                    kind="dead", request=None, error=repr(error)[:2000],
                    attempts=table.c.attempts + 1,
                )
            )  # fmt: skip
        return False
    consumer.workplace.wake_relay()
    return True


def _hold_position(connection: sa.Connection, row: Any) -> None:
    """As a batch does: a rebuild that swaps the views must see this replay as a whole or not."""
    here = (positions.c.stream == row.stream, positions.c.partition == row.partition)
    connection.execute(sa.select(positions.c.offset).where(*here).with_for_update())
