"""What both logs promise to the members of a group."""

import gc
import itertools
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.log.event_log import Assignment, LogUnavailable, Place, Record
from tests.shared.event_log.hands import (
    FACTS,
    PATIENCE,
    Logs,
    Reader,
    messages,
    per_key,
    until,
)


def share(*readers: Reader) -> None:
    """Poll all until each has its part and everything is held by one of them."""
    until(
        lambda: (
            all(r.subscription.assigned() for r in readers)
            and sum(len(r.subscription.assigned()) for r in readers) == 6
        ),
        *[reader.poll for reader in readers],
    )


def test_members_share_the_partitions(logs: Logs) -> None:
    one, two = logs.reader(member="one"), logs.reader(member="two")
    share(one, two)

    logs.send(*[(f"key-{number}", str(number)) for number in range(60)])
    until(lambda: len(one.records) + len(two.records) >= 60, one.poll, two.poll)

    assert one.subscription.assigned().isdisjoint(two.subscription.assigned())
    assert len(one.subscription.assigned()) == len(two.subscription.assigned()) == 3
    assert {r.key for r in one.records}.isdisjoint({r.key for r in two.records})
    assert sorted(int(v or b"") for v in one.values() + two.values()) == list(range(60))


def test_a_member_takes_over_from_one_that_leaves(logs: Logs) -> None:
    one, two = logs.reader(member="one"), logs.reader(member="two")
    share(one, two)

    one.subscription.close()
    two.settle(6)
    logs.send(*[(f"key-{number}", str(number)) for number in range(60)])

    assert len(two.read(60)) == 60


def test_members_are_told_what_they_lose_and_what_they_are_given(logs: Logs) -> None:
    one = logs.reader(member="one")
    one.settle(6)
    two = logs.reader(member="two")
    share(one, two)

    for reader in (one, two):
        held: set[Place] = set()
        for assignment in reader.told:
            assert assignment.lost <= held
            held = (held - assignment.lost) | assignment.given
        assert held == reader.subscription.assigned()


def test_a_member_of_the_same_name_takes_the_place_of_the_former(logs: Logs) -> None:
    former = logs.reader(member="one")
    former.settle(6)
    successor = logs.reader(member="one", log=logs.open())
    successor.settle(6)

    def refused() -> bool:
        try:
            former.poll()
        except LogUnavailable:
            return True
        return False

    until(refused, successor.poll)
    logs.send(("k", "v"))

    assert successor.read(1)[0].value == b"v"
    with pytest.raises(LogUnavailable):
        former.poll()


def test_a_former_member_that_closes_does_not_send_its_successor_away(logs: Logs) -> None:
    former = logs.reader(member="one")
    former.settle(6)
    successor = logs.reader(member="one", log=logs.open())
    successor.settle(6)

    former.subscription.close()
    logs.send(("k", "v"))

    assert successor.read(1)[0].value == b"v"
    assert len(successor.subscription.assigned()) == 6


def test_embedded_only_a_member_that_is_dropped_without_closing_is_replaced(
    embedded: Logs,
) -> None:
    """On Kafka the session must end first: see ``test_kafka``."""
    one = Reader(embedded.log, "readers", [FACTS.name], "one", lambda _: {})
    two = embedded.reader(member="two")
    share(one, two)

    del one
    gc.collect()

    two.settle(6)


def test_embedded_only_what_does_not_change_hands_is_not_interrupted(embedded: Logs) -> None:
    """Kafka takes everything away and gives it again."""
    one = embedded.reader(member="one")
    one.settle(6)
    two = embedded.reader(member="two")
    share(one, two)

    assert [len(assignment.given) for assignment in one.told] == [6, 0]
    assert [len(assignment.lost) for assignment in one.told] == [0, 3]


def test_clients_of_one_process_share_the_groups_of_a_log(logs: Logs) -> None:
    one = logs.reader(member="one")
    two = logs.reader(member="two", log=logs.open())

    share(one, two)


# What any order of sending, polling, coming and going leaves true.

KEYS = st.sampled_from(["anse", "bois", "cap", "dune", "étang"])
SENDS = st.tuples(st.just("send"), st.lists(KEYS, min_size=1, max_size=8))
POLLS = st.tuples(st.just("poll"), st.tuples(st.integers(0, 1), st.integers(1, 5)))
LEAVES = st.tuples(st.just("leave"), st.integers(0, 1))


class Table:
    """Two members whose positions are kept as a service's database would keep them."""

    def __init__(self, logs: Logs, group: str) -> None:
        self.logs = logs
        self.group = group
        self.positions: dict[Place, int] = {}
        self.seen: list[Record] = []
        self.sent: dict[str, list[str]] = {}
        self.counter = itertools.count()
        self.readers = [self.sit(0), self.sit(1)]

    def sit(self, index: int) -> Reader:
        return self.logs.reader(self.group, f"member-{index}", start=self.start)

    def start(self, assignment: Assignment) -> Mapping[Place, int]:
        return {place: self.positions[place] for place in assignment.given}

    def send(self, keys: list[str]) -> None:
        pairs = [(key, f"{self.group}-{next(self.counter)}") for key in keys]
        self.logs.log.send(messages(*pairs)).wait(PATIENCE)
        for key, value in pairs:
            self.sent.setdefault(key, []).append(value)

    def poll(self, which: tuple[int, int], timeout: float = 0.01) -> None:
        index, limit = which
        for record in self.readers[index].subscription.poll(timeout, limit):
            assert record.offset == self.positions[record.place], "A record came twice or too soon."
            self.positions[record.place] += 1
            self.seen.append(record)

    def leave(self, index: int) -> None:
        self.readers[index].subscription.close()
        self.readers[index] = self.sit(index)

    def finish(self) -> None:
        expected = sum(len(values) for values in self.sent.values())
        until(
            lambda: len(self.seen) >= expected,
            lambda: self.poll((0, 100), 0.05),
            lambda: self.poll((1, 100), 0.05),
        )
        for reader in self.readers:
            reader.subscription.close()


def _play(logs: Logs, actions: list) -> None:
    table = Table(logs, f"group-{next(_groups)}")
    table.positions = logs.log.ends([FACTS.name])
    for name, argument in actions:
        getattr(table, name)(argument)
    table.finish()
    assert per_key(table.seen) == table.sent


_groups = itertools.count()
_SHARED_FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=60, deadline=None, suppress_health_check=_SHARED_FIXTURE)
@given(st.lists(st.one_of(SENDS, POLLS, LEAVES), min_size=3, max_size=40))
def test_no_interleaving_loses_repeats_or_reorders_in_the_embedded_log(
    embedded: Logs, actions: list
) -> None:
    _play(embedded, actions)


# Joining costs Kafka a second: few examples, long ones.
@settings(max_examples=4, deadline=None, suppress_health_check=_SHARED_FIXTURE)
@given(st.lists(st.one_of(SENDS, SENDS, POLLS, POLLS, LEAVES), min_size=15, max_size=30))
def test_no_interleaving_loses_repeats_or_reorders_on_kafka(on_kafka: Logs, actions: list) -> None:
    _play(on_kafka, actions)
