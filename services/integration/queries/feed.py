"""The feed: facts in the log's order, as far as a grant opens them (docs/adr/0012-the-feed.md)."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import CITY
from services.integration import tables
from services.integration.model import Bound, Cursor, narrowed, reader_of, service_of, take
from services.integration.queries.readers import Reader, _reader
from services.language import FACTS
from shared.store.reading import Reading
from shared.store.tables import dead_letters, positions

_feed, _events = tables.feed_view, tables.sandbox_events


def feed(
    read: Reading,
    *,
    key: str | None,
    after: str | None = None,
    limit: int = 100,
    types: Sequence[str] = (),
) -> dict[str, Any]:
    """One page for the holder of ``key``: ``items`` (CloudEvents), ``next``, ``more``.

    ``after`` is the ``next`` of the page before. ``types`` reads some of what is granted. A key
    of a sandbox reads that sandbox. Refuses a key that opens nothing, a cursor of another reader,
    a type that is not granted.
    """
    reader = _reader(read, key)
    cursor = Cursor.read(after, reader_of(reader.id))
    if reader.trial:
        return _made_up(read, reader, cursor, limit)
    wanted = narrowed(reader.types, types)
    # First how far, then what: within a bound nothing is added or taken away any more.
    bounds = _bounds(read)
    cursor.check(bounds)
    here = [_of_types(wanted), *_of_scopes(read, reader.scopes)]
    taken = take(cursor, bounds, _rows(read, cursor, bounds, here, limit), limit)
    items = [_told(row, read.source) for row in taken.rows]
    return {"items": items, "next": taken.cursor.text(), "more": taken.more}


def _bounds(read: Reading) -> dict[int, Bound]:
    """Up to where each partition may be read: before what is still to be folded, or waits.

    A fact that waits as a dead letter gets its row later, at the offset it has: whoever had read
    on would never see it. One statement, so that positions and letters are of one moment.
    """
    waits = (
        sa.select(sa.func.min(dead_letters.c.offset))
        .where(
            dead_letters.c.stream == positions.c.stream,
            dead_letters.c.partition == positions.c.partition,
            dead_letters.c.kind != "dropped",
        )
        .scalar_subquery()
    )
    first = (
        sa.select(_feed.c.id)
        .where(_feed.c.partition == positions.c.partition)
        .order_by(_feed.c.offset)
        .limit(1)
        .scalar_subquery()
    )
    columns = (positions.c.partition, positions.c.offset, waits.label("waits"))
    query = sa.select(*columns, first.label("first")).where(positions.c.stream == FACTS.name)
    return {row["partition"]: _bound(row) for row in read.rows(query)}


def _bound(row: Mapping[str, Any]) -> Bound:
    end = row["offset"] if row["waits"] is None else min(row["offset"], row["waits"])
    return Bound(end, row["first"].hex[-8:] if row["first"] else "")


def _rows(
    read: Reading,
    cursor: Cursor,
    bounds: Mapping[int, Bound],
    here: Sequence[sa.ColumnElement[bool]],
    limit: int,
) -> dict[int, list[dict[str, Any]]]:
    """The next rows of each partition, ``limit`` of each at most, by one statement."""
    parts = [
        sa.select(
            sa.select(_feed)
            .where(_feed.c.partition == partition, _feed.c.offset >= cursor.place(partition))
            .where(_feed.c.offset < bound.end, *here)
            .order_by(_feed.c.offset)
            .limit(limit)
            .subquery()
        )
        for partition, bound in sorted(bounds.items())
        if cursor.place(partition) < bound.end
    ]
    found: dict[int, list[dict[str, Any]]] = {partition: [] for partition in bounds}
    if parts:
        for row in read.rows(sa.union_all(*parts)):
            found[row["partition"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["offset"])
    return found


def _of_types(wanted: Sequence[str]) -> sa.ColumnElement[bool]:
    services = [service for kind in wanted if (service := service_of(kind))]
    kinds = [kind for kind in wanted if service_of(kind) is None]
    return _feed.c.type.in_(kinds) | _feed.c.service.in_(services)


def _of_scopes(read: Reading, scopes: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """Nothing to say for the city; else the committees that the scopes cover, closed ones too."""
    if CITY in scopes:
        return []
    committees = [row["id"] for row in mirror.committees(read, scopes, closed=True)]
    return [_feed.c.committee_id.in_(committees)]


def _told(row: Mapping[str, Any], source: str) -> dict[str, Any]:
    """A row as a CloudEvent in structured JSON; what it has not is left out."""
    committee = row["committee_id"]
    attributes = {
        "specversion": "1.0",
        "id": str(row["id"]),
        "source": row["source"],
        "type": row["type"],
        "time": row["at"].isoformat(),
        "subject": row["subject"],
        "datacontenttype": "application/json",
        "dataschema": f"{source}/schemas/{row['type']}.json",
        "partitionkey": str(committee) if committee else CITY,
        "correlationid": row["correlation"] and str(row["correlation"]),
        "causationid": row["cause"] and str(row["cause"]),
        "data": orjson.loads(row["data"]),
    }
    return {name: value for name, value in attributes.items() if value is not None}


def _made_up(read: Reading, reader: Reader, cursor: Cursor, limit: int) -> dict[str, Any]:
    """A page of a sandbox: one partition, whose offsets are the numbers of its events."""
    total = sa.select(sa.func.count()).where(_events.c.sandbox_id == reader.id)
    bounds = {0: Bound(int(read.value(total)), "")}
    query = (
        sa.select(_events)
        .where(_events.c.sandbox_id == reader.id, _events.c.number >= cursor.place(0))
        .where(_events.c.number < bounds[0].end)
        .order_by(_events.c.number)
        .limit(limit)
    )
    rows = [{**row, "partition": 0, "offset": row["number"]} for row in read.rows(query)]
    taken = take(cursor, bounds, {0: rows}, limit)
    items = [row["event"] for row in taken.rows]
    return {"items": items, "next": taken.cursor.text(), "more": taken.more}
