"""What both logs promise to those who append."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.partitioner.default import murmur2 as murmur2_of_kafka

from shared.kernel.event import Stream
from shared.log.event_log import MAX_RECORD_BYTES, LogUnavailable, Message, RecordTooLarge
from shared.log.kafka import settings
from shared.log.partitions import murmur2, partition_of
from tests.shared.event_log.hands import FACTS, NAMES, PATIENCE, Logs, messages, per_key


def test_records_of_a_key_are_read_in_the_order_in_which_they_were_sent(logs: Logs) -> None:
    sent = [(f"key-{number % 7}", str(number)) for number in range(300)]
    flights = [logs.log.send(messages(*sent[at : at + 10])) for at in range(0, 300, 10)]
    for flight in flights:
        flight.wait(PATIENCE)

    read = per_key(logs.reader().read(300))

    assert read == {f"key-{k}": [str(n) for n in range(300) if n % 7 == k] for k in range(7)}


def test_a_key_goes_to_one_partition_whoever_sends_it(logs: Logs) -> None:
    keys = [f"committee-{number}" for number in range(40)]
    for log in (logs.log, logs.open()):
        log.send(messages(*[(key, "x") for key in keys])).wait(PATIENCE)

    records = logs.reader().read(80)

    assert {(r.key, r.partition) for r in records} == {
        (key.encode(), partition_of(key.encode(), FACTS.partitions)) for key in keys
    }


@given(st.binary(max_size=60))
def test_both_logs_hash_as_kafka_does(key: bytes) -> None:
    assert murmur2(key) == murmur2_of_kafka(key)


def test_offsets_of_a_partition_are_dense(logs: Logs) -> None:
    logs.send(*[("one", str(number)) for number in range(50)])
    logs.send(*[("one", str(number)) for number in range(50)])

    assert [record.offset for record in logs.reader().read(100)] == list(range(100))


def test_headers_and_values_come_back_as_they_were_sent(logs: Logs) -> None:
    headers = [
        ("ce_type", b"x.v1"),
        ("empty", b""),
        ("bytes", bytes(range(256))),
        ("ce_type", b"2"),
    ]
    sent = [
        Message(FACTS.name, b"k", b"\x00\xff", headers),
        Message(FACTS.name, b"k", b"", []),
        Message(FACTS.name, b"k", None, headers[:1]),
    ]
    logs.log.send(sent).wait(PATIENCE)

    records = logs.reader().read(3)

    assert [Message(r.stream, r.key, r.value, r.headers) for r in records] == sent


def test_records_bear_the_time_in_seconds_at_which_they_were_appended(logs: Logs) -> None:
    for number in range(5):
        logs.send(("k", str(number)))

    times = [record.timestamp for record in logs.reader().read(5)]

    assert all(earlier <= later for earlier, later in pairwise(times))
    assert 1_700_000_000 < times[0] < 5_000_000_000


def test_a_large_batch_arrives_complete_and_in_order(logs: Logs) -> None:
    sent = [(f"key-{number % 100}", str(number)) for number in range(20_000)]
    logs.send(*sent)

    read = per_key(logs.reader().read(20_000))

    assert read == {f"key-{k}": [str(n) for n in range(k, 20_000, 100)] for k in range(100)}


def test_a_record_too_large_is_refused_with_its_batch_and_those_after_it_pass(logs: Logs) -> None:
    large = "x" * MAX_RECORD_BYTES
    with pytest.raises(RecordTooLarge) as refusal:
        logs.log.send(messages(("a", "before"), ("b", large), ("c", "after"))).wait(PATIENCE)
    assert refusal.value.index == 1

    logs.send(("a", "sent again"), ("c", "sent again"))

    assert per_key(logs.reader().read(2)) == {"a": ["sent again"], "c": ["sent again"]}


def test_the_largest_record_allowed_passes(logs: Logs) -> None:
    headers = [("name", b"content")]
    value = b"x" * (MAX_RECORD_BYTES - len("k") - len("name") - len("content"))
    logs.log.send([Message(FACTS.name, b"k", value, headers)]).wait(PATIENCE)

    assert logs.reader().read(1)[0].value == value

    too_much = logs.log.send([Message(FACTS.name, b"k", value + b"x", headers)])
    with pytest.raises(RecordTooLarge):
        too_much.wait(PATIENCE)


def test_nothing_overtakes_a_batch_that_failed_before_its_sender_knows(logs: Logs) -> None:
    failed = logs.log.send(messages(("k", "x" * MAX_RECORD_BYTES)))
    hasty = logs.log.send(messages(("k", "behind it")))

    with pytest.raises(LogUnavailable):
        hasty.wait(PATIENCE)
    with pytest.raises(RecordTooLarge):
        failed.wait(PATIENCE)

    logs.send(("k", "shorter"), ("k", "behind it"))
    assert per_key(logs.reader().read(2)) == {"k": ["shorter", "behind it"]}


def test_a_failure_that_its_sender_let_go_of_holds_nobody_up(logs: Logs) -> None:
    logs.log.send(messages(("k", "x" * MAX_RECORD_BYTES)))

    logs.send(("k", "next"))

    assert logs.reader().read(1)[0].value == b"next"


def test_an_empty_batch_is_sent_at_once(logs: Logs) -> None:
    logs.log.send([]).wait(0.5)

    assert set(logs.log.ends([FACTS.name]).values()) == {0}


def test_a_stream_that_nobody_created_cannot_be_sent_to_yet(
    logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.PRODUCER, "max_block_ms", 1_000)
    early = logs.open()
    with pytest.raises(LogUnavailable):
        early.send(messages(("k", "too early"), stream="later")).wait(PATIENCE)
    early.close()

    logs.log.ensure([Stream("later", partitions=1)])
    logs.send(("k", "now"), stream="later")

    assert logs.reader(streams=["later"]).read(1)[0].value == b"now"


def test_closing_waits_for_what_was_sent(logs: Logs) -> None:
    other = logs.open()
    other.send(messages(*[("k", str(number)) for number in range(500)]))
    other.close()

    assert logs.reader().read(500)[-1].value == b"499"


def test_ensuring_again_changes_nothing_and_says_what_differs(logs: Logs) -> None:
    assert logs.log.ensure([FACTS, NAMES]) == []

    differences = logs.log.ensure(
        [
            Stream("facts", partitions=3, retention_seconds=60),
            Stream("names", partitions=2),
            Stream("new", partitions=1),
        ]
    )

    assert [text.split(":")[0] for text in differences] == ["facts", "facts", "names"]
    assert "facts: partitions is 6, declared 3." in differences
    assert len(logs.log.ends(["facts", "names", "new"])) == 9


def test_the_last_value_of_each_key_is_what_a_compacted_stream_leaves(logs: Logs) -> None:
    logs.send(("a", "Anne"), ("b", "Bruno"), stream="names")
    logs.send(("a", "Annie"), ("c", "Carole"), ("c", "Caroline"), stream="names")
    logs.send(("b", None), stream="names")
    logs.send(("d", "Denis"), stream="names")

    reader = logs.reader(streams=["names"])
    left: dict[bytes, bytes | None] = {}
    while len(left) < 4 or left[b"d"] is None or left[b"b"] is not None:
        left.update({record.key: record.value for record in reader.poll()})

    assert left == {b"a": b"Annie", b"b": None, b"c": b"Caroline", b"d": b"Denis"}
