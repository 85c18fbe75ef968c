"""What changed in an aggregate since it was loaded, for the audit trail."""

import dataclasses
from collections.abc import Hashable
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import LoaderCallableStatus

from shared.kernel.event import By, Event


@cache
def _columns(cls: Any) -> tuple[tuple[str, bool], ...]:
    """Attributes of ``cls`` that are columns, and whether the audit keeps only their name.

    Columns declare it by ``info={"audit": "name"}``: what is sealed, secret or personal must not
    have a copy in the audit trail.
    """
    mapper: Any = sa.inspect(cls)
    return tuple(
        (attribute.key, attribute.columns[0].info.get("audit") == "name")
        for attribute in mapper.column_attrs
        if attribute.key != "version"
    )


@cache
def _parts(cls: Any) -> tuple[str, ...]:
    mapper: Any = sa.inspect(cls)
    return tuple(r.key for r in mapper.relationships if r.cascade.delete_orphan)


def of(aggregate: Any, seen: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Before and after of each changed column: ``{"status": ["asked", "opened"]}``.

    Parts come under their name and id. ``seen`` remembers what was already told in this
    transaction, so that a second look tells only what is new.
    """
    difference = _own(aggregate, seen)
    held = sa.inspect(aggregate).committed_state
    for name in _parts(cast(Hashable, type(aggregate))):
        loaded = aggregate.__dict__.get(name)
        if name in held and stored(aggregate):
            difference[f"{name}/number"] = [None, len(loaded) if isinstance(loaded, list) else 1]
        children = loaded if isinstance(loaded, list) else [loaded] if loaded else []
        for child in children:
            changed = _own(child, seen)
            if changed:
                difference[f"{name}/{getattr(child, 'id', '')}"] = changed
    return difference


def _own(thing: Any, seen: dict[int, dict[str, Any]]) -> dict[str, Any]:
    state = sa.inspect(thing)
    if state.persistent and not state.modified:
        return {}
    told = seen.setdefault(id(thing), {})
    before, new = state.committed_state, not state.persistent
    difference: dict[str, Any] = {}
    for name, only_name in _columns(cast(Hashable, type(thing))):
        after = thing.__dict__.get(name)
        old = told.get(name, None if new else before.get(name, after))
        if after == old or (after is None and isinstance(old, LoaderCallableStatus)):
            continue
        told[name] = after
        difference[name] = "…" if only_name else [_plain(old), _plain(after)]
    return difference


def _plain(value: Any) -> Any:
    if isinstance(value, LoaderCallableStatus):
        return None
    return value if isinstance(value, str | int | bool | None) else str(value)


def attributed(event: Event, by: By) -> Event:
    """``event``, said to be decided by ``by``."""
    return dataclasses.replace(event, by=by)


def stored(aggregate: Any) -> bool:
    """Whether the database already has ``aggregate``."""
    persistent: bool = sa.inspect(aggregate).persistent
    return persistent


@cache
def raise_version(cls: Any) -> sa.Update:
    """The statement that raises the version of a row only where it is the one that was read."""
    mapper: Any = sa.inspect(cls)
    table = mapper.local_table
    here = (table.c.id == sa.bindparam("of"), table.c.version == sa.bindparam("was"))
    statement: sa.Update = table.update().where(*here).values(version=table.c.version + 1)
    return statement
