"""Aggregates: the root of a transaction, which records the events its rules allow."""

from itertools import count
from typing import Any
from uuid import UUID

from shared.kernel.event import Event

_order = count()


class Aggregate:
    """A root that one unit of work changes at a time; ``version`` rises with each change.

    ``journey`` is the id that follows the aggregate from service to service (the CloudEvents
    correlationid). An object loaded from the database skips ``__init__``: the list of recorded
    events is therefore made when the first one is recorded.
    """

    id: UUID
    version: int
    journey: UUID | None = None

    def record(self, event: Event) -> None:
        """Keep ``event`` until the unit of work publishes it at commit."""
        self.__dict__.setdefault("_recorded", []).append((next(_order), event))

    def take_recorded(self) -> list[tuple[int, Event]]:
        """Give what was recorded, with its order among all aggregates, and forget it."""
        recorded: list[tuple[int, Event]] = self.__dict__.pop("_recorded", [])
        return recorded


def next_order() -> int:
    """The next place in the order in which this process records events."""
    return next(_order)


def recorded(aggregate: Any) -> list[Event]:
    """What ``aggregate`` has recorded so far, for tests of a model."""
    return [event for _, event in aggregate.__dict__.get("_recorded", [])]
