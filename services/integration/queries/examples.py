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
    made: Event = example(
        cls,
        WORDS
        | OF.get(
            cls.__name__,
            {
                "aims": "Se retrouver à midi, anciens et enfants, à l’ombre",
                "asked": "Voirie",
                "blank": 1,
                "by": "Voirie",
                "call": 1,
                "capacity": "Huit barrières, posées le matin",
                "charter_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "conditions": "Laisser passer les secours",
                "electors": 12,
                "follows": "« Repas partagé du quartier » est choisie.",
                "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "idea": "Repas partagé du quartier",
                "on_site": 4,
                "question": "Peut-on fermer la rue ce jour-là ?",
                "quorum_percent": 50,
                "voices": 6,
                "voted": 9,
                "voters": "members",
                "weight": 43,
                "why_without_diagnostic": "",
            },
        ),
    )
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
