"""Reading as a member of a group."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import FencedInstanceIdError, KafkaError
from kafka.structs import OffsetAndMetadata

from shared.log.event_log import Assignment, LogUnavailable, Place, Record
from shared.log.kafka.desk import Desk
from shared.log.kafka.membership import Changes, Membership
from shared.log.kafka.reach import Reach

# A poll comes back so often, to tell what was assigned meanwhile.
_SLICE_SECONDS = 0.25
# How long at least a poll waits for the group to agree on who reads what.
_JOIN_SECONDS = 0.1
_CLOSE_MS = 2_000


class KafkaSubscription:
    """One member of a group. The consumer is made at the first poll and again when it broke."""

    def __init__(
        self,
        settings: dict[str, Any],
        prefix: str,
        reach: Reach,
        desk: Desk,
        seat: tuple[str, Sequence[str], str],
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> None:
        self._group, self._streams, self._member = seat
        self._settings = settings
        self._prefix = prefix
        self._reach = reach
        self._desk = desk
        self._on_assigned = on_assigned
        self._consumer: Any = None
        self._seated: tuple[Membership, Changes] | None = None
        self._held: dict[Place, TopicPartition] = {}
        self._fenced = False
        self._closed = False

    def poll(self, timeout: float, limit: int) -> list[Record]:
        """Up to ``limit`` records; joins the group when it has not yet."""
        if self._closed or self._fenced:
            raise LogUnavailable(f"{self._member} is no longer a member of {self._group}.")
        deadline = monotonic() + timeout
        while True:
            membership, changes = self._join()
            if polled := self._poll(membership, changes, deadline, limit):
                return self._records(polled)
            if monotonic() >= deadline and not changes.noted:
                return []

    def _join(self) -> tuple[Membership, Changes]:
        if self._seated is None:
            with self._reach.attempt():
                self._consumer = KafkaConsumer(
                    group_id=self._prefix + self._group,
                    group_instance_id=self._member,
                    **self._settings,
                )
            changes = Changes(self._consumer)
            topics = [self._prefix + stream for stream in self._streams]
            self._consumer.subscribe(topics, listener=changes)
            self._seated = Membership(self._consumer), changes
        return self._seated

    def _poll(
        self, membership: Membership, changes: Changes, deadline: float, limit: int
    ) -> Mapping[TopicPartition, Sequence[Any]]:
        """What came, or nothing: never more than a slice of the time, changes come in between."""
        with self._mended():
            settled = membership.settled(max(deadline - monotonic(), _JOIN_SECONDS))
        self._tell(changes)
        if not settled:
            return {}
        slice_ms = int(1000 * min(max(0.0, deadline - monotonic()), _SLICE_SECONDS))
        with self._mended():
            polled: Mapping[TopicPartition, Sequence[Any]] = self._consumer.poll(
                timeout_ms=slice_ms, max_records=limit
            )
            if not polled:
                membership.follow()
                membership.notice_absence()
        # What came together with a change may be from before it: positions are set again.
        return {} if changes.noted else polled

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """What may pass is LogUnavailable; after what may not, the next poll has a new consumer."""
        with self._reach.attempt():
            try:
                yield
            except (KafkaError, RuntimeError) as error:
                self._fenced = isinstance(error, FencedInstanceIdError)
                if not getattr(error, "retriable", False):
                    self._begin_again()
                raise

    def _records(self, polled: Mapping[TopicPartition, Sequence[Any]]) -> list[Record]:
        records: list[Record] = []
        for partition, found in polled.items():
            records += records_of(partition.topic.removeprefix(self._prefix), found)
        return records

    def _begin_again(self) -> None:
        """The consumer is beyond repair: what it held is lost, the next poll makes another."""
        self._drop()
        lost = frozenset(self._held)
        self._held.clear()
        if lost:
            self._on_assigned(Assignment(lost=lost))

    def _drop(self) -> None:
        consumer, self._consumer, self._seated = self._consumer, None, None
        if consumer is not None:
            with suppress(KafkaError, RuntimeError, OSError):
                consumer.close(autocommit=False, timeout_ms=_CLOSE_MS)

    def _tell(self, changes: Changes) -> None:
        """Tell the owner what changed, and read what it was given from where it says."""
        while changes.noted:
            kind, partitions = changes.noted[0]
            places = {self._desk.place(partition): partition for partition in partitions}
            if kind == "lost":
                changes.noted.popleft()
                for place in places:
                    self._held.pop(place, None)
                self._on_assigned(Assignment(lost=frozenset(places)))
            else:
                # Stays noted when the owner cannot say yet: it is asked again at the next poll.
                start = self._on_assigned(Assignment(given=frozenset(places)))
                changes.noted.popleft()
                self._begin_at(places, start)

    def _begin_at(self, places: Mapping[Place, TopicPartition], start: Mapping[Place, int]) -> None:
        # Lost again meanwhile: that is noted too and will be told next.
        still = self._consumer.assignment()
        for place, partition in places.items():
            if partition in still:
                self._held[place] = partition
                self._consumer.seek(partition, start.get(place, 0))
                self._consumer.resume(partition)

    def seek(self, place: Place, offset: int) -> None:
        """Read ``place`` from ``offset`` on."""
        if place not in self._held:
            raise ValueError(f"{place} is not assigned to {self._member}.")
        with suppress(KafkaError):
            # Taken away in the client's thread a moment ago: told at the next poll.
            self._consumer.seek(self._held[place], offset)

    def pause(self, places: Iterable[Place]) -> None:
        """Give nothing from ``places``."""
        self._switch("pause", places)

    def resume(self, places: Iterable[Place]) -> None:
        """Give again what was paused."""
        self._switch("resume", places)

    def _switch(self, what: str, places: Iterable[Place]) -> None:
        for place in places:
            if place in self._held:
                with suppress(KafkaError, KeyError):
                    getattr(self._consumer, what)(self._held[place])

    def assigned(self) -> frozenset[Place]:
        """The places held now."""
        return frozenset(self._held)

    def commit(self, offsets: Mapping[Place, int]) -> None:
        """Tell Kafka where the group stands, without waiting for it to answer."""
        said = {
            self._held[place]: OffsetAndMetadata(offset, "", -1)
            for place, offset in offsets.items()
            if place in self._held
        }
        if said and self._consumer is not None:
            with self._reach.attempt():
                self._consumer.commit_async(said)

    def close(self) -> None:
        """Leave the group, so that others take over at once and not when the session ends."""
        if self._closed:
            return
        self._closed = True
        self._held.clear()
        if self._consumer is None:
            return
        member_id = self._consumer.group_metadata().member_id
        self._drop()
        if member_id and not self._fenced:
            with suppress(LogUnavailable):
                self._desk.dismiss(self._group, self._member, member_id)


def records_of(stream: str, found: Sequence[Any]) -> list[Record]:
    """The client's records as ours; times in seconds."""
    return [
        Record(stream, r.partition, r.offset, r.key, r.value, r.headers, r.timestamp / 1000)
        for r in found
    ]
