"""People: invited, reached, forgotten."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.commands.messages import DIGEST, _write
from services.directory.commands.roles import _check_scope_exists, _give
from services.directory.events import CITY, Role, WhyEnded
from services.directory.gateways import Site
from services.directory.model import (
    Channel,
    Delegation,
    LastOfficer,
    Person,
    RoleGrant,
    Session,
    check_right_to_grant,
    fingerprint,
    normal_email,
)
from services.directory.queries import _other_officer, _scopes_over
from shared.kernel.refusals import Refused
from shared.store.unit_of_work import UnitOfWork


class AddressTaken(Refused):
    """One address lets one person in."""


def invite_person(
    uow: UnitOfWork,
    *,
    name: str,
    email: str = "",
    phone: str = "",
    role: str = "",
    scope: str = "",
    since: date | None = None,
    until: date | None = None,
    person_id: UUID | None = None,
) -> UUID:
    """Take somebody into the annuaire, give a role, and send a mail that says how to enter.

    Whoever already has this address keeps their name and receives the role. Without an address
    nothing is sent: the person is told otherwise, and may be given an address later. Refuses a
    known address without a role, and what ``grant_role`` refuses.
    """
    if role:
        check_right_to_grant(uow.actor, Role(role), _scopes_over(uow, scope=scope), uow.today)
        _check_scope_exists(uow, scope)
    known = uow.find(Person, email=address) if (address := normal_email(email)) else None
    if known is not None and not role:
        raise _taken()
    person = known or uow.add(Person.welcome(person_id or uow.new_id(), name, email, phone))
    uow.flush()  # the person stands before what points at them
    if role:
        _give(uow, person, Role(role), scope, since, until)
    if person.email:
        _write(uow, person, "Vous êtes invité·e sur Rond Kozé", _invitation(uow.gateway("Site")))
    return person.id


def invite_first_officer(
    uow: UnitOfWork, *, email: str, name: str, role: Role = Role.DPC_OFFICER
) -> UUID:
    """Command line: make the first DPC-CAC officer of an installation, who invites the others.

    Also an administrator (``role``), whom nobody can make from a page. Run again with the same
    address, it only sends the mail again.
    """
    known = uow.find(Person, email=normal_email(email))
    if known and uow.find(RoleGrant, person=known.id, role=role, revoked_at=None):
        _write(uow, known, "Vous êtes invité·e sur Rond Kozé", _invitation(uow.gateway("Site")))
        return known.id
    return invite_person(uow, name=name, email=email, role=role, scope=CITY)


def change_contacts(
    uow: UnitOfWork,
    *,
    person_id: UUID,
    name: str,
    email: str,
    phone: str,
    version: int | None = None,
) -> None:
    """An officer corrects a name or the ways to reach someone; refuses another's address."""
    person = uow.get(Person, person_id, version=version)
    _change(uow, person, name, email, phone)


def change_my_account(
    uow: UnitOfWork, *, name: str, email: str, phone: str, channel: str, version: int | None = None
) -> None:
    """One's own name, address, phone and way of being told things.

    An address that changes ends the other sessions: who reads the old mailbox stays out.
    """
    assert uow.actor.person is not None
    person = uow.get(Person, uow.actor.person, version=version)
    before = person.email
    _change(uow, person, name, email, phone)
    person.choose(Channel(channel))
    if person.email != before:
        _end_other_sessions(uow, person.id)


def erase_me(uow: UnitOfWork) -> None:
    """Forget the one who asks: see ``erase_person``."""
    assert uow.actor.person is not None
    _erase(uow, uow.get(Person, uow.actor.person, hot=True))


def erase_person(uow: UnitOfWork, *, person_id: UUID) -> None:
    """Forget a person: name, contacts, sessions, codes, messages and mails go, roles end.

    What the person decided stays, under an id that no longer leads to anybody. Refused for the
    last DPC-CAC officer: nobody could invite a successor.
    """
    _erase(uow, uow.get(Person, person_id, hot=True))


def _change(uow: UnitOfWork, person: Person, name: str, email: str, phone: str) -> None:
    holder = uow.find(Person, email=address) if (address := normal_email(email)) else None
    if holder is not None and holder is not person:
        raise _taken()
    person.rename(name)
    person.change_contacts(email, phone)
    if person.email is None:
        person.choose(Channel.PAGE)


def _end_other_sessions(uow: UnitOfWork, person_id: UUID) -> None:
    # A token knows its session by the beginning of the fingerprint.
    for session in uow.find_all(Session, person=person_id):
        if not session.is_known_as(uow.actor.session):
            uow.delete(session)


def _taken() -> AddressTaken:
    sentence = "Cette adresse est déjà celle d’une personne de l’annuaire."
    return AddressTaken(
        sentence,
        rule="Une adresse laisse entrer une seule personne.",
        missing="Une autre adresse, ou aucune.",
        unblocks="Un agent de la DPC-CAC, qui peut chercher cette adresse dans l’annuaire",
        fields={"email": sentence},
    )


def _invitation(site: Site) -> str:
    return (
        "Bonjour,\n\n"
        "Vous êtes invité·e sur Rond Kozé, l’outil des comités d’action citoyenne.\n"
        "Pour entrer, donnez cette adresse de courriel : vous recevrez un code à six chiffres.\n\n"
        f"{site.url}/directory/entrer\n"
    )


def _erase(uow: UnitOfWork, person: Person) -> None:
    if not _other_officer(uow, person.id):
        raise LastOfficer(
            "Vous êtes la dernière personne qui puisse inviter et donner des rôles.",
            rule="Il reste toujours au moins un agent de la DPC-CAC.",
            missing="Un autre agent de la DPC-CAC.",
            unblocks="Vous, en invitant d’abord un autre agent",
        )
    for delegation in uow.find_all(Delegation, delegate=person.id, revoked_at=None):
        delegation.revoke(uow.now, WhyEnded.ERASED)
    for grant in uow.find_all(RoleGrant, person=person.id, revoked_at=None):
        grant.revoke(uow.now, WhyEnded.ERASED)
    uow.unschedule(DIGEST, person.id)
    address = fingerprint(person.email) if person.email else ""
    person.erase(uow.now)
    _forget(uow, person.id, address)


def _forget(uow: UnitOfWork, person_id: UUID, address: str) -> None:
    codes, attempts = tables.codes, tables.attempts
    for table in (tables.sessions, tables.messages, tables.mails):
        uow.connection.execute(table.delete().where(table.c.person == person_id))
    uow.connection.execute(
        codes.delete().where(sa.or_(codes.c.person == person_id, codes.c.address == address))
    )
    uow.connection.execute(attempts.delete().where(attempts.c.key == address))
