"""Delegations of signature: recorded from their act, ended by name or with the mandate."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.directory.events import CITY, Role, WhyEnded
from services.directory.model import Delegation, Person, RoleGrant
from shared.store.unit_of_work import UnitOfWork


def record_delegation(
    uow: UnitOfWork,
    *,
    delegate: UUID,
    on_behalf_of: str,
    act_reference: str,
    ceiling_incl_tax: Decimal,
    since: date,
    until: date | None = None,
    families: Sequence[str] = (),
    delegation_id: UUID | None = None,
) -> UUID:
    """Record an act that lets ``delegate`` sign for the city up to a ceiling, taxes included.

    The role of delegate comes with it, for the same days. Refuses one's own delegation, a ceiling
    of nothing, an end that is past.
    """
    person = uow.get(Person, delegate, hot=True)
    person.still_here()
    grant = uow.add(
        RoleGrant.give(
            uow.new_id(),
            delegate,
            Role.DELEGATE,
            CITY,
            today=uow.today,
            giver=uow.actor.person,
            since=since,
            until=until,
        )
    )
    # The role stands before the delegation that points at it.
    uow.flush()
    delegation = Delegation.enact(
        delegation_id or uow.new_id(),
        delegate,
        grant.id,
        on_behalf_of=on_behalf_of,
        act_reference=act_reference,
        ceiling_incl_tax=ceiling_incl_tax,
        since=since,
        until=until,
        recorder=uow.actor.person,
        families=families,
    )
    return uow.add(delegation).id


def revoke_delegation(
    uow: UnitOfWork,
    *,
    delegation_id: UUID,
    why: str = WhyEnded.WITHDRAWN,
    version: int | None = None,
) -> None:
    """End a delegation now, and the role that came with it; refused a second time."""
    _end(uow, uow.get(Delegation, delegation_id, version=version), WhyEnded(why))


def end_delegations_of_the_mandate(uow: UnitOfWork) -> int:
    """The council was renewed: every delegation ends. Returns how many did."""
    standing = uow.find_all(Delegation, revoked_at=None)
    for delegation in standing:
        _end(uow, delegation, WhyEnded.MANDATE_ENDED)
    return len(standing)


def _end(uow: UnitOfWork, delegation: Delegation, why: WhyEnded) -> None:
    delegation.revoke(uow.now, why)
    grant = uow.get(RoleGrant, delegation.grant_id)
    if grant.revoked_at is None:
        grant.revoke(uow.now, why)
