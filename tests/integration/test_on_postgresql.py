"""On PostgreSQL: two members of the worker append at once while readers page, and none skips."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.__main__ import product
from services.integration import commands
from services.integration.model import READS_A_MINUTE, TooManyReads
from services.integration.service import service
from shared.log.consumer import Consumer
from shared.log.embedded import EmbeddedLog
from shared.log.rebuild import Rebuild
from shared.run.demonstration import settle
from shared.run.settings import Settings
from shared.testing.until import until
from tests.integration.world import World

FACTS = 600


@pytest.fixture
def world(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("integration"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    (tmp_path / "postgresql").mkdir()
    log = EmbeddedLog(tmp_path / "log.sqlite")
    runtime = product.runtime(settings, ["integration"], event_log=log)
    runtime.migrate()
    runtime.ensure_streams()
    made = World(runtime)
    made.people()
    yield made
    runtime.close()
    log.close()


def members(world: World, number: int, stopping: threading.Event) -> list[threading.Thread]:
    """Members of one group, each with some of the partitions, as replicas of the worker are."""

    def work(name: str) -> None:
        consumer = Consumer(
            service,
            world.runtime.workplaces["integration"],
            world.runtime.log,
            world.runtime.registry,
            member=name,
        )
        while not stopping.is_set():
            consumer.step(0.05)
        consumer.close()

    threads = [threading.Thread(target=work, args=(f"member-{n}",)) for n in range(number)]
    for thread in threads:
        thread.start()
    return threads


def by_committee(events) -> dict[str, list[str]]:
    found = defaultdict(list)
    for event in events:
        found[event["partitionkey"]].append(event["id"])
    return found


def logged(world: World) -> dict[str, list[str]]:
    found = defaultdict(list)
    for batch in world.runtime.log.scan(["cac.facts"]):
        for record in batch:
            found[record.key.decode()].append(dict(record.headers)["ce_id"].decode())
    return found


def follow(world: World, key: str, size: int, done: Callable[[], bool]) -> list[dict]:
    """Page after page while facts arrive, until the log's end is reached once all is said."""
    found, after = [], None
    while True:
        over = done()
        page = world.feed(key, after=after, limit=size)
        found += page["items"]
        after = page["next"]
        if over and not page["more"]:
            return found


@pytest.mark.feature("Y3")
def test_readers_who_page_while_two_workers_append_miss_nothing_and_get_nothing_twice(world: World):
    key = world.key()
    world.runtime.workers["integration"].consumer.close()
    stopping = threading.Event()
    threads = members(world, 2, stopping)
    said = threading.Event()

    def tell() -> None:
        for _ in range(FACTS // 50):
            world.say(*world.some(50), settled=False)
        until(world.runtime.workers["integration"].quiet, 60)
        said.set()

    with ThreadPoolExecutor(4) as pool:
        telling = pool.submit(tell)
        sizes = (3, 50, 500)
        readers = [pool.submit(follow, world, key, size, said.is_set) for size in sizes]
        telling.result(100)
        found = [reader.result(100) for reader in readers]
    stopping.set()
    for thread in threads:
        thread.join()
    wanted = logged(world)
    assert sum(map(len, wanted.values())) > FACTS
    for one in found:
        assert by_committee(one) == wanted


def test_a_rebuild_while_readers_page_changes_nothing_for_them(world: World):
    world.say(*world.some(600))
    key = world.key()
    over = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(follow, world, key, size, over.is_set) for size in (3, 40)]
        for _ in range(3):
            Rebuild(service, world.database, world.runtime.log, world.runtime.registry).run()
        over.set()
        found = [reader.result(60) for reader in readers]
    for one in found:
        assert by_committee(one) == logged(world)


def test_reads_of_the_same_second_are_all_counted_and_held_to_the_rate(world: World):
    key = world.key()
    world.later(seconds=61 - world.runtime.clock.now().second)

    def read(_: int) -> bool:
        try:
            world.do(commands.note_reading, None, key=key)
        except TooManyReads:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(read, range(READS_A_MINUTE + 20)))
    assert answers.count(True) == READS_A_MINUTE


def test_of_two_who_replace_a_key_at_once_one_is_told(world: World):
    from shared.kernel.refusals import Refusal

    grant = world.granted()
    world.key(grant)

    def replace(_: int) -> str:
        try:
            world.do(commands.issue_key, "dpc", grant_id=grant, version=2)
        except Refusal as refusal:
            return refusal.slug()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(replace, range(2)))
    assert answers[1] == "done" or answers[0] == "done"
    assert answers.count("done") == 1


def test_scopes_types_and_sandboxes_are_the_same_on_postgresql(world: World):
    world.say(*world.some(40))
    settle(world.runtime)
    key = world.key(types=["cac.planning.*"], scopes=["sector:Secteur Est"])
    found = world.all_of(key, limits=[3, 4, 5])
    assert len(found) > 3
    assert {event["type"].split(".")[1] for event in found} == {"planning"}
    opened = world.do(commands.open_sandbox, None, address="203.0.113.7")
    kind = "cac.planning.service-needed.v1"
    sent = world.do(commands.send_made_up, None, key=opened["key"], kind=kind)
    assert world.feed(opened["key"])["items"] == [sent]
    world.later(hours=25)
