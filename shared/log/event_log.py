"""The log as the rest of the code sees it: one Protocol, kept by ``embedded`` and ``kafka``."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shared.kernel.event import Stream

Headers = list[tuple[str, bytes]]


class Message(NamedTuple):
    """What is appended to a stream; ``value`` is None for a tombstone."""

    stream: str
    key: bytes
    value: bytes | None
    headers: Headers


class Place(NamedTuple):
    """A partition of a stream."""

    stream: str
    partition: int


class Record(NamedTuple):
    """What is read back: a message and where it stands in its partition."""

    stream: str
    partition: int
    offset: int
    key: bytes
    value: bytes | None
    headers: Headers
    timestamp: float

    @property
    def place(self) -> Place:
        """The partition it was read from."""
        return Place(self.stream, self.partition)


class LogUnavailable(Exception):
    """The log cannot be reached now; try again later, nothing is known to be wrong."""


class RecordTooLarge(Exception):
    """A message exceeds what the log accepts; it will never be accepted as it is."""


class Pending(Protocol):
    """A batch on its way."""

    def wait(self, timeout: float) -> None:
        """Return once all is durable; raise LogUnavailable or RecordTooLarge."""


@dataclass(frozen=True)
class Assignment:
    """What a member of a group has just been given or has lost."""

    given: frozenset[Place] = frozenset()
    lost: frozenset[Place] = frozenset()


class Subscription(Protocol):
    """One member of a group reading streams. Not thread-safe: one thread owns it."""

    def poll(self, timeout: float, limit: int) -> list[Record]:
        """Up to ``limit`` records, in order within each partition; empty after ``timeout`` seconds.

        Raises LogUnavailable while the log cannot be reached; the subscription stays usable.
        """

    def seek(self, place: Place, offset: int) -> None:
        """Read ``place`` from ``offset`` on at the next poll."""

    def pause(self, places: Iterable[Place]) -> None:
        """Give nothing from ``places`` until they are resumed; membership is kept."""

    def resume(self, places: Iterable[Place]) -> None:
        """Give again what was paused."""

    def assigned(self) -> frozenset[Place]:
        """The partitions this member holds now."""

    def commit(self, offsets: Mapping[Place, int]) -> None:
        """Tell the log where the group stands (next offset to read). Only shows lag."""

    def close(self) -> None:
        """Leave the group at once, so that others take over."""


class EventLog(Protocol):
    """Appends and reads records; safe to share between threads."""

    def ensure(self, streams: Iterable[Stream]) -> list[str]:
        """Create missing streams and check the settings of the others.

        Returns what differs, one sentence each, empty when all is as declared.
        """

    def send(self, messages: Sequence[Message]) -> Pending:
        """Append in order per key; the order of calls is kept per key too."""

    def subscribe(
        self,
        group: str,
        streams: Sequence[str],
        member: str,
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> Subscription:
        """Join ``group`` as ``member`` (a stable name).

        ``on_assigned`` is called within ``poll`` whenever partitions are given or lost; it returns
        the offset to read from for each given partition (absent: from the beginning).
        """

    def scan(
        self, streams: Sequence[str], start: Mapping[Place, int] | None = None
    ) -> Iterator[list[Record]]:
        """Batches from the beginning (or ``start``) up to the ends known when it was called.

        Reads without a group. Order within a partition; partitions interleave.
        """

    def ends(self, streams: Sequence[str]) -> dict[Place, int]:
        """The offset after the last record of every partition; streams unknown are left out."""

    def committed(self, group: str, streams: Sequence[str]) -> dict[Place, int]:
        """Where ``group`` said it stands."""

    def close(self) -> None:
        """Flush what is pending and let go of everything."""
