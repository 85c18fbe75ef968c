"""Which scopes cover a thing of procurement, and what one may see of lists."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import CITY, Role, committee_scope, sector_scope
from services.procurement import tables
from shared.kernel.refusals import Forbidden
from shared.store.reading import Reading

_BUYERS = (
    Role.PROCUREMENT_OFFICER,
    Role.DPC_OFFICER,
    Role.DELEGATE,
    Role.FINANCE_CLERK,
    Role.AUDITOR,
)
_GROUP = (Role.MEMBER, Role.LEAD, Role.SECTOR_OFFICER, Role.ELU)
_ALL = (*_BUYERS, *_GROUP)


def _city(read: Reading) -> Iterable[str]:
    return {CITY}


def _scope_of_committee(read: Reading, *, committee_id: UUID) -> Iterable[str]:
    return mirror.scopes_of_committee(read, committee_id)


def _scope_of_purchase(read: Reading, *, purchase_id: UUID) -> Iterable[str]:
    purchases = tables.purchases
    found = read.one(
        sa.select(purchases.c.committee_id).where(purchases.c.id == purchase_id),
        "Cet achat n’existe pas.",
    )
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_line(read: Reading, *, line_id: UUID) -> Iterable[str]:
    lines = tables.budget_lines
    found = read.one(
        sa.select(lines.c.committee_id).where(lines.c.id == line_id),
        "Cette ligne de budget n’existe pas.",
    )
    return mirror.scopes_of_committee(read, found["committee_id"])


def _scope_of_transfer(read: Reading, *, from_id: UUID) -> Iterable[str]:
    return _scope_of_line(read, line_id=from_id)


def _scope_of_awaited(read: Reading, *, action_id: UUID) -> Iterable[str]:
    a = tables.awaited_lines
    found = read.one(
        sa.select(a.c.committee_id).where(a.c.id == action_id),
        "Ce report n’existe pas.",
    )
    return mirror.scopes_of_committee(read, found["committee_id"])


def _seen_by(
    read: Reading, committee: sa.ColumnElement[Any], *roles: str
) -> sa.ColumnElement[bool]:
    """The condition that keeps what the committees of these roles' scopes own."""
    scopes = read.scopes(*(roles or _ALL))
    if read.actor.system or CITY in scopes:
        return sa.true()
    return committee.in_([row["id"] for row in mirror.committees(read, scopes, closed=True)])


def _is_buyer(read: Reading, committee_id: UUID) -> bool:
    """Whether the reader is of those who may read quotes once they are open."""
    return _buys_for(read, mirror.committee(read, committee_id))


def _buys_for(read: Reading, committee: dict[str, Any] | None) -> bool:
    """The same for a committee already read: lists ask once for all their rows."""
    scopes = {CITY}
    if committee is not None:
        scopes |= {committee_scope(committee["id"]), sector_scope(committee["sector"])}
    return read.actor.system or bool(read.scopes(*_BUYERS) & scopes)


def _refuse_interested(read: Reading, purchase_id: UUID) -> None:
    """Who declared an interest no longer opens the file."""
    interests = tables.interests
    declared = sa.select(interests.c.person).where(
        interests.c.purchase_id == purchase_id, interests.c.person == read.actor.person
    )
    if read.actor.person is not None and read.row(declared) is not None:
        raise Forbidden(
            "Vous avez déclaré un intérêt dans ce dossier : il ne s’ouvre plus pour vous.",
            rule="Qui a un intérêt, même indirect, s’abstient.",
            missing="Rien : le dossier suit son cours sans vous.",
            unblocks="Une autre personne qui tient le même rôle.",
        )


def _committees(read: Reading) -> dict[UUID, dict[str, Any]]:
    return {row["id"]: row for row in mirror.committees(read, closed=True)}
