"""What only a demonstration shows: who one may enter as, and the mails that were written."""

from typing import Any

import sqlalchemy as sa

from services.directory import tables
from services.directory.events import CITY, Role, committee_scope
from services.directory.mirror import ROLE_TASKS
from services.directory.queries.people import _roles_of
from shared.store.reading import Reading

_PAGE = 20


def personas(read: Reading) -> dict[str, Any]:
    """Those who hold a role: ``city`` beyond one committee, ``sectors`` committee by committee.

    Each with roles, scopes and one line on what is theirs to do.
    """
    people, committees = tables.people, tables.committees
    rows = read.rows(
        sa.select(people.c.id, people.c.name)
        .where(people.c.erased_at.is_(None), people.c.email.is_not(None))
        .order_by(people.c.folded)
        .limit(500)
    )
    roles = _roles_of(read, [row["id"] for row in rows])
    places = {
        committee_scope(row["id"]): (row["sector"], row["number"])
        for row in read.rows(sa.select(committees).order_by(committees.c.number))
    }
    city: list[dict[str, Any]] = []
    sectors: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["id"] in roles:
            shown = _persona(row, roles[row["id"]])
            sector, shown["order"] = _place(shown["roles"], places)
            (sectors.setdefault(sector, []) if sector else city).append(shown)
    for inside in sectors.values():
        inside.sort(key=lambda shown: shown["order"])
    return {"city": city, "sectors": sorted(sectors.items())}


def _persona(row: dict[str, Any], roles: list[dict[str, Any]]) -> dict[str, Any]:
    task = " ".join(dict.fromkeys(ROLE_TASKS[role["role"]] for role in roles))
    scopes = dict.fromkeys(role["scope_label"] for role in roles if role["scope"] != CITY)
    labels = dict.fromkeys(role["role_label"] for role in roles)
    where = f"{len(scopes)} comités" if len(scopes) > 3 else ", ".join(scopes)
    return {**row, "roles": roles, "task": task, "where": where, "as": ", ".join(labels)}


def _place(
    roles: list[dict[str, Any]], places: dict[str, tuple[str, int]]
) -> tuple[str, tuple[int, int]]:
    """The sector and the rank of somebody who acts in one committee only; else no sector."""
    if len(roles) == 1 and roles[0]["scope"] in places:
        sector, number = places[roles[0]["scope"]]
        return sector, (number, 0 if roles[0]["role"] == Role.LEAD else 1)
    return "", (0, 0)


def mails_written(read: Reading, *, after: str | None = None) -> dict[str, Any]:
    """The mails of a demonstration, the latest first."""
    mails = tables.mails
    rows, following = read.page(
        sa.select(mails),
        order=(mails.c.written_at, mails.c.id),
        after=after,
        limit=_PAGE,
        descending=True,
    )
    return {"items": rows, "next": following}
