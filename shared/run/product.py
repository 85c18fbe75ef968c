"""The whole product as the process sees it: which services there are, found by their names."""

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.kernel.event import Event, Stream, events_of
from shared.log.flow import FlowReported
from shared.log.notices import NoticeIssued
from shared.run.later import Later, Once
from shared.run.settings import Settings
from shared.service import Link, Service

if TYPE_CHECKING:
    from shared.run.runtime import Runtime


@dataclass(frozen=True)
class Product:
    """Services by name, in the folder ``package``; modules are imported when first needed."""

    names: tuple[str, ...]
    streams: tuple[Stream, ...]
    package: str = "services"
    home: str = "directory"

    def service(self, name: str) -> Service:
        """The declaration of the service ``name``."""
        return self.declared[name]

    @cached_property
    def declared(self) -> Later[Service]:
        """Declarations by name; one thread at a time imports them."""
        return Later(self.names, self._import)

    def _import(self, name: str) -> Service:
        found: Service = importlib.import_module(f"{self.package}.{name}.service").service
        return found

    @property
    def services(self) -> list[Service]:
        """All declarations."""
        return list(self.declared.values())

    def folder(self, name: str) -> Path:
        """Where the files of the service ``name`` are; told without importing them."""
        spec = importlib.util.find_spec(f"{self.package}.{name}")
        assert spec is not None
        assert spec.origin is not None
        return Path(spec.origin).parent

    @cached_property
    def known(self) -> list[type[Event]]:
        """Every event class of the product, also of services that run elsewhere."""
        found: list[type[Event]] = [NoticeIssued, FlowReported]
        for name in self.names:
            path = f"{self.package}.{name}.events"
            if importlib.util.find_spec(path) is None:
                continue  # a service that publishes nothing
            module = importlib.import_module(path)
            found += events_of(module)
        return found

    @property
    def navigation(self) -> list[Link]:
        """The links of all services, in the order of the services."""
        return [link for service in self.services for link in service.links]

    def runtime(
        self, settings: Settings, names: Sequence[str] | None = None, **options: Any
    ) -> "Runtime":
        """A runtime of the services ``names`` (all by default)."""
        from shared.log.catalogue import Catalogue
        from shared.run.runtime import Runtime

        chosen = self.names if names is None else tuple(names)
        return Runtime(
            Later(chosen, self.service),
            settings,
            known=Once(lambda: self.known),
            streams=self.streams,
            navigation=Once(lambda: self.navigation),
            home=self.home,
            catalogue=Catalogue(Once(lambda: self.services), self.streams),
            **options,
        )

    def hearers(self, cls: type[Event]) -> list[str]:
        """The services that fold or react to ``cls``."""
        return [s.name for s in self.services if cls in s.hears()]

    def event_map(self) -> list[tuple[str, str, list[str]]]:
        """Producer, event, consumers: derived from the declarations."""
        return [
            (service.name, cls.__name__, self.hearers(cls))
            for service in self.services
            for cls in service.publishes
        ]
