"""What runs in a process: some services on their databases, one log, workers and pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

from shared.kernel.event import Event, Stream
from shared.log import wire
from shared.log.catalogue import Catalogue
from shared.log.event_log import EventLog
from shared.log.notices import NoticeIssued
from shared.log.rebuild import prepare_views
from shared.log.wire import Registry
from shared.perform import UseCases
from shared.run import folder, keys
from shared.run.later import Later
from shared.run.settings import Settings
from shared.run.worker import Worker
from shared.service import Link, Service
from shared.store import migrations
from shared.store.clock import Clock
from shared.store.database import Database
from shared.store.files import FolderFiles
from shared.store.workplace import Workplace


class Runtime:
    """Services of one process. Nothing is imported or opened before it is needed.

    ``services`` are declarations, or by name what becomes one when it is looked at. ``known`` are
    all event classes of the product, ``streams`` those of the log, ``navigation`` the links of all
    services (those of this process or not), ``home`` the service that answers what is under no
    service's name, ``catalogue`` what all services say, for a gateway of that name.
    """

    def __init__(
        self,
        services: Sequence[Service] | Mapping[str, Service],
        settings: Settings,
        *,
        known: Iterable[type[Event]],
        streams: Iterable[Stream],
        navigation: Sequence[Link] = (),
        home: str = "directory",
        catalogue: Catalogue | None = None,
        clock: Clock | None = None,
        event_log: EventLog | None = None,
        point: Callable[[str], None] = lambda name: None,
    ) -> None:
        if settings.embedded:
            folder.prepare(settings.data)
        if not isinstance(services, Mapping):
            services = {service.name: service for service in services}
        self._services = services
        self.names = tuple(services)
        self.settings = settings
        self.clock = clock or Clock(settings.offset)
        self.streams = list(streams)
        self.home = home
        self.starting: set[str] = set()
        """Services that a start in the background has still to reach."""
        self._known = known
        self._navigation = navigation
        self._catalogue = catalogue
        self._log = event_log
        self._point = point
        self.workplaces: Later[Workplace] = Later(self.names, self._workplace)
        self.use_cases: Later[UseCases] = Later(self.names, self._use_cases)
        self.workers: Later[Worker] = Later(self.names, self._worker)
        self.apps: Later[Any] = Later(self.names, self._app)

    @cached_property
    def services(self) -> list[Service]:
        """The declarations of all services of this process."""
        return [self._services[name] for name in self.names]

    @cached_property
    def registry(self) -> Registry:
        """The event classes this build knows."""
        return Registry(self._known)

    def _workplace(self, name: str) -> Workplace:
        service = self._services[name]
        workplace = Workplace(
            service=name,
            database=Database(self.settings.database_of(name), pool_size=self.settings.threads),
            clock=self.clock,
            files=FolderFiles(self.settings.files_folder, name),
            source=f"{self.settings.public_url.rstrip('/')}/{name}",
            seal=wire.seal,
            notice=NoticeIssued,
            published=frozenset([*service.publishes, NoticeIssued]),
        )
        if self._catalogue is not None:
            workplace.extras["Catalogue"] = self._catalogue
        if service.gateways is not None:
            workplace.extras.update(service.gateways(self.settings))
        return workplace

    def _use_cases(self, name: str) -> UseCases:
        return UseCases(self.workplaces[name], self._services[name].rights, point=self._point)

    def _worker(self, name: str) -> Worker:
        workplace = self.workplaces[name]
        worker = Worker(
            self._services[name],
            workplace,
            self.log,
            self.registry,
            member=self.settings.replica_name,
            point=self._point,
        )
        workplace.wake_relay = worker.relay.wake
        return worker

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
        from shared.web.app import Site
        from shared.web.health import Health

        return Site(self.apps, self._assets, Health(self.checks()), self.home)

    @cached_property
    def _assets(self) -> Any:
        from shared.web.assets import Assets

        return Assets()

    @cached_property
    def _compiled(self) -> Any:
        from shared.web.compiled import Compiled

        return Compiled(self.settings.data / "templates" if self.settings.embedded else None)

    @cached_property
    def _tokens(self) -> Any:
        from shared.web.tokens import Tokens

        return Tokens(keys.public_keys(self.settings), self.clock)

    def _app(self, name: str) -> Any:
        from shared.web.app import create_app

        return create_app(
            self._services[name],
            self.use_cases[name],
            self.settings,
            tokens=self._tokens,
            assets=self._assets,
            navigation=self._navigation,
            home=self.home,
            compiled=self._compiled,
        )

    @cached_property
    def front(self) -> Any:
        """``site`` behind the gateway, for a process that has no other in front of it."""
        from shared.web.gateway import Gateway

        return Gateway(self.site, f"/{self.home}/session/token")

    def checks(self) -> list[Callable[[], str | None]]:
        """What this process needs in order to serve, each saying what is missing."""
        return [self._database_check(name) for name in self.names]

    def worker_checks(self) -> list[Callable[[], str | None]]:
        """What a worker needs: its databases, the log, and no lasting trouble."""

        def log_answers() -> str | None:
            self.log.ends([s.name for s in self.streams])
            return None

        def troubled() -> str | None:
            found = [f"{n} waits: {w.trouble}" for n, w in self.workers.items() if w.trouble]
            return "; ".join(found) or None

        return [*self.checks(), log_answers, troubled]

    def _database_check(self, name: str) -> Callable[[], str | None]:
        def check() -> str | None:
            if name in self.starting:
                return f"{name}: starting"
            at = migrations.current(self.workplaces[name].database, "state_version")
            wanted = migrations.newest(self._services[name].folder / "migrations")
            if at != wanted:
                return f"{name}: database at {at}, code at {wanted}: run migrate"
            return None

        check.__name__ = f"database of {name}"
        return check

    def start_workers(self) -> None:
        """Begin to relay, read and fire timers for every service."""
        for worker in self.workers.values():
            worker.start()

    def close(self) -> None:
        """Stop workers, then let go of log and databases."""
        workers = list(self.workers.made.values())
        for worker in workers:
            worker.leave()
        for worker in workers:
            worker.stop()
            worker.consumer.close()
        if "log" in self.__dict__ and self._log is None:
            self.log.close()
        for workplace in self.workplaces.made.values():
            workplace.database.close()

    def alone(self) -> AbstractContextManager[None]:
        """Hold the data folder: a second embedded process on the same data is refused."""
        return folder.alone(self.settings.data)
