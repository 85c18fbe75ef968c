"""What a batch takes before it has effects: positions moved from where we read, ids in the inbox."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from shared.log.event_log import Place
from shared.log.wire import Arrival
from shared.store.conflicts import insert
from shared.store.tables import inbox, positions


class TakenOver(Exception):
    """Another worker has moved this position: what was read here is not ours any more."""


def move(connection: sa.Connection, moves: Mapping[Place, tuple[int, int]]) -> None:
    """Move positions from where we read; no row moved means another worker has taken over."""
    for place, (start, end) in moves.items():
        here = (positions.c.stream == place.stream, positions.c.partition == place.partition)
        moved = connection.execute(
            positions.update().where(*here, positions.c.offset == start).values(offset=end)
        ).rowcount
        if moved == 0:
            row = {"stream": place.stream, "partition": place.partition, "offset": end}
            first = insert(positions, connection.dialect.name).values(row).on_conflict_do_nothing()
            # What an INSERT did is told by RETURNING: psycopg's rowcount is not kept for it.
            taken = first.returning(positions.c.offset)
            if start != 0 or connection.execute(taken).scalar() is None:
                raise TakenOver(f"{place} is no longer at {start}")


def new(connection: sa.Connection, arrivals: Sequence[Arrival], day: date) -> list[Arrival]:
    """Those of ``arrivals`` that the inbox had not seen, first occurrence only; entered now."""
    if not arrivals:
        return []
    taken = _enter(connection, list(dict.fromkeys(a.id for a in arrivals)), day)
    fresh: list[Arrival] = []
    for arrival in arrivals:
        if arrival.id in taken:
            taken.discard(arrival.id)
            fresh.append(arrival)
    return fresh


def _enter(connection: sa.Connection, ids: Sequence[UUID], day: date) -> set[UUID]:
    """Enter ``ids`` in the inbox in one statement; those that were not there yet."""
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql(
            "INSERT INTO inbox (event_id, handled_on) SELECT i, %s FROM unnest(%s::uuid[]) AS i"
            " ON CONFLICT DO NOTHING RETURNING event_id",
            (day, list(ids)),
        )
        return set(found.scalars())
    rows = [{"event_id": i, "handled_on": day} for i in ids]
    statement = insert(inbox, connection.dialect.name).values(rows).on_conflict_do_nothing()
    return set(connection.execute(statement.returning(inbox.c.event_id)).scalars())
