"""What a restored database has forgotten: facts of its service on the log that are newer than it.

What policies said is said again, under the same ids, when the worker reads again what it had
forgotten. What people decided after the backup is not: the facts remain, what they changed here
is to be done again by hand.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from shared.log.event_log import EventLog
from shared.log.wire import Arrival, Undecodable, arrive
from shared.service import Service
from shared.store.database import Database
from shared.store.tables import audit, outbox


class Forgotten(NamedTuple):
    """A fact that its own service does not know of any more."""

    id: UUID
    type: str
    time: datetime
    key: str
    subject: str
    comes_again: bool


def last_known(database: Database) -> datetime | None:
    """When the last thing that ``database`` remembers was done; None when it remembers nothing."""
    with database.read() as connection:
        moments = [
            connection.execute(sa.select(sa.func.max(column))).scalar()
            for column in (audit.c.at, outbox.c.recorded_at)
        ]
    return max((m for m in moments if m is not None), default=None)


def forgotten(service: Service, database: Database, log: EventLog) -> list[Forgotten]:
    """Facts that ``service`` said after the last thing it remembers, in order of time.

    To be asked after a backup was restored, before the worker starts. Facts of the backup's very
    last moment are taken as known.
    """
    last = last_known(database)
    found: dict[UUID, Forgotten] = {}
    for arrival in _said_by(service, log):
        time = datetime.fromisoformat(arrival.headers["ce_time"].decode())
        if last is None or time > last:
            found.setdefault(arrival.id, _forgotten(arrival, time))
    return sorted(found.values(), key=lambda one: one.time)


def _said_by(service: Service, log: EventLog) -> Iterator[Arrival]:
    """What ``service`` said, told by the end of its CloudEvents source."""
    own = f"/{service.name}".encode()
    streams = sorted({cls.stream.name for cls in service.publishes})
    for batch in log.scan(streams):
        for record in batch:
            try:
                arrival = arrive(record)
            except Undecodable:
                continue
            if arrival is not None and arrival.headers.get("ce_source", b"").endswith(own):
                yield arrival


def _forgotten(arrival: Arrival, time: datetime) -> Forgotten:
    headers = arrival.headers
    return Forgotten(
        arrival.id,
        arrival.type,
        time,
        headers.get("ce_partitionkey", arrival.record.key).decode(),
        headers.get("ce_subject", b"").decode(),
        "ce_causationid" in headers,
    )


def told(found: Sequence[Forgotten]) -> Iterator[str]:
    """The report, as lines for whoever restored the backup."""
    lost = [one for one in found if not one.comes_again]
    yield f"{len(found) - len(lost)} facts come again by themselves when the worker starts."
    yield f"{len(lost)} facts remain of decisions that this database has forgotten:"
    for one in lost:
        yield f"{one.time:%Y-%m-%d %H:%M:%S}  {one.type}  key {one.key}  {one.subject}  {one.id}"
