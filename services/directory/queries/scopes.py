"""What covers what: scopes of committees, sectors, departments, and who holds them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.events import (
    CITY,
    Role,
    committee_of_scope,
    committee_scope,
    department_scope,
    sector_scope,
)
from services.directory.mirror import ERASED
from shared.store.reading import Reading

DEPARTMENTS = (
    "Achats",
    "Communication",
    "Espaces verts",
    "Fêtes et logistique",
    "Mairie annexe",
    "Sports",
    "Vie scolaire",
    "Voirie",
)
"""Departments offered in a form; any other that already answers is added to them."""

FIELD = (Role.MEMBER, Role.LEAD, Role.ELU, Role.SECTOR_OFFICER, Role.DPC_OFFICER)
"""Those who meet organisations, and keep the list of their sector."""


def _city(read: Reading) -> Iterable[str]:
    return {CITY}


def _scopes_over(read: Reading, *, scope: str = "") -> frozenset[str]:
    """All scopes that cover ``scope``: itself, the city, and the sector of a committee."""
    try:
        committee_id = committee_of_scope(scope)
    except ValueError:
        return frozenset({CITY})
    sector = _sector_of(read, committee_id) if committee_id else None
    return frozenset({scope or CITY, CITY} | ({sector_scope(sector)} if sector else set()))


def _scopes_over_grant(read: Reading, *, grant_id: UUID) -> frozenset[str]:
    grants = tables.grants
    found = read.one(
        sa.select(grants.c.scope).where(grants.c.id == grant_id), "Ce rôle n’existe pas."
    )
    return _scopes_over(read, scope=found["scope"])


def _scopes_in_sector(read: Reading, *, sector: str) -> frozenset[str]:
    """The city, the sector and its committees: whoever acts there may enrich its list."""
    committees = tables.committees
    inside = read.rows(sa.select(committees.c.id).where(committees.c.sector == sector))
    return frozenset({CITY, sector_scope(sector)} | {committee_scope(row["id"]) for row in inside})


def _reads_relays_of(read: Reading, sector: str) -> bool:
    """Whether the one who asks may open the cards of a sector's organisations."""
    held = read.scopes(*FIELD, Role.AUDITOR)
    return bool(held & _scopes_in_sector(read, sector=sector))


def _scopes_over_relay(read: Reading, *, relay_id: UUID) -> frozenset[str]:
    relays = tables.relays
    found = read.one(
        sa.select(relays.c.sector).where(relays.c.id == relay_id),
        "Cette structure n’est pas dans l’annuaire.",
    )
    return _scopes_in_sector(read, sector=found["sector"])


def _scope_exists(read: Reading, *, scope: str) -> bool:
    """Whether a role may be given on ``scope``: an open committee, a sector that has one."""
    kind, _, value = scope.partition(":")
    committees = tables.committees
    opened = sa.select(committees.c.id).where(committees.c.closed_on.is_(None)).limit(1)
    try:
        if kind == "committee":
            return read.row(opened.where(committees.c.id == UUID(value))) is not None
    except ValueError:
        return False
    if kind == "sector":
        return read.row(opened.where(committees.c.sector == value)) is not None
    return scope == CITY or (kind == "department" and 0 < len(value) <= 100)


def _other_officer(read: Reading, person: UUID) -> bool:
    """Whether somebody else than ``person`` can invite and give roles for good.

    True too when ``person`` is no officer: nothing is lost then. The officers' rows are locked:
    two of them who leave at once see each other's departure.
    """
    grants = tables.grants
    holding = (
        sa.select(grants.c.person, grants.c.until)
        .where(
            grants.c.role == Role.DPC_OFFICER,
            grants.c.revoked_at.is_(None),
            *_in_force(read.today),
        )
        .order_by(grants.c.id)
        .with_for_update()
    )
    rows = read.rows(holding)
    is_officer = any(row["person"] == person for row in rows)
    return not is_officer or any(row["person"] != person and row["until"] is None for row in rows)


def _sectors(read: Reading) -> list[str]:
    """The sectors that have a committee, by name."""
    committees = tables.committees
    found = read.rows(
        sa.select(committees.c.sector)
        .where(committees.c.closed_on.is_(None))
        .distinct()
        .order_by(committees.c.sector)
    )
    return [row["sector"] for row in found]


def _departments(read: Reading) -> list[str]:
    """The departments that may answer, by name."""
    grants = tables.grants
    found = read.rows(
        sa.select(grants.c.scope).where(grants.c.scope.startswith("department:")).distinct()
    )
    known = {row["scope"].partition(":")[2] for row in found}
    return sorted(known | set(DEPARTMENTS))


def scopes_to_choose(read: Reading) -> list[dict[str, str]]:
    """The scopes that a role may be given on, as a menu shows them: scope and label."""
    committees = tables.committees
    found = [{"scope": CITY, "label": _plain_label(CITY)}]
    found += [{"scope": sector_scope(s), "label": s} for s in _sectors(read)]
    rows = read.rows(
        sa.select(committees.c.id, committees.c.name, committees.c.quartier)
        .where(committees.c.closed_on.is_(None))
        .order_by(committees.c.number)
    )
    found += [
        {"scope": committee_scope(r["id"]), "label": f"{r['name']}, {r['quartier']}"} for r in rows
    ]
    return found + [
        {"scope": department_scope(d), "label": f"Service {d}"} for d in _departments(read)
    ]


def _scope_label(read: Reading, scope: str) -> str:
    """A scope as a page says it: « CAC 17 », « Secteur Est », « Toute la ville »."""
    return _scope_labels(read, [scope])[scope]


def _scope_labels(read: Reading, scopes: Iterable[str]) -> dict[str, str]:
    """Scopes as a page says them."""
    wanted = set(scopes)
    ids = {s: c for s in wanted if s.startswith("committee:") and (c := committee_of_scope(s))}
    committees = tables.committees
    rows = read.rows(sa.select(committees).where(committees.c.id.in_(ids.values()))) if ids else []
    names = {row["id"]: row["name"] for row in rows}
    labels = {s: names.get(c, "Comité inconnu") for s, c in ids.items()}
    return labels | {s: _plain_label(s) for s in wanted if s not in ids}


def _plain_label(scope: str) -> str:
    return "Toute la ville" if scope == CITY else scope.partition(":")[2]


def _sector_of(read: Reading, committee_id: UUID) -> str | None:
    committees = tables.committees
    found = read.row(sa.select(committees.c.sector).where(committees.c.id == committee_id))
    return found["sector"] if found else None


def _in_force(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    grants = tables.grants
    return (
        grants.c.since.is_(None) | (grants.c.since <= day),
        grants.c.until.is_(None) | (grants.c.until >= day),
    )


def _standing(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Grants not withdrawn and not over: in force, or to come."""
    grants = tables.grants
    return grants.c.revoked_at.is_(None), grants.c.until.is_(None) | (grants.c.until >= day)


def _name(row: dict[str, Any]) -> str:
    return row["name"] or ERASED
