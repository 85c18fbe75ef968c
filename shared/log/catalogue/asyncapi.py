"""AsyncAPI 3.0: the streams, the messages on them, who says and who hears each."""

import inspect
import json
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shared.kernel.event import Event, Stream
from shared.log.catalogue.schemas import described_object, example, name, parts_of, said
from shared.log.flow import FlowReported
from shared.log.notices import NoticeIssued
from shared.log.wire import encode
from shared.service import Service

_ATTRIBUTES = {
    "ce_specversion": "Always 1.0.",
    "ce_id": "Unique: the key by which to recognise an event that comes twice.",
    "ce_type": "The type: it names the service, the event and its version.",
    "ce_source": "The service, at the address of this installation.",
    "ce_time": "When it was recorded, in UTC.",
    "ce_partitionkey": "What orders it: all events of a key are read in order.",
    "ce_thread": "What waits behind it when it cannot be handled.",
    "ce_subject": "The thing it is about, when it has an id.",
    "ce_correlationid": "The journey it belongs to, across services.",
    "ce_causationid": "The event that a policy answered with this one.",
    "traceparent": "The W3C trace of what caused it.",
}
_ALWAYS = 7


def asyncapi(services: Sequence[Service], streams: Iterable[Stream]) -> str:
    """AsyncAPI 3.0 of all streams, who sends what on them and who hears it, as JSON."""
    heard = {service.name: list(service.hears()) for service in services}
    spoken = {service.name: [*service.publishes, FlowReported] for service in services}
    classes: list[type[Event]] = list(dict.fromkeys([*_all(services), NoticeIssued, FlowReported]))
    document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Facts between services",
            "version": "1",
            "description": "CloudEvents 1.0, binary mode on Kafka: attributes are headers.",
        },
        "defaultContentType": "application/json",
        "channels": {s.name: _channel(s, classes) for s in streams},
        "operations": dict(_operations(spoken, "send")) | dict(_operations(heard, "receive")),
        "components": {
            "messages": {c.type: _message(c) for c in classes},
            "schemas": {name(c): described_object(c, _SCHEMAS) for c in _with_parts(classes)},
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


_SCHEMAS = "#/components/schemas/"


def _all(services: Iterable[Service]) -> Iterator[type[Event]]:
    for service in services:
        yield from with_older(service)


def with_older(service: Service) -> Iterator[type[Event]]:
    """What ``service`` publishes, and the older versions that the log still holds."""
    yield from service.publishes
    for module in {inspect.getmodule(cls) for cls in service.publishes}:
        yield from (value for value in vars(module).values() if _is_older(value))


def _is_older(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Event) and hasattr(value, "upcast")


def _with_parts(classes: Iterable[type[Any]]) -> list[type[Any]]:
    return list(dict.fromkeys(c for cls in classes for c in (cls, *parts_of(cls))))


def _channel(stream: Stream, classes: Iterable[type[Event]]) -> dict[str, Any]:
    kept = "the last of each key" if stream.compacted else "for ever"
    if stream.retention_seconds:
        kept = f"{stream.retention_seconds // 86400} days"
    mine = [c.type for c in classes if c.stream.name == stream.name]
    return {
        "address": stream.name,
        "description": f"Kept: {kept}. In order per key, delivered at least once.",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in mine},
        "bindings": {"kafka": {"partitions": stream.partitions}},
    }


def _operations(
    by_service: Mapping[str, Sequence[type[Event]]], action: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    for service, classes in by_service.items():
        for stream in dict.fromkeys(c.stream.name for c in classes):
            kinds = [c.type for c in classes if c.stream.name == stream]
            at = f"#/channels/{stream}"
            yield (
                f"{service}.{action}.{stream}",
                {
                    "action": action,
                    "title": f"{service} {'says' if action == 'send' else 'hears'}",
                    "channel": {"$ref": at},
                    "messages": [{"$ref": f"{at}/messages/{kind}"} for kind in kinds],
                    "tags": [{"name": service}],
                },
            )


def _message(cls: type[Event]) -> dict[str, Any]:
    upcast = getattr(cls, "upcast", None)
    older = f"Older: read it as {typing.get_type_hints(upcast)['return'].type}." if upcast else ""
    properties = {n: {"type": "string", "description": d} for n, d in _ATTRIBUTES.items()}
    described: dict[str, Any] = {
        "name": cls.type,
        "title": cls.__name__,
        "summary": " ".join(said(cls).split()) or cls.__name__,
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "properties": properties,
            "required": list(_ATTRIBUTES)[:_ALWAYS],
        },
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "payload": {"$ref": _SCHEMAS + name(cls)},
        "examples": [{"name": "example", "payload": json.loads(encode(example(cls)))}],
    }
    return described | ({"description": older} if older else {})
