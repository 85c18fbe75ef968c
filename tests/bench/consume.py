"""Consuming: effects once, with a policy, on PostgreSQL; and folding, live and in a rebuild."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shared.kernel.rights import ANYONE, NOBODY
from shared.log.consumer import Consumer
from shared.log.rebuild import Rebuild
from shared.run.runtime import Runtime
from shared.service import Policy, Service
from tests.bench.ground import (
    ROUNDS,
    Figure,
    Ground,
    append_bare,
    lines,
    median,
    read_bare,
    seconds,
    spread,
)
from tests.shared.sample import SAID
from tests.shared.sample.counting import commands, policies, projections, queries, tables
from tests.shared.sample.counting.events import TallyRaised
from tests.shared.sample.telling import events as telling

EFFECTS = 10_000
THEIRS = 3_000
FOLDED = 40_000


def measure(ground: Ground) -> Iterator[Figure]:
    """Effect-once consumption against FastStream; folding against the bare consumer."""
    ours, theirs, live, again, bare = [], [], [], [], []
    for _ in range(ROUNDS):
        ours.append(_effects(ground))
        theirs.append(asyncio.run(_faststream(ground)))
        folded, rebuilt, read = _folds(ground)
        live.append(folded)
        again.append(rebuilt)
        bare.append(read)
    told = f"ours {spread(ours)}, FastStream {spread(theirs)}"
    ratio = median(ours) / median(theirs)
    yield Figure("effects once, fold + policy", "FastStream + SQLAlchemy", ratio, 4, 8, told)
    told = f"fold {spread(live)}, bare read {spread(bare)}"
    ratio = median(live) / median(bare)
    yield Figure("folding, live", "kafka-python consumer", ratio, 0.12, 0.22, told)
    told = f"rebuild {spread(again)}"
    ratio = median(again) / median(bare)
    yield Figure("folding, in a rebuild", "kafka-python consumer", ratio, 0.12, 0.22, told)


def _read_all(runtime: Runtime, service: Service) -> None:
    workplace = runtime.workplaces["counting"]
    consumer = Consumer(service, workplace, runtime.log, runtime.registry)
    left = sum(runtime.log.ends([SAID.name]).values())
    while left > 0:
        left -= consumer.step(0.2)
    consumer.close()


def _service(*, reacts: bool) -> Service:
    return Service(
        name="counting",
        title="Compter",
        rights={
            commands.raise_tally: NOBODY,
            commands.note_refusal: NOBODY,
            queries.stories: ANYONE,
        },
        metadata=tables.metadata,
        use_cases=[commands, queries],
        publishes=[TallyRaised],
        folds={telling.LineToldV2: projections.told},
        reacts={telling.LineToldV2: Policy(policies.count_the_line, loads=_tally)}
        if reacts
        else {},
    )


def _tally(event: telling.LineToldV2) -> list[tuple[type, UUID]]:
    return [(tables.Tally, event.story_id)]


def _effects(ground: Ground) -> float:
    """Fold and policy (an aggregate changed, its audit, a fact in the outbox) for each message."""
    with ground.distributed() as runtime:
        append_bare(ground, f"{runtime.settings.kafka_prefix}{SAID.name}", lines(EFFECTS))
        service = _service(reacts=True)
        return EFFECTS / seconds(lambda: _read_all(runtime, service))


async def _faststream(ground: Ground) -> float:
    """FastStream with SQLAlchemy: a transaction a message, one INSERT and one UPDATE."""
    from faststream import FastStream
    from faststream.kafka import KafkaBroker
    from sqlalchemy.ext.asyncio import create_async_engine

    with ground.distributed() as runtime:
        topic = f"{runtime.settings.kafka_prefix}{SAID.name}"
        append_bare(ground, topic, lines(THEIRS))
        url = sa.make_url(runtime.settings.database_of("counting"))
        engine = create_async_engine(url.set(drivername="postgresql+asyncpg"))
        async with engine.begin() as connection:
            await connection.execute(sa.text("CREATE TABLE seen (id text primary key)"))
            await connection.execute(
                sa.text("CREATE TABLE tally (id text primary key, lines int not null)")
            )
            rows = [{"id": str(i), "lines": 0} for i in range(1000)]
            await connection.execute(sa.text("INSERT INTO tally VALUES (:id, :lines)"), rows)
        broker = KafkaBroker(ground.kafka.bootstrap_servers, logger=None)
        done = 0
        first = 0.0
        finished = asyncio.Event()

        @broker.subscriber(topic, group_id="theirs", auto_offset_reset="earliest")
        async def handle(body: dict[str, Any]) -> None:
            nonlocal done, first
            first = first or time.perf_counter()
            number = int(body["number"])
            async with engine.begin() as connection:
                await connection.execute(
                    sa.text("INSERT INTO seen VALUES (:id) ON CONFLICT DO NOTHING"),
                    {"id": str(number)},
                )
                await connection.execute(
                    sa.text("UPDATE tally SET lines = lines + 1 WHERE id = :id"),
                    {"id": str(number % 1000)},
                )
            done += 1
            if done >= THEIRS:
                finished.set()

        running = asyncio.create_task(FastStream(broker).run())
        await asyncio.wait_for(finished.wait(), 120)
        spent = time.perf_counter() - first
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await broker.stop()
        await engine.dispose()
        return THEIRS / spent


def _folds(ground: Ground) -> tuple[float, float, float]:
    """Facts a second: folded live, folded in a rebuild, only read."""
    with ground.distributed() as runtime:
        topic = f"{runtime.settings.kafka_prefix}{SAID.name}"
        append_bare(ground, topic, lines(FOLDED))
        service = _service(reacts=False)
        live = FOLDED / seconds(lambda: _read_all(runtime, service))
        database = runtime.workplaces["counting"].database
        once = Rebuild(service, database, runtime.log, runtime.registry)
        again = FOLDED / seconds(once.run)
        return live, again, read_bare(ground, topic, SAID.partitions, FOLDED)
