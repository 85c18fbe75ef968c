"""What a test does with one log it does with the other: the same hands for both."""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from shared.kernel.event import Stream
from shared.log.event_log import Assignment, EventLog, Message, Place, Record, Subscription

FACTS = Stream("facts", partitions=6)
NAMES = Stream("names", partitions=2, compacted=True)
PATIENCE = 40.0


class Reader:
    """A member of a group, what it read, and what it was given and lost."""

    def __init__(
        self,
        log: EventLog,
        group: str,
        streams: Sequence[str],
        member: str,
        start: Callable[[Assignment], Mapping[Place, int]],
    ) -> None:
        self.records: list[Record] = []
        self.told: list[Assignment] = []
        self._start = start
        self.subscription: Subscription = log.subscribe(group, streams, member, self._assigned)

    def _assigned(self, assignment: Assignment) -> Mapping[Place, int]:
        start = self._start(assignment)
        self.told.append(assignment)
        return start

    def poll(self, limit: int = 1000, timeout: float = 0.05) -> list[Record]:
        """One poll; what came is kept."""
        records = self.subscription.poll(timeout, limit)
        self.records += records
        return records

    def read(self, count: int) -> list[Record]:
        """Poll until ``count`` records came in all; more are a failure."""
        until(lambda: len(self.records) >= count, self.poll)
        assert len(self.records) == count
        return self.records

    def settle(self, count: int) -> None:
        """Poll until ``count`` places are held."""
        until(lambda: len(self.subscription.assigned()) == count, self.poll)

    def values(self) -> list[bytes | None]:
        """What was read, in order."""
        return [record.value for record in self.records]


def until(done: Callable[[], bool], *steps: Callable[[], object]) -> None:
    """Take the steps again and again until ``done``; each waits for something itself."""
    deadline = monotonic() + PATIENCE
    while not done():
        assert monotonic() < deadline, "It did not happen in time."
        for step in steps:
            step()


class Logs:
    """The log under test. ``open`` gives further clients of the same log."""

    def __init__(self, kind: str, make: Callable[[], EventLog]) -> None:
        self.kind = kind
        self._make = make
        self._opened: list[EventLog] = []
        self._readers: list[Reader] = []
        self.log = self.open()
        self.log.ensure([FACTS, NAMES])

    def open(self) -> EventLog:
        """Another client of the same log."""
        self._opened.append(self._make())
        return self._opened[-1]

    def send(self, *pairs: tuple[str, str | None], stream: str = FACTS.name) -> None:
        """Append, and wait until it is durable."""
        self.log.send(messages(*pairs, stream=stream)).wait(PATIENCE)

    def reader(
        self,
        group: str = "readers",
        member: str = "one",
        streams: Sequence[str] = (FACTS.name,),
        start: Callable[[Assignment], Mapping[Place, int]] = lambda _: {},
        log: EventLog | None = None,
    ) -> Reader:
        """A member, closed at the end of the test."""
        self._readers.append(Reader(log or self.log, group, streams, member, start))
        return self._readers[-1]

    def close(self) -> None:
        for reader in self._readers:
            reader.subscription.close()
        for log in self._opened:
            log.close()


def messages(*pairs: tuple[str, str | None], stream: str = FACTS.name) -> list[Message]:
    """A message for each key and value."""
    return [
        Message(stream, key.encode(), None if value is None else value.encode(), [])
        for key, value in pairs
    ]


def per_key(records: Sequence[Record]) -> dict[str, list[str]]:
    """The values of each key, in the order in which they were read."""
    values: dict[str, list[str]] = {}
    for record in records:
        assert record.value is not None
        values.setdefault(record.key.decode(), []).append(record.value.decode())
    return values
