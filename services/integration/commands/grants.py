"""Grants: made, changed, revoked; and their keys, each readable once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import CITY, committee_scope
from services.integration import tables
from services.integration.model import MOST_OVERLAP, REAL, FeedGrant, Terms, mint
from services.integration.model.refusals import wrong
from services.integration.queries import catalogue
from shared.store.unit_of_work import UnitOfWork


class Issued(NamedTuple):
    """A new key, for the one moment in which it is readable."""

    key: str
    prefix: str


def grant_feed(
    uow: UnitOfWork,
    *,
    name: str,
    department: str,
    types: Sequence[str],
    scopes: Sequence[str],
    since: date | None = None,
    until: date | None = None,
    contact: UUID | None = None,
    grant_id: UUID | None = None,
) -> UUID:
    """Let a system of a department read these types of facts of these committees.

    ``types`` are those of the catalogue, or ``cac.<service>.*``. Refuses unknown types and
    scopes, and days in the wrong order. It reads nothing before it has a key.
    """
    terms = _terms(uow, types, scopes, since or uow.today, until)
    made = FeedGrant(
        id=grant_id or uow.new_id(),
        name=name,
        department=department,
        contact=contact,
        types=list(terms.types),
        scopes=list(terms.scopes),
        since=terms.since,
        until=terms.until,
        made_at=uow.now,
    )
    return uow.add(made).id


def change_grant(
    uow: UnitOfWork,
    *,
    grant_id: UUID,
    types: Sequence[str],
    scopes: Sequence[str],
    since: date,
    until: date | None = None,
    contact: UUID | None = None,
    version: int | str | None = None,
) -> None:
    """Open more or less, from the next read on; refuses for a revoked grant."""
    grant = uow.get(FeedGrant, grant_id, version=version)
    grant.change(_terms(uow, types, scopes, since, until), contact)


def _terms(
    uow: UnitOfWork, types: Sequence[str], scopes: Sequence[str], since: date, until: date | None
) -> Terms:
    named = [_scope(uow, scope) for scope in dict.fromkeys(scopes)]
    terms = Terms(types=list(dict.fromkeys(types)), scopes=named, since=since, until=until)
    terms.check([row["type"] for row in catalogue(uow)])
    return terms


def _scope(uow: UnitOfWork, scope: str) -> str:
    """``scope`` as it is kept; a committee may be given by its number."""
    kind, _, value = scope.partition(":")
    known = mirror.committees(uow, closed=True)
    if scope == CITY or (kind == "sector" and any(row["sector"] == value for row in known)):
        return scope
    for row in known:
        if kind == "committee" and value in (str(row["id"]), str(row["number"])):
            return committee_scope(row["id"])
    raise wrong("scopes", f"Ce secteur ou ce comité n’existe pas : {scope[:120]}")


def issue_key(
    uow: UnitOfWork, *, grant_id: UUID, overlap: int = 7, version: int | str | None = None
) -> Issued:
    """A new key for a grant, readable in this answer only; the one before is valid for
    ``overlap`` days more.

    Refuses while two keys are valid, and for a revoked grant.
    """
    if not 0 <= overlap <= MOST_OVERLAP:
        raise wrong("overlap", f"Entre 0 et {MOST_OVERLAP} jours.")
    minted = mint(REAL)
    grant = uow.get(FeedGrant, grant_id, version=version)
    grant.issue(uow.new_id(), minted, uow.now, overlap)
    count = {"prefix": minted.prefix, "total": 0, "minute": 0, "in_minute": 0}
    uow.connection.execute(tables.readings.insert(), count)
    return Issued(minted.key, minted.prefix)


def withdraw_key(uow: UnitOfWork, *, grant_id: UUID, key_id: UUID) -> None:
    """A key opens nothing any more, at once: it was lost, or its successor is in place."""
    uow.get(FeedGrant, grant_id).withdraw(key_id, uow.now)


def end_grant(uow: UnitOfWork, *, grant_id: UUID, why: str) -> None:
    """Revoke a grant with all its keys, at once, for a reason that stays readable."""
    uow.get(FeedGrant, grant_id).end(why, uow.now)
