"""Entering and leaving: a code by mail, a session per browser, no password."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import tables
from services.directory.commands.messages import _write
from services.directory.model import (
    CodeOutcome,
    Person,
    Session,
    SignInCode,
    TooManyRequests,
    fingerprint,
    normal_email,
)
from shared.kernel.refusals import Invalid, NotFound
from shared.store.unit_of_work import UnitOfWork

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)
_MAILS_KEPT = timedelta(days=30)
_MESSAGES_KEPT = timedelta(days=365)

# In one hour. Phones of a whole quartier may share one network address.
_CODES_PER_ADDRESS = 5
_CODES_PER_NETWORK = 60
_TRIES_PER_NETWORK = 200


def ask_for_code(uow: UnitOfWork, *, email: str, network: str = "") -> None:
    """Send a six-digit code to ``email`` if somebody has it; says nothing of whether one does.

    Refuses what cannot be an address, and more than five codes an hour for one address or sixty
    for one network address.
    """
    address = normal_email(email)
    if address is None:
        sentence = "Donnez votre adresse de courriel."
        raise Invalid(sentence, fields={"email": sentence})
    _forget_old(uow)
    _count(uow, "code-network", network, _CODES_PER_NETWORK)
    _count(uow, "code-address", address, _CODES_PER_ADDRESS)
    person = uow.find(Person, email=address)
    code = f"{secrets.randbelow(1_000_000):06}"
    uow.add(
        SignInCode.issue(
            uow.new_id(), fingerprint(address), person.id if person else None, code, uow.now
        )
    )
    if person:
        _write(uow, person, "Votre code pour entrer dans Rond Kozé", _code_text(code))


def enter_code(
    uow: UnitOfWork, *, email: str, code: str, network: str = "", device: str = ""
) -> dict[str, Any]:
    """Try a code: a session when it is right.

    Returns ``outcome`` (entered, wrong, over), ``secret`` (for the cookie, kept nowhere else) and
    ``tries_left``. A wrong code is an answer, not a refusal: the try must stay counted.
    """
    _count(uow, "try-network", network, _TRIES_PER_NETWORK)
    last = _last_code(uow, fingerprint(normal_email(email) or ""))
    if last is None:
        return {"outcome": CodeOutcome.OVER, "secret": None, "tries_left": 0}
    issued = uow.get(SignInCode, last, hot=True)
    digits = "".join(c for c in code if c.isdigit())
    outcome = issued.attempt(digits, uow.now)
    secret = None
    if outcome is CodeOutcome.ENTERED and issued.person is not None:
        secret = _open(uow, issued.person, device)
    return {"outcome": outcome, "secret": secret, "tries_left": issued.tries_left()}


def enter_as(uow: UnitOfWork, *, person_id: UUID, device: str = "") -> str:
    """Demonstration only: enter as somebody without a code; NotFound anywhere else."""
    if not uow.gateway("Site").demonstration:
        raise NotFound()
    uow.get(Person, person_id).still_here()
    return _open(uow, person_id, device)


def sign_out(uow: UnitOfWork, *, secret: str) -> None:
    """End the session of this browser, if it has one."""
    session = uow.find(Session, secret=fingerprint(secret))
    if session is not None:
        uow.delete(session)


def end_my_session(uow: UnitOfWork, *, session_id: UUID) -> None:
    """End one of one's own sessions, from any browser."""
    session = uow.get(Session, session_id)
    if session.person != uow.actor.person:
        raise NotFound("Cette session n’est pas l’une des vôtres.")
    uow.delete(session)


def end_sessions_of(uow: UnitOfWork, *, person_id: UUID) -> int:
    """An officer ends all sessions of a person (a lost phone); returns how many."""
    sessions = uow.find_all(Session, person=person_id)
    for session in sessions:
        uow.delete(session)
    return len(sessions)


def _open(uow: UnitOfWork, person_id: UUID, device: str) -> str:
    secret = secrets.token_urlsafe(32)
    uow.add(Session.open(uow.new_id(), person_id, fingerprint(secret), device, uow.now))
    return secret


def _last_code(uow: UnitOfWork, address: str) -> UUID | None:
    codes = tables.codes
    found = uow.row(
        sa.select(codes.c.id)
        .where(codes.c.address == address)
        .order_by(codes.c.expires_at.desc(), codes.c.id.desc())
        .limit(1)
    )
    return found["id"] if found else None


def _count(uow: UnitOfWork, kind: str, key: str, most: int) -> None:
    """Note one more attempt of ``kind`` by ``key``; refuse when an hour already holds ``most``."""
    attempts, hashed = tables.attempts, fingerprint(key)
    counted = uow.value(
        sa.select(sa.func.count()).where(
            attempts.c.kind == kind, attempts.c.key == hashed, attempts.c.at > uow.now - _HOUR
        )
    )
    if counted >= most:
        raise TooManyRequests(
            "Trop de demandes en peu de temps. Attendez une heure, puis recommencez.",
            rule="Le nombre de codes par heure est limité, pour que personne ne les devine.",
            missing="Un peu de temps.",
            unblocks="Un agent de la DPC-CAC peut vous aider à entrer",
        )
    uow.connection.execute(
        attempts.insert().values(id=uow.new_id(), kind=kind, key=hashed, at=uow.now)
    )


def _forget_old(uow: UnitOfWork) -> None:
    # Done when somebody enters: what nobody adds to needs no cleaning.
    for column, kept in (
        (tables.attempts.c.at, _KEPT),
        (tables.codes.c.expires_at, _KEPT),
        (tables.sessions.c.expires_at, timedelta(0)),
        (tables.mails.c.sent_at, _MAILS_KEPT),
        (tables.messages.c.delivered_at, _MESSAGES_KEPT),
    ):
        uow.connection.execute(column.table.delete().where(column < uow.now - kept))


def _code_text(code: str) -> str:
    return (
        "Bonjour,\n\n"
        f"Votre code pour entrer dans Rond Kozé : {code}\n\n"
        "Il sert une fois, pendant dix minutes. Ne le donnez à personne.\n"
        "Vous n’avez rien demandé ? Ne faites rien : sans ce code, personne n’entre.\n"
    )
