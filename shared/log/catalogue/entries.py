"""Every event with who says it and who hears it, as one looks one up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from shared.kernel.event import Event, Stream
from shared.log.catalogue.asyncapi import asyncapi, with_older
from shared.service import Service


@dataclass(frozen=True)
class Entry:
    """An event: who says it and who hears it, as (name, title); no one for an older version."""

    event: type[Event]
    said_by: tuple[str, str]
    heard_by: tuple[tuple[str, str], ...]

    @property
    def type(self) -> str:
        """The CloudEvents type."""
        return self.event.type


class Catalogue:
    """What all services of the product say; worked out when it is first asked for."""

    def __init__(self, services: Sequence[Service], streams: Sequence[Stream]) -> None:
        self._services = services
        self._streams = streams

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every event by its type, in the order of the services; older versions too."""
        found: dict[str, Entry] = {}
        for service in self._services:
            for cls in with_older(service):
                heard = tuple((s.name, s.title) for s in self._services if cls in s.hears())
                found[cls.type] = Entry(cls, (service.name, service.title), heard)
        return found

    def on(self, stream: Stream) -> list[Entry]:
        """The events of one stream."""
        return [e for e in self.entries.values() if e.event.stream.name == stream.name]

    @cached_property
    def asyncapi(self) -> str:
        """AsyncAPI 3.0 of all of it, as JSON."""
        return asyncapi(self._services, self._streams)
