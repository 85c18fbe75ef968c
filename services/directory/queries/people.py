"""People, their roles and delegations, for those who keep the annuaire."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.mirror import role_label
from services.directory.model import folded
from services.directory.queries.scopes import _name, _scope_labels, _standing
from shared.store.reading import Reading

_PAGE = 30


def people_list(
    read: Reading, *, search: str = "", role: str = "", after: str | None = None
) -> dict[str, Any]:
    """A page of people by name; ``search`` is in the name (accents set aside) or the address."""
    people, grants = tables.people, tables.grants
    select = sa.select(people).where(people.c.erased_at.is_(None))
    if wanted := folded(search).strip():
        select = select.where(
            people.c.folded.contains(wanted, autoescape=True)
            | people.c.email.contains(wanted, autoescape=True)
        )
    if role:
        holders = sa.select(grants.c.person).where(grants.c.role == role, *_standing(read.today))
        select = select.where(people.c.id.in_(holders))
    rows, following = read.page(
        select, order=(people.c.folded, people.c.id), after=after, limit=_PAGE
    )
    roles = _roles_of(read, [row["id"] for row in rows])
    items = [{**row, "name": _name(row), "roles": roles.get(row["id"], [])} for row in rows]
    return {"items": items, "next": following}


def person_card(read: Reading, *, person_id: UUID) -> dict[str, Any]:
    """One person: contacts, roles standing and past, delegations, open sessions."""
    people, sessions = tables.people, tables.sessions
    card = read.one(
        sa.select(people).where(people.c.id == person_id),
        "Cette personne n’est pas dans l’annuaire.",
    )
    card["name"] = _name(card)
    card["roles"] = _roles_of(read, [person_id]).get(person_id, [])
    card["past_roles"] = _past_roles(read, person_id)
    card["delegations"] = _delegations(read, person_id)
    card["sessions"] = read.value(
        sa.select(sa.func.count()).where(
            sessions.c.person == person_id, sessions.c.expires_at > read.now
        )
    )
    return card


def delegations_list(read: Reading, *, after: str | None = None) -> dict[str, Any]:
    """Delegations, the latest first, with their holder's name and whether they stand today."""
    delegations = tables.delegations
    rows, following = read.page(
        sa.select(delegations),
        order=(delegations.c.since, delegations.c.id),
        after=after,
        limit=_PAGE,
        descending=True,
    )
    return {"items": _with_names(read, rows), "next": following}


def people_to_choose(read: Reading) -> list[dict[str, Any]]:
    """Everybody's id and name, for a menu: by name."""
    people = tables.people
    return read.rows(
        sa.select(people.c.id, people.c.name)
        .where(people.c.erased_at.is_(None))
        .order_by(people.c.folded)
        .limit(2000)
    )


def _delegations(read: Reading, person_id: UUID) -> list[dict[str, Any]]:
    delegations = tables.delegations
    rows = read.rows(
        sa.select(delegations)
        .where(delegations.c.delegate == person_id)
        .order_by(delegations.c.since.desc())
        .limit(_PAGE)
    )
    return _with_names(read, rows)


def _with_names(read: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people, day = tables.people, read.today
    ids = {row["delegate"] for row in rows}
    names = {
        row["id"]: _name(row)
        for row in read.rows(sa.select(people.c.id, people.c.name).where(people.c.id.in_(ids)))
    }
    for row in rows:
        row["name"] = names[row["delegate"]]
        if row["revoked_at"] is not None:
            row["state"] = "ended"
        elif row["since"] > day:
            row["state"] = "coming"
        else:
            row["state"] = "over" if row["until"] and row["until"] < day else "standing"
    return rows


def _roles_of(read: Reading, persons: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    grants = tables.grants
    rows = read.rows(
        sa.select(grants)
        .where(grants.c.person.in_(persons), *_standing(read.today))
        .order_by(grants.c.role, grants.c.scope)
    )
    return _labelled(read, rows)


def _past_roles(read: Reading, person_id: UUID) -> list[dict[str, Any]]:
    grants = tables.grants
    rows = read.rows(
        sa.select(grants)
        .where(grants.c.person == person_id, sa.not_(sa.and_(*_standing(read.today))))
        .order_by(grants.c.revoked_at.desc(), grants.c.id)
        .limit(_PAGE)
    )
    return _labelled(read, rows).get(person_id, [])


def _labelled(read: Reading, rows: list[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    labels = _scope_labels(read, [row["scope"] for row in rows])
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        row |= {"role_label": role_label(row["role"]), "scope_label": labels[row["scope"]]}
        found.setdefault(row["person"], []).append(row)
    return found
