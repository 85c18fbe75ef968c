"""One use case that writes: state, facts, timers and audit, in one transaction."""

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from uuid_utils.compat import uuid7

from shared.kernel import trace
from shared.kernel.aggregate import Aggregate, next_order
from shared.kernel.event import By, Event
from shared.kernel.refusals import ChangedMeanwhile, NotFound, VersionOutdated
from shared.kernel.rights import SYSTEM, Actor
from shared.store import adding, changes, closing, series, tables
from shared.store.files import Files
from shared.store.once import AlreadyDone
from shared.store.reading import Reading
from shared.store.views import Views
from shared.store.workplace import Envelope, Workplace

A = TypeVar("A", bound=Aggregate)
_LOCK = {"key_share": True}
"""FOR NO KEY UPDATE: whoever only refers to the row by a foreign key need not wait for it, nor can
two who refer to it and then want to change it wait for each other."""


class UnitOfWork(Reading):
    """What a command may use. Nothing is published unless everything is committed.

    ``actor`` is who asks, ``by`` the same as the one who decides (None for policies, timers and
    the command line), ``cause`` the event that a policy answers. The unit of work keeps its own
    list of aggregates: the session's identity map is weak, an aggregate that nobody holds would
    vanish with what it recorded. ``careful`` locks whatever is read by id: for a command that has
    lost a race and must not lose the next ones.
    """

    def __init__(
        self,
        workplace: Workplace,
        connection: sa.Connection,
        actor: Actor = SYSTEM,
        *,
        command: str = "",
        views: Views | None = None,
        careful: bool = False,
    ) -> None:
        super().__init__(workplace, connection, actor)
        self.by: By | None = None
        self.cause: Envelope | None = None
        self.seed: UUID | None = None
        self.command = command
        self.views = views
        self._careful = careful
        self._session = Session(
            bind=connection,
            autoflush=False,
            expire_on_commit=False,
            join_transaction_mode="rollback_only",
        )
        self._held: dict[tuple[type, UUID], Aggregate] = {}
        self._absent: set[tuple[type, UUID]] = set()
        self._changed: dict[int, Aggregate] = {}
        self._added: list[Aggregate] = []
        self._touched: dict[int, Aggregate] = {}
        self._recorded: list[tuple[int, Event]] = []
        self._audited: dict[int, dict[str, Any]] = {}
        self._outbox: list[dict[str, Any]] = []
        self._audit: list[dict[str, Any]] = []
        self._derived = 0
        self._told = 0

    # reading what is being changed

    @property
    def connection(self) -> sa.Connection:
        """The connection, with all that was said so far written to it."""
        self.flush()
        return self._connection

    @property
    def plain_connection(self) -> sa.Connection:
        """The connection as it is, for the plumbing that opens savepoints."""
        return self._connection

    @property
    def files(self) -> Files:
        """The files of this service."""
        return self._workplace.files

    @property
    def published_later(self) -> bool:
        """Whether this unit of work has facts for the log."""
        return bool(self._outbox)

    def get(
        self, cls: type[A], identity: UUID, *, hot: bool = False, version: int | str | None = None
    ) -> A:
        """The aggregate ``identity``; NotFound without one.

        ``hot`` locks its row at once (what many want to change at a time: a balance).
        ``version`` is what the person had read: VersionOutdated when it changed since.
        """
        found = self._held.get((cls, identity))
        if found is None or hot:
            if hot:
                self.flush()
            locked = hot or self._careful
            found = self._session.get(cls, identity, with_for_update=_LOCK if locked else None)
            if found is None:
                raise NotFound(rule=f"Aucun dossier de ce genre ne porte le numéro {identity}.")
            self._held[cls, identity] = found
        self._touched[id(found)] = found
        if version is not None and str(version) != str(found.version):
            raise VersionOutdated(missing="Relisez-le, puis refaites votre modification.")
        return found  # type: ignore[return-value]

    def find(self, cls: type[A], **columns: Any) -> A | None:
        """The one aggregate whose columns have these values, or None."""
        if columns.keys() == {"id"}:
            return self._find_by_id(cls, columns["id"])
        found = self.find_all(cls, **columns)
        return found[0] if found else None

    def _find_by_id(self, cls: type[A], identity: UUID) -> A | None:
        if (cls, identity) in self._absent:
            return None
        try:
            return self.get(cls, identity)
        except NotFound:
            return None

    def load(self, cls: type[Aggregate], identities: Iterable[UUID]) -> None:
        """Read in one query what a batch is going to ask for by id, one by one."""
        wanted = {i for i in identities if (cls, i) not in self._held}
        if not wanted:
            return
        mapper: Any = sa.inspect(cls)
        for aggregate in self._session.scalars(sa.select(cls).where(mapper.c.id.in_(wanted))):
            self._held[cls, aggregate.id] = aggregate
            wanted.discard(aggregate.id)
        self._absent.update((cls, identity) for identity in wanted)

    def find_all(self, cls: type[A], **columns: Any) -> list[A]:
        """The aggregates whose columns have these values, by id."""
        self.flush()
        select = sa.select(cls).filter_by(**columns).order_by(sa.inspect(cls).c.id)
        found = list(self._session.scalars(select))
        for aggregate in found:
            self._hold(aggregate)
        return found

    # changing

    def add(self, aggregate: A) -> A:
        """Take in a new aggregate; it follows the journey of the event that caused it."""
        if aggregate.journey is None and self.cause is not None:
            aggregate.journey = self.cause.correlation_id
        if adding.alone(cast(Hashable, type(aggregate))):
            self._added.append(aggregate)
        else:
            self._session.add(aggregate)
        self._hold(aggregate)
        return aggregate

    def delete(self, aggregate: Aggregate) -> None:
        """Remove an aggregate and its parts; the audit notes it."""
        self.flush()
        self._note(aggregate, {"deleted": [False, True]})
        self._changed[id(aggregate)] = aggregate
        self._session.delete(aggregate)

    def _hold(self, aggregate: Aggregate) -> None:
        self._held[type(aggregate), aggregate.id] = aggregate
        self._absent.discard((type(aggregate), aggregate.id))
        self._touched[id(aggregate)] = aggregate

    def record(self, event: Event) -> None:
        """Publish ``event``, of which no aggregate is the origin."""
        self._recorded.append((next_order(), event))

    def new_id(self) -> UUID:
        """An id in order of time; in a policy derived from the event that is handled, in a timer
        from what fell due (``seed``).

        So that doing it again, after a restored backup, makes the same things again.
        """
        origin = self._origin()
        if origin is None:
            return uuid7()
        self._derived += 1
        return uuid5(origin, f"{self._workplace.service}:{self._derived}")

    def _origin(self) -> UUID | None:
        return self.cause.id if self.cause is not None else self.seed

    def _event_id(self) -> UUID:
        """As ``new_id``, counted apart: in a batch, events are published sooner or later than when
        handled alone, and must be called the same."""
        origin = self._origin()
        if origin is None:
            return uuid7()
        self._told += 1
        return uuid5(origin, f"{self._workplace.service}:event:{self._told}")

    def notify(
        self, person: UUID, text: str, link: str, due: datetime | None = None, urgent: bool = False
    ) -> None:
        """Have ``person`` told ``text`` (no name in it) with a link, now or when ``due``.

        What is not ``urgent`` leaves with their other news, once a day.
        """
        told = {"person": person, "text": text, "link": link, "due": due, "urgent": urgent}
        self.record(self._workplace.notice(**told))

    def schedule(self, name: str, subject: UUID, due: datetime) -> None:
        """Have the timer ``name`` fire for ``subject`` at ``due``; a second call moves it."""
        self.unschedule(name, subject)
        row = {"name": name, "subject": subject, "due": due}
        self._connection.execute(tables.timers.insert(), row)

    def unschedule(self, name: str, subject: UUID) -> None:
        """Forget the timer ``name`` for ``subject``, if it is set."""
        timers = tables.timers
        here = (timers.c.name == name, timers.c.subject == subject)
        self._connection.execute(timers.delete().where(*here))

    def next_number(self, name: str) -> int:
        """The next number of the series ``name``, from 1, without gaps: held until the commit."""
        return series.next_number(self._connection, name)

    # the end

    def handling(self, cause: Envelope | None, command: str) -> None:
        """From now on what is done answers ``cause``."""
        self.cause, self.command = cause, command
        self._derived = self._told = 0

    def flush(self) -> None:
        """Write aggregates and views to the database, within the transaction."""
        if self.views is not None:
            self.views.flush()
        if self._added:
            self.collect()
            added, self._added = self._added, []
            adding.insert(self._session, self._connection, added)
        if self._session.new or self._session.dirty or self._session.deleted:
            self.collect()
            self._raise_versions()
            try:
                self._session.flush()
            except StaleDataError as error:
                raise ChangedMeanwhile() from error

    def _raise_versions(self) -> None:
        """Check and raise the versions of all that changed, in one statement a class.

        The rows are held from here on, so that what is written after is what was read before.
        (SQLAlchemy's own version counter sends one UPDATE after another.)
        """
        changed, self._changed = self._changed, {}
        by_class: dict[type, list[Aggregate]] = {}
        for aggregate in changed.values():
            by_class.setdefault(type(aggregate), []).append(aggregate)
        for cls, aggregates in by_class.items():
            rows = [{"of": a.id, "was": a.version} for a in sorted(aggregates, key=lambda a: a.id)]
            raised = self._connection.execute(changes.raise_version(cls), rows).rowcount
            if raised != len(rows):
                raise ChangedMeanwhile()
            for aggregate in aggregates:
                set_committed_value(aggregate, "version", aggregate.version + 1)

    def collect(self) -> None:
        """Take what the aggregates touched so far recorded, and note how they changed."""
        recorded, self._recorded = self._recorded, []
        journey = None
        for aggregate in self._touched.values():
            journey = journey or aggregate.journey
            recorded += aggregate.take_recorded()
            difference = changes.of(aggregate, self._audited)
            if difference:
                self._note(aggregate, difference)
                if changes.stored(aggregate):
                    self._changed[id(aggregate)] = aggregate
        for _, event in sorted(recorded, key=lambda r: r[0]):
            self._publish(event, journey)

    def finish(self, done: dict[str, Any] | None = None) -> None:
        """Write everything: aggregates, then facts, audit and what was ``done`` under a key.

        Raises AlreadyDone when another transaction has done it under that key.
        """
        self.collect()
        self.flush()
        self._touched.clear()
        service = self._workplace.service
        if not closing.write(self._connection, service, self._outbox, self._audit, done):
            raise AlreadyDone(self.command)

    def event_handled(self) -> None:
        """One event of a batch is done: keep its effects, go on to the next."""
        self.collect()
        self._touched.clear()

    def _publish(self, event: Event, journey: UUID | None) -> None:
        if type(event) not in self._workplace.published:
            raise LookupError(f"{type(event).__name__} is not in `publishes` of service.py")
        if event.by is None and self.by is not None:
            event = changes.attributed(event, self.by)
        cause = self.cause
        key, thread = event.key(), event.thread()
        if journey is None and cause is not None:
            journey = cause.correlation_id
        if journey is None and thread != key:
            journey = UUID(thread)
        sealed = self._workplace.seal(
            Envelope(
                id=self._event_id(),
                type=event.type,
                source=self._workplace.source,
                time=self.now,
                key=key,
                thread=thread,
                event=event,
                correlation_id=journey,
                causation_id=cause.id if cause is not None else None,
                traceparent=trace.current(),
            )
        )
        self._outbox.append(
            {
                "aggregatetype": sealed.stream,
                "aggregateid": sealed.key,
                "type": sealed.type,
                "payload": sealed.payload,
                "headers": sealed.headers,
                "recorded_at": self.now,
            }
        )

    def _note(self, aggregate: Any, difference: dict[str, Any]) -> None:
        by = self.by
        self._audit.append(
            {
                "at": self.now,
                "person": self.actor.person,
                "quality": by.quality if by else None,
                "command": self.command,
                "cause": self.cause.id if self.cause else None,
                "subject_type": type(aggregate).__name__,
                "subject_id": getattr(aggregate, "id", None),
                "changes": difference,
            }
        )
