"""What only a demonstration shows: who one may enter as, and the mails that were written."""

from typing import Any

import sqlalchemy as sa

from services.directory import tables
from services.directory.events import Role
from services.directory.mirror import ROLE_TASKS
from services.directory.queries.people import _roles_of
from shared.store.reading import Reading

_PAGE = 20
_COMMITTEE_PEOPLE = (Role.LEAD, Role.MEMBER, Role.ELU)


def personas(read: Reading) -> list[dict[str, Any]]:
    """People with a role, city first; of the committees only those of the first that have a lead.

    Each with roles, scopes and one line on what is theirs to do.
    """
    people = tables.people
    rows = read.rows(
        sa.select(people.c.id, people.c.name, people.c.folded)
        .where(people.c.erased_at.is_(None), people.c.email.is_not(None))
        .order_by(people.c.folded)
        .limit(400)
    )
    roles = _roles_of(read, [row["id"] for row in rows])
    found = [{**row, "roles": roles[row["id"]]} for row in rows if row["id"] in roles]
    for row in found:
        row["task"] = " ".join(dict.fromkeys(ROLE_TASKS[r["role"]] for r in row["roles"]))
        row["of_committee"] = all(r["role"] in _COMMITTEE_PEOPLE for r in row["roles"])
    return found


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
