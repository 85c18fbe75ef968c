"""What every test may ask for: the real parts, isolated from one another, and a browser.

``kafka`` and ``postgresql`` are started once, by the first test of any worker that asks, and
shared: a test takes its own topics (``topic_prefix``) and databases (``database_urls``). One that
stops or kills a part takes one that nobody uses meanwhile: ``own_kafka``, ``own_postgresql``.
"""

import contextlib
import gc
import json
import os
import shutil
import signal
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest
import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from xdist.scheduler import LoadScopeScheduling

from shared.run.cli import COLLECTED
from shared.store import disk
from shared.testing.parts import Kafka, Part, PartFailed, PartMissing, PostgreSQL, chromium

# Tests kill processes, never the machine, and the system keeps what a killed process wrote to it:
# nothing is lost by not waiting for the disk. (synchronous_commit=off would lose commits.)
HURRIED = {"fsync": "off", "full_page_writes": "off"}

# Who owns the shared parts, and the folder where they are described.
SESSION = pytest.StashKey[tuple[int, Path]]()

AnyPart = TypeVar("AnyPart", bound=Part)

GROUPS = {
    "tests/journeys/test_screens.py": "screens",
    "tests/journeys/test_keyboard.py": "screens",
    "tests/journeys/test_phone.py": "screens",
    "tests/journeys/test_distributed.py": "distributed",
    "tests/journeys/test_road.py": "road",
    "tests/procurement/test_races.py": "races",
    "tests/shared/delivery/test_outages.py::test_a_broker_and_a_database_that_die_are_waited_for": (
        "killed brokers"
    ),
    "tests/shared/event_log/test_kafka.py::"
    "test_a_killed_broker_loses_nothing_that_was_acknowledged": "killed brokers",
    "tests/shared/event_log/test_kafka.py::"
    "test_what_fails_on_its_way_is_not_overtaken_by_what_was_sent_behind_it": "killed brokers",
    "tests/shared/test_parts.py::test_kafka_keeps_what_it_acknowledged_when_killed": (
        "killed brokers"
    ),
}
"""Files, and single tests, that share what is costly to open."""


# ---------------------------------------------------------------- the session


def pytest_configure(config: pytest.Config) -> None:
    """The controller owns what its workers share; without workers, this process does."""
    # Thousands of short-lived worlds: looking for cycles as often as usual is a tenth of the time.
    gc.set_threshold(*COLLECTED)
    # And what a test keeps on the disk is not for after a power cut.
    disk._waiting = "OFF"
    _compile_once()
    given = getattr(config, "workerinput", None)
    if given is None:
        folder = Path(tempfile.mkdtemp(prefix="rond-koze-session-"))
        config.stash[SESSION] = (os.getpid(), folder)
    else:
        config.stash[SESSION] = (given["parts_owner"], Path(given["parts_folder"]))


def _compile_once() -> None:
    """The statements compiled in one world serve the next: each would compile them all again.

    SQLAlchemy keeps them for an engine, under its dialect; those of SQLite do not differ here.
    """
    compiled: Any = sa.util.LRUCache(4000)
    alike: Any = SQLiteDialect_pysqlite
    alike.__hash__ = lambda dialect: hash(type(dialect))
    alike.__eq__ = lambda dialect, other: type(dialect) is type(other)

    @sa.event.listens_for(sa.Engine, "engine_connect")
    def share(connection: sa.Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.execution_options(compiled_cache=compiled)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    owner, folder = node.config.stash[SESSION]
    node.workerinput["parts_owner"] = owner
    node.workerinput["parts_folder"] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The owner ends what was started for all."""
    owner, folder = config.stash.get(SESSION, (0, Path()))
    if owner != os.getpid():
        return
    for described in folder.glob("*.json"):
        part = json.loads(described.read_text())
        if part.get("keeper"):
            _end(part["keeper"], Path(part["folder"]))
    shutil.rmtree(folder, ignore_errors=True)


def _end(keeper: int, folder: Path) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(keeper, signal.SIGTERM)
    deadline = time.monotonic() + 15
    while (folder / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


class Grouped(LoadScopeScheduling):
    """Test after test to whoever is free; those of a group stay together, and go first.

    (The mark ``xdist_group`` has no effect here: xdist 3.8 writes the group into a name that
    pytest 9.2 no longer reads.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return GROUPS.get(file) or GROUPS.get(nodeid, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Grouped:
    """What has costly parts of its own runs in one worker, so that they are opened once."""
    return Grouped(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A failed test shows the end of the logs of the parts it used."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        for value in item.funcargs.values():
            if isinstance(value, Part):
                report.sections.append((f"log of {value.name}", value.log()))
    return report


# ---------------------------------------------------------------- starting


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Any:
    return (yield from _skipped_without_its_parts())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Any:
    return (yield from _skipped_without_its_parts())


def _skipped_without_its_parts() -> Any:
    try:
        return (yield)
    except PartMissing as missing:
        _missing(str(missing))


def _missing(what: str) -> NoReturn:
    if os.environ.get("RK_REQUIRE_PARTS") == "1":
        pytest.fail(f"every real part is required here, but {what}", pytrace=False)
    pytest.skip(what)


def _shared(config: pytest.Config, part: type[AnyPart], **settings: Any) -> AnyPart:
    """The one that another worker started, or a new one that all will use."""
    owner, folder = config.stash[SESSION]
    described = folder / f"{part.name}.json"
    with FileLock(folder / f"{part.name}.lock"):
        if not described.exists():
            described.write_text(json.dumps(_started(part, owner, folder, settings)))
    description = json.loads(described.read_text())
    if "missing" in description:
        raise PartMissing(description["missing"])
    if "failed" in description:
        pytest.fail(description["failed"], pytrace=False)
    return part(folder=Path(description["folder"]), port=description["port"])


def _started(
    kind: type[Part], owner: int, session: Path, settings: dict[str, Any]
) -> dict[str, Any]:
    try:
        part = kind(owner=owner, **settings)
        part.leftovers.append(session)
        part.start()
    except PartMissing as missing:
        return {"missing": str(missing)}
    except PartFailed as failed:
        return {"failed": str(failed)}
    STARTED.append(part)
    return {"keeper": part.keeper_pid, "folder": str(part.folder), "port": part.port}


# A killed broker may register again once its former session has ended: nine seconds by default.
SOON_BACK = {"broker.session.timeout.ms": "3000", "broker.heartbeat.interval.ms": "500"}

# Held until the process ends, as Python complains of a running child that nobody holds.
STARTED: list[Part] = []


def _own(kind: type[AnyPart], **settings: Any) -> Iterator[AnyPart]:
    part = kind(**settings).start()
    try:
        yield part
    finally:
        part.discard()


# ---------------------------------------------------------------- fixtures


@pytest.fixture(scope="session")
def kafka(pytestconfig: pytest.Config) -> Kafka:
    """The Kafka that all tests share. Never stop it."""
    return _shared(pytestconfig, Kafka)


@pytest.fixture(scope="session")
def postgresql(pytestconfig: pytest.Config) -> PostgreSQL:
    """The PostgreSQL that all tests share. Never stop it."""
    return _shared(pytestconfig, PostgreSQL, settings=HURRIED)


@pytest.fixture(scope="session")
def _kafka_to_kill() -> Iterator[Kafka]:
    yield from _own(Kafka, settings=SOON_BACK)


@pytest.fixture
def own_kafka(_kafka_to_kill: Kafka) -> Kafka:
    """A Kafka to stop, kill and start again; whoever comes after finds it running."""
    if _kafka_to_kill.pid is None:
        _kafka_to_kill.start()
    return _kafka_to_kill


@pytest.fixture
def own_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL of this test alone, to stop, kill and start again."""
    yield from _own(PostgreSQL, settings=HURRIED)


@pytest.fixture
def topic_prefix(kafka: Kafka) -> Iterator[str]:
    """What this test's topics begin with; they are deleted after it."""
    prefix = f"t{uuid.uuid4().hex[:10]}."
    yield prefix
    from kafka import KafkaAdminClient

    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    try:
        own = [topic for topic in admin.list_topics() if topic.startswith(prefix)]
        if own:
            admin.delete_topics(own)
    finally:
        admin.close()


@pytest.fixture
def database_urls(postgresql: PostgreSQL) -> Iterator[Callable[..., str]]:
    """Make a database and a role for each service named; answer the URL with ``{service}`` in it.

    ``database_urls("decision", "planning")``
    answers ``postgresql://t1f_{service}@127.0.0.1:5432/t1f_{service}``.
    """
    prefix = f"t{uuid.uuid4().hex[:10]}_"
    made: list[str] = []

    def make(*services: str) -> str:
        for service in services:
            postgresql.create_database(prefix + service)
            made.append(prefix + service)
        return postgresql.url(prefix + "{service}", user=prefix + "{service}")

    yield make
    for name in made:
        postgresql.drop_database(name)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """``browser``, ``context`` and ``page`` drive the machine's own Chromium."""
    found = chromium()
    return {
        **browser_type_launch_args,
        "executable_path": found.path,
        "args": list(found.arguments),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in La Réunion."""
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Indian/Reunion"}
