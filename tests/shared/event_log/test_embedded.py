"""What only the embedded log promises, being one file on one machine."""

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from shared.kernel.event import Stream
from shared.log.embedded import EmbeddedLog
from shared.log.event_log import LogUnavailable
from shared.store.clock import Clock
from tests.shared.event_log.hands import FACTS, PATIENCE, Logs, messages, per_key

SENDER = Path(__file__).with_name("sender.py")
ROOT = Path(__file__).parents[3]


@contextmanager
def sender(path: Path, count: int, batch: int) -> Iterator[subprocess.Popen[str]]:
    """A process that appends to the log at ``path``."""
    process = subprocess.Popen(
        [sys.executable, str(SENDER), str(path), str(count), str(batch)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_what_was_acknowledged_outlives_a_kill(embedded: Logs, tmp_path: Path) -> None:
    with sender(tmp_path / "log.db", 1_000_000, 20) as process:
        assert process.stdout is not None
        acknowledged = [int(line) for line in itertools.islice(process.stdout, 30)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout]

    records = [record for batch in embedded.log.scan([FACTS.name]) for record in batch]
    embedded.send(("key-0", "after"))

    numbers = sorted(int(record.value or b"") for record in records)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > acknowledged[-1]
    for key, values in per_key(records).items():
        assert values == sorted(values, key=int), key


def test_what_another_process_appends_is_noticed_within_half_a_second(
    embedded: Logs, tmp_path: Path
) -> None:
    reader = embedded.reader()
    reader.settle(6)
    arrivals: list[float] = []

    with sender(tmp_path / "log.db", 5, 1) as process:
        assert process.stdout is not None
        for count in range(1, 6):
            process.stdout.readline()
            acknowledged = monotonic()
            while len(reader.records) < count:
                reader.poll(timeout=1)
            arrivals.append(monotonic() - acknowledged)

    assert min(arrivals) < 0.5
    assert per_key(reader.records) == {f"key-{n}": [str(n)] for n in range(5)}


def test_two_processes_append_without_losing_anything(embedded: Logs, tmp_path: Path) -> None:
    with sender(tmp_path / "log.db", 400, 2) as process:
        for number in range(400, 600):
            embedded.send((f"key-{number % 5}", str(number)))
        assert process.wait(PATIENCE) == 0

    read = per_key(embedded.reader().read(600))

    assert sorted(int(v) for values in read.values() for v in values) == list(range(600))
    for values in read.values():
        ours = [v for v in values if int(v) >= 400]
        assert ours == sorted(ours, key=int)


def test_threads_append_without_losing_anything(embedded: Logs) -> None:
    def send(thread: int) -> None:
        for number in range(50):
            embedded.send((f"key-{thread}", str(number)))

    threads = [threading.Thread(target=send, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = {f"key-{thread}": [str(number) for number in range(50)] for thread in range(6)}
    assert per_key(embedded.reader().read(300)) == expected


def test_a_reader_is_woken_by_an_append(embedded: Logs) -> None:
    reader = embedded.reader()
    reader.settle(6)
    threading.Timer(0.05, lambda: embedded.send(("k", "v"))).start()
    started = monotonic()

    records = reader.poll(timeout=30)

    assert [record.value for record in records] == [b"v"]
    assert monotonic() - started < 5


def test_a_waiting_reader_is_let_go_when_the_log_closes(tmp_path: Path) -> None:
    log = EmbeddedLog(tmp_path / "other.db")
    log.ensure([FACTS])
    subscription = log.subscribe("readers", [FACTS.name], "one", lambda _: {})
    subscription.poll(0.01, 1)
    threading.Timer(0.05, log.close).start()

    with pytest.raises(LogUnavailable):
        subscription.poll(30, 1)


def test_a_new_value_erases_the_older_ones_of_its_key_at_once(embedded: Logs) -> None:
    """Kafka keeps older values until it compacts: readers there fold."""
    for number in range(20):
        embedded.send(("p1", str(number)), ("p2", str(number)), stream="names")

    left = [record for batch in embedded.log.scan(["names"]) for record in batch]

    assert per_key(left) == {"p1": ["19"], "p2": ["19"]}


def test_a_stream_forgets_what_is_older_than_its_retention(tmp_path: Path) -> None:
    clock = Clock()
    log = EmbeddedLog(tmp_path / "log.db", clock)
    log.ensure([Stream("notices", partitions=1, retention_seconds=7 * 24 * 3600), FACTS])
    log.send(messages(("k", "old"), stream="notices")).wait(1)
    log.send(messages(("k", "fact"))).wait(1)
    clock.advance(timedelta(days=8))

    log.send(messages(("k", "new"), stream="notices")).wait(1)

    left = [record for batch in log.scan(["notices", FACTS.name]) for record in batch]
    assert per_key(left) == {"k": ["fact", "new"]}
    log.close()


# Failures that may pass.


def _locked(path: Path) -> Callable[[], None]:
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    return foreign.close


def test_a_locked_file_is_unavailable_and_works_again_once_released(
    embedded: Logs, tmp_path: Path
) -> None:
    release = _locked(tmp_path / "log.db")
    flight = embedded.log.send(messages(("k", "now")))
    release()

    with pytest.raises(LogUnavailable, match="locked"):
        flight.wait(PATIENCE)
    embedded.send(("k", "again"))

    assert embedded.reader().read(1)[0].value == b"again"


def test_a_full_disk_is_unavailable_and_leaves_nothing_half_written(
    embedded: Logs, tmp_path: Path
) -> None:
    embedded.send(("k", "before"))
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from shared.log.embedded import EmbeddedLog\n"
        "from shared.log.event_log import LogUnavailable, Message\n"
        "log = EmbeddedLog(Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "messages = [Message('facts', b'k', b'x' * 50_000, [])] * 20\n"
        "try: log.send(messages).wait(5)\n"
        "except LogUnavailable: print('unavailable')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "log.db")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "unavailable\n"

    embedded.send(("k", "after"))
    assert per_key(embedded.reader().read(2)) == {"k": ["before", "after"]}


def test_a_path_that_cannot_be_a_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable):
        EmbeddedLog(tmp_path)
