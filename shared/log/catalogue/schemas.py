"""JSON Schema 2020-12 and examples of events, from their dataclasses."""

import dataclasses
import inspect
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.kernel.event import Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: Mapping[str, Any] = types.MappingProxyType({})
_LEAVES: dict[Any, dict[str, Any]] = {
    UUID: {"type": "string", "format": "uuid"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
}
_SAMPLES: dict[Any, Any] = {
    Decimal: Decimal("1974.70"),
    date: date(2027, 3, 20),
    datetime: datetime(2027, 3, 20, 6, 30, tzinfo=UTC),
    int: 3,
    bool: True,
    float: 1.5,
}

# JSON Schema


def schema(cls: type[Any]) -> dict[str, Any]:
    """The JSON of ``cls`` as a JSON Schema 2020-12 that stands alone.

    Required is what has no default: a reader of the whole log meets events older than the rest.
    Unknown properties are allowed, as readers must ignore them.
    """
    inner = {name(c): described_object(c, "#/$defs/") for c in parts_of(cls)}
    described = {"$schema": DIALECT, **described_object(cls, "#/$defs/")}
    if issubclass(cls, Event):
        described["$id"] = f"urn:{cls.type}"
    return described | ({"$defs": inner} if inner else {})


def name(cls: type[Any]) -> str:
    """What ``cls`` is called in a document: ``sample.ThingDone``; the kernel's have no prefix."""
    folders = cls.__module__.split(".")
    owner = folders[folders.index("events") - 1] if "events" in folders else ""
    return f"{owner}.{cls.__name__}" if owner else cls.__name__


def described_object(cls: type[Any], at: str) -> dict[str, Any]:
    """The JSON of ``cls``; what it is made of is found ``at`` its name."""
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    described: dict[str, Any] = {
        "title": cls.__name__,
        "type": "object",
        "properties": {f.name: _kind(hints[f.name], at) for f in fields},
        "required": [f.name for f in fields if _needed(f)],
    }
    text = said(cls)
    return described | ({"description": text} if text else {})


def _needed(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def said(cls: type[Any]) -> str:
    """The docstring, unless it is only what @dataclass wrote."""
    text = cls.__dict__.get("__doc__") or ""
    return "" if text.startswith(f"{cls.__name__}(") else inspect.cleandoc(text)


def _kind(kind: Any, at: str) -> dict[str, Any]:
    if kind in _LEAVES:
        return dict(_LEAVES[kind])
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return {"anyOf": [_kind(inner, at), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _kind(arguments[0], at)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return {"$ref": at + name(kind)}
    raise TypeError(f"an event cannot hold a {kind!r}")


def parts_of(cls: type[Any]) -> list[type[Any]]:
    """The dataclasses that ``cls`` is made of, at any depth, each once."""
    found: dict[type[Any], None] = {}

    def visit(kind: Any) -> None:
        for inner in typing.get_args(kind):
            visit(inner)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in found:
            found[kind] = None
            for hint in _hints(kind):
                visit(hint)

    for hint in _hints(cls):
        visit(hint)
    return list(found)


def _hints(cls: type[Any]) -> list[Any]:
    hints = typing.get_type_hints(cls)
    return [hints[f.name] for f in dataclasses.fields(cls)]


# examples


def example(cls: type[Any], words: Mapping[str, Any] = _NOTHING) -> Any:
    """An instance of ``cls`` with every field filled, the same at each call.

    ``words`` gives values by field name where the type alone cannot know a likely one.
    """
    hints = typing.get_type_hints(cls)
    values = {f.name: _sample(f.name, hints[f.name], words) for f in dataclasses.fields(cls)}
    return cls(**values)


def _sample(field: str, kind: Any, words: Mapping[str, Any]) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _sample(field, next(a for a in arguments if a is not type(None)), words)
    if origin is tuple:
        return (_sample(field, arguments[0], words),)
    if kind is UUID:
        return uuid5(NAMESPACE_URL, field)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return example(kind, words)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    given = words.get(field)
    if isinstance(given, kind):
        return given
    return _SAMPLES.get(kind, field.replace("_", " "))
