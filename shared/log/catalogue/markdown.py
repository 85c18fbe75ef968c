"""The catalogue of events for readers, derived from their classes."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from shared.kernel.event import Event
from shared.log.catalogue.schemas import said, schema
from shared.service import Service

_HEAD = """# The events

What each service says, made from the code. Every event travels with its CloudEvents attributes (id, source, type, time, subject, partitionkey, correlationid, causationid, traceparent); amounts are decimal texts in euros, dates are ISO, moments are UTC. Order holds for each key; delivery is at least once; `id` is what to deduplicate on. `python -m services asyncapi` prints the same for programs.
"""


def as_markdown(
    services: Iterable[Service], hearers: Callable[[type[Event]], Sequence[str]]
) -> str:
    """Every published event: what it says, its fields, who hears it, where an example is."""
    parts = [_HEAD]
    for service in services:
        if service.publishes:
            parts.append(f"## {service.name}: {service.title}\n")
            parts += [_event(cls, hearers(cls)) for cls in service.publishes]
    return "\n".join(parts)


def _event(cls: type[Event], heard_by: Sequence[str]) -> str:
    heard = ", ".join(heard_by) or "departments"
    example = f"[example](../tests/contracts/{cls.type}/0001.json)"
    lines = [
        f"### {cls.__name__}\n",
        " ".join(said(cls).split()).replace("``", "`") + "\n",
        " · ".join((f"`{cls.type}` on `{cls.stream.name}`", f"heard by {heard}", example)) + "\n",
        "| field | kind | |",
        "|---|---|---|",
    ]
    return "\n".join([*lines, *_fields(cls), ""])


def _fields(cls: type[Event]) -> Iterator[str]:
    for field in fields_of(cls):
        yield f"| `{field.name}` | {field.kind} | {'' if field.needed else 'may be left out'} |"


class Field(NamedTuple):
    """A field of an event or of a part of one, in a few words."""

    name: str
    kind: str
    needed: bool


def fields_of(cls: type[Any]) -> list[Field]:
    """The fields of ``cls`` in their order; values of a closed list stand between backquotes."""
    described = schema(cls)
    found: dict[str, Any] = described.get("properties", {})
    needed = set(described.get("required", ()))
    names = [field.name for field in dataclasses.fields(cls)]
    return [Field(name, _kind(found.get(name, {})), name in needed) for name in names]


def _kind(described: dict[str, Any]) -> str:
    """A JSON Schema in a few words."""
    if "$ref" in described:
        return str(described["$ref"]).rsplit("/", 1)[-1]
    for several in ("anyOf", "oneOf"):
        if several in described:
            return " or ".join(_kind(one) for one in described[several])
    if "enum" in described:
        return ", ".join(f"`{value}`" for value in described["enum"])
    if described.get("type") == "array":
        return f"list of {_kind(described.get('items', {}))}"
    kind = described.get("type", "any")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    detail = described.get("format") or ("decimal" if "pattern" in described else "")
    return f"{words} ({detail})" if detail else words
