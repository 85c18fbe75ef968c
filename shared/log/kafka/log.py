"""``KafkaLog``: the protocol on kafka-python."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from shared.kernel.event import Stream
from shared.log.event_log import Assignment, Message, Pending, Place, Record
from shared.log.kafka.desk import Desk
from shared.log.kafka.producing import Producing
from shared.log.kafka.reach import Reach
from shared.log.kafka.reading import KafkaSubscription, records_of
from shared.log.kafka.settings import CONSUMER, MEMBER, PRODUCER, connection


class KafkaLog:
    """The event log on an Apache Kafka cluster.

    ``prefix`` stands before the names of topics and groups in the cluster, so that several
    installations can share one; callers never see it. ``security`` holds kafka-python's own
    settings (``security_protocol``, ``sasl_mechanism``, ``ssl_cafile`` …). Nothing is connected
    before it is needed, so a log may be made before a fork and used after.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        *,
        prefix: str = "",
        security: Mapping[str, Any] | None = None,
        client_id: str = "rond-koze",
    ) -> None:
        self._prefix = prefix
        self._settings = connection(bootstrap_servers, client_id, security or {})
        self._reach = Reach(bootstrap_servers)
        self._producing = Producing(self._settings | PRODUCER, prefix, self._reach)
        self._desk = Desk(self._settings, prefix, self._reach)

    def ensure(self, streams: Iterable[Stream]) -> list[str]:
        """Create missing topics with their settings; say how the others differ."""
        return self._desk.ensure(streams)

    def send(self, messages: Sequence[Message]) -> Pending:
        """Hand over to the producer; returns before anything is acknowledged.

        Blocks for ten seconds at most when a stream does not exist.
        """
        return self._producing.send(messages)

    def subscribe(
        self,
        group: str,
        streams: Sequence[str],
        member: str,
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> KafkaSubscription:
        """Join ``group`` at the first poll.

        A member that dies keeps its place for ten seconds, and takes it up again when it is back
        before. Whenever members change, Kafka takes all places away and gives them again.
        """
        return KafkaSubscription(
            self._settings | CONSUMER | MEMBER,
            self._prefix,
            self._reach,
            self._desk,
            (group, streams, member),
            on_assigned,
        )

    def scan(
        self, streams: Sequence[str], start: Mapping[Place, int] | None = None
    ) -> Iterator[list[Record]]:
        """Batches up to the ends known now."""
        ends = self.ends(streams)
        positions = {place: (start or {}).get(place, 0) for place in ends}
        return self._batches({p: e for p, e in ends.items() if positions[p] < e}, positions)

    def _batches(
        self, ends: dict[Place, int], start: Mapping[Place, int]
    ) -> Iterator[list[Record]]:
        if not ends:
            return
        partitions = {TopicPartition(self._prefix + p.stream, p.partition): p for p in ends}
        with self._reach.attempt():
            consumer = KafkaConsumer(**self._settings | CONSUMER)
            try:
                consumer.assign(list(partitions))
                for partition, place in partitions.items():
                    consumer.seek(partition, start[place])
                while ends:
                    polled = consumer.poll(timeout_ms=500)
                    for partition, found in polled.items():
                        place = partitions[partition]
                        end = ends.get(place, 0)
                        yield [r for r in records_of(place.stream, found) if r.offset < end]
                    _leave_finished(consumer, partitions, ends)
            finally:
                consumer.close(timeout_ms=1_000)

    def ends(self, streams: Sequence[str]) -> dict[Place, int]:
        """The ends as the brokers say them."""
        return self._desk.ends(streams)

    def committed(self, group: str, streams: Sequence[str]) -> dict[Place, int]:
        """Where ``group`` said it stands."""
        return self._desk.committed(group, streams)

    def close(self) -> None:
        """Flush what is on its way, ten seconds at most, and let go."""
        self._producing.close()
        self._desk.close()


def _leave_finished(consumer: Any, partitions: Mapping[Any, Place], ends: dict[Place, int]) -> None:
    """Take the partitions that were read to their end out of ``ends``.

    Not by the last record: a transaction's mark or what was compacted may stand behind it.
    """
    for partition, place in partitions.items():
        if place in ends and (consumer.position(partition) or 0) >= ends[place]:
            consumer.pause(partition)
            del ends[place]
