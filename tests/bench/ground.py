"""What the measurements stand on: one Kafka, one PostgreSQL, one message, the same for all."""

import statistics
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from shared.log import wire
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.clock import Clock
from shared.store.workplace import Envelope, Sealed
from shared.testing.parts import Kafka, PostgreSQL
from tests.shared.sample import product
from tests.shared.sample.telling.events import LineToldV2

ROUNDS = 3
TUNED = {"linger_ms": 5, "batch_size": 512 * 1024, "acks": "all", "enable_idempotence": True}


@dataclass(frozen=True)
class Figure:
    """One row of the table: a ratio, and what it must reach; ``at_most`` turns it round."""

    name: str
    baseline: str
    ratio: float
    must: float
    aim: float
    detail: str
    at_most: bool = False

    @property
    def reached(self) -> str:
        """``aim``, ``must`` or ``short``."""
        if self.at_most:
            return (
                "aim" if self.ratio <= self.aim else "must" if self.ratio <= self.must else "short"
            )
        return "aim" if self.ratio >= self.aim else "must" if self.ratio >= self.must else "short"


class Ground:
    """The parts, and fresh topics and databases for each measurement."""

    def __init__(self, kafka: Kafka, postgresql: PostgreSQL, folder: Path) -> None:
        self.kafka = kafka
        self.postgresql = postgresql
        self.folder = folder

    @contextmanager
    def distributed(
        self, whole: Product = product, names: Sequence[str] | None = None
    ) -> Iterator[Runtime]:
        """A product (the sample's) on PostgreSQL and Kafka, with names of its own."""
        mark = uuid.uuid4().hex[:8]
        for name in names or whole.names:
            self.postgresql.create_database(f"b{mark}_{name}")
        url = self.postgresql.url(f"b{mark}_SERVICE", "postgres").replace("SERVICE", "{service}")
        settings = Settings(
            database_url=url,
            kafka_bootstrap_servers=self.kafka.bootstrap_servers,
            kafka_prefix=f"b{mark}.",
            data=self.folder / mark,
        )
        runtime = whole.runtime(settings, names)
        runtime.migrate()
        runtime.ensure_streams()
        try:
            yield runtime
        finally:
            runtime.close()

    def producer(self, **options: Any) -> KafkaProducer:
        """A bare producer, tuned as the relay's."""
        return KafkaProducer(bootstrap_servers=self.kafka.bootstrap_servers, **(TUNED | options))

    def consumer(self, topic: str, partitions: int, **options: Any) -> KafkaConsumer:
        """A bare consumer of all partitions of ``topic`` from the beginning, tuned as ours."""
        tuned = {
            "fetch_max_wait_ms": 10,
            "max_poll_records": 2000,
            "max_partition_fetch_bytes": 8 * 1024 * 1024,
            "enable_auto_commit": False,
            "auto_offset_reset": "earliest",
        }
        made = KafkaConsumer(bootstrap_servers=self.kafka.bootstrap_servers, **(tuned | options))
        places = [TopicPartition(topic, p) for p in range(partitions)]
        made.assign(places)
        made.seek_to_beginning(*places)
        return made


def story(number: int) -> UUID:
    """The id of story ``number``."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"story {number}")


def line(number: int, keys: int) -> Sealed:
    """Message ``number``: some 500 bytes of JSON under one of ``keys`` keys, with its headers."""
    event = LineToldV2(
        story_id=story(number % keys), number=number, text="x" * 370, price=Decimal("0.10")
    )
    return wire.seal(
        Envelope(
            id=uuid.uuid5(uuid.NAMESPACE_OID, f"line {number}"),
            type=event.type,
            source="http://bench/telling",
            time=Clock().now(),
            key=event.key(),
            thread=event.thread(),
            event=event,
            correlation_id=event.story_id,
            traceparent=f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-01",
        )
    )


def lines(count: int, keys: int = 1000) -> list[Sealed]:
    """``count`` messages."""
    return [line(number, keys) for number in range(count)]


def seconds(work: Callable[[], Any]) -> float:
    """How long ``work`` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def spread(values: list[float], unit: str = "/s") -> str:
    """Median and range, rounded to read."""
    return f"{median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f}){unit}".replace(",", " ")


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def append_bare(ground: Ground, topic: str, messages: list[Sealed]) -> None:
    """Put ``messages`` on ``topic`` with a bare producer."""
    producer = ground.producer()
    for m in messages:
        producer.send(topic, m.payload, m.key.encode(), wire.unpack_headers(m.headers))
    producer.flush()
    producer.close()


def read_bare(ground: Ground, topic: str, partitions: int, count: int) -> float:
    """Messages a second that a bare consumer reads of ``topic``."""
    consumer = ground.consumer(topic, partitions)
    read = 0
    began = perf_counter()
    while read < count:
        read += sum(len(records) for records in consumer.poll(timeout_ms=500).values())
    spent = perf_counter() - began
    consumer.close()
    return count / spent
