"""What a service asks its own copy of the annuaire, with its own ``read`` or ``uow``."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from services.directory.events import (
    CITY,
    Role,
    committee_of_scope,
    committee_scope,
    sector_scope,
)
from services.directory.mirror.views import (
    committees_view,
    delegations_view,
    grants_view,
    names_view,
    relays_view,
)
from services.directory.mirror.words import ROLE_LABELS, role_label
from shared.kernel.rights import Grant

if TYPE_CHECKING:
    from shared.store.reading import Reading

ERASED = "Personne effacée"
"""What stands where a name was erased, or is not known (yet)."""


def committee(read: "Reading", committee_id: UUID) -> dict[str, Any] | None:
    """One committee: id, number, name, quartier, sector, closed_on; None when not known."""
    return read.row(sa.select(committees_view).where(committees_view.c.id == committee_id))


def committees(
    read: "Reading", scopes: Iterable[str] | None = None, closed: bool = False
) -> list[dict[str, Any]]:
    """The committees that ``scopes`` cover (all by default), by number; open ones unless asked."""
    query = sa.select(committees_view).order_by(committees_view.c.number)
    if not closed:
        query = query.where(committees_view.c.closed_on.is_(None))
    if scopes is not None and CITY not in (wanted := frozenset(scopes)):
        ids, sectors = _values(wanted, "committee"), _values(wanted, "sector")
        query = query.where(
            committees_view.c.id.in_([UUID(i) for i in ids]) | committees_view.c.sector.in_(sectors)
        )
    return read.rows(query)


def scopes_of_committee(read: "Reading", committee_id: UUID | None) -> frozenset[str]:
    """All scopes that cover a committee: itself, its sector, the city."""
    if committee_id is None:
        return frozenset({CITY})
    known = committee(read, committee_id)
    sector = {sector_scope(known["sector"])} if known else set()
    return frozenset({committee_scope(committee_id), CITY} | sector)


def name_of(read: "Reading", person: UUID | None) -> str:
    """How a person is called here; a sentence fit for a page when the name is gone."""
    return names_of(read, [person]).get(person, ERASED) if person else ERASED


def names_of(read: "Reading", persons: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names by person; one whose name is erased or not yet known is « Personne effacée »."""
    wanted = {p for p in persons if p is not None}
    if not wanted:
        return {}
    found = read.rows(sa.select(names_view).where(names_view.c.person.in_(wanted)))
    return dict.fromkeys(wanted, ERASED) | {row["person"]: row["name"] for row in found}


def holds(read: "Reading", person: UUID, role: str, *scopes: str, on: date | None = None) -> bool:
    """Whether ``person`` holds ``role`` on one of ``scopes`` (any when none is given) that day.

    Asked at the moment of an act of signature: a token may be a quarter of an hour old.
    """
    query = sa.select(grants_view.c.id).where(
        grants_view.c.person == person,
        grants_view.c.role == str(role),
        *_in_force(grants_view, on or read.today),
    )
    if scopes:
        query = query.where(grants_view.c.scope.in_(scopes))
    return read.row(query.limit(1)) is not None


def people_with(
    read: "Reading", role: str, scopes: Iterable[str] | None = None, on: date | None = None
) -> list[dict[str, Any]]:
    """Who holds ``role`` on one of ``scopes`` that day: person, name, scope; by name."""
    query = (
        sa.select(
            grants_view.c.person,
            sa.func.coalesce(names_view.c.name, ERASED).label("name"),
            grants_view.c.scope,
        )
        .select_from(grants_view.outerjoin(names_view, names_view.c.person == grants_view.c.person))
        .where(grants_view.c.role == str(role), *_in_force(grants_view, on or read.today))
        .order_by(names_view.c.name, grants_view.c.person)
    )
    if scopes is not None:
        query = query.where(grants_view.c.scope.in_(frozenset(scopes)))
    return read.rows(query)


def delegations_of(read: "Reading", person: UUID, on: date | None = None) -> list[dict[str, Any]]:
    """The delegations that ``person`` may use that day, the highest ceiling first.

    id, on_behalf_of, act_reference, ceiling_incl_tax (Decimal), since, until, scope, families.
    """
    query = (
        sa.select(delegations_view)
        .where(
            delegations_view.c.delegate == person,
            *_in_force(delegations_view, on or read.today),
        )
        .order_by(delegations_view.c.ceiling_incl_tax.desc(), delegations_view.c.id)
    )
    return read.rows(query)


def delegation_of(read: "Reading", person: UUID, on: date | None = None) -> dict[str, Any] | None:
    """The delegation with the highest ceiling that ``person`` may use that day, else None."""
    found = delegations_of(read, person, on)
    return found[0] if found else None


def relay(read: "Reading", relay_id: UUID) -> dict[str, Any] | None:
    """One organisation of the list, also one no longer active; None when not known."""
    return read.row(sa.select(relays_view).where(relays_view.c.id == relay_id))


def relays(read: "Reading", sector: str | None = None) -> list[dict[str, Any]]:
    """The organisations that may be called on, in ``sector`` or in the whole city, by name."""
    query = sa.select(relays_view).where(relays_view.c.active.is_(True))
    if sector is not None:
        query = query.where(relays_view.c.sector == sector)
    return read.rows(query.order_by(relays_view.c.organisation, relays_view.c.id))


def grants_of(read: "Reading", person: UUID) -> tuple[Grant, ...]:
    """What ``person`` holds, in force or to come."""
    columns = grants_view.c
    rows = read.rows(
        sa.select(columns.role, columns.scope, columns.since, columns.until)
        .where(columns.person == person, columns.until.is_(None) | (columns.until >= read.today))
        .order_by(columns.id)
    )
    return tuple(Grant(r["role"], r["scope"], r["since"], r["until"]) for r in rows)


def person_shown(read: "Reading") -> tuple[str, str]:
    """The name and the quality of the one who asks, as the header of every page says them."""
    held = widest(read.actor.grants, read.today)
    if held is None:
        return name_of(read, read.actor.person), role_label(Role.RESIDENT)
    return name_of(read, read.actor.person), role_label(held.role) + _of_committees(read, held)


def _of_committees(read: "Reading", held: Grant) -> str:
    """Which committee a header names, or how many; nothing where a role is held more widely."""
    committee_id = committee_of_scope(held.scope)
    if committee_id is None:
        return ""
    grants = (g for g in read.actor.grants if g.role == held.role and g.holds_on(read.today))
    if (several := len({g.scope for g in grants})) > 1:
        return f", {several} comités"
    known = committee(read, committee_id)
    return f", {known['name']}" if known else ""


def widest(grants: Iterable[Grant], day: date) -> Grant | None:
    """Of what is held that day, the grant that a header names: the widest scope first."""
    order, width = list(ROLE_LABELS), ["city", "department", "sector", "committee"]

    def place(grant: Grant) -> tuple[int, int]:
        kind = grant.scope.partition(":")[0]
        return (
            width.index(kind) if kind in width else len(width),
            order.index(Role(grant.role)) if grant.role in order else len(order),
        )

    return min((g for g in grants if g.holds_on(day)), key=place, default=None)


def _in_force(table: sa.Table, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    since, until = table.c.since, table.c.until
    return (since.is_(None) | (since <= day), until.is_(None) | (until >= day))


def _values(scopes: Iterable[str], kind: str) -> list[str]:
    return [scope.partition(":")[2] for scope in scopes if scope.startswith(f"{kind}:")]
