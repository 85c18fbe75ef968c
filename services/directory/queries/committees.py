"""Committees and their people."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.events import (
    CITY,
    Role,
    committee_of_scope,
    committee_scope,
    sector_scope,
)
from services.directory.mirror import role_label
from services.directory.queries.scopes import _in_force, _name, _reads_relays_of
from shared.store.reading import Reading

_ORDER = [Role.LEAD, Role.ELU, Role.MEMBER]
_INVITES = (Role.LEAD, Role.SECTOR_OFFICER, Role.DPC_OFFICER)
_SEES_MEMBERS = (
    Role.MEMBER,
    Role.LEAD,
    Role.ELU,
    Role.SECTOR_OFFICER,
    Role.DPC_OFFICER,
    Role.AUDITOR,
)


def committees_list(read: Reading, *, sector: str = "") -> dict[str, Any]:
    """All open committees by number, with their leads' names and how many members they have."""
    committees = tables.committees
    select = sa.select(committees).where(committees.c.closed_on.is_(None))
    if sector:
        select = select.where(committees.c.sector == sector)
    rows = read.rows(select.order_by(committees.c.number))
    held = _held(read, [committee_scope(row["id"]) for row in rows])
    for row in rows:
        people = held.get(committee_scope(row["id"]), [])
        row["leads"] = [p["name"] for p in people if p["role"] == Role.LEAD]
        row["members"] = sum(p["role"] == Role.MEMBER for p in people)
    return {"items": rows, "sectors": sorted({row["sector"] for row in rows})}


def my_committees(read: Reading) -> list[dict[str, Any]]:
    """The committees where the one who asks holds a role, by number."""
    scopes = read.scopes(*_ORDER)
    ids = [i for i in map(committee_of_scope, scopes) if i]
    committees = tables.committees
    return read.rows(
        sa.select(committees).where(committees.c.id.in_(ids)).order_by(committees.c.number)
    )


def committee_card(read: Reading, *, committee_id: UUID) -> dict[str, Any]:
    """One committee, its people, the organisations of its sector.

    Members' names are for those who act there; the others see who leads.
    """
    committees, relays = tables.committees, tables.relays
    card = read.one(
        sa.select(committees).where(committees.c.id == committee_id), "Ce comité n’existe pas."
    )
    scope = committee_scope(committee_id)
    covering = {scope, sector_scope(card["sector"]), CITY}
    mine = read.scopes(*_SEES_MEMBERS)
    inside = read.actor.system or bool(mine & covering)
    people = _held(read, [scope]).get(scope, [])
    people.sort(key=lambda p: (_ORDER.index(p["role"]), p["folded"] or ""))
    card["inside"] = inside
    card["may_invite"] = bool(read.scopes(*_INVITES) & covering)
    card["members"] = sum(p["role"] == Role.MEMBER for p in people)
    card["people"] = [p for p in people if inside or p["role"] in (Role.LEAD, Role.ELU)]
    card["relays"] = read.rows(
        sa.select(relays.c.id, relays.c.organisation, relays.c.kind, relays.c.brings)
        .where(relays.c.sector == card["sector"], relays.c.active.is_(True))
        .order_by(relays.c.folded)
        .limit(50)
    )
    card["reads_relays"] = _reads_relays_of(read, card["sector"])
    return card


def _held(read: Reading, scopes: list[str]) -> dict[str, list[dict[str, Any]]]:
    grants, people = tables.grants, tables.people
    rows = read.rows(
        sa.select(
            grants.c.id,
            grants.c.version,
            grants.c.person,
            grants.c.role,
            grants.c.scope,
            grants.c.since,
            grants.c.until,
            people.c.name,
            people.c.folded,
        )
        .join_from(grants, people, people.c.id == grants.c.person)
        .where(
            grants.c.scope.in_(scopes),
            grants.c.role.in_(_ORDER),
            grants.c.revoked_at.is_(None),
            *_in_force(read.today),
        )
        .order_by(people.c.folded)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        row |= {"name": _name(row), "role_label": role_label(row["role"])}
        found.setdefault(row["scope"], []).append(row)
    return found
