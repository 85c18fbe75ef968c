"""What is erased is in no table, no file and no topic afterwards; facts stay."""

from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from kafka import KafkaAdminClient

from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.service import Handler
from shared.testing.parts import Kafka
from shared.testing.until import until
from tests.shared.delivery.stage import Stage, folded, letters, rows, story, tell
from tests.shared.sample.telling import commands, events

NAME = f"Marguerite-{uuid4().hex}"


def holds(folder: Path, pattern: str = "*") -> list[str]:
    """The files under ``folder`` in which the name can be read."""
    found = []
    for path in folder.rglob(pattern):
        try:
            if path.is_file() and NAME.encode() in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:
            continue
    return found


def tables_with_name(runtime: Runtime) -> list[str]:
    """The tables of all services in which the name can be read."""
    found = []
    for service, workplace in runtime.workplaces.items():
        with workplace.database.read() as connection:
            names = sa.inspect(connection).get_table_names()
        for name in names:
            cells = [
                v for r in rows(runtime, service, f'SELECT * FROM "{name}"') for v in r.values()
            ]
            if any(
                NAME.encode() in (v if isinstance(v, bytes) else str(v).encode()) for v in cells
            ):
                found.append(name)
    return found


def test_an_erased_name_is_in_no_table_and_no_file_while_facts_stay(stage: Stage):
    runtime = stage.open()
    told, person = story(runtime, "a"), uuid4()
    tell(runtime, commands.name_teller, person_id=person, name=NAME)
    settle(runtime)
    assert tables_with_name(runtime)
    tell(runtime, commands.erase_teller, person_id=person)
    settle(runtime)
    assert tables_with_name(runtime) == []
    assert holds(stage.folder) == []
    assert folded(runtime) == {told: 1}


def test_a_reader_delays_the_erasure_of_traces_and_nobody_waits_for_it(embedded: Stage):
    runtime = embedded.open()
    person = uuid4()
    tell(runtime, commands.name_teller, person_id=person, name=NAME)
    settle(runtime)
    database = runtime.workplaces["counting"].database
    with database.read() as reader:
        reader.execute(sa.text("SELECT name FROM names_view")).all()
        tell(runtime, commands.erase_teller, person_id=person)
        settle(runtime)
        assert database.traces
    runtime.workers["counting"]._housekeeping()
    assert not database.traces
    assert holds(embedded.folder) == []


def test_what_a_crash_left_is_erased_when_a_worker_starts(embedded: Stage):
    runtime = embedded.open()
    assert runtime.workplaces["counting"].database.traces
    runtime.workers["counting"]._housekeeping()
    assert not runtime.workplaces["counting"].database.traces


def test_a_name_that_waits_in_dead_letters_is_erased_there_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    person = uuid4()

    def fails(views, event):
        raise ValueError(event.name)

    handlers = runtime.workers["counting"].consumer.handlers
    monkeypatch.setitem(handlers, events.TellerNamed.type, Handler((fails,)))
    for _ in range(2):
        tell(runtime, commands.name_teller, person_id=person, name=NAME)
        settle(runtime)
    assert letters(runtime) == [("dead", "teller-named"), ("parked", "teller-named")]
    tell(runtime, commands.erase_teller, person_id=person)
    settle(runtime)
    assert {kind for kind, _ in letters(runtime)} == {"dropped"}
    assert tables_with_name(runtime) == []
    assert holds(stage.folder) == []


def test_errors_of_the_database_do_not_repeat_what_was_written(embedded: Stage):
    database = embedded.open().workplaces["counting"].database
    row = {"story_id": uuid4().hex, "title": NAME, "lines": None}
    insert = sa.table("stories_view", *map(sa.column, row)).insert()
    with database.write() as connection, pytest.raises(sa.exc.IntegrityError) as error:
        connection.execute(insert, row)
    assert NAME not in str(error.value)


def test_every_partition_of_a_compacted_stream_has_its_record_an_hour(embedded: Stage):
    """Only a closed segment is compacted, and one closes when something is appended after it."""
    runtime = embedded.open()
    for _ in range(2):
        runtime.workers["telling"]._roll_segments()
        settle(runtime)
    ends = runtime.log.ends([events.NAMES.name])
    assert set(ends.values()) == {2}
    assert letters(runtime) == []


def test_kafka_removes_an_erased_name_from_its_files(real: Stage, kafka: Kafka):
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    topic = f"{real.prefix}.{events.NAMES.name}"
    hurried = {
        "cleanup.policy": "compact",
        "segment.ms": "200",
        "max.compaction.lag.ms": "200",
        "min.cleanable.dirty.ratio": "0.01",
        "file.delete.delay.ms": "100",
    }
    made = {"num_partitions": events.NAMES.partitions, "configs": hurried}
    admin.create_topics({topic: made}, wait_for_metadata=True)
    admin.close()
    runtime, person = real.open(), uuid4()
    # The same stream with other settings than declared is said at each start.
    assert any("segment.ms" in difference for difference in runtime.ensure_streams())
    tell(runtime, commands.name_teller, person_id=person, name=NAME)
    settle(runtime)
    assert holds(kafka.folder / "data", f"{topic}-*/*")
    tell(runtime, commands.erase_teller, person_id=person)
    settle(runtime)

    def removed() -> bool:
        # What the worker does once an hour.
        runtime.workers["telling"]._roll_segments()
        return not holds(kafka.folder / "data", f"{topic}-*/*")

    until(removed, 40, "the cleaner of Kafka")
