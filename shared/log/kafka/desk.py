"""Questions to the cluster that belong to no subscription: streams, ends, groups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, MemberToRemove, OffsetSpec
from kafka.errors import KafkaError, TopicAlreadyExistsError

from shared.kernel.event import Stream
from shared.log.event_log import Place
from shared.log.kafka.reach import Reach
from shared.log.kafka.settings import MAX_BATCH_BYTES

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS

Answer = TypeVar("Answer")


class Desk:
    """One administration client, made when it is first needed and again after a failure."""

    def __init__(self, settings: dict[str, Any], prefix: str, reach: Reach) -> None:
        self._settings = settings
        self._prefix = prefix
        self._reach = reach
        self._turn = Lock()
        self._admin: Any = None

    def _ask(self, question: Callable[[Any], Answer]) -> Answer:
        with self._turn, self._reach.attempt():
            if self._admin is None:
                self._admin = KafkaAdminClient(**self._settings)
            try:
                return question(self._admin)
            except BaseException:
                self._drop()
                raise

    def _drop(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            with suppress(KafkaError, RuntimeError):
                admin.close()

    def close(self) -> None:
        """Let the client go."""
        with self._turn:
            self._drop()

    # Streams

    def ensure(self, streams: Iterable[Stream]) -> list[str]:
        """Create what misses; say how the others differ from what is declared."""
        declared = {self._prefix + stream.name: stream for stream in streams}
        if not declared:
            return []
        existing = self._ask(lambda admin: set(admin.list_topics()))
        for topic in sorted(declared.keys() - existing):
            self._create(topic, declared[topic])
        known = {topic: s for topic, s in sorted(declared.items()) if topic in existing}
        return self._ask(lambda admin: _compare(admin, known)) if known else []

    def _create(self, topic: str, stream: Stream) -> None:
        options = {"num_partitions": stream.partitions, "configs": wanted(stream)}
        # Somebody else was faster, and declared the same.
        with suppress(TopicAlreadyExistsError):
            self._ask(lambda admin: admin.create_topics({topic: options}, wait_for_metadata=True))

    def partitions(self, streams: Sequence[str]) -> list[TopicPartition]:
        """The partitions of those of ``streams`` that exist."""
        wanted_topics = [self._prefix + stream for stream in streams]

        def described(admin: Any) -> list[TopicPartition]:
            return [
                TopicPartition(topic["name"], partition["partition_index"])
                for topic in (admin.describe_topics(wanted_topics) if wanted_topics else [])
                for partition in topic["partitions"]
                if topic["error_code"] == 0
            ]

        return self._ask(described)

    def ends(self, streams: Sequence[str]) -> dict[Place, int]:
        """The end of every partition."""
        places = self.partitions(streams)
        if not places:
            return {}
        asked = dict.fromkeys(places, OffsetSpec.LATEST)
        found = self._ask(lambda admin: admin.list_partition_offsets(asked))
        return {self.place(partition): answer.offset for partition, answer in found.items()}

    def place(self, partition: TopicPartition) -> Place:
        """A partition under the name that callers know."""
        return Place(partition.topic.removeprefix(self._prefix), partition.partition)

    # Groups

    def committed(self, group: str, streams: Sequence[str]) -> dict[Place, int]:
        """Where ``group`` said it stands."""
        name = self._prefix + group
        found = self._ask(lambda admin: admin.list_group_offsets({name: None})).get(name, {})
        places = {self.place(partition): answer.offset for partition, answer in found.items()}
        return {p: at for p, at in places.items() if p.stream in streams and at >= 0}

    def dismiss(self, group: str, member: str, member_id: str) -> None:
        """Take a static member out of its group: Kafka's own clients never say that they leave.

        Both names are given, so that a successor under the same name is left alone.
        """
        who = MemberToRemove(member_id=member_id, group_instance_id=member)
        self._ask(lambda admin: admin.remove_group_members(self._prefix + group, [who]))


def wanted(stream: Stream) -> dict[str, str]:
    """The settings of a stream's topic."""
    settings = {
        "cleanup.policy": "delete",
        "retention.ms": str((stream.retention_seconds or 0) * 1000 or -1),
        "max.message.bytes": str(MAX_BATCH_BYTES),
    }
    if stream.compacted:
        limited = stream.retention_seconds is not None
        settings["cleanup.policy"] = "compact,delete" if limited else "compact"
        # What was erased must leave the disk: a segment is compacted only once it is closed, and
        # by default only when half of the log is dirty.
        settings["segment.ms"] = str(_HOUR_MS)
        settings["max.compaction.lag.ms"] = str(_DAY_MS)
        settings["min.cleanable.dirty.ratio"] = "0.01"
        settings["delete.retention.ms"] = str(90 * _DAY_MS)
    return settings


def _compare(admin: Any, known: Mapping[str, Stream]) -> list[str]:
    """What differs, one sentence each."""
    partitions = {t["name"]: len(t["partitions"]) for t in admin.describe_topics(list(known))}
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic) for topic in known]
    found = admin.describe_configs(asked, config_filter="all")["topic"]
    pairs = [
        (stream.name, "partitions", str(partitions[topic]), str(stream.partitions))
        for topic, stream in known.items()
    ] + [
        (stream.name, setting, found[topic][setting]["value"], value)
        for topic, stream in known.items()
        for setting, value in wanted(stream).items()
    ]
    return [
        f"{stream}: {setting} is {actual}, declared {declared}."
        for stream, setting, actual, declared in pairs
        if actual != declared
    ]
