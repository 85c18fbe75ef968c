"""Roles: who may hold which one, on what, for how long, and who may give it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.directory.events import (
    Role,
    RoleGranted,
    RoleRevoked,
    WhyEnded,
    committee_of_scope,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Forbidden, Invalid, Refused
from shared.kernel.rights import Actor, Grant

_DPC = (Role.DPC_OFFICER,)

# The kind of scope of each role, and the roles that may give it (on a scope that covers it).
# Residents need no role; an administrator is named on the command line only; a delegate is named
# by an act, which is recorded as a delegation.
_TABLE: dict[Role, tuple[str, tuple[Role, ...]]] = {
    Role.MEMBER: ("committee", (Role.LEAD, Role.SECTOR_OFFICER, Role.DPC_OFFICER)),
    Role.LEAD: ("committee", _DPC),
    Role.ELU: ("committee", _DPC),
    Role.SECTOR_OFFICER: ("sector", _DPC),
    Role.RELAY: ("sector", (Role.SECTOR_OFFICER, Role.DPC_OFFICER)),
    Role.DEPARTMENT_AGENT: ("department", _DPC),
    Role.PRINT_SERVICE: ("department", _DPC),
    Role.ANNEXE_DESK: ("department", _DPC),
    Role.DPC_OFFICER: ("city", _DPC),
    Role.PROCUREMENT_OFFICER: ("city", _DPC),
    Role.FINANCE_CLERK: ("city", _DPC),
    Role.AUDITOR: ("city", _DPC),
    Role.DELEGATE: ("city", ()),
    Role.ADMINISTRATOR: ("city", ()),
}

SCOPE_KIND: dict[Role, str] = {role: kind for role, (kind, _) in _TABLE.items()}
GRANTED_BY: dict[Role, tuple[Role, ...]] = {role: by for role, (_, by) in _TABLE.items()}
GRANTABLE: tuple[Role, ...] = tuple(role for role, by in GRANTED_BY.items() if by)


class GrantToOneself(Forbidden):
    """Nobody gives themselves a role."""


class NotYoursToGrant(Forbidden):
    """This role is given by others."""


class DelegateNeedsAnAct(Refused):
    """Who signs for the city is named by an act, not by a click."""


class RoleAlreadyHeld(Refused):
    """The same role, on the same scope, for days that overlap."""


class RoleEnded(Refused):
    """A role that was withdrawn is not withdrawn again."""


class LastOfficer(Refused):
    """Somebody must be left who can invite and give roles."""


def check_right_to_grant(actor: Actor, role: Role, covering: Iterable[str], today: date) -> None:
    """Refuse unless ``actor`` holds a role that gives ``role`` on one of the ``covering`` scopes.

    The system (command line, demonstration data) may give any.
    """
    if actor.system:
        return
    if role is Role.DELEGATE:
        raise DelegateNeedsAnAct(
            "Ce rôle ne se donne pas d’ici.",
            rule="Une personne signe pour la ville en vertu d’un acte, d’un plafond et de dates.",
            missing="Un acte de délégation.",
            unblocks="Un agent de la DPC-CAC, en enregistrant la délégation",
        )
    if not actor.scopes(GRANTED_BY.get(role, ()), today) & frozenset(covering):
        raise NotYoursToGrant(
            "Vous ne pouvez pas donner ni retirer ce rôle ici.",
            rule="Chaque rôle est donné par ceux que l’annuaire nomme, sur leur périmètre.",
            missing="Le droit de donner ce rôle.",
            unblocks=(
                "Une personne qui a accès au serveur, en ligne de commande"
                if not GRANTED_BY.get(role)
                else "Un agent de la DPC-CAC"
            ),
        )


def _check_scope(role: Role, scope: str) -> None:
    kind = SCOPE_KIND.get(role)
    if kind is None:
        sentence = "Ce rôle ne se donne pas : une personne connectée est déjà habitante."
        raise Invalid(sentence, fields={"role": sentence})
    found, _, value = scope.partition(":")
    if found != kind or (kind != "city" and not value):
        wanted = {
            "city": "toute la ville",
            "committee": "un comité",
            "sector": "un secteur",
            "department": "un service de la ville",
        }[kind]
        sentence = f"Ce rôle se donne sur {wanted}."
        raise Invalid(sentence, fields={"scope": sentence})


def _check_days(role: Role, since: date | None, until: date | None, today: date) -> None:
    if until is not None and (until < today or (since is not None and until < since)):
        sentence = "La fin est avant le début, ou déjà passée."
        raise Invalid(sentence, fields={"until": sentence})
    if role is Role.AUDITOR and until is None:
        sentence = "Un accès de contrôle a toujours une fin."
        raise Invalid(sentence, fields={"until": sentence})


@dataclass(eq=False, kw_only=True)
class RoleGrant(Aggregate):
    """A role held by a person on a scope, between two days (both included; None is open)."""

    id: UUID
    version: int = 1
    person: UUID
    role: Role
    scope: str
    since: date | None = None
    until: date | None = None
    revoked_at: datetime | None = None

    @classmethod
    def give(
        cls,
        id: UUID,  # noqa: A002
        person: UUID,
        role: Role,
        scope: str,
        *,
        today: date,
        giver: UUID | None,
        since: date | None = None,
        until: date | None = None,
    ) -> "RoleGrant":
        """Give ``role``; refuses oneself, a scope of another kind, days that cannot be."""
        if giver == person:
            raise GrantToOneself(
                "Vous ne pouvez pas vous donner un rôle à vous-même.",
                rule="Un rôle est donné par une autre personne.",
                missing="La décision de quelqu’un d’autre.",
                unblocks="Un autre agent de la DPC-CAC",
            )
        _check_scope(role, scope)
        _check_days(role, since, until, today)
        grant = cls(id=id, person=person, role=role, scope=scope, since=since, until=until)
        grant.record(
            RoleGranted(
                committee_id=committee_of_scope(scope),
                grant_id=id,
                person=person,
                role=str(role),
                scope=scope,
                since=since,
                until=until,
            )
        )
        return grant

    def revoke(self, now: datetime, why: WhyEnded) -> None:
        """Withdraw the role at once; refused a second time."""
        if self.revoked_at is not None:
            raise RoleEnded("Ce rôle a déjà été retiré.", rule="Un rôle se retire une seule fois.")
        self.revoked_at = now
        self.record(
            RoleRevoked(
                committee_id=committee_of_scope(self.scope),
                grant_id=self.id,
                person=self.person,
                role=str(self.role),
                scope=self.scope,
                reason=why,
            )
        )

    def in_force(self, day: date) -> bool:
        """Whether the role counts on ``day``."""
        as_right = Grant(str(self.role), self.scope, self.since, self.until)
        return self.revoked_at is None and as_right.holds_on(day)

    def overlaps(self, since: date | None, until: date | None) -> bool:
        """Whether the role, not withdrawn, shares a day with the period from since to until."""
        if self.revoked_at is not None:
            return False
        starts_after = self.since is not None and until is not None and self.since > until
        ends_before = self.until is not None and since is not None and self.until < since
        return not (starts_after or ends_before)
