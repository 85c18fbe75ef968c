"""The log has the facts of a key in the order of their commits, whoever writes at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.log import relay as relaying
from shared.log.relay import Relay
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.testing.until import until
from tests.shared.delivery.stage import (
    Stage,
    append,
    counted,
    facts,
    folded,
    in_order,
    rows,
    story,
    tell,
)
from tests.shared.sample.telling import commands, events
from tests.shared.sample.telling.model import Story

HANDS = 8


def test_concurrent_writers_to_the_same_and_to_other_keys_keep_each_key_in_order(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(relaying, "BATCH", 3)
    runtime = stage.open()
    stories = [story(runtime) for _ in range(4)]
    runtime.start_workers()

    def write(hand: int) -> None:
        for n in range(20):
            told = stories[(hand + n) % len(stories)]
            tell(runtime, commands.tell_line, story_id=told, text=f"{hand}-{n}")

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(write, range(HANDS)))
    until(lambda: set(counted(runtime).values()) == {HANDS * 20 // len(stories)}, 30)
    assert counted(runtime) == folded(runtime)
    all_said = len(stories) + 2 * HANDS * 20
    until(lambda: len({i for *_, i in facts(runtime)}) == all_said, 30)
    in_order(runtime)


def test_a_row_that_appears_below_what_was_read_is_not_overtaken(
    real: Stage, monkeypatch: pytest.MonkeyPatch
):
    """Ids are given before commits: another key's higher id may be read first."""
    monkeypatch.setattr(relaying, "BATCH", 1)
    runtime = real.open(["telling"])
    slow, quick = story(runtime), story(runtime)
    relay = runtime.workers["telling"].relay
    relay.drain()
    database = runtime.workplaces["telling"].database
    holding = database.engine.connect()
    begun = holding.begin()
    # The slow transaction has taken its id (and holds its key) when the quick one commits.
    uow = _unit(runtime, holding)
    uow.get(Story, slow).tell("1")
    uow.finish()
    tell(runtime, commands.tell_line, story_id=quick, text="1")
    tell(runtime, commands.tell_line, story_id=quick, text="2")
    send = runtime.log.send

    def commit_meanwhile(messages):
        if begun.is_active:
            begun.commit()
            tell(runtime, commands.tell_line, story_id=slow, text="2")
        return send(messages)

    monkeypatch.setattr(runtime.log, "send", commit_meanwhile)
    relay.drain()
    holding.close()
    in_order(runtime)
    assert sum("line-told" in kind for _, _, kind, _ in facts(runtime)) == 4


def _unit(runtime: Runtime, connection):
    from shared.store.unit_of_work import UnitOfWork

    return UnitOfWork(runtime.workplaces["telling"], connection)


def test_one_relay_of_a_service_sends_and_another_takes_over_when_it_ends(real: Stage):
    first = real.open(["telling"])
    told = story(first, "a")
    workplace = first.workplaces["telling"]
    relays = [Relay("telling", workplace.database, first.log) for _ in range(2)]
    threads = [threading.Thread(target=relay.run) for relay in relays]
    for thread in threads:
        thread.start()
    until(lambda: rows(first, "telling", "SELECT * FROM outbox") == [], 15)
    holders = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND granted"
    here = " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    assert rows(first, "telling", holders + here) == [{"n": 1}]
    for relay, thread in zip(relays, threads, strict=True):
        relay.stop()
        thread.join()
        if relay is relays[0]:
            tell(first, commands.tell_line, story_id=told, text="b")
            until(lambda: rows(first, "telling", "SELECT * FROM outbox") == [], 15)
    assert [kind for _, _, kind, _ in facts(first)].count("cac.telling.line-told.v2") == 2


def test_sixteen_hands_write_while_the_worker_reads_and_none_is_refused(embedded: Stage):
    runtime = embedded.open()
    stories = [story(runtime) for _ in range(16)]
    runtime.start_workers()

    def write(number: int) -> list[Exception]:
        failures: list[Exception] = []
        for n in range(15):
            try:
                tell(runtime, commands.tell_line, story_id=stories[number], text=str(n))
            except Exception as error:  # noqa: BLE001 - counted below
                failures.append(error)
        return failures

    with ThreadPoolExecutor(16) as hands:
        refused = [error for failures in hands.map(write, range(16)) for error in failures]
    assert refused == []
    until(lambda: counted(runtime) == folded(runtime) == dict.fromkeys(stories, 15), 30)


def test_the_same_record_twice_in_a_row_and_in_a_batch_counts_once(stage: Stage):
    runtime = stage.open()
    told = story(runtime, "a", "b")
    settle(runtime)
    from shared.log.event_log import Message

    again = [
        Message(r.stream, r.key, r.value, r.headers)
        for batch in runtime.log.scan([events.SAID.name])
        for r in batch
    ]
    append(runtime, *again, *again)
    settle(runtime)
    assert counted(runtime) == folded(runtime) == {told: 2}
