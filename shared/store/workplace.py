"""Where the use cases of one service run: its database, clock and files, and how facts are sealed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.kernel.event import Event
from shared.store.clock import Clock
from shared.store.database import Database
from shared.store.files import Files


class Envelope(NamedTuple):
    """An event with what travels around it (the CloudEvents attributes).

    ``offset`` is where its ``partition`` of the log holds it, None when it was not read from there:
    facts of one key stand in this order, also those of one moment. ``payload`` is its JSON as the
    log holds it, also with fields that this build does not know; None when it was upcast.
    """

    id: UUID
    type: str
    source: str
    time: datetime
    key: str
    thread: str
    event: Event | None
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    traceparent: str | None = None
    offset: int | None = None
    partition: int | None = None
    payload: bytes | None = None


class Sealed(NamedTuple):
    """An event as final bytes, ready for the outbox; ``payload`` is None for a tombstone."""

    stream: str
    key: str
    type: str
    payload: bytes | None
    headers: bytes


def _nobody_waits() -> None:
    """Nothing to wake: the relay polls."""


@dataclass
class Workplace:
    """What a unit of work of ``service`` stands on; made once by the runtime."""

    service: str
    database: Database
    clock: Clock
    files: Files
    source: str
    seal: Callable[[Envelope], Sealed]
    notice: Callable[..., Event]
    published: frozenset[type[Event]] = frozenset()
    wake_relay: Callable[[], None] = _nobody_waits
    extras: dict[str, Any] = field(default_factory=dict)
    """Adapters of gateways, by the name of their Protocol."""
