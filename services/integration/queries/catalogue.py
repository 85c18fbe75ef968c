"""The catalogue: every fact that a grant may open, from the declarations of all services."""

from typing import Any

from services.integration.model import EventTypeUnknown
from services.integration.queries.examples import message
from services.language import FACTS
from shared.log.catalogue import Catalogue, Entry, schema
from shared.log.catalogue.markdown import fields_of
from shared.log.catalogue.schemas import parts_of, said
from shared.store.reading import Reading


def catalogue(read: Reading, *, service: str = "", words: str = "") -> list[dict[str, Any]]:
    """The facts in the order of the services: type, name, text, who says and who hears each.

    ``service`` keeps what one says, ``words`` what has all of them in its name or its text.
    """
    found = [_line(entry) for entry in _entries(read).on(FACTS)]
    return [row for row in found if service in ("", row["service"]) and _has(row, words)]


def _entries(read: Reading) -> Catalogue:
    known: Catalogue = read.gateway("Catalogue")
    return known


def _entry(read: Reading, kind: str) -> Entry:
    """The fact of that type; EventTypeUnknown without one."""
    entry = _entries(read).entries.get(kind)
    if entry is None or entry.event.stream is not FACTS:
        raise EventTypeUnknown(kind)
    return entry


def _line(entry: Entry) -> dict[str, Any]:
    service, title = entry.said_by
    text = " ".join(said(entry.event).split()) or entry.event.__name__
    return {
        "type": entry.type,
        "name": entry.event.__name__,
        "text": text,
        "service": service,
        "title": title,
        # This service hears everything: it goes without saying.
        "heard_by": [title for name, title in entry.heard_by if name != "integration"],
    }


def _has(row: dict[str, Any], words: str) -> bool:
    text = f"{row['type']} {row['name']} {row['text']}".lower()
    return all(word in text for word in words.lower().split())


def event_card(read: Reading, *, kind: str) -> dict[str, Any]:
    """One fact with its fields, what they are made of, its schema and an example."""
    entry = _entry(read, kind)
    told = said(entry.event)
    return {
        **_line(entry),
        "paragraphs": [" ".join(part.split()) for part in told.split("\n\n")],
        "fields": fields_of(entry.event),
        "parts": [
            {"name": c.__name__, "text": said(c), "fields": fields_of(c)}
            for c in parts_of(entry.event)
        ],
        "schema": schema(entry.event),
        "example": message(entry.event),
    }


def asyncapi(read: Reading) -> str:
    """AsyncAPI 3.0 of all that is on the log, as JSON."""
    return _entries(read).asyncapi
