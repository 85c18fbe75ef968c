"""From a commit in one service to the row in another's view, their workers as processes."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack

import sqlalchemy as sa

from shared.kernel.rights import Actor
from shared.run.runtime import Runtime
from tests.bench.ground import Figure, Ground, line, percentile
from tests.bench.sites import started
from tests.shared.sample import SAID
from tests.shared.sample.counting.tables import stories_view
from tests.shared.sample.telling import commands

COUNT = 200
DEADLINE = 20.0


def measure(ground: Ground) -> Iterator[Figure]:
    """p50 and p99 of commit → visible, over the p50 of a bare produce → consume."""
    bare = _bare(ground)
    with ground.distributed() as runtime:
        ours = _ours(runtime)
    base = percentile(bare, 0.5)
    p50, p99 = percentile(ours, 0.5), percentile(ours, 0.99)
    told = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms; bare p50 {base:.2f} ms"
    name, against = "commit → visible", "bare produce → consume, p50"
    yield Figure(f"{name}, p50", against, p50 / base, 5, 3.5, told, at_most=True)
    yield Figure(f"{name}, p99", against, p99 / base, 8, 6, told, at_most=True)


def _bare(ground: Ground) -> list[float]:
    """Milliseconds from send to poll, one message at a time."""
    with ground.distributed() as runtime:
        topic = f"{runtime.settings.kafka_prefix}{SAID.name}"
        producer = ground.producer(linger_ms=0)
        consumer = ground.consumer(topic, SAID.partitions)
        spent = []
        for number in range(COUNT + 20):
            message = line(number, 1000)
            began = time.perf_counter()
            producer.send(topic, message.payload, message.key.encode())
            while not consumer.poll(timeout_ms=1000):
                pass
            spent.append((time.perf_counter() - began) * 1000)
        producer.close()
        consumer.close()
        return spent[20:]


def _ours(runtime: Runtime) -> list[float]:
    """Milliseconds from the return of the commit to the row in counting's database."""
    settings = runtime.settings
    environment = {
        "DATABASE_URL": settings.database_url,
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "KAFKA_PREFIX": settings.kafka_prefix,
    }
    with ExitStack() as workers:
        for name in ("telling", "counting"):
            worker = started(
                "tests.shared.sample",
                [name, "worker"],
                "/health/ready",
                on="RK_METRICS_PORT",
                **environment,
            )
            workers.enter_context(worker)
        return _told(runtime)


def _told(runtime: Runtime) -> list[float]:
    tell = runtime.use_cases["telling"]
    database = runtime.workplaces["counting"].database
    somebody = Actor(uuid.uuid4())
    spent = []
    with database.engine.connect() as raw:
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        for number in range(COUNT + 20):
            story = tell.perform(commands.begin_story, actor=somebody, title=f"t{number}")
            began = time.perf_counter()
            _wait_for(connection, story, began)
            spent.append((time.perf_counter() - began) * 1000)
    return spent[20:]


def _wait_for(connection: sa.Connection, story: uuid.UUID, began: float) -> None:
    select = sa.select(stories_view.c.story_id).where(stories_view.c.story_id == story)
    turn = threading.Event()
    while connection.execute(select).first() is None:
        if time.perf_counter() - began > DEADLINE:
            raise TimeoutError(f"story {story} did not become visible")
        turn.wait(0.0002)
