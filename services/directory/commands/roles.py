"""Roles: given by those the table of the model names, ended by them or given back."""

from datetime import date
from uuid import UUID

from services.directory.events import Role, WhyEnded
from services.directory.model import (
    LastOfficer,
    Person,
    RoleAlreadyHeld,
    RoleGrant,
    check_right_to_grant,
)
from services.directory.queries import _other_officer, _scope_exists, _scopes_over
from shared.kernel.refusals import Invalid, NotFound
from shared.store.unit_of_work import UnitOfWork


def grant_role(
    uow: UnitOfWork,
    *,
    person_id: UUID,
    role: str,
    scope: str,
    since: date | None = None,
    until: date | None = None,
    grant_id: UUID | None = None,
) -> UUID:
    """Give a role on a scope, for a time or without end.

    Refuses oneself, a role that others give, a scope that does not exist or does not suit the
    role, days already past, and the same role held at the same time.
    """
    check_right_to_grant(uow.actor, Role(role), _scopes_over(uow, scope=scope), uow.today)
    _check_scope_exists(uow, scope)
    person = uow.get(Person, person_id, hot=True)
    return _give(uow, person, Role(role), scope, since, until, grant_id)


def revoke_role(
    uow: UnitOfWork, *, grant_id: UUID, why: str = WhyEnded.WITHDRAWN, version: int | None = None
) -> None:
    """Withdraw a role now; refused to those who could not give it, and for the last officer."""
    grant = uow.get(RoleGrant, grant_id, version=version)
    covering = _scopes_over(uow, scope=grant.scope)
    check_right_to_grant(uow.actor, Role(grant.role), covering, uow.today)
    _revoke(uow, grant, WhyEnded(why))


def give_role_back(uow: UnitOfWork, *, grant_id: UUID) -> None:
    """Leave one's own role; refused to the last officer, and for what an act gave."""
    grant = uow.get(RoleGrant, grant_id)
    if grant.person != uow.actor.person:
        raise NotFound("Ce rôle n’est pas l’un des vôtres.")
    if grant.role is Role.DELEGATE:
        raise RoleFromAnAct()
    _revoke(uow, grant, WhyEnded.GIVEN_BACK)


class RoleFromAnAct(Invalid):
    """What an act gave ends with the act."""

    title = "Ce rôle vient d’un acte de délégation : il prend fin avec lui"


def _give(
    uow: UnitOfWork,
    person: Person,
    role: Role,
    scope: str,
    since: date | None,
    until: date | None,
    grant_id: UUID | None = None,
) -> UUID:
    person.still_here()
    held = uow.find_all(RoleGrant, person=person.id, role=role, scope=scope, revoked_at=None)
    if any(grant.overlaps(since or uow.today, until) for grant in held):
        raise RoleAlreadyHeld(
            "Cette personne a déjà ce rôle à ces dates.",
            rule="Un rôle ne se donne pas deux fois pour les mêmes jours.",
            missing="D’autres dates, ou le retrait du rôle en cours.",
            unblocks="Vous, en changeant les dates",
        )
    grant = RoleGrant.give(
        grant_id or uow.new_id(),
        person.id,
        role,
        scope,
        today=uow.today,
        giver=uow.actor.person,
        since=since,
        until=until,
    )
    return uow.add(grant).id


def _revoke(uow: UnitOfWork, grant: RoleGrant, why: WhyEnded) -> None:
    if grant.role is Role.DPC_OFFICER and not _other_officer(uow, grant.person):
        raise LastOfficer(
            "Ce rôle est celui de la dernière personne qui puisse inviter et donner des rôles.",
            rule="Il reste toujours au moins un agent de la DPC-CAC.",
            missing="Un autre agent de la DPC-CAC.",
            unblocks="Un agent de la DPC-CAC, en invitant d’abord un successeur",
        )
    grant.revoke(uow.now, why)


def _check_scope_exists(uow: UnitOfWork, scope: str) -> None:
    if not _scope_exists(uow, scope=scope):
        sentence = "Ce comité ou ce secteur n’existe pas, ou n’agit plus."
        raise Invalid(sentence, fields={"scope": sentence})
