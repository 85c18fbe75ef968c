"""What the services stand on goes away and comes back, or comes back older than it was."""

from uuid import UUID

from shared.log.reconcile import forgotten
from shared.log.reconcile import told as report
from shared.run.demonstration import settle
from shared.testing.parts import Kafka, PostgreSQL
from shared.testing.product import client
from shared.testing.until import until
from tests.shared.delivery.stage import (
    CHIEF,
    Stage,
    counted,
    facts,
    folded,
    letters,
    rows,
    staged,
    story,
    tell,
)
from tests.shared.sample.telling import commands

RECOVERY = 15


def test_a_broker_and_a_database_that_die_are_waited_for(
    own_kafka: Kafka, own_postgresql: PostgreSQL, tmp_path
):
    with staged(tmp_path, own_kafka, own_postgresql) as stage:
        runtime = stage.open()
        runtime.start_workers()
        told = story(runtime, "a")
        until(lambda: counted(runtime) == {told: 1}, 30)

        own_kafka.kill()
        for _ in range(20):
            tell(runtime, commands.tell_line, story_id=told, text="while no broker")
        own_kafka.start()
        until(lambda: counted(runtime) == folded(runtime) == {told: 21}, RECOVERY)

        own_postgresql.kill()
        until(lambda: runtime.workers["counting"].trouble, RECOVERY)
        assert client(runtime, "telling", CHIEF).get("/api/v1/stories").status_code == 503
        own_postgresql.start()
        until(lambda: _tells(runtime, told), RECOVERY)
        lines = rows(runtime, "telling", "SELECT lines FROM stories")[0]["lines"]
        until(lambda: counted(runtime) == folded(runtime) == {told: lines}, RECOVERY)
        assert letters(runtime) == []
        until(lambda: not runtime.workers["counting"].trouble, RECOVERY)


def _tells(runtime, story_id: UUID) -> bool:
    tell(runtime, commands.tell_line, story_id=story_id, text="after the database was away")
    return True


def test_a_consumer_restored_from_a_backup_says_again_the_same_and_misses_nothing(stage: Stage):
    runtime = stage.open()
    told = story(runtime, "a", "b")
    settle(runtime)
    said_before = raised(runtime)
    stage.close()
    stage.back_up("counting")

    runtime = stage.open()
    other = story(runtime, "c", "d", "e")
    tell(runtime, commands.tell_line, story_id=told, text="f")
    settle(runtime)
    before = counted(runtime), folded(runtime)
    assert before[0] == {told: 3, other: 3}
    said = raised(runtime)
    stage.close()
    stage.restore("counting")

    runtime = stage.open()
    assert counted(runtime) == {told: 2}
    service = runtime.services[1]
    lost = forgotten(service, runtime.workplaces["counting"].database, runtime.log)
    assert {str(one.id) for one in lost} == said - said_before
    assert all(one.comes_again for one in lost)
    settle(runtime)
    assert (counted(runtime), folded(runtime)) == before
    assert raised(runtime) == said


def raised(runtime) -> set[str]:
    """The ids of all that counting said."""
    return {identity for _, _, kind, identity in facts(runtime) if "tally-raised" in kind}


def test_what_people_decided_after_a_backup_is_reported(stage: Stage):
    runtime = stage.open()
    told = story(runtime, "a")
    settle(runtime)
    stage.close()
    stage.back_up("telling")
    runtime = stage.open()
    tell(runtime, commands.tell_line, story_id=told, text="b")
    settle(runtime)
    stage.close()
    stage.restore("telling")
    runtime = stage.open()
    lost = forgotten(runtime.services[0], runtime.workplaces["telling"].database, runtime.log)
    assert [(one.type, one.key, one.comes_again) for one in lost] == [
        ("cac.telling.line-told.v2", str(told), False)
    ]
    first, second, line = report(lost)
    assert (first[0], second[0]) == ("0", "1")
    assert "line-told" in line
    assert str(told) in line
