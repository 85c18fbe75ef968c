"""What a person sees of themselves, and what a token says of them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.events import Role
from services.directory.mirror import role_label, widest
from services.directory.model import Session, fingerprint
from services.directory.queries.people import _roles_of
from services.directory.queries.scopes import _name, _scope_label, _standing
from shared.kernel.rights import Grant
from shared.store.reading import Reading

_PAGE = 20


def my_account(read: Reading) -> dict[str, Any]:
    """Name, contacts, roles, open sessions; ``mine`` marks the session that asks."""
    people, sessions = tables.people, tables.sessions
    person = _me(read)
    card = read.one(sa.select(people).where(people.c.id == person))
    card["name"] = _name(card)
    card["roles"] = _roles_of(read, [person]).get(person, [])
    card["sessions"] = read.rows(
        sa.select(sessions)
        .where(sessions.c.person == person, sessions.c.expires_at > read.now)
        .order_by(sessions.c.opened_at.desc())
        .limit(50)
    )
    for row in card["sessions"]:
        secret = row.pop("secret")
        row["mine"] = secret[: Session.SHORT] == read.actor.session
    return card


def my_messages(read: Reading, *, after: str | None = None) -> dict[str, Any]:
    """One's delivered messages, the latest first."""
    messages = tables.messages
    rows, following = read.page(
        sa.select(messages).where(
            messages.c.person == _me(read), messages.c.delivered_at.is_not(None)
        ),
        order=(messages.c.due, messages.c.id),
        after=after,
        limit=_PAGE,
        descending=True,
    )
    return {"items": rows, "next": following}


def unread_messages(read: Reading) -> int:
    """How many messages one has not opened."""
    messages = tables.messages
    return int(
        read.value(
            sa.select(sa.func.count()).where(
                messages.c.person == _me(read),
                messages.c.delivered_at.is_not(None),
                messages.c.read_at.is_(None),
            )
        )
    )


def session_of(read: Reading, *, secret: str) -> dict[str, Any] | None:
    """The session of a cookie: person, short name, grants in force or to come.

    None when the secret opens nothing (any more).
    """
    sessions, people = tables.sessions, tables.people
    hashed = fingerprint(secret)
    found = read.row(
        sa.select(sessions.c.person)
        .join_from(sessions, people, people.c.id == sessions.c.person)
        .where(
            sessions.c.secret == hashed,
            sessions.c.expires_at > read.now,
            people.c.erased_at.is_(None),
        )
    )
    if found is None:
        return None
    held = [(g.role, g.scope, g.since, g.until) for g in _grants_of(read, found["person"])]
    return {"person": found["person"], "session": hashed[: Session.SHORT], "grants": held}


def _person_shown(read: Reading) -> tuple[str, str]:
    """The name and the quality of the one who asks, from the truth rather than a mirror of it."""
    people = tables.people
    found = read.row(sa.select(people.c.name).where(people.c.id == read.actor.person))
    name, held = _name(found or {"name": None}), widest(read.actor.grants, read.today)
    if held is None:
        return name, role_label(Role.RESIDENT)
    committee = held.scope.startswith("committee:")
    where = f", {_scope_label(read, held.scope)}" if committee else ""
    return name, role_label(held.role) + where


def _grants_of(read: Reading, person: UUID) -> list[Grant]:
    """What ``person`` holds, in force or to come."""
    grants = tables.grants
    rows = read.rows(
        sa.select(grants.c.role, grants.c.scope, grants.c.since, grants.c.until)
        .where(grants.c.person == person, *_standing(read.today))
        .order_by(grants.c.id)
    )
    return [Grant(str(r["role"]), r["scope"], r["since"], r["until"]) for r in rows]


def _me(read: Reading) -> UUID:
    assert read.actor.person is not None
    return read.actor.person
