"""What passes by itself is waited for: it never counts against an event, and nothing is skipped."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event as listening

from shared.kernel.refusals import ChangedMeanwhile
from shared.log.consumer import TRIES, Consumer
from shared.log.taking import TakenOver
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.testing.product import client
from tests.shared.delivery.stage import (
    CHIEF,
    Stage,
    counted,
    folded,
    letters,
    rows,
    story,
    tell,
)
from tests.shared.sample.counting import commands as counting
from tests.shared.sample.telling import commands

ROOM = 4_294_967_294


def consumer(runtime: Runtime) -> Consumer:
    return runtime.workers["counting"].consumer


def test_nothing_is_skipped_when_the_database_goes_away_and_cannot_say_where_we_stood(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    told = story(runtime, "a", "b")
    runtime.workers["telling"].relay.drain()
    reader, away = consumer(runtime), [3]
    transaction, restore = reader._transaction, reader._restore

    def failing(original):
        def call(*arguments, **options):
            if away[0] and reader.assigned():
                away[0] -= 1
                raise sa.exc.TimeoutError("the database is away")
            return original(*arguments, **options)

        return call

    monkeypatch.setattr(reader, "_transaction", failing(transaction))
    monkeypatch.setattr(reader, "_restore", failing(restore))
    failures = 0
    for _ in range(100):
        if not away[0]:
            break
        try:
            reader.step(0.2)
        except sa.exc.TimeoutError:
            failures += 1
    assert failures == 3
    tell(runtime, commands.tell_line, story_id=told, text="c")
    settle(runtime)
    assert counted(runtime) == folded(runtime) == {told: 3}
    assert letters(runtime) == []


def test_coming_second_to_a_page_is_no_refusal_and_no_failure(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    told = story(runtime, "a")
    times, original = [12], counting.raise_tally

    def second(uow, *, story_id):
        if times[0]:
            times[0] -= 1
            raise ChangedMeanwhile
        original(uow, story_id=story_id)

    monkeypatch.setattr(counting, "raise_tally", second)
    settle(runtime)
    assert counted(runtime) == {told: 1}
    assert letters(runtime) == []


def test_who_was_replaced_changes_nothing_any_more(stage: Stage):
    runtime = stage.open()
    told = story(runtime, "a", "b", "c")
    runtime.workers["telling"].relay.drain()
    records = [r for batch in runtime.log.scan(["sample.said"]) for r in batch]
    worker = runtime.workers["counting"]

    def member() -> Consumer:
        made = Consumer(worker.service, worker.workplace, runtime.log, runtime.registry)
        made._restore({r.place for r in records})
        return made

    former, successor = member(), member()
    former.handle(records[:2])
    successor._restore({r.place for r in records})
    successor.handle(records[2:])
    with pytest.raises(TakenOver):
        former.handle(records[2:])
    with pytest.raises(TakenOver):
        former._set_aside(records[2], None)
    assert counted(runtime) == folded(runtime) == {told: 3}
    assert letters(runtime) == []


def lasts_longer_than_the_tries_of_an_event(runtime: Runtime) -> None:
    """The worker of counting cannot write either."""
    for _ in range(2 * TRIES):
        with pytest.raises(sa.exc.OperationalError):
            read_on(consumer(runtime))


def read_on(reader: Consumer) -> None:
    """Until something came."""
    while not reader.step(0.1):
        pass


class Disk:
    """A disk that fills up, or becomes read-only, under every connection of a database."""

    def __init__(self, runtime: Runtime) -> None:
        self.trouble = f"PRAGMA max_page_count={ROOM}"
        for workplace in runtime.workplaces.values():
            listening.listen(workplace.database.engine, "checkout", self._set)

    def _set(self, connection, *_) -> None:
        connection.execute(f"PRAGMA max_page_count={ROOM}")
        connection.execute("PRAGMA query_only=OFF")
        connection.execute(self.trouble)


@pytest.mark.parametrize("trouble", ["max_page_count=1", "query_only=ON"])
def test_a_full_or_read_only_disk_is_said_loses_nothing_and_passes(embedded: Stage, trouble: str):
    runtime = embedded.open()
    disk = Disk(runtime)
    told = story(runtime, "a")
    settle(runtime)
    waiting = [story(runtime, "waits") for _ in range(40)]
    runtime.workers["telling"].relay.drain()
    web = client(runtime, "telling", CHIEF)
    path, key = f"/api/v1/stories/{told}/lines", {"Idempotency-Key": str(uuid4())}
    line = {"text": "x" * 400}

    disk.trouble = f"PRAGMA {trouble}"
    for _ in range(100):
        if web.post(path, json=line, headers={"Idempotency-Key": str(uuid4())}).status_code != 201:
            break
    refused = web.post(path, json=line, headers=key)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "rien n’a été enregistré" in refused.get_json()["detail"]
    assert web.get(f"/api/v1/stories/{told}").status_code == 200
    before = rows(runtime, "telling", "SELECT * FROM stories")
    lasts_longer_than_the_tries_of_an_event(runtime)

    disk.trouble = "PRAGMA query_only=OFF"
    assert rows(runtime, "telling", "SELECT * FROM stories") == before
    assert web.post(path, json=line, headers=key).status_code == 201
    settle(runtime)
    [after] = [
        r["lines"] for r in rows(runtime, "telling", "SELECT lines FROM stories") if r["lines"] > 1
    ]
    assert counted(runtime) == folded(runtime) == {**dict.fromkeys(waiting, 1), told: after}
    assert letters(runtime) == []
