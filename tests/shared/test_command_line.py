"""The command line: every command does what it says, or says in one sentence why not."""

import json
import os
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from shared.kernel.rights import SYSTEM
from shared.run.cli import command_line
from shared.run.demonstration import settle
from shared.run.settings import Settings, as_markdown, described
from shared.store import tables
from shared.web.tokens import Tokens
from tests.shared.sample import product
from tests.shared.sample.telling import commands


class Ended(NamedTuple):
    code: int
    said: str
    error: str


@pytest.fixture
def line(tmp_path, monkeypatch, capsys, logging_restored):
    """``line("topics", RK_DATA=…)``: what the command line answers."""
    for name in os.environ:
        if name.startswith(("RK_", "KAFKA_", "DATABASE_", "TOKEN_")):
            monkeypatch.delenv(name)

    def call(*arguments, **settings):
        monkeypatch.setenv("RK_DATA", str(tmp_path / "data"))
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            command_line(product).main(list(arguments), prog_name="sample")
        return Ended(int(ended.value.code or 0), *capsys.readouterr())

    return call


def test_migrate_brings_the_databases_up_to_date_once(line, tmp_path):
    assert "telling, counting" in line("migrate").said
    assert "Nothing to migrate" in line("migrate").said
    assert line("telling", "migrate").code == 0
    assert (tmp_path / "data" / "telling.sqlite").exists()


def test_topics_creates_the_streams(line):
    assert "sample.said: 3 partitions" in line("topics").said
    assert line("topics").code == 0


def test_events_prints_the_map(line):
    assert "telling → StoryBegun → counting" in line("events").said
    assert "counting → TallyRaised → (departments)" in line("events").said


def test_openapi_describes_one_service(line):
    assert json.loads(line("openapi", "telling").said)["openapi"] == "3.1.0"
    assert line("openapi", "nothing").code == 2


def test_asyncapi_describes_all_events(line):
    assert json.loads(line("asyncapi").said)["asyncapi"] == "3.0.0"


def test_problems_lists_all_types(line):
    assert "| `/problems/story-is-over` | 409 |" in line("problems").said


def test_settings_prints_each_with_what_it_does(line):
    said = line("settings").said
    for item in described():
        assert f"{item['name']}={item['default']}\n    {item['says']}" in said
        assert f"| `{item['name']}` |" in as_markdown()


def test_keys_prints_a_pair_that_can_be_set(line):
    printed = dict(row.split("=", 1) for row in line("keys").said.splitlines())
    settings = Settings.read(printed)
    private = json.loads(settings.token_private_key)
    public = json.loads(settings.token_public_keys)
    assert "d" in private
    assert "d" not in public["keys"][0]
    assert Tokens(public, product.runtime(Settings(), []).clock)


def test_rebuild_makes_the_views_anew_from_the_log(line, migrated, tmp_path):
    import shutil

    shutil.copytree(migrated, tmp_path / "data")
    runtime = product.runtime(Settings(data=tmp_path / "data"))
    runtime.use_cases["telling"].perform(commands.begin_story, actor=SYSTEM, title="x")
    settle(runtime)
    runtime.close()
    ended = line("rebuild", "counting")
    assert ended.code == 0
    assert "1 events folded; the views of counting are new." in ended.said


@pytest.fixture
def letter(migrated, tmp_path, monkeypatch):
    """A dead letter of counting, and the runtime in which it waits."""
    import shutil

    from tests.shared.sample.counting.service import service
    from tests.shared.sample.telling import events

    def fail(uow, event):
        raise ValueError("on purpose")

    monkeypatch.setitem(service.reacts, events.LineToldV2, fail)
    shutil.copytree(migrated, tmp_path / "data")
    runtime = product.runtime(Settings(data=tmp_path / "data"))
    perform = runtime.use_cases["telling"].perform
    story = perform(commands.begin_story, actor=SYSTEM, title="x")
    perform(commands.tell_line, actor=SYSTEM, story_id=story, text="y")
    settle(runtime)
    with runtime.workplaces["counting"].database.read() as connection:
        number = connection.execute(sa.select(tables.dead_letters.c.id)).scalar_one()
    yield str(number)
    runtime.close()


def test_a_dead_letter_can_be_listed_shown_replayed_and_dropped(line, letter):
    assert "cac.telling.line-told.v2" in line("dead-letters", "list", "counting").said
    assert "thread" in line("dead-letters", "show", "counting", letter).said
    assert "Asked" in line("dead-letters", "replay", "counting", letter).said
    assert "[replay asked]" in line("dead-letters", "list", "counting").said
    assert line("dead-letters", "drop", "counting", letter).code == 2  # a reason is needed
    dropped = line("dead-letters", "drop", "counting", letter, "--reason", "sent in error")
    assert "Asked" in dropped.said


def test_a_letter_that_does_not_exist_is_told_so(line, letter):
    ended = line("dead-letters", "show", "counting", "999")
    assert ended.code == 1
    assert ended.error.count("\n") == 1


def test_a_database_that_was_not_migrated_is_told_so(line):
    ended = line("dead-letters", "list", "counting")
    assert (ended.code, ended.error.count("\n")) == (1, 1)
    assert "run migrate" in ended.error


def test_help_names_the_services_and_the_commands(line):
    said = line("--help").said
    for name in (
        "telling",
        "counting",
        "migrate",
        "topics",
        "asyncapi",
        "problems",
        "dead-letters",
    ):
        assert name in said
    assert "worker" in line("counting", "--help").said


def test_a_command_that_does_not_exist_is_told_so(line):
    assert line("nothing").code == 2


POSTGRESQL = {"DATABASE_URL": "postgresql://u:p@h/{service}", "KAFKA_BOOTSTRAP_SERVERS": "h:1"}


@pytest.mark.parametrize(
    "arguments, settings, says",
    [
        ([], {"RK_PORT": "many"}, "RK_PORT"),
        ([], {"RK_PORT": "99999"}, "RK_PORT"),
        ([], {"RK_THREADS": "0"}, "RK_THREADS"),
        ([], {"RK_DEMONSTRATION": "maybe"}, "RK_DEMONSTRATION"),
        ([], {"RK_LOG_LEVEL": "LOUD"}, "RK_LOG_LEVEL"),
        ([], {"RK_PUBLIC_URL": "example.org"}, "RK_PUBLIC_URL"),
        ([], {"RK_NOW_OFFSET": "60"}, "RK_NOW_OFFSET"),
        ([], {"RK_NOW_OFFSET": "/tmp/now"}, "RK_NOW_OFFSET"),
        ([], {"RK_NOW_OFFSET": "soon", "RK_DEMONSTRATION": "1"}, "RK_NOW_OFFSET"),
        ([], {"KAFKA_BOOTSTRAP_SERVERS": "h:1"}, "DATABASE_URL"),
        ([], {"DATABASE_URL": "postgresql://h/{service}"}, "KAFKA_BOOTSTRAP_SERVERS"),
        ([], POSTGRESQL | {"DATABASE_URL": "postgresql://h/all"}, "{service}"),
        ([], POSTGRESQL, "KAFKA_BOOTSTRAP_SERVERS"),
        (["telling", "web"], POSTGRESQL, "TOKEN_PUBLIC_KEYS"),
        (["telling", "web"], POSTGRESQL | {"TOKEN_PUBLIC_KEYS": "x"}, "TOKEN_PUBLIC_KEYS"),
        (["telling", "web"], POSTGRESQL | {"TOKEN_PUBLIC_KEYS": "[]"}, "TOKEN_PUBLIC_KEYS"),
        (
            ["telling", "web"],
            POSTGRESQL | {"TOKEN_PUBLIC_KEYS": '{"keys": 3}'},
            "TOKEN_PUBLIC_KEYS",
        ),
        (["migrate"], {"RK_DATA": "/dev/null/data"}, "RK_DATA"),
        ([], {"RK_DATA": "/dev/null/data"}, "RK_DATA"),
    ],
    ids=str,
)
def test_a_wrong_or_missing_setting_is_one_clear_sentence(line, arguments, settings, says):
    ended = line(*arguments, **settings)
    assert ended.code == 2
    assert says in ended.error
    assert ended.error.count("\n") == 1
