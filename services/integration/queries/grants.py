"""Grants as those who give them see them: who reads what, with which keys, and when last."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import CITY
from services.integration import tables
from services.integration.model import check_in_force
from shared.kernel.refusals import Refusal
from shared.store.reading import Reading

_grants, _keys, _readings = tables.grants, tables.keys, tables.readings


def grants(read: Reading, *, after: str | None = None, limit: int = 50) -> dict[str, Any]:
    """A page of grants, by department: each with its keys, its state, when it last read."""
    order = (_grants.c.department, _grants.c.name, _grants.c.id)
    items, following = read.page(sa.select(_grants), order=order, after=after, limit=limit)
    keys = _keys_of(read, [row["id"] for row in items])
    for row in items:
        row |= _shown(read, row, keys[row["id"]])
    return {"items": items, "next": following}


def grant_card(read: Reading, *, grant_id: UUID) -> dict[str, Any]:
    """One grant with its keys, its contact, and the committees it covers."""
    row = read.one(sa.select(_grants).where(_grants.c.id == grant_id), "Cet accès n’existe pas.")
    shown = _shown(read, row, _keys_of(read, [grant_id])[grant_id])
    named = mirror.name_of(read, row["contact"]) if row["contact"] else None
    return {**row, **shown, "contact_name": named}


def places(read: Reading) -> dict[str, Any]:
    """What a scope may name: the sectors and the committees; and who may be a contact."""
    known = mirror.committees(read)
    return {
        "sectors": sorted({row["sector"] for row in known}),
        "committees": known,
        "agents": mirror.people_with(read, mirror.Role.DEPARTMENT_AGENT),
    }


def _keys_of(read: Reading, ids: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    ids = list(ids)
    columns = (_readings.c.total, _readings.c.last_at)
    query = (
        sa.select(_keys, *columns)
        .outerjoin(_readings, _readings.c.prefix == _keys.c.prefix)
        .where(_keys.c.grant_id.in_(ids))
        .order_by(_keys.c.issued_at.desc(), _keys.c.prefix)
    )
    found: dict[UUID, list[dict[str, Any]]] = {identity: [] for identity in ids}
    for row in read.rows(query):
        del row["fingerprint"]
        over = row["until"] is not None and row["until"] <= read.now
        row["valid"] = row["withdrawn_at"] is None and not over
        found[row["grant_id"]].append(row)
    return found


def _shown(read: Reading, row: Mapping[str, Any], keys: list[dict[str, Any]]) -> dict[str, Any]:
    lasts = [key["last_at"] for key in keys if key["last_at"] is not None]
    try:
        check_in_force(row["since"], row["until"], row["ended_at"], read.today)
        why = ""
    except Refusal as refusal:
        why = refusal.rule
    return {
        "keys": keys,
        "reads": sum(key["total"] or 0 for key in keys),
        "last_read_at": max(lasts, default=None),
        "not_in_force": why,
        "places": [_named(read, scope) for scope in row["scopes"]],
    }


def _named(read: Reading, scope: str) -> str:
    """A scope in words."""
    if scope == CITY:
        return "Toute la ville"
    kind, _, value = scope.partition(":")
    if kind == "sector":
        return value
    known = mirror.committee(read, UUID(value))
    return f"{known['name']}, {known['quartier']}" if known else "Comité inconnu"
