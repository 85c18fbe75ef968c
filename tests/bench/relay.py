"""The relay: 20 000 facts from PostgreSQL to Kafka."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shared.log import wire
from shared.run.runtime import Runtime
from shared.store import tables
from shared.store.workplace import Sealed
from tests.bench.ground import ROUNDS, Figure, Ground, lines, median, seconds, spread

COUNT = 20_000


def measure(ground: Ground) -> Iterator[Figure]:
    """Against the bare producer, against txoutbox, and on hot keys."""
    ours, bare, theirs, hot = [], [], [], []
    for _ in range(ROUNDS):
        ours.append(_ours(ground, lines(COUNT)))
        bare.append(_bare(ground, lines(COUNT)))
        hot.append(_ours(ground, lines(COUNT, keys=20)))
        theirs.append(_txoutbox(ground, lines(COUNT)))
    told = f"relay {spread(ours)}, producer {spread(bare)}"
    yield Figure("relay", "kafka-python producer", median(ours) / median(bare), 0.6, 0.75, told)
    told = f"txoutbox {spread(theirs)}"
    yield Figure("relay", "txoutbox 500/100", median(ours) / median(theirs), 2, 2.5, told)
    told = f"20 keys {spread(hot)}"
    yield Figure("relay on 20 hot keys", "on 1 000 keys", median(hot) / median(ours), 0.9, 1, told)


def fill(runtime: Runtime, messages: list[Sealed]) -> None:
    """Write ``messages`` to the outbox of telling, as units of work would have."""
    now = runtime.clock.now()
    rows = [
        {
            "aggregatetype": m.stream,
            "aggregateid": m.key,
            "type": m.type,
            "payload": m.payload,
            "headers": m.headers,
            "recorded_at": now,
        }
        for m in messages
    ]
    with runtime.workplaces["telling"].database.write() as connection:
        for start in range(0, len(rows), 2000):
            connection.execute(tables.outbox.insert(), rows[start : start + 2000])


def _ours(ground: Ground, messages: list[Sealed]) -> float:
    with ground.distributed() as runtime:
        relay = runtime.workers["telling"].relay
        fill(runtime, messages[:500])
        relay.drain()
        fill(runtime, messages)
        return len(messages) / seconds(relay.drain)


def _bare(ground: Ground, messages: list[Sealed]) -> float:
    with ground.distributed() as runtime:
        topic = f"{runtime.settings.kafka_prefix}{messages[0].stream}"
        ready = [(m.payload, m.key.encode(), wire.unpack_headers(m.headers)) for m in messages]
        producer = ground.producer()
        for value, key, headers in ready[:500]:
            producer.send(topic, value, key, headers)
        producer.flush()

        def send_all() -> None:
            for value, key, headers in ready:
                producer.send(topic, value, key, headers)
            producer.flush()

        rate = len(ready) / seconds(send_all)
        producer.close()
        return rate


def _txoutbox(ground: Ground, messages: list[Sealed]) -> float:
    with ground.distributed() as runtime:
        topic = f"{runtime.settings.kafka_prefix}{messages[0].stream}"
        url = runtime.settings.database_of("telling")
        return asyncio.run(_txoutbox_run(ground, topic, url, messages))


async def _txoutbox_run(ground: Ground, topic: str, url: str, messages: list[Sealed]) -> float:
    import asyncpg
    from aiokafka import AIOKafkaProducer
    from txoutbox import Relay, RelayConfig
    from txoutbox.adapters.postgres import PostgresStorage

    pool = await asyncpg.create_pool(url.replace("postgresql+psycopg", "postgresql"))
    storage = PostgresStorage(pool, table="txoutbox")
    await storage.create_schema()
    async with pool.acquire() as connection, connection.transaction():
        for m in messages:
            await storage.insert(connection, topic, m.payload, key=m.key)
    producer = AIOKafkaProducer(
        bootstrap_servers=ground.kafka.bootstrap_servers, linger_ms=5, max_batch_size=512 * 1024
    )
    await producer.start()

    async def publish(message: Any) -> None:
        await producer.send_and_wait(topic, message.payload, key=message.key.encode())

    config = RelayConfig(batch_size=500, concurrency=100, lease=timedelta(seconds=60))
    relay = Relay(storage, publish, config=config)
    loop = asyncio.get_running_loop()
    began = loop.time()
    done = 0
    while done < len(messages):
        done += (await relay.run_once()).published
    spent = loop.time() - began
    await producer.stop()
    await pool.close()
    return len(messages) / spent
