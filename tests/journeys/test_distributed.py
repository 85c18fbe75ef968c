"""The processes of docker-compose.yml, with real PostgreSQL, Kafka and nginx, as people meet them."""

import ast
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import psycopg
import pytest

from services.__main__ import product
from services.directory.demonstration import lead_of, persona_id
from services.directory.model import fingerprint
from shared.testing.until import until
from tests.deploy.composed import Installation
from tests.deploy.processes import Process
from tests.journeys.distributed import PATIENCE, DistributedStage, Killer, at_rest, stopped
from tests.journeys.embedded import EmbeddedStage
from tests.journeys.purchase import Journey
from tests.journeys.road import SEEN, Road

# A minute until a token is asked for again is a minute that nobody needs to wait here.
HURRIED = [("proxy_cache_valid 200 204 60s", "proxy_cache_valid 200 204 1s")]

# What the processes stand on ends too, once each, while the road is walked.
PLAN = {
    "answered_by_residents": "kafka",
    "ideas_proposed": "gateway",
    "needs_said": "postgresql",
    "proof_approved": "kafka",
    "all_paid": "postgresql",
}


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    made = Installation(hurried=HURRIED, RK_DEMONSTRATION="1")
    try:
        made.open_in_the_wrong_order()
        loaded = made.job("demonstration")
        assert loaded.returncode == 0, loaded.stderr + made.logs()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def in_one_process(common: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Any]:
    """What the same road leaves in the embedded mode: as test_road.py saw it, or seen here."""

    @cache
    def seen() -> Any:
        if not (known := common / SEEN).exists():
            return Road(EmbeddedStage(tmp_path_factory.mktemp("embedded")), 44).play()
        return ast.literal_eval(known.read_text(encoding="utf-8"))

    return seen


@pytest.fixture(autouse=True)
def _everything_runs(installation: Installation) -> None:
    """Whatever a test has ended is there again for the next.

    A process asked for its health notices, too, that PostgreSQL has ended its connections.
    """
    if any(process.pid is None for process in installation.processes.values()):
        installation.start_processes()
        at_rest(installation)
    for name, process in installation.processes.items():
        until(process.answers, PATIENCE, f"{name} is ready")


@pytest.fixture(autouse=True)
def _logs_of_a_failure(
    request: pytest.FixtureRequest, installation: Installation
) -> Iterator[None]:
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        print(installation.logs())


def test_what_starts_before_its_database_and_its_broker_waits_and_says_so(installation):
    told = installation.told_early
    for name in product.names:
        assert f"database of {name}" in told[f"{name}-web"], told
        assert f"database of {name}" in told[f"{name}-worker"], told
    assert "Database: not reachable yet" in told["migrate"]
    assert "Log: not reachable yet" in told["topics"]
    # And recovered by itself: nothing was started twice.
    for name, process in installation.processes.items():
        until(process.answers, PATIENCE, f"{name} is ready")


def test_a_service_enters_its_own_database_only(installation):
    for service in product.names:
        own = installation.database_url(service)
        with psycopg.connect(own) as connection:
            assert connection.execute("SELECT current_user").fetchone() == (service,)
        for other in product.names:
            if other != service:
                foreign = own.rsplit("/", 1)[0] + f"/{other}"
                with pytest.raises(psycopg.OperationalError, match="permission denied"):
                    psycopg.connect(foreign)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(re.sub(r":[^:@]+@", ":guessed@", own))


def test_demonstration_data_is_loaded_once(installation):
    again = installation.job("demonstration")
    assert again.returncode == 0
    assert "rien n’est ajouté" in again.stdout


def test_preparing_the_databases_again_changes_nothing(installation):
    installation.prepare_databases()
    with psycopg.connect(installation.database_url("directory")) as connection:
        assert connection.execute("SELECT count(*) FROM committees").fetchone()[0] == 44


def test_each_worker_says_how_it_stands_and_each_page_answers(installation):
    stage = DistributedStage(installation)
    officer = stage.enter(persona_id("lucette.modele"))
    for name in product.names:
        assert officer.visitor.get(f"/{name}/").status == 200
        worker = installation.processes[f"{name}-worker"]
        until(partial(worker.figure, "rk_flow_reported_timestamp_seconds"), PATIENCE, name)
        assert worker.figure("rk_dead_letters") == 0

    def all_told() -> bool:
        told = officer.ask("/monitoring/api/v1/flow")["services"]
        return {s["service"] for s in told if not s["silent"]} >= set(product.names)

    until(all_told, PATIENCE, "every worker reports on the log")
    page = officer.visitor.get("/procurement/")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    style = re.search(r'href="(/static/[^"]+/rk\.css)"', page.text)[1]
    assert officer.visitor.get(style).headers["Cache-Control"].endswith("immutable")


def test_who_asks_for_a_code_is_counted_under_an_address_of_their_own(installation):
    """Not under the gateway's, which is everybody's."""
    visitor = installation.visitor()
    visitor.address = "127.0.0.9"
    asked = visitor.post("/directory/entrer", {"email": "personne@exemple.re"}, follow=False)
    assert asked.status == 303
    with installation.database("directory") as connection:
        kind = connection.execute(
            "SELECT count(*) FROM attempts WHERE kind = 'code-network' AND key = %s",
            [fingerprint("127.0.0.9")],
        )
        assert kind.fetchone()[0] == 1


def test_the_road_is_the_same_as_in_one_process(installation, in_one_process):
    seen = Road(DistributedStage(installation), 44).play()
    assert differences(seen, in_one_process()) == {}


def test_the_road_ends_the_same_whatever_is_killed_on_the_way(installation, in_one_process):
    """Each web and worker process once, in an order of chance; broker, gateway, database too."""
    before, seed = counted(installation), random.randrange(1_000_000)
    print(f"killed in the order of {seed}")
    stage = DistributedStage(installation)
    killer = Killer(stage, PLAN, seed)
    try:
        seen = Road(stage, 43, killer.before).play()
    finally:
        killer.finish()
    assert set(killer.killed) == set(installation.processes) | set(PLAN.values())
    at_rest(installation)
    assert differences(seen, in_one_process()) == {}
    after = counted(installation)
    assert (after["dead_letters"], after["outbox"]) == (0, 0)
    # A series a year, without a gap and without a number twice.
    for _, series in groupby(after["orders"], key=lambda number: number.rsplit("-", 1)[0]):
        numbers = [int(number.rsplit("-", 1)[1]) for number in series]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(after["orders"]) == len(before["orders"]) + 2


def differences(seen: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What differs, short enough to be read in the log of a failure."""
    assert seen.keys() == expected.keys()
    found = {name: (seen[name], expected[name]) for name in seen if seen[name] != expected[name]}
    if "facts" in found:
        more, fewer = (Counter(facts) for facts in found["facts"])
        found["facts"] = (dict(more - fewer), dict(fewer - more))
    return found


def counted(installation: Installation) -> dict[str, Any]:
    """What would show an effect twice, or a fact left behind."""
    found: dict[str, Any] = {"dead_letters": 0, "outbox": 0}
    for name in product.names:
        with installation.database(name) as connection:
            for table in ("dead_letters", "outbox"):
                found[table] += connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    with installation.database("procurement") as connection:
        rows = connection.execute("SELECT order_number FROM purchases").fetchall()
    return {**found, "orders": sorted(row[0] for row in rows if row[0])}


def test_the_annuaire_away_for_ten_minutes_stops_nobody_who_is_signed_in(installation):
    stage = DistributedStage(installation)
    lead = stage.enter(lead_of(42)).visitor
    needs = "/procurement/"
    assert lead.get(needs).status == 200
    with stopped(installation.processes["directory-web"]):
        assert lead.get("/directory/mon-comite").status == 503
        here = installation.ahead
        for minutes, expected in ((10, 200), (16, 401)):
            installation.leap(here + timedelta(minutes=minutes))
            assert lead.get(needs, follow=False).status == expected, minutes
        unseen = installation.visitor()
        unseen.cookies["rk_session"] = "never-seen"
        page = unseen.get(needs)
        assert (page.status, page.headers["Retry-After"]) == (503, "60")
        assert "vérifier qui vous êtes" in page.text
    until(lambda: lead.get(needs).status == 200, 30, "the annuaire is back")


def test_with_the_log_away_people_go_on_and_the_outbox_is_seen_to_grow(installation):
    journey = Journey(DistributedStage(installation), 41)
    journey.money()
    worker = installation.processes["procurement-worker"]
    with stopped(installation.kafka):
        journey.needed()
        until(lambda: worker.figure("rk_outbox_depth") > 0, PATIENCE, "a fact waits, and it shows")
        status, missing = worker.says()
        assert (status, "log_answers" in missing) == (503, True)
    until(lambda: worker.figure("rk_outbox_depth") == 0, PATIENCE, "it left by itself")
    until(worker.answers, PATIENCE, "the worker is well again")


def test_every_process_leaves_when_it_is_told_to(installation):
    """With what it had in hand done: a part that does not end within its grace is a failure."""
    with ThreadPoolExecutor() as all_at_once:
        list(all_at_once.map(Process.stop, installation.processes.values()))
    for name in product.names:
        assert "worker.stopped" in installation.processes[f"{name}-worker"].log(5)
