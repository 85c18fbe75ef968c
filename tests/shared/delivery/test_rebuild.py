"""Views made anew from the log, while facts arrive and pages are read."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest

from shared.kernel.rights import ANONYMOUS
from shared.log import dead_letters
from shared.log import rebuild as rebuilding
from shared.log.rebuild import Rebuild
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.store.tables import installation
from shared.testing.until import until
from tests.shared.delivery.stage import (
    Stage,
    ask,
    counted,
    folded,
    letters,
    rows,
    say,
    story,
    tell,
)
from tests.shared.delivery.test_letters import with_counting
from tests.shared.sample.counting import policies, queries
from tests.shared.sample.telling import commands, events

VIEW = "SELECT * FROM stories_view ORDER BY story_id"


def rebuild(runtime: Runtime) -> Rebuild:
    database = runtime.workplaces["counting"].database
    service = next(s for s in runtime.services if s.name == "counting")
    return Rebuild(service, database, runtime.log, runtime.registry)


@contextmanager
def meanwhile(act):
    """``act`` again and again in another thread; what it raises is raised at the end."""
    stop, errors = threading.Event(), []

    def loop() -> None:
        while not stop.is_set():
            try:
                act()
            except Exception as error:  # noqa: BLE001 - told below
                errors.append(error)
                return

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert errors == []


def test_a_consumer_that_joins_late_reads_from_the_beginning(stage: Stage):
    early = stage.open(["telling"])
    first = story(early, "a", "b")
    early.workers["telling"].relay.drain()
    late = stage.open()
    settle(late)
    assert counted(late) == folded(late) == {first: 2}


def test_rebuilt_views_equal_those_that_grew_and_policies_do_not_act_again(stage: Stage):
    runtime = stage.open()
    story(runtime, "a", "b"), story(runtime, "c", policies.POISON, "d")
    settle(runtime)
    grown, tallies = rows(runtime, "counting", VIEW), counted(runtime)
    for _ in range(2):
        rebuild(runtime).run()
        assert rows(runtime, "counting", VIEW) == grown
    settle(runtime)
    assert counted(runtime) == tallies


def test_what_the_log_has_twice_is_folded_once_with_a_bounded_memory(
    embedded: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rebuilding, "REPEATED_WITHIN", 3)
    runtime = embedded.open()
    event = events.LineToldV2(story_id=uuid4(), number=1)
    for _ in range(6):
        event_id = uuid4()
        say(runtime, event, event_id), say(runtime, event, event_id)
    settle(runtime)
    one = rebuild(runtime)
    one.run()
    assert folded(runtime) == {event.story_id: 6}
    assert len(one._seen) == 3


def test_a_rebuild_disturbs_neither_readers_nor_the_worker(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rebuilding, "CHUNK", 20)
    runtime = stage.open()
    told = story(runtime, *"abcdefghij")
    runtime.start_workers()
    until(lambda: counted(runtime) == {told: 10}, 20)
    ask_ = runtime.use_cases["counting"].ask

    def read() -> None:
        found = ask_(queries.stories, actor=ANONYMOUS)
        assert found[0]["lines"] >= 10

    def write() -> None:
        tell(runtime, commands.tell_line, story_id=told, text="more")

    with meanwhile(read), meanwhile(write):
        for _ in range(3):
            rebuild(runtime).run()
    lines = rows(runtime, "telling", "SELECT lines FROM stories")[0]["lines"]
    assert lines > 10
    until(lambda: counted(runtime) == folded(runtime) == {told: lines}, 20)


def test_a_letter_replayed_during_a_rebuild_is_in_the_new_views_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    told = story(runtime, "a", policies.POISON, "b")
    settle(runtime)
    one = rebuild(runtime)
    swap = one._swap

    def replayed_first() -> int:
        monkeypatch.setattr(policies, "POISON", "no longer")
        ask(runtime, dead_letters.ask_replay)
        settle(runtime)
        return swap()

    monkeypatch.setattr(one, "_swap", replayed_first)
    one.run()
    assert letters(runtime) == []
    assert folded(runtime) == counted(runtime) == {told: 3}


def test_what_dies_during_a_rebuild_is_not_in_the_new_views_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    told = story(runtime, "a")
    settle(runtime)
    tell(runtime, commands.tell_line, story_id=told, text=policies.POISON)
    runtime.workers["telling"].relay.drain()
    one = rebuild(runtime)
    swap = one._swap

    def handled_first() -> int:
        settle(runtime)
        return swap()

    monkeypatch.setattr(one, "_swap", handled_first)
    one.run()
    assert letters(runtime) == [("dead", "line-told")]
    assert folded(runtime) == {told: 1}
    monkeypatch.setattr(policies, "POISON", "no longer")
    ask(runtime, dead_letters.ask_replay)
    settle(runtime)
    assert folded(runtime) == counted(runtime) == {told: 2}


def test_views_of_another_shape_are_rebuilt_when_a_worker_starts(stage: Stage):
    runtime = stage.open()
    told = story(runtime, "a", "b")
    settle(runtime)
    with runtime.workplaces["counting"].database.write() as connection:
        connection.exec_driver_sql("UPDATE stories_view SET lines = 77")
    stage.close()

    raised = stage.open(product=with_counting(views_version=2))
    assert folded(raised) == {told: 77}
    raised.start_workers()
    until(lambda: folded(raised) == {told: 2}, 20)
    assert counted(raised) == {told: 2}


def test_views_are_made_once_though_the_migration_and_workers_begin_together(stage: Stage):
    """As after a power cut: a worker waits for its database, and the migration has just begun."""
    runtime = stage.open()
    service = next(s for s in runtime.services if s.name == "counting")
    database = runtime.workplaces["counting"].database
    together = threading.Barrier(4)

    def prepare() -> bool:
        together.wait(30)
        return rebuilding.prepare_views(service, database)

    for _ in range(3):
        with database.write() as connection:
            for view in reversed(service.views):
                view.drop(connection)
            connection.execute(installation.delete().where(installation.c.name == "views"))
        with ThreadPoolExecutor(4) as several:
            begun = [several.submit(prepare) for _ in range(4)]
            assert [one.result(60) for one in begun] == [False] * 4
    assert folded(runtime) == {}
