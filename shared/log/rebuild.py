"""Makes the views of a service anew from the log, while facts arrive and pages are read.

Shadow tables are filled from the beginning, without a group and without policies; when they have
nearly caught up, the positions are held, the rest is folded up to exactly where the live worker
stands, and names are swapped. What waits in dead letters is skipped, as the live views do.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog

from shared.log.dead_letters import record_of
from shared.log.event_log import EventLog, Place, Record
from shared.log.wire import Registry, arrive
from shared.service import Handler, Service
from shared.store import migrations
from shared.store.columns import new_metadata
from shared.store.conflicts import insert
from shared.store.database import Database
from shared.store.tables import dead_letters, installation, positions
from shared.store.views import Views

log = structlog.get_logger()
CHUNK = 2000
REPEATED_WITHIN = 200_000
"""Events remembered in order to know one that the log has twice."""

_Where = tuple[str, int, int]


def shape(service: Service) -> str:
    """What the views of ``service`` look like, so that a change of it is seen at the next start."""
    columns = [f"{t.name}.{c.name}:{c.type!r}" for t in service.views for c in t.columns]
    told = "\n".join([str(service.views_version), *sorted(columns)])
    return hashlib.sha256(told.encode()).hexdigest()


def prepare_views(service: Service, database: Database) -> bool:
    """Make the views of a new database; says whether those of an older one must be rebuilt."""
    wanted = shape(service)
    with database.write() as connection:
        # A worker that waited for its database begins while the migration is still under way.
        migrations.alone(connection)
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
    statement = insert(installation, connection.dialect.name).values(name="views", value=wanted)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": wanted})
    )


class Rebuild:
    """One rebuild of the views of ``service``.

    It never folds what the live worker has not handled: only then is it known what waits in dead
    letters. What is replayed from there meanwhile is folded when it is found to be gone.
    """

    def __init__(
        self, service: Service, database: Database, log_: EventLog, registry: Registry
    ) -> None:
        self._service = service
        self._database = database
        self._log = log_
        self._registry = registry
        self._handlers: Mapping[str, Handler] = service.handlers()
        self._shadows: dict[sa.Table, sa.Table] = {}
        self._reached: dict[Place, int] = {}
        self._letters: dict[_Where, Record] = {}
        self._skipped: dict[_Where, Record] = {}
        self._seen: dict[UUID, None] = {}

    def run(self) -> int:
        """Rebuild and swap; returns how many events were folded."""
        self._make_shadows()
        folded, more = 0, CHUNK
        while more >= CHUNK:
            with self._database.read() as connection:
                live = self._look(connection)
            more = self._released() + self._fold(self._log_after(), live)
            folded += more
        folded += self._swap()
        log.info("views.rebuilt", service=self._service.name, events=folded)
        return folded

    def _make_shadows(self) -> None:
        metadata = new_metadata()
        with self._database.write() as connection:
            for view in self._service.views:
                shadow = view.to_metadata(metadata, name=f"{view.name}_new")
                # By columns: a name made by convention follows the name of the table.
                names = {_columns(named): named.name for named in _named(view)}
                for named in _named(shadow):
                    named.name = sa.sql.quoted_name(f"{names[_columns(named)]}_new", None)
                shadow.drop(connection, checkfirst=True)
                shadow.create(connection)
                self._shadows[view] = shadow

    def _look(self, connection: sa.Connection) -> dict[Place, int]:
        """Where the live worker stands, and what waits; in this order: a position moves together
        with the letters before it."""
        stands = connection.execute(sa.select(positions)).all()
        waits = connection.execute(sa.select(dead_letters).order_by(dead_letters.c.id)).all()
        self._letters = {(r.stream, r.partition, r.offset): record_of(r) for r in waits}
        return {Place(r.stream, r.partition): int(r.offset) for r in stands}

    def _log_after(self) -> Iterator[list[Record]]:
        return self._log.scan(self._service.streams(), dict(self._reached))

    def _released(self, connection: sa.Connection | None = None) -> int:
        """Fold what was skipped and has been replayed since, in the order in which it waited."""
        gone = [where for where in self._skipped if where not in self._letters]
        return self._write([self._skipped.pop(where) for where in gone], connection)

    def _fold(
        self,
        batches: Iterable[Sequence[Record]],
        live: Mapping[Place, int],
        connection: sa.Connection | None = None,
    ) -> int:
        """Fold ``batches`` up to ``live``, within the transaction given or in small ones."""
        folded = 0
        for batch in batches:
            wanted = [
                r for r in batch if self._reached.get(r.place, 0) <= r.offset < live.get(r.place, 0)
            ]
            for start in range(0, len(wanted), CHUNK):
                folded += self._write(wanted[start : start + CHUNK], connection)
            self._reached.update({r.place: r.offset + 1 for r in wanted})
            if not self._behind(live):
                break
        return folded

    def _behind(self, live: Mapping[Place, int]) -> bool:
        return any(self._reached.get(place, 0) < end for place, end in live.items())

    def _write(self, records: Sequence[Record], connection: sa.Connection | None) -> int:
        if not records:
            return 0
        if connection is not None:
            return self._apply(connection, records)
        with self._database.write() as own:
            return self._apply(own, records)

    def _apply(self, connection: sa.Connection, records: Sequence[Record]) -> int:
        views = Views(connection, self._shadows)
        folded = 0
        for record in records:
            where = (record.stream, record.partition, record.offset)
            if where in self._letters:
                self._skipped[where] = record
            else:
                folded += self._apply_one(views, record)
        views.flush()
        return folded

    def _apply_one(self, views: Views, record: Record) -> bool:
        arrival = arrive(record)
        if arrival is None or arrival.type not in self._registry or arrival.id in self._seen:
            return False
        handler = self._handlers.get(self._registry.current(arrival.type))
        if handler is None or not handler.folds:
            return False
        self._remember_seen(arrival.id)
        envelope = self._registry.read(arrival)
        views.cause = envelope
        for fold in handler.folds:
            fold(views, envelope.event)
        return True

    def _remember_seen(self, event_id: UUID) -> None:
        """A repetition follows soon after the first: the last ones are enough."""
        self._seen[event_id] = None
        if len(self._seen) > REPEATED_WITHIN:
            del self._seen[next(iter(self._seen))]

    def _swap(self) -> int:
        """Hold the live worker, fold up to where it stands, and exchange the names."""
        ahead = self._ahead()
        with self._database.write() as connection:
            if self._database.dialect == "postgresql":
                # Also against the first event of a partition, which has no row to hold.
                connection.exec_driver_sql("LOCK TABLE positions IN EXCLUSIVE MODE")
            live = self._look(connection)
            folded = self._released(connection) + self._fold([ahead], live, connection)
            if self._behind(live):
                folded += self._fold(self._log_after(), live, connection)
            for view, shadow in self._shadows.items():
                _exchange(connection, view, shadow)
            _remember(connection, shape(self._service))
        return folded

    def _ahead(self) -> list[Record]:
        """What the worker may handle before it is held, so that the log is not read meanwhile."""
        ahead: list[Record] = []
        for batch in self._log_after():
            ahead += batch
            if len(ahead) > CHUNK:
                break
        return ahead


def _named(table: sa.Table) -> list[Any]:
    """What has a name of its own in the database beside ``table``: its indexes and keys."""
    keys = (sa.PrimaryKeyConstraint, sa.UniqueConstraint)
    return [*table.indexes, *(c for c in table.constraints if isinstance(c, keys) and c.name)]


def _columns(named: Any) -> tuple[str, ...]:
    return type(named).__name__, *named.columns.keys()


def _exchange(connection: sa.Connection, view: sa.Table, shadow: sa.Table) -> None:
    """Drop the old view and give its names (table, keys, indexes) to the new one."""
    quote = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {quote(view.name)}")
    connection.exec_driver_sql(f"ALTER TABLE {quote(shadow.name)} RENAME TO {quote(view.name)}")
    if connection.dialect.name == "postgresql":
        for named in _named(view):
            old, new = quote(f"{named.name}_new"), quote(str(named.name))
            connection.exec_driver_sql(f"ALTER INDEX {old} RENAME TO {new}")
        return
    for index in view.indexes:
        connection.exec_driver_sql(f"DROP INDEX {quote(f'{index.name}_new')}")
        index.create(connection)
