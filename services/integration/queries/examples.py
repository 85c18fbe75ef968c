"""Examples of events, made from their classes: they come with the code and cannot drift from it."""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from services.integration.queries.words import OF, WORDS
from shared.kernel.event import Event
from shared.log.catalogue import example
from shared.log.wire import encode

_SOURCE = "https://rond-koze.example"
_TIME = datetime(2027, 3, 20, 6, 30, tzinfo=UTC)
BATCH = "application/cloudevents-batch+json"
"""What the feed answers: a list of CloudEvents in structured JSON."""


def example_of(cls: type[Event]) -> Event:
    """An instance of ``cls`` with likely values, the same at each call."""
    made: Event = example(cls, WORDS | OF.get(cls.__name__, {}))
    return made


def message(cls: type[Event]) -> dict[str, Any]:
    """An example of ``cls`` as departments receive it: a CloudEvent in structured JSON."""
    event = example_of(cls)
    owner = cls.type.split(".")[1]
    attributes = {
        "specversion": "1.0",
        "id": str(uuid5(NAMESPACE_URL, cls.type)),
        "type": cls.type,
        "source": f"{_SOURCE}/{owner}",
        "time": _TIME.isoformat(),
        "partitionkey": event.key(),
        "correlationid": str(uuid5(NAMESPACE_URL, "journey")),
        "datacontenttype": "application/json",
    }
    if event.subject():
        attributes["subject"] = event.subject() or ""
    return attributes | {"data": orjson.loads(encode(event))}


def invented(
    cls: type[Event], *, identity: UUID, committee: UUID, at: datetime, source: str
) -> dict[str, Any]:
    """The example of ``cls`` as something that a fictitious committee said now, marked so.

    ``source`` is the address of this service.
    """
    made = message(cls)
    data = made.pop("data") | {"committee_id": str(committee)}
    return made | {
        "id": str(identity),
        "source": f"{source}/sandbox",
        "time": at.isoformat(),
        "partitionkey": str(committee),
        "correlationid": str(committee),
        "dataschema": f"{source}/schemas/{cls.type}.json",
        "sandbox": True,
        "data": data,
    }
