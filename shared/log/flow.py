"""How well facts flow: each worker says it, so that nobody has to call it to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from shared.kernel.event import Event, Stream

FLOW = Stream("cac.flow", compacted=True)


@dataclass(frozen=True, kw_only=True)
class SourceLag:
    """How far behind a worker is on one stream, in records."""

    stream: str
    lag: int


@dataclass(frozen=True, kw_only=True)
class FlowReported(Event):
    """The state of one worker: what it has not read, not sent, and could not handle."""

    stream: ClassVar[Stream] = FLOW

    service: str
    at: datetime
    lags: tuple[SourceLag, ...] = ()
    outbox_depth: int = 0
    outbox_age_seconds: float = 0.0
    dead: int = 0
    parked: int = 0

    def key(self) -> str:
        """The service: the last report of each is what counts."""
        return self.service


FlowReported.type = "cac.flow.flow-reported.v1"
