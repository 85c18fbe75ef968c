"""When SQLite waits for the disk: always, but where data is made that can be made again."""

import pytest

from shared.log.embedded import EmbeddedLog
from shared.store import disk
from shared.store.database import Database
from shared.store.disk import hurried

FULL, OFF = 2, 0


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch):
    """Other tests never wait for the disk."""
    monkeypatch.setattr(disk, "_waiting", "FULL")


def level(folder) -> int:
    database = Database(f"sqlite:///{folder / 'one.sqlite'}")
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    database.close()
    return found


def test_a_commit_is_on_the_disk_save_while_data_is_made_that_can_be_made_again(tmp_path):
    assert level(tmp_path) == FULL
    with hurried(tmp_path):
        assert level(tmp_path) == OFF
        EmbeddedLog(tmp_path / "log.sqlite").close()
    assert level(tmp_path) == FULL


def test_a_failure_in_a_hurry_leaves_no_hurry_behind(tmp_path):
    try:
        with hurried(tmp_path):
            raise KeyError
    except KeyError:
        pass
    assert level(tmp_path) == FULL
