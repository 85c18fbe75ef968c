"""Commands done once under a key: what was answered, and a fingerprint of what was asked."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from shared.kernel.rights import Actor
from shared.store.tables import idempotency as table

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


class AlreadyDone(Exception):
    """Another transaction has done it under this key; what this one did is undone."""


class Request(NamedTuple):
    """A command asked under a key, without what was asked: only its fingerprint is kept."""

    person: str
    key: str
    command: str
    fingerprint: str


def request(
    actor: Actor, key: str, command: Callable[..., Any], arguments: dict[str, Any]
) -> Request:
    """``command`` as ``actor`` asks it under ``key``."""
    whole = [command.__name__, arguments]
    asked = orjson.dumps(whole, default=_stable, option=_OPTIONS)
    fingerprint = hashlib.sha256(asked).hexdigest()
    return Request(str(actor.person or actor.session or "-"), key, command.__name__, fingerprint)


def row(request: Request, result: Any, today: date) -> dict[str, Any]:
    """What is kept of ``request`` once it is done."""
    return request._asdict() | {"result": _kept(result), "day": today}


def known(connection: sa.Connection, request: Request) -> tuple[bool, Any] | None:
    """Whether it was the same request that was done under this key, and its result."""
    here = (table.c.person == request.person, table.c.key == request.key)
    row = connection.execute(sa.select(table.c.fingerprint, table.c.result).where(*here)).first()
    return None if row is None else (row.fingerprint == request.fingerprint, _restored(row.result))


def _kept(result: Any) -> Any:
    """A result as JSON that ``_restored`` makes the same again: a UUID stays one."""
    if isinstance(result, UUID):
        return {"$id": str(result)}
    if isinstance(result, dict):
        return {name: _kept(value) for name, value in result.items()}
    if isinstance(result, list | tuple):
        return [_kept(value) for value in result]
    return result


def _restored(kept: Any) -> Any:
    if isinstance(kept, dict):
        if kept.keys() == {"$id"}:
            return UUID(kept["$id"])
        return {name: _restored(value) for name, value in kept.items()}
    return [_restored(value) for value in kept] if isinstance(kept, list) else kept


def _stable(value: Any) -> str:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return str(value)
