"""What runs in a process: some services on their databases, one log, workers and pages."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from shared.kernel.event import Event, Stream
from shared.log import wire
from shared.log.event_log import EventLog
from shared.log.notices import NoticeIssued
from shared.log.rebuild import prepare_views
from shared.log.wire import Registry
from shared.perform import UseCases
from shared.run import keys
from shared.run.settings import Settings, SettingsError
from shared.run.worker import Worker
from shared.service import Link, Service
from shared.store import migrations
from shared.store.clock import Clock
from shared.store.database import Database
from shared.store.files import FolderFiles
from shared.store.workplace import Workplace


class Runtime:
    """Services of one process. Nothing is opened before it is needed.

    ``known`` are all event classes of the product, ``streams`` those of the log, ``navigation``
    the links of all services (those of this process or not), ``home`` the service that answers
    what is under no service's name.
    """

    def __init__(
        self,
        services: Sequence[Service],
        settings: Settings,
        *,
        known: Iterable[type[Event]],
        streams: Iterable[Stream],
        navigation: Sequence[Link] = (),
        home: str = "directory",
        clock: Clock | None = None,
        event_log: EventLog | None = None,
        point: Callable[[str], None] = lambda name: None,
    ) -> None:
        if settings.embedded:
            _prepare(settings.data)
        self.services = list(services)
        self.settings = settings
        self.clock = clock or Clock(settings.now_offset)
        self.registry = Registry(known)
        self.streams = list(streams)
        self.home = home
        self._navigation = navigation
        self._log = event_log
        self._point = point
        self.workplaces = {service.name: self._workplace(service) for service in self.services}
        self.use_cases = {
            s.name: UseCases(self.workplaces[s.name], s.rights, point=point) for s in self.services
        }

    def _workplace(self, service: Service) -> Workplace:
        workplace = Workplace(
            service=service.name,
            database=Database(
                self.settings.database_of(service.name), pool_size=self.settings.threads
            ),
            clock=self.clock,
            files=FolderFiles(self.settings.files_folder, service.name),
            source=f"{self.settings.public_url.rstrip('/')}/{service.name}",
            seal=wire.seal,
            notice=NoticeIssued,
            published=frozenset([*service.publishes, NoticeIssued]),
        )
        if service.gateways is not None:
            workplace.extras.update(service.gateways(self.settings))
        return workplace

    @cached_property
    def log(self) -> EventLog:
        """The log that the settings name."""
        if self._log is not None:
            return self._log
        if self.settings.embedded:
            from shared.log.embedded import EmbeddedLog

            return EmbeddedLog(self.settings.data / "log.sqlite", self.clock)
        from shared.log.kafka import KafkaLog

        return KafkaLog(
            self.settings.kafka_bootstrap_servers,
            prefix=self.settings.kafka_prefix,
            security=self.settings.kafka_security,
        )

    @cached_property
    def workers(self) -> dict[str, Worker]:
        """A worker for each service of this process."""
        made = {}
        for service in self.services:
            workplace = self.workplaces[service.name]
            worker = Worker(
                service,
                workplace,
                self.log,
                self.registry,
                member=self.settings.replica_name,
                point=self._point,
            )
            workplace.wake_relay = worker.relay.wake
            made[service.name] = worker
        return made

    def migrate(self) -> list[str]:
        """Bring every database up to date and make its views; says which had something to do."""
        moved = []
        for service in self.services:
            database = self.workplaces[service.name].database
            changed = migrations.upgrade(database, migrations.CHASSIS, "chassis_version")
            folder = service.folder / "migrations"
            if folder.is_dir():
                changed |= migrations.upgrade(database, folder, "state_version")
            prepare_views(service, database)
            if changed:
                moved.append(service.name)
        return moved

    def ensure_streams(self) -> list[str]:
        """Create the streams that are missing; says what differs in the others."""
        return self.log.ensure(self.streams)

    @cached_property
    def site(self) -> Any:
        """The WSGI application of this process: services under their names, and the rest."""
        from shared.web.app import Site, create_app
        from shared.web.assets import Assets
        from shared.web.health import Health
        from shared.web.tokens import Tokens

        assets = Assets()
        tokens = Tokens(keys.public_keys(self.settings), self.clock)
        self.apps = {
            service.name: create_app(
                service,
                self.use_cases[service.name],
                self.settings,
                tokens=tokens,
                assets=assets,
                navigation=self._navigation,
                home=self.home,
            )
            for service in self.services
        }
        return Site(self.apps, assets, Health(self.checks()), self.home)

    @cached_property
    def front(self) -> Any:
        """``site`` behind the gateway, for a process that has no other in front of it."""
        from shared.web.gateway import Gateway

        return Gateway(self.site, f"/{self.home}/session/token")

    def checks(self) -> list[Callable[[], str | None]]:
        """What this process needs in order to serve, each saying what is missing."""
        return [self._database_check(service) for service in self.services]

    def worker_checks(self) -> list[Callable[[], str | None]]:
        """What a worker needs: its databases, the log, and no lasting trouble."""

        def log_answers() -> str | None:
            self.log.ends([s.name for s in self.streams])
            return None

        def troubled() -> str | None:
            found = [f"{n} waits: {w.trouble}" for n, w in self.workers.items() if w.trouble]
            return "; ".join(found) or None

        return [*self.checks(), log_answers, troubled]

    def _database_check(self, service: Service) -> Callable[[], str | None]:
        database = self.workplaces[service.name].database

        def check() -> str | None:
            at = migrations.current(database, "state_version")
            wanted = migrations.newest(service.folder / "migrations")
            if at != wanted:
                return f"{service.name}: database at {at}, code at {wanted}: run migrate"
            return None

        check.__name__ = f"database of {service.name}"
        return check

    def start_workers(self) -> None:
        """Begin to relay, read and fire timers for every service."""
        for worker in self.workers.values():
            worker.start()

    def close(self) -> None:
        """Stop workers, then let go of log and databases."""
        if "workers" in self.__dict__:
            for worker in self.workers.values():
                worker.stop()
                worker.consumer.close()
        if "log" in self.__dict__ and self._log is None:
            self.log.close()
        for workplace in self.workplaces.values():
            workplace.database.close()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the data folder: a second embedded process on the same data is refused."""
        lock = FileLock(self.settings.data / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SettingsError(
                f"Another process already runs on {self.settings.data}. Stop it first, or give "
                "this one another folder with RK_DATA."
            ) from error
        try:
            yield
        finally:
            lock.release()


def _prepare(folder: Path) -> None:
    """Make the folder of the embedded data; SettingsError when it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise SettingsError(
            f"RK_DATA is {folder}, a folder this process cannot write to ({error.strerror})."
        ) from error
