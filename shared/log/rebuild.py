"""Makes the views of a service anew from the log, while facts arrive and pages are read.

Shadow tables are filled from the beginning, without a group and without policies; when they have
nearly caught up, the positions are held, the rest is folded up to exactly where the live worker
stands, and names are swapped. What waits in dead letters is skipped, as the live views do.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from shared.log.event_log import EventLog, Place, Record
from shared.log.wire import Registry, arrive
from shared.service import Handler, Service
from shared.store.columns import new_metadata
from shared.store.database import Database
from shared.store.tables import dead_letters, installation, positions
from shared.store.views import Views

log = structlog.get_logger()
CHUNK = 2000


def shape(service: Service) -> str:
    """What the views of ``service`` look like, so that a change of it is seen at the next start."""
    columns = [f"{t.name}.{c.name}:{c.type!r}" for t in service.views for c in t.columns]
    told = "\n".join([str(service.views_version), *sorted(columns)])
    return hashlib.sha256(told.encode()).hexdigest()


def prepare_views(service: Service, database: Database) -> bool:
    """Make the views of a new database; says whether those of an older one must be rebuilt."""
    wanted = shape(service)
    with database.write() as connection:
        here = sa.select(installation.c.value).where(installation.c.name == "views")
        known = connection.execute(here).scalar()
        if known == wanted:
            return False
        started = connection.execute(sa.select(sa.func.count()).select_from(positions)).scalar()
        if known is not None and started:
            return True
        for table in service.views:
            table.create(connection, checkfirst=True)
        _remember(connection, wanted)
    return False


def _remember(connection: sa.Connection, wanted: str) -> None:
    statement = insert(installation).values(name="views", value=wanted)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": wanted})
    )


class Rebuild:
    """One rebuild of the views of ``service``."""

    def __init__(
        self, service: Service, database: Database, log_: EventLog, registry: Registry
    ) -> None:
        self._service = service
        self._database = database
        self._log = log_
        self._registry = registry
        self._handlers: Mapping[str, Handler] = service.handlers()
        self._reached: dict[Place, int] = {}
        self._skipped: set[tuple[str, int, int]] = set()
        self._seen: set[Any] = set()

    def run(self) -> int:
        """Rebuild and swap; returns how many events were folded."""
        shadows = self._make_shadows()
        with self._database.read() as connection:
            rows = connection.execute(sa.select(dead_letters)).all()
        self._skipped = {(r.stream, r.partition, r.offset) for r in rows}
        folded = self._fold(shadows, None)
        while True:
            more = self._fold(shadows, None)
            folded += more
            if more < CHUNK:
                break
        folded += self._swap(shadows)
        log.info("views.rebuilt", service=self._service.name, events=folded)
        return folded

    def _make_shadows(self) -> dict[sa.Table, sa.Table]:
        metadata = new_metadata()
        shadows = {}
        with self._database.write() as connection:
            for view in self._service.views:
                shadow = view.to_metadata(metadata, name=f"{view.name}_new")
                for index in list(shadow.indexes):
                    index.name = sa.sql.quoted_name(f"{index.name}_new", None)
                shadow.drop(connection, checkfirst=True)
                shadow.create(connection)
                shadows[view] = shadow
        return shadows

    def _fold(
        self,
        shadows: Mapping[sa.Table, sa.Table],
        until: Mapping[Place, int] | None,
        connection: sa.Connection | None = None,
    ) -> int:
        """Fold what comes after ``reached``; with ``until``, within the transaction given."""
        folded = 0
        streams = self._service.streams()
        for batch in self._log.scan(streams, dict(self._reached)):
            wanted = [r for r in batch if until is None or r.offset < until.get(r.place, 0)]
            for chunk in _chunks(wanted):
                if connection is not None:
                    folded += self._apply(connection, shadows, chunk)
                else:
                    with self._database.write() as own:
                        folded += self._apply(own, shadows, chunk)
            for record in wanted:
                self._reached[record.place] = record.offset + 1
        return folded

    def _apply(
        self,
        connection: sa.Connection,
        shadows: Mapping[sa.Table, sa.Table],
        records: Sequence[Record],
    ) -> int:
        views = Views(connection, shadows)
        folded = 0
        for record in records:
            if (record.stream, record.partition, record.offset) in self._skipped:
                continue
            arrival = arrive(record)
            if arrival is None or arrival.type not in self._registry or arrival.id in self._seen:
                continue
            handler = self._handlers.get(self._registry.current(arrival.type))
            if handler is None or not handler.folds:
                continue
            self._seen.add(arrival.id)
            envelope = self._registry.read(arrival)
            views.cause = envelope
            for fold in handler.folds:
                fold(views, envelope.event)
            folded += 1
        views.flush()
        return folded

    def _swap(self, shadows: Mapping[sa.Table, sa.Table]) -> int:
        """Hold the live positions, fold up to them, and exchange the names."""
        with self._database.write() as connection:
            held = connection.execute(sa.select(positions).with_for_update()).all()
            live = {Place(r.stream, r.partition): int(r.offset) for r in held}
            letters = connection.execute(sa.select(dead_letters)).all()
            self._skipped |= {(r.stream, r.partition, r.offset) for r in letters}
            folded = self._fold(shadows, live, connection)
            for view, shadow in shadows.items():
                _exchange(connection, view, shadow)
            _remember(connection, shape(self._service))
        return folded


def _exchange(connection: sa.Connection, view: sa.Table, shadow: sa.Table) -> None:
    """Drop the old view and give its names (table, key, indexes) to the new one."""
    quote = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {quote(view.name)}")
    connection.exec_driver_sql(f"ALTER TABLE {quote(shadow.name)} RENAME TO {quote(view.name)}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"ALTER INDEX {quote(f'pk_{shadow.name}')} RENAME TO {quote(f'pk_{view.name}')}"
        )
        for index in view.indexes:
            connection.exec_driver_sql(
                f"ALTER INDEX {quote(f'{index.name}_new')} RENAME TO {quote(str(index.name))}"
            )
        return
    for index in view.indexes:
        connection.exec_driver_sql(f"DROP INDEX {quote(f'{index.name}_new')}")
        index.create(connection)


def _chunks(records: Sequence[Record]) -> Iterable[Sequence[Record]]:
    for start in range(0, len(records), CHUNK):
        yield records[start : start + CHUNK]
