"""What is erased from the embedded log is in none of its files: not only no longer answered."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from shared.log.embedded import EmbeddedLog
from tests.shared.event_log.hands import Logs, until

ROOT = Path(__file__).parents[3]
NAME = "Marie-Annick de la Plaine-des-Palmistes"


def kept_in(folder: Path, text: str) -> list[str]:
    """The files of ``folder`` in which ``text`` can be found."""
    return [file.name for file in sorted(folder.iterdir()) if text.encode() in file.read_bytes()]


@pytest.mark.parametrize("padding", [0, 300_000])
def test_an_erased_value_is_in_no_file(embedded: Logs, tmp_path: Path, padding: int) -> None:
    earlier = f"{NAME}, before her marriage"
    embedded.send(("p1", earlier + " " * padding), ("p2", "Other"), stream="names")
    embedded.send(("p1", NAME + " " * padding), stream="names")
    assert kept_in(tmp_path, NAME)

    embedded.send(("p1", None), stream="names")

    assert kept_in(tmp_path, NAME) == []
    assert kept_in(tmp_path, "Other") != []
    left = [r for batch in embedded.log.scan(["names"]) for r in batch]
    assert {(r.key, r.value) for r in left} == {(b"p1", None), (b"p2", b"Other")}


def test_an_erasure_that_a_foreign_reader_held_up_is_finished_later(
    embedded: Logs, tmp_path: Path
) -> None:
    embedded.send(("p1", NAME), stream="names")
    with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as foreign:
        foreign.execute("BEGIN")
        foreign.execute("SELECT count(*) FROM records").fetchone()
        started = monotonic()
        embedded.send(("p1", None), stream="names")
        # It held up the erasure, not the writers.
        assert monotonic() - started < 3
        assert kept_in(tmp_path, NAME)
        foreign.execute("COMMIT")

    reader = embedded.reader()
    until(lambda: kept_in(tmp_path, NAME) == [], lambda: reader.poll(timeout=0.3))


def test_an_erasure_cut_short_by_a_crash_is_finished_when_the_log_is_opened(tmp_path: Path) -> None:
    """The tombstone is committed, the write-ahead file still holds what it erased."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from shared.kernel.event import Stream\n"
        "from shared.log.embedded import EmbeddedLog\n"
        "from shared.log.embedded.connections import Connections\n"
        "from shared.log.event_log import Message\n"
        "log = EmbeddedLog(Path(sys.argv[1]))\n"
        "log.ensure([Stream('names', partitions=1, compacted=True)])\n"
        "log.send([Message('names', b'p1', sys.argv[2].encode(), [])]).wait(5)\n"
        "Connections.checkpoint = lambda _: os._exit(1)\n"
        "log.send([Message('names', b'p1', None, [])])\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "log.db"), NAME],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert kept_in(tmp_path, NAME)

    EmbeddedLog(tmp_path / "log.db").close()

    assert kept_in(tmp_path, NAME) == []
