"""The log as the rest of the code sees it: one Protocol, kept by ``embedded`` and ``kafka``."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shared.kernel.event import Stream

Headers = list[tuple[str, bytes]]

MAX_RECORD_BYTES = 1024 * 1024
"""The largest record accepted: key, value and headers together, in bytes."""


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
    """A message exceeds what the log accepts; it will never be accepted as it is.

    ``index`` says which message of the batch, when that is known. Send the others again without
    it: none of them is known to have been appended.
    """

    def __init__(self, text: str, index: int | None = None) -> None:
        super().__init__(text)
        self.index = index


def refuse_too_large(messages: Sequence[Message]) -> None:
    """Raise RecordTooLarge for the first message above MAX_RECORD_BYTES."""
    for index, (stream, key, value, headers) in enumerate(messages):
        size = len(key) + len(value or b"")
        for name, content in headers:
            size += len(name) + len(content)
        if size > MAX_RECORD_BYTES:
            text = f"A record of {size} bytes on {stream} exceeds {MAX_RECORD_BYTES} bytes."
            raise RecordTooLarge(text, index)


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

        Raises LogUnavailable while the log cannot be reached; the subscription stays usable. It
        raises it for ever once another subscription joined the group under the same member name.
        """

    def seek(self, place: Place, offset: int) -> None:
        """Read ``place``, which must be assigned, from ``offset`` on at the next poll.

        An offset beyond the end, that of another log, is read as the beginning.
        """

    def pause(self, places: Iterable[Place]) -> None:
        """Give nothing from ``places`` until they are resumed or lost; membership is kept."""

    def resume(self, places: Iterable[Place]) -> None:
        """Give again what was paused."""

    def assigned(self) -> frozenset[Place]:
        """The partitions this member holds now."""

    def commit(self, offsets: Mapping[Place, int]) -> None:
        """Tell the log where the group stands (next offset to read). Only shows lag."""

    def close(self) -> None:
        """Leave the group at once, so that others take over; ``on_assigned`` is not called."""


class EventLog(Protocol):
    """Appends and reads records; safe to share between threads."""

    def ensure(self, streams: Iterable[Stream]) -> list[str]:
        """Create missing streams and check the settings of the others.

        Returns what differs, one sentence each, empty when all is as declared.
        """

    def send(self, messages: Sequence[Message]) -> Pending:
        """Append in order per key; the order of calls is kept per key too.

        Raises nothing itself: what goes wrong is said by ``wait``. After a failure part of the
        batch may have been appended: sending it again can repeat records, never lose them. Until
        that failure has been told by ``wait`` (or its Pending dropped) later batches are refused
        with LogUnavailable, or they would overtake it.
        """

    def subscribe(
        self,
        group: str,
        streams: Sequence[str],
        member: str,
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> Subscription:
        """Join ``group`` as ``member`` (a stable name).

        ``on_assigned`` is called within ``poll`` whenever partitions are given or lost; it returns
        the offset to read from for each given partition (absent: from the beginning). What it
        raises passes through ``poll``, and it is asked again at the next one. Places may be taken
        and given again together when members come and go. A stream that does not exist yet is
        read once it does.
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
