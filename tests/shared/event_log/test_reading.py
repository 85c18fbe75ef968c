"""What both logs promise to those who read."""

from collections.abc import Mapping

import pytest

from shared.kernel.event import Stream
from shared.log.event_log import Assignment, LogUnavailable, Place
from shared.log.partitions import partition_of
from tests.shared.event_log.hands import FACTS, Logs, per_key, until

ONLY = Stream("only", partitions=1)
PLACE = Place("only", 0)


@pytest.fixture
def numbered(logs: Logs) -> Logs:
    """Ten records, 0 to 9, in one partition."""
    logs.log.ensure([ONLY])
    logs.send(*[("k", str(number)) for number in range(10)], stream=ONLY.name)
    return logs


def test_groups_read_independently(logs: Logs) -> None:
    logs.send(*[(f"key-{number}", str(number)) for number in range(30)])

    first, second = logs.reader("first"), logs.reader("second")

    assert per_key(first.read(30)) == per_key(second.read(30))


def test_reading_begins_where_the_owner_says(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name], start=lambda _: {PLACE: 6})

    assert [record.offset for record in reader.read(4)] == [6, 7, 8, 9]


def test_reading_begins_at_the_beginning_where_the_owner_says_nothing(numbered: Logs) -> None:
    assert len(numbered.reader(streams=[ONLY.name]).read(10)) == 10


def test_what_the_group_committed_does_not_decide_where_reading_begins(numbered: Logs) -> None:
    first = numbered.reader(streams=[ONLY.name])
    first.read(10)
    first.subscription.commit({PLACE: 10})
    until(lambda: numbered.log.committed("readers", [ONLY.name]) == {PLACE: 10}, first.poll)
    first.subscription.close()

    restored = numbered.reader(member="two", streams=[ONLY.name], start=lambda _: {PLACE: 3})

    assert restored.read(7)[0].offset == 3


def test_a_reader_can_go_back_and_forth(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name])
    reader.read(10)

    reader.subscription.seek(PLACE, 8)
    reader.read(12)
    reader.subscription.seek(PLACE, 0)
    reader.read(22)

    assert [record.offset for record in reader.records[10:]] == [8, 9, *range(10)]


def test_a_position_that_the_log_does_not_have_is_read_as_the_beginning(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name], start=lambda _: {PLACE: 4_000})

    assert reader.read(10)[0].offset == 0


def test_only_what_is_assigned_can_be_sought(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name])
    reader.read(10)

    with pytest.raises(ValueError, match="not assigned"):
        reader.subscription.seek(Place(FACTS.name, 0), 0)


def test_a_poll_gives_no_more_than_its_limit_and_loses_nothing(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name])

    sizes: list[int] = []
    until(lambda: len(reader.records) == 10, lambda: sizes.append(len(reader.poll(limit=3))))

    assert max(sizes) <= 3
    assert [record.offset for record in reader.records] == list(range(10))


def test_what_is_paused_is_kept_and_given_once_resumed(logs: Logs) -> None:
    reader = logs.reader()
    reader.settle(6)
    logs.send(("a", "1"))
    (record,) = reader.read(1)
    reader.subscription.pause([record.place])
    other = next(k for k in "bcdefghij" if _place(logs, k) != record.place)

    logs.send(("a", "2"), (other, "3"))

    assert reader.read(2)[1].value == b"3"
    assert reader.poll(timeout=0.3) == []
    assert len(reader.subscription.assigned()) == 6
    reader.subscription.resume([record.place])
    assert reader.read(3)[2].value == b"2"


def _place(logs: Logs, key: str) -> Place:
    return Place(FACTS.name, partition_of(key.encode(), FACTS.partitions))


def test_a_place_can_be_paused_while_it_is_sought(numbered: Logs) -> None:
    reader = numbered.reader(streams=[ONLY.name])
    reader.read(10)
    reader.subscription.pause([PLACE])
    reader.subscription.seek(PLACE, 5)

    assert reader.poll(timeout=0.3) == []
    reader.subscription.resume([PLACE])

    assert reader.read(15)[10].offset == 5


def test_an_owner_that_cannot_say_where_to_begin_is_asked_again(numbered: Logs) -> None:
    answers: list[Mapping[Place, int] | None] = [None, None, {PLACE: 7}]

    def start(assignment: Assignment) -> Mapping[Place, int]:
        answer = answers.pop(0) if assignment.given else {}
        if answer is None:
            raise ConnectionError("The database is away.")
        return answer

    reader = numbered.reader(streams=[ONLY.name], start=start)
    while answers:
        try:
            reader.poll()
        except ConnectionError as error:
            assert str(error) == "The database is away."  # noqa: PT017 - it passes as it is

    assert [record.offset for record in reader.read(3)] == [7, 8, 9]


def test_a_stream_that_appears_after_the_subscription_is_read(logs: Logs) -> None:
    reader = logs.reader(streams=[FACTS.name, "later"])
    reader.settle(6)

    logs.log.ensure([Stream("later", partitions=2)])
    logs.send(*[(f"key-{number}", str(number)) for number in range(10)], stream="later")

    assert {record.stream for record in reader.read(10)} == {"later"}
    assert len(reader.subscription.assigned()) == 8


def test_a_scan_ends_where_the_log_ended_when_it_was_asked_for(logs: Logs) -> None:
    logs.send(*[(f"key-{number}", str(number)) for number in range(100)])
    scan = logs.log.scan([FACTS.name])
    logs.send(*[(f"key-{number}", "later") for number in range(100)])

    records = [record for batch in scan for record in batch]

    assert sorted(int(record.value or b"") for record in records) == list(range(100))


def test_a_scan_can_begin_in_the_middle(numbered: Logs) -> None:
    batches = list(numbered.log.scan([ONLY.name], {PLACE: 8}))

    assert [record.offset for batch in batches for record in batch] == [8, 9]
    assert list(numbered.log.scan([ONLY.name], {PLACE: 10})) == []


def test_a_scan_of_what_does_not_exist_gives_nothing(logs: Logs) -> None:
    assert list(logs.log.scan(["nowhere"])) == []
    assert list(logs.log.scan([FACTS.name])) == []


def test_a_scan_joins_no_group_and_moves_nobody(logs: Logs) -> None:
    logs.send(("k", "v"))
    list(logs.log.scan([FACTS.name]))

    assert logs.log.committed("readers", [FACTS.name]) == {}
    assert len(logs.reader().read(1)) == 1


def test_the_ends_follow_what_is_appended_and_leave_out_unknown_streams(numbered: Logs) -> None:
    assert numbered.log.ends([ONLY.name, "nowhere"]) == {PLACE: 10}
    numbered.send(("k", "more"), stream=ONLY.name)

    assert numbered.open().ends([ONLY.name]) == {PLACE: 11}
    assert numbered.log.ends([]) == {}


def test_what_a_group_commits_is_shown_to_everybody(logs: Logs) -> None:
    reader = logs.reader()
    reader.settle(6)
    reader.subscription.commit({Place(FACTS.name, 2): 5})
    reader.subscription.commit({Place(FACTS.name, 2): 7, Place(FACTS.name, 3): 1})

    shown = {Place(FACTS.name, 2): 7, Place(FACTS.name, 3): 1}
    other = logs.open()
    until(lambda: other.committed("readers", [FACTS.name]) == shown, reader.poll)
    assert other.committed("readers", ["names"]) == {}
    assert other.committed("strangers", [FACTS.name]) == {}


def test_a_subscription_that_was_closed_gives_nothing_more(logs: Logs) -> None:
    reader = logs.reader()
    reader.settle(6)
    reader.subscription.close()

    assert reader.subscription.assigned() == frozenset()
    with pytest.raises(LogUnavailable):
        reader.poll()
