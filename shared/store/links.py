"""Links that let somebody without an account answer once, on a phone.

The link is readable when it is made and never after: the table keeps its hash. Opening it changes
nothing (a mail scanner opens links); the answer uses it up, in the transaction of the answer.
"""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from shared.kernel.refusals import NotFound, Refused
from shared.store.clock import LOCAL
from shared.store.reading import Reading
from shared.store.tables import links
from shared.store.unit_of_work import UnitOfWork


class LinkUnknown(NotFound):
    """No such link: cut while it was copied, or replaced by a newer one (404)."""

    title = "Ce lien n’est pas, ou plus, le bon"


class LinkUsed(Refused):
    """The answer was already given with this link (409)."""

    title = "Ce lien a déjà servi"


class LinkExpired(Refused):
    """The time to answer is over (409)."""

    title = "Ce lien n’est plus valable"


def issue(uow: UnitOfWork, purpose: str, subject: UUID, until: datetime) -> str:
    """A new secret for a link to ``subject``; an earlier one for the same no longer works."""
    secret = secrets.token_urlsafe(24)
    here = (links.c.purpose == purpose, links.c.subject == subject)
    uow.connection.execute(links.delete().where(*here))
    uow.connection.execute(
        links.insert(),
        {
            "fingerprint": _fingerprint(secret),
            "purpose": purpose,
            "subject": subject,
            "until": until,
        },
    )
    return secret


def withdraw(uow: UnitOfWork, purpose: str, subject: UUID) -> None:
    """The link to ``subject`` no longer works."""
    here = (links.c.purpose == purpose, links.c.subject == subject)
    uow.connection.execute(links.delete().where(*here))


def subject(read: Reading, purpose: str, secret: str) -> UUID:
    """What the link leads to, without using it; LinkUnknown, LinkUsed or LinkExpired."""
    found = read.row(
        sa.select(links).where(
            links.c.fingerprint == _fingerprint(secret), links.c.purpose == purpose
        )
    )
    if found is None:
        raise LinkUnknown(
            rule="Un lien personnel s’ouvre en entier, et seul le dernier envoyé est valable.",
            missing="Demandez un nouveau lien à la personne qui vous l’a donné.",
        )
    if found["used_at"] is not None:
        raise LinkUsed(
            f"Ce lien a déjà servi, le {_said(found['used_at'])}.",
            rule="Un lien personnel sert à répondre une fois.",
            missing="Rien : votre réponse est arrivée. Pour la changer, demandez un nouveau lien.",
        )
    if found["until"] < read.now:
        raise LinkExpired(
            f"Ce lien était valable jusqu’au {_said(found['until'])}.",
            rule="On répond avant la date demandée.",
            missing="Demandez un nouveau lien à la personne qui vous l’a donné.",
        )
    leads_to: UUID = found["subject"]
    return leads_to


def follow(uow: UnitOfWork, purpose: str, secret: str) -> UUID:
    """What the link leads to, used up by this transaction; of two at once, one is refused."""
    leads_to = subject(uow, purpose, secret)
    used = (
        links.update()
        .where(links.c.fingerprint == _fingerprint(secret), links.c.used_at.is_(None))
        .values(used_at=uow.now)
    )
    if uow.connection.execute(used).rowcount != 1:
        raise LinkUsed(
            rule="Un lien personnel sert à répondre une fois.",
            missing="Rien : une réponse vient d’arriver par ce lien.",
        )
    return leads_to


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%d/%m/%Y à %H h %M}"


def _fingerprint(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
