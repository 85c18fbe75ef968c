"""Where the sample product plays: on SQLite and the embedded log, or on PostgreSQL and Kafka."""

import json
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from kafka import KafkaAdminClient
from psycopg import sql

from shared.kernel.event import Event
from shared.kernel.rights import SYSTEM, Actor, Grant
from shared.log import wire
from shared.log.event_log import Message
from shared.run.keys import new_pair
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.database import Database
from shared.store.workplace import Envelope
from shared.testing.parts import Kafka, PostgreSQL
from tests.shared.sample import product as sample
from tests.shared.sample.telling import commands

CHIEF = Actor(uuid.uuid4(), (Grant("chief", "all"), Grant("teller", "all")))


class Stage:
    """One installation of the sample product; runtimes made here are closed with it."""

    def __init__(self, folder: Path, kafka: Kafka | None, postgresql: PostgreSQL | None) -> None:
        self.folder = folder
        self.prefix = f"t{uuid.uuid4().hex[:10]}"
        self.real = kafka is not None
        self._kafka = kafka
        self._postgresql = postgresql
        self._open: list[Runtime] = []
        private, public = new_pair()
        self._keys = {"private": json.dumps(private), "public": json.dumps(public)}
        self.settings = Settings(
            data=folder,
            replica="one",
            threads=8,
            token_private_key=self._keys["private"],
            token_public_keys=self._keys["public"],
            **self._given(),
        )

    def _given(self) -> dict[str, Any]:
        if self._kafka is None or self._postgresql is None:
            return {}
        for name in sample.names:
            self._postgresql.create_database(f"{self.prefix}_{name}")
        place = f"{self.prefix}_{{service}}"
        return {
            "database_url": self._postgresql.url(place, user=place),
            "kafka_bootstrap_servers": self._kafka.bootstrap_servers,
            "kafka_prefix": f"{self.prefix}.",
        }

    def environment(self) -> dict[str, str]:
        """The settings for a process of this stage."""
        return {
            "DATABASE_URL": self.settings.database_url,
            "KAFKA_BOOTSTRAP_SERVERS": self.settings.kafka_bootstrap_servers,
            "KAFKA_PREFIX": self.settings.kafka_prefix,
            "RK_DATA": str(self.folder),
            "TOKEN_PRIVATE_KEY": self._keys["private"],
            "TOKEN_PUBLIC_KEYS": self._keys["public"],
        }

    def open(
        self,
        names: Iterable[str] | None = None,
        *,
        product: Product = sample,
        settings: Settings | None = None,
        **options: Any,
    ) -> Runtime:
        """A runtime of some services, brought up to date."""
        chosen = None if names is None else list(names)
        runtime = product.runtime(settings or self.settings, chosen, **options)
        self._open.append(runtime)
        runtime.migrate()
        runtime.ensure_streams()
        return runtime

    def back_up(self, service: str) -> None:
        """Copy the database of ``service``; nothing may be open."""
        assert not self._open
        self._copy(service, f"{service}_copy")

    def restore(self, service: str) -> None:
        """Put the copy in its place."""
        assert not self._open
        if self._postgresql is not None:
            self._postgresql.drop_database(f"{self.prefix}_{service}", owner="nobody_else")
        self._copy(f"{service}_copy", service)

    def _copy(self, one: str, other: str) -> None:
        if self._postgresql is None:
            shutil.copy(self.folder / f"{one}.sqlite", self.folder / f"{other}.sqlite")
            return
        names = [sql.Identifier(f"{self.prefix}_{name}") for name in (other, one)]
        owner = sql.Identifier(f"{self.prefix}_{one.removesuffix('_copy')}")
        with psycopg.connect(self._postgresql.url(), autocommit=True) as connection:
            text = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
            connection.execute(text.format(*names, owner))

    def close(self) -> None:
        """Close every runtime."""
        for runtime in reversed(self._open):
            runtime.close()
        self._open.clear()

    def remove(self) -> None:
        """Leave nothing in what is shared."""
        self.close()
        if self._kafka is None or self._postgresql is None:
            return
        for name in sample.names:
            self._postgresql.drop_database(f"{self.prefix}_{name}_copy")
            self._postgresql.drop_database(f"{self.prefix}_{name}")
        admin = KafkaAdminClient(bootstrap_servers=self._kafka.bootstrap_servers)
        own = [topic for topic in admin.list_topics() if topic.startswith(self.prefix)]
        if own:
            admin.delete_topics(own)
        admin.close()


@contextmanager
def staged(
    folder: Path, kafka: Kafka | None = None, postgresql: PostgreSQL | None = None
) -> Iterator[Stage]:
    """A stage that leaves nothing behind."""
    stage = Stage(folder, kafka, postgresql)
    try:
        yield stage
    finally:
        stage.remove()


# What tests do and look at.


def tell(runtime: Runtime, command: Any, actor: Actor = SYSTEM, **arguments: Any) -> Any:
    """Perform a command of telling."""
    return runtime.use_cases["telling"].perform(command, actor=actor, **arguments)


def story(runtime: Runtime, *lines: str, title: str = "story") -> uuid.UUID:
    """A story with lines."""
    story_id: uuid.UUID = tell(runtime, commands.begin_story, title=title)
    for line in lines:
        tell(runtime, commands.tell_line, story_id=story_id, text=line)
    return story_id


def rows(runtime: Runtime, service: str, query: Any, **parameters: Any) -> list[dict[str, Any]]:
    """What a select, or SQL text, finds in the database of ``service``."""
    database: Database = runtime.workplaces[service].database
    statement = sa.text(query) if isinstance(query, str) else query
    with database.read() as connection:
        return [dict(r) for r in connection.execute(statement, parameters).mappings()]


def counted(runtime: Runtime) -> dict[uuid.UUID, int]:
    """Lines of each story as the policy counted them (state)."""
    found = rows(runtime, "counting", "SELECT id, lines FROM tallies")
    return {uuid.UUID(str(r["id"])): r["lines"] for r in found}


def folded(runtime: Runtime) -> dict[uuid.UUID, int]:
    """Lines of each story as the fold counted them (view)."""
    found = rows(runtime, "counting", "SELECT story_id, lines FROM stories_view")
    return {uuid.UUID(str(r["story_id"])): r["lines"] for r in found}


def facts(runtime: Runtime, stream: str = "sample.said") -> list[tuple[int, int, str, str]]:
    """Everything on a stream: partition, offset, type and id of each record that is an event."""
    found = []
    for batch in runtime.log.scan([stream]):
        for record in batch:
            headers = dict(record.headers)
            if "ce_type" in headers:
                kind, identity = headers["ce_type"].decode(), headers["ce_id"].decode()
                found.append((record.partition, record.offset, kind, identity))
    return found


def say(runtime: Runtime, event: Event, event_id: uuid.UUID | None = None) -> Message:
    """Put ``event`` on the log, as another build or another product would."""
    envelope = Envelope(
        id=event_id or uuid.uuid4(),
        type=event.type,
        source="test",
        time=runtime.clock.now(),
        key=event.key(),
        thread=event.thread(),
        event=event,
    )
    sealed = wire.seal(envelope)
    headers = wire.unpack_headers(sealed.headers)
    message = Message(sealed.stream, sealed.key.encode(), sealed.payload, headers)
    append(runtime, message)
    return message


def append(runtime: Runtime, *messages: Message) -> None:
    """Append records as they are."""
    runtime.log.send(messages).wait(30)


def letters(runtime: Runtime) -> list[tuple[str, str]]:
    """What waits in counting: kind and type."""
    found = rows(runtime, "counting", "SELECT kind, type FROM dead_letters ORDER BY id")
    return [(r["kind"], r["type"].split(".")[2]) for r in found]


def ask(runtime: Runtime, request: Any, **arguments: Any) -> None:
    """Ask something of the first dead letter of counting."""
    query = "SELECT id FROM dead_letters WHERE kind = 'dead' ORDER BY id"
    first = rows(runtime, "counting", query)[0]["id"]
    runtime.use_cases["counting"].operate(request, letter_id=first, **arguments)


def in_order(runtime: Runtime) -> None:
    """Per story the log holds line 1, 2, 3, …, each perhaps again, never one before its turn."""
    last: dict[str, int] = {}
    for batch in runtime.log.scan(["sample.said"]):
        for record in batch:
            headers = dict(record.headers)
            if b"line-told" in headers.get("ce_type", b""):
                body = json.loads(record.value or b"")
                before = last.get(body["story_id"], 0)
                assert body["number"] <= before + 1
                last[body["story_id"]] = max(before, body["number"])
