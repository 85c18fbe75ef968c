"""Events as bytes: CloudEvents 1.0 in Kafka's binary mode, by codecs compiled from dataclasses.

The value of a record is the event as JSON; its attributes are ``ce_…`` headers. Amounts are
decimal strings. Reading is tolerant: fields this build does not know are ignored.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from shared.kernel.event import Event
from shared.log.event_log import Headers, Message, Record, refuse_too_large
from shared.store.workplace import Envelope, Sealed

MEDIA_TYPE = b"application/json"


class Undecodable(Exception):
    """The bytes of a record are not the event that its headers announce."""


# values


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


def encode(event: Event) -> bytes:
    """The event as JSON: ids, dates, moments and amounts as text."""
    return orjson.dumps(event, default=_as_json)


Reader = Callable[[Any], Any]


def _decimal(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise TypeError("an amount is a text")
    return Decimal(value)


def _exactly(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is not a {kind.__name__}")
        return value

    return read


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


_LEAVES: dict[Any, Reader] = {
    UUID: UUID,
    Decimal: _decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    float: _number,
}


def _reader(kind: Any) -> Reader:
    """How a value of ``kind`` is read back from JSON."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        element = _reader(arguments[0])
        return lambda value: tuple(map(element, value))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if dataclasses.is_dataclass(kind):
        return decoder(kind)
    raise TypeError(f"an event cannot hold a {kind!r}")


def decoder(cls: Any) -> Callable[[dict[str, Any]], Any]:
    """A function from a JSON object to ``cls``; it raises on what is missing or malformed."""
    known = _decoders.get(cls)
    if known is None:
        known = _decoders[cls] = _compile(cls)
    return known


_decoders: dict[Any, Callable[[dict[str, Any]], Any]] = {}


def _compile(cls: Any) -> Callable[[dict[str, Any]], Any]:
    hints = typing.get_type_hints(cls)
    readers = [(f.name, _reader(hints[f.name])) for f in dataclasses.fields(cls)]

    def decode_object(data: dict[str, Any]) -> Any:
        return cls(**{name: read(data[name]) for name, read in readers if name in data})

    return decode_object


# headers


def pack_headers(headers: Headers) -> bytes:
    """Headers as one value of the outbox; names and values hold no NUL."""
    return b"\0".join(part for name, value in headers for part in (name.encode(), value))


def unpack_headers(packed: bytes) -> Headers:
    """The headers that ``pack_headers`` was given."""
    parts = packed.split(b"\0")
    return list(zip(_names(tuple(parts[::2])), parts[1::2], strict=True))


@lru_cache(maxsize=256)
def _names(encoded: tuple[bytes, ...]) -> tuple[str, ...]:
    """The same few sequences of names come again and again."""
    return tuple(name.decode() for name in encoded)


_UNSAFE = {ord("\0"): None, ord("\r"): " ", ord("\n"): " "}


def seal(envelope: Envelope) -> Sealed:
    """``envelope`` as final bytes. A tombstone keeps its ids in a header and has no value.

    Raises RecordTooLarge when no log would take it.
    """
    event = envelope.event
    assert event is not None
    body = encode(event)
    headers: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(envelope.id).encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_time", envelope.time.isoformat().encode()),
        ("ce_partitionkey", envelope.key.encode()),
        ("ce_thread", envelope.thread.encode()),
    ]
    optional = (
        ("ce_subject", event.subject()),
        ("ce_correlationid", envelope.correlation_id),
        ("ce_causationid", envelope.causation_id),
        ("traceparent", envelope.traceparent),
    )
    headers += [(name, str(value).translate(_UNSAFE).encode()) for name, value in optional if value]
    headers.append(("content-type", MEDIA_TYPE))
    payload: bytes | None = body
    if event.tombstone():
        headers.append(("ce_tombstone", body))
        payload = None
    # Refused here, before the commit: the log would refuse it after, for ever.
    refuse_too_large([Message(event.stream.name, envelope.key.encode(), payload, headers)])
    return Sealed(event.stream.name, envelope.key, envelope.type, payload, pack_headers(headers))


class Arrival(NamedTuple):
    """A record whose headers were read, its body not yet."""

    record: Record
    id: UUID
    type: str
    thread: str
    headers: dict[str, bytes]


def arrive(record: Record) -> Arrival | None:
    """Read the headers of ``record``; None for a record that is not an event.

    Raises Undecodable when it claims to be one and its attributes are malformed.
    """
    headers = dict(record.headers)
    kind = headers.get("ce_type")
    if kind is None:
        return None
    try:
        thread = headers.get("ce_thread") or headers.get("ce_partitionkey") or record.key
        return Arrival(
            record, UUID(headers["ce_id"].decode()), kind.decode(), thread.decode(), headers
        )
    except (KeyError, ValueError) as error:
        raise Undecodable(
            f"the attributes of {record.place} at {record.offset}: {error}"
        ) from error


def erases(arrival: Arrival) -> bool:
    """Whether ``arrival`` is a tombstone: nothing of its key is kept after it."""
    return arrival.record.value is None


class Registry:
    """The event classes this build knows, by type."""

    def __init__(self, classes: Iterable[type[Event]]) -> None:
        self.classes: dict[str, type[Event]] = {cls.type: cls for cls in classes}

    def __contains__(self, kind: str) -> bool:
        return kind in self.classes

    def current(self, kind: str) -> str:
        """The type that ``kind`` is read as: an old version is read as the one it upcasts to."""
        cls = self.classes[kind]
        upcast = getattr(cls, "upcast", None)
        if upcast is None:
            return kind
        target: type[Event] = typing.get_type_hints(upcast)["return"]
        return self.current(target.type)

    def read(self, arrival: Arrival) -> Envelope:
        """The event in ``arrival``, as the newest version of its type; raises Undecodable."""
        cls = self.classes[arrival.type]
        headers = arrival.headers
        body = arrival.record.value
        if body is None:
            body = headers.get("ce_tombstone", b"")
        try:
            event = decoder(cls)(orjson.loads(body))
            while hasattr(event, "upcast"):
                event = event.upcast()
            return Envelope(
                id=arrival.id,
                type=event.type,
                source=headers.get("ce_source", b"").decode(),
                time=datetime.fromisoformat(headers["ce_time"].decode()),
                key=headers.get("ce_partitionkey", arrival.record.key).decode(),
                thread=arrival.thread,
                event=event,
                correlation_id=_optional_id(headers.get("ce_correlationid")),
                causation_id=_optional_id(headers.get("ce_causationid")),
                traceparent=headers.get("traceparent", b"").decode() or None,
                offset=arrival.record.offset,
                partition=arrival.record.partition,
                payload=body if event.type == arrival.type else None,
            )
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
            raise Undecodable(f"{arrival.type} {arrival.id}: {error}") from error


def _optional_id(value: bytes | None) -> UUID | None:
    return UUID(value.decode()) if value else None
