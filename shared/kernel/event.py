"""Events: frozen dataclasses that say what happened, on which stream, under which key."""

import re
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Stream:
    """A stream of the log: its name, its partitions and how long it remembers.

    ``retention_seconds`` is None for ever. A ``compacted`` stream keeps the last record of each
    key; a record without value (a tombstone) erases its key.
    """

    name: str
    partitions: int = 6
    retention_seconds: int | None = None
    compacted: bool = False


@dataclass(frozen=True, kw_only=True)
class By:
    """Who decided: a person, in which quality, and for whom when it is a delegation."""

    person: UUID
    quality: str
    delegation: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class FileRef:
    """A file kept by ``owner`` (a service), named by the SHA-256 of its bytes."""

    owner: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses are named subject + past participle.

    The type is derived: ``services.telling.events.LineTold`` is
    ``cac.telling.line-told.v1``; a class name ending in ``V2`` is version 2.
    A subclass gives its ``stream``, ``key`` (what orders it) and ``thread`` (what waits behind it
    when it cannot be handled). ``by`` is filled by the unit of work when a person decided.
    """

    stream: ClassVar[Stream]
    type: ClassVar[str]
    version: ClassVar[int] = 1

    by: By | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        folders = cls.__module__.split(".")
        owner = folders[folders.index("events") - 1] if "events" in folders else folders[-1]
        name, _, version = re.fullmatch(r"(.+?)(V(\d+))?", cls.__name__).group(1, 2, 3)  # type: ignore[union-attr]
        cls.version = int(version or 1)
        words = re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
        cls.type = f"cac.{owner}.{words}.v{cls.version}"

    def key(self) -> str:
        """What orders this event among others: all events of a key are read in order."""
        raise NotImplementedError

    def thread(self) -> str:
        """What must wait when this event cannot be handled; by default its whole key."""
        return self.key()

    def subject(self) -> str | None:
        """The CloudEvents subject: the thing this event is about, when it has an id."""
        return None

    def tombstone(self) -> bool:
        """True when the event erases its key on a compacted stream: it is sent without value."""
        return False


def events_of(module: ModuleType) -> list[type[Event]]:
    """The event classes that ``module`` declares, without those that are only made from."""
    return [value for value in vars(module).values() if _is_event(value, module)]


def _is_event(value: Any, module: ModuleType) -> bool:
    if not (isinstance(value, type) and issubclass(value, Event) and "stream" in dir(value)):
        return False
    whole = not value.__subclasses__() or hasattr(value, "upcast")
    return whole and value.__module__.startswith(module.__name__)
