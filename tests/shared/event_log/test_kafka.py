"""What only the log on Kafka promises: brokers and members that die, settings, other clients."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import pytest

from shared.kernel.event import Stream
from shared.log.event_log import LogUnavailable, Pending, Place, Record
from shared.log.kafka import KafkaLog
from shared.testing.parts import Kafka
from tests.shared.event_log.hands import FACTS, PATIENCE, Logs, messages, per_key, until

MEMBER = Path(__file__).with_name("member.py")
ROOT = Path(__file__).parents[3]


def test_an_address_where_nobody_answers_is_unavailable() -> None:
    log = KafkaLog("127.0.0.1:1", security={"bootstrap_timeout_ms": 500})
    subscription = log.subscribe("readers", [FACTS.name], "one", lambda _: {})

    with pytest.raises(LogUnavailable):
        log.ends([FACTS.name])
    with pytest.raises(LogUnavailable):
        log.send(messages(("k", "v"))).wait(1)
    with pytest.raises(LogUnavailable):
        subscription.poll(0.1, 1)
    subscription.close()
    log.close()


def test_a_stream_is_kept_as_it_was_declared(kafka: Kafka, topic_prefix: str) -> None:
    from kafka import KafkaAdminClient
    from kafka.admin import ConfigResource

    streams = [
        FACTS,
        Stream("notices", retention_seconds=604_800),
        Stream("people", compacted=True),
    ]
    log = KafkaLog(kafka.bootstrap_servers, prefix=topic_prefix)
    assert log.ensure(streams) == []
    assert log.ensure(streams) == []
    log.close()

    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    asked = [ConfigResource("topic", topic_prefix + stream.name) for stream in streams]
    found = admin.describe_configs(asked, config_filter="all")["topic"]
    admin.close()

    def settings(name: str, *names: str) -> list[str]:
        return [found[topic_prefix + name][setting]["value"] for setting in names]

    assert settings("facts", "cleanup.policy", "retention.ms") == ["delete", "-1"]
    assert settings("notices", "cleanup.policy", "retention.ms") == ["delete", "604800000"]
    assert settings(
        "people",
        "cleanup.policy",
        "segment.ms",
        "max.compaction.lag.ms",
        "min.cleanable.dirty.ratio",
        "delete.retention.ms",
    ) == ["compact", "3600000", "86400000", "0.01", "7776000000"]


def test_installations_on_one_cluster_do_not_see_each_other(
    kafka: Kafka, topic_prefix: str
) -> None:
    one, two = (KafkaLog(kafka.bootstrap_servers, prefix=topic_prefix + name) for name in "ab")
    for log in (one, two):
        log.ensure([FACTS])
    one.send(messages(("k", "v"))).wait(PATIENCE)

    assert sum(one.ends([FACTS.name]).values()) == 1
    assert sum(two.ends([FACTS.name]).values()) == 0
    one.close()
    two.close()


@contextmanager
def member(kafka: Kafka, prefix: str, name: str) -> Iterator[subprocess.Popen[str]]:
    """A member of the group ``readers`` in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, str(MEMBER), kafka.bootstrap_servers, prefix, name],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_a_member_that_was_killed_is_replaced_when_its_session_ends(
    kafka: Kafka, topic_prefix: str, on_kafka: Logs
) -> None:
    with member(kafka, topic_prefix, "doomed") as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "6\n"
        heir = on_kafka.reader(member="heir")
        until(lambda: len(heir.subscription.assigned()) == 3, heir.poll)
        doomed.kill()
        killed = monotonic()

    heir.settle(6)

    assert monotonic() - killed < 20


def test_a_member_that_was_killed_resumes_at_once_under_its_name(
    kafka: Kafka, topic_prefix: str, on_kafka: Logs
) -> None:
    with member(kafka, topic_prefix, "phoenix") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "6\n"

    back = on_kafka.reader(member="phoenix")
    started = monotonic()
    back.settle(6)

    # Its session would have ended ten seconds later.
    assert monotonic() - started < 8


class Feed:
    """Sends numbered messages for ever, again from the failed batch on, as a relay does."""

    def __init__(self, log: KafkaLog, total: int) -> None:
        self.acknowledged = 0
        self.failures = 0
        self._log = log
        self._total = total
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while self.acknowledged < self._total:
            try:
                self._pass()
            except LogUnavailable:
                self.failures += 1

    def _pass(self) -> None:
        size, at = 200, self.acknowledged
        flights: list[Pending] = []
        while at < self._total or flights:
            if at < self._total and len(flights) < 2:
                batch = [(f"key-{n % 9}", str(n)) for n in range(at, at + size)]
                flights.append(self._log.send(messages(*batch)))
                at += size
            else:
                flights.pop(0).wait(PATIENCE)
                self.acknowledged += size


class Database:
    """Positions and what was seen, moved together as a consumer's transaction does."""

    def __init__(self) -> None:
        self.positions: dict[Place, int] = {}
        self.seen: list[Record] = []

    def take(self, records: list[Record]) -> None:
        for record in records:
            assert record.offset == self.positions.get(record.place, 0)
            self.positions[record.place] = record.offset + 1
        self.seen += records


def test_a_killed_broker_loses_nothing_that_was_acknowledged(own_kafka: Kafka) -> None:
    log = KafkaLog(own_kafka.bootstrap_servers)
    log.ensure([FACTS])
    database = Database()
    subscription = log.subscribe("readers", [FACTS.name], "one", lambda _: database.positions)
    total = 60_000
    feed = Feed(log, total)
    unavailable = 0

    def read() -> None:
        nonlocal unavailable
        try:
            database.take(subscription.poll(0.1, 500))
        except LogUnavailable:
            unavailable += 1

    until(lambda: len(database.seen) > 2_000, read)
    assert feed.acknowledged < total
    own_kafka.kill()
    until(lambda: unavailable > 0, read)
    own_kafka.start()
    restarted = monotonic()
    until(lambda: len(database.seen) > 2_000 and feed.acknowledged > 30_000, read)
    recovered = monotonic() - restarted
    until(lambda: feed.acknowledged >= total, read)
    feed.thread.join()
    until(lambda: sum(database.positions.values()) == sum(log.ends([FACTS.name]).values()), read)

    # A batch that failed is sent again whole: its records may stand twice, the first time in order.
    for key, values in per_key(database.seen).items():
        first = list(dict.fromkeys(values))
        assert first == [str(n) for n in range(total) if f"key-{n % 9}" == key]
    if feed.failures == 0:
        assert len(database.seen) == total
    assert recovered < 30
    subscription.close()
    log.close()


def test_what_fails_on_its_way_is_not_overtaken_by_what_was_sent_behind_it(
    own_kafka: Kafka,
) -> None:
    log = KafkaLog(own_kafka.bootstrap_servers)
    log.ensure([Stream("only", partitions=1)])
    log.send(messages(("k", "0"), stream="only")).wait(PATIENCE)
    own_kafka.kill()

    first = log.send(messages(("k", "1"), stream="only"))
    second = log.send(messages(("k", "2"), stream="only"))
    with pytest.raises(LogUnavailable):
        first.wait(0.5)
    third = log.send(messages(("k", "3"), stream="only"))
    with pytest.raises(LogUnavailable):
        third.wait(0.5)
    with pytest.raises(LogUnavailable):
        second.wait(0.5)
    own_kafka.start()

    def send() -> None:
        with suppress(LogUnavailable):
            log.send(messages(*[("k", n) for n in "123"], stream="only")).wait(PATIENCE)
            sent.append(True)

    sent: list[bool] = []
    until(lambda: bool(sent), send)

    def read() -> None:
        with suppress(LogUnavailable):
            values[:] = [r.value for batch in log.scan(["only"]) for r in batch]

    values: list[bytes | None] = []
    until(lambda: len(values) >= 4, read)
    assert values == [b"0", b"1", b"2", b"3"]
    log.close()
