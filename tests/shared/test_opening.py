"""Everything in one process: the first page waits for nothing else, and nothing is forgotten."""

import threading
from contextlib import contextmanager

import pytest
from werkzeug.test import Client

from shared.kernel.rights import ANONYMOUS, SYSTEM
from shared.run.later import Later, Once
from shared.run.opening import Opening, brought_up_to_date
from shared.run.settings import Settings
from shared.store import migrations
from shared.testing.product import opened
from shared.testing.until import until
from tests.shared.sample import product
from tests.shared.sample.counting import queries
from tests.shared.sample.telling import commands


@contextmanager
def open_on(folder):
    """The sample as `python -m` opens it on ``folder``."""
    opening = Opening(brought_up_to_date(product, Settings(data=folder)))
    try:
        yield opening, opening._runtime
    finally:
        opening.close()


@pytest.fixture
def prepared(tmp_path):
    """A folder with nothing to migrate."""
    opened(product, tmp_path).close()
    return tmp_path


def ready(site):
    return site.get("/health/ready").get_json()


def test_a_page_opens_its_own_service_and_no_other(prepared, monkeypatch):
    monkeypatch.setattr("shared.run.opening.PATIENCE_SECONDS", 60)
    monkeypatch.setattr(Opening, "_open_all", lambda self: None)
    with open_on(prepared) as (opening, runtime):
        assert not runtime.workplaces.made
        assert Client(opening).get("/telling/").status_code == 200
        assert set(runtime.workplaces.made) == {"telling"}
        assert not runtime.workers.made


def test_until_all_have_begun_health_names_those_that_start(prepared, monkeypatch):
    held = threading.Event()
    monkeypatch.setattr("shared.run.opening.PATIENCE_SECONDS", 0)
    make = Opening._open_all
    monkeypatch.setattr(Opening, "_open_all", lambda self: held.wait(30) and make(self))
    with open_on(prepared) as (opening, _):
        site = Client(opening)
        answer = site.get("/health/ready")
        assert answer.status_code == 503
        assert answer.get_json()["missing"] == ["telling: starting", "counting: starting"]
        held.set()
        assert until(lambda: ready(site)["ready"])


def test_what_is_said_before_the_workers_have_begun_reaches_the_others(prepared, monkeypatch):
    monkeypatch.setattr("shared.run.opening.PATIENCE_SECONDS", 60)
    with open_on(prepared) as (opening, runtime):
        begin = runtime.use_cases["telling"].perform
        begin(commands.begin_story, actor=SYSTEM, title="early")
        assert not runtime.workers.made
        Client(opening).get("/health/live")
        ask = runtime.use_cases["counting"].ask
        assert until(lambda: ask(queries.stories, actor=ANONYMOUS))[0]["title"] == "early"


def test_a_start_leaves_in_the_middle_when_told(prepared, monkeypatch):
    monkeypatch.setattr("shared.run.opening.PATIENCE_SECONDS", 60)
    with open_on(prepared) as (opening, runtime):
        pass
    assert not opening._thread.is_alive()
    assert not runtime.workers.made


def test_databases_that_are_behind_are_migrated_before_anything_is_answered(tmp_path, monkeypatch):
    monkeypatch.setattr(Opening, "_open_all", lambda self: None)
    with open_on(tmp_path) as (_, runtime):
        for name in product.names:
            folder = product.folder(name) / "migrations"
            assert not migrations.behind(tmp_path / f"{name}.sqlite", folder, "state_version")
            assert runtime.workplaces[name].database.path.exists()


def test_a_database_is_behind_when_it_is_not_there_or_of_another_release(prepared):
    file, folder = prepared / "telling.sqlite", product.folder("telling") / "migrations"
    assert not migrations.behind(file, folder, "state_version")
    assert migrations.behind(file, migrations.CHASSIS, "state_version")
    assert migrations.behind(prepared / "nothing.sqlite", folder, "state_version")
    assert not (prepared / "nothing.sqlite").exists()
    (prepared / "text.sqlite").write_text("not a database at all")
    assert migrations.behind(prepared / "text.sqlite", folder, "state_version")


# ------------------------------------------------------------------ made when asked for


def test_what_is_made_later_is_made_once_however_many_ask():
    made, together = [], threading.Barrier(8)

    def make(name):
        made.append(name)
        return object()

    later = Later(["a", "b"], make)
    found = []

    def ask():
        together.wait()
        found.append(later["a"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]
    assert len(set(map(id, found))) == 1
    assert list(later.made) == ["a"]
    assert list(later) == ["a", "b"]


def test_what_could_not_be_made_is_tried_again():
    attempts = iter([RuntimeError("not yet"), "there"])

    def make(name):
        outcome = next(attempts)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    later = Later(["a"], make)
    with pytest.raises(RuntimeError):
        _ = later["a"]
    assert later["a"] == "there"
    with pytest.raises(KeyError):
        _ = later["nothing"]


def test_a_list_made_later_is_made_when_it_is_looked_at():
    looked = []

    def make():
        looked.append(1)
        return ["x", "y"]

    later = Once(make)
    assert not looked
    assert list(later) == ["x", "y"]
    assert len(later) == 2
    assert later[-1] == "y"
    assert looked == [1]
