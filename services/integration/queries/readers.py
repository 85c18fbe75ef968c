"""Whom a key belongs to, and whether it opens anything now."""

from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.integration import tables
from services.integration.model import (
    KeyMissing,
    KeyUnknown,
    check_in_force,
    check_key,
    is_trial,
    prefix_of,
    same,
)
from shared.store.reading import Reading

_keys, _grants, _sandboxes = tables.keys, tables.grants, tables.sandboxes


class Reader(NamedTuple):
    """Who reads: the grant or the sandbox, what it opens, and the visible part of the key."""

    id: UUID
    prefix: str
    trial: bool
    types: list[str]
    scopes: list[str]


def _reader(read: Reading, key: str | None) -> Reader:
    """The reader that ``key`` makes; KeyMissing, KeyUnknown, KeyEnded or GrantNotInForce."""
    if not key:
        raise KeyMissing()
    prefix = prefix_of(key)
    return _of_a_sandbox(read, prefix, key) if is_trial(prefix) else _of_a_grant(read, prefix, key)


def _of_a_sandbox(read: Reading, prefix: str, key: str) -> Reader:
    found = read.row(sa.select(_sandboxes).where(_sandboxes.c.prefix == prefix))
    if found is None or not same(found["fingerprint"], key):
        raise KeyUnknown()
    check_key(found["until"], None, read.now)
    return Reader(found["id"], prefix, True, [], [])


def _of_a_grant(read: Reading, prefix: str, key: str) -> Reader:
    columns = (_keys.c.fingerprint, _keys.c.until.label("key_until"), _keys.c.withdrawn_at)
    query = (
        sa.select(_grants, *columns)
        .join(_keys, _keys.c.grant_id == _grants.c.id)
        .where(_keys.c.prefix == prefix)
    )
    found = read.row(query)
    if found is None or not same(found["fingerprint"], key):
        raise KeyUnknown()
    check_in_force(found["since"], found["until"], found["ended_at"], read.today)
    check_key(found["key_until"], found["withdrawn_at"], read.now)
    return Reader(found["id"], prefix, False, found["types"], found["scopes"])
