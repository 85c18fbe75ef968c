"""Mail: handed to a server, or shown on a page; and the key that signs tokens."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from shared.run import keys
from shared.web.tokens import ALGORITHM

if TYPE_CHECKING:
    import smtplib

    from joserfc.jwk import OKPKey

TOKEN_SECONDS = 15 * 60
Held = tuple[str, str, date | None, date | None]
"""A role as a token says it: role, scope, since, until."""

_PATIENCE_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail ready to leave; the same id is always the same Message-ID."""

    id: UUID
    address: str
    subject: str
    text: str


class Mailer(Protocol):
    """Takes letters and later says what became of them: a transaction never waits for a server."""

    @property
    def leaves(self) -> bool:
        """Whether letters leave this machine."""

    def post(self, letter: Letter) -> None:
        """Take ``letter``; posting it again before its outcome is known changes nothing."""

    def outcome(self, id: UUID) -> bool | None:  # noqa: A002
        """Once: True when it was handed over, False when it failed; None when not known (yet)."""


class OutboxMailer:
    """Sends nothing: mails stay in the table, and a demonstration shows them on a page.

    Without a demonstration they wait for a server to be set.
    """

    leaves = False

    def __init__(self, shown: bool) -> None:
        self._shown = shown

    def post(self, letter: Letter) -> None:
        """Nothing to do."""

    def outcome(self, id: UUID) -> bool | None:  # noqa: A002
        """What the page of mails shows is delivered."""
        return True if self._shown else None


class SmtpMailer:
    """Hands letters to ``smtp://user:secret@host:587`` (STARTTLS) or ``smtps://host:465``.

    One thread sends; what it was sending when the process stops is posted again by the next one,
    with the same Message-ID: at least once. STARTTLS is demanded, with a verified certificate,
    as soon as there is a password to protect; without one it is used when the server offers it.
    """

    leaves = True

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
        self._underway: dict[UUID, Future[None]] = {}

    def post(self, letter: Letter) -> None:
        """Queue ``letter`` for the sending thread."""
        if letter.id not in self._underway:
            self._underway[letter.id] = self._thread.submit(self._send, letter)

    def outcome(self, id: UUID) -> bool | None:  # noqa: A002
        """What became of the letter; told once."""
        future = self._underway.get(id)
        if future is None or not future.done():
            return None
        del self._underway[id]
        return future.exception() is None

    def _send(self, letter: Letter) -> None:
        from email.message import EmailMessage

        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = letter.address
        message["Subject"] = letter.subject
        domain = self._sender.rpartition("@")[2].rstrip(">") or "localhost"
        message["Message-ID"] = f"<{letter.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        with self._connection() as server:
            server.send_message(message)

    def _connection(self) -> "smtplib.SMTP":
        import smtplib
        import ssl

        url, trust = self._url, ssl.create_default_context()
        host = url.hostname or "localhost"
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, url.port or 465, timeout=_PATIENCE_SECONDS, context=trust
            )
        else:
            server = smtplib.SMTP(host, url.port or 587, timeout=_PATIENCE_SECONDS)
            server.ehlo()
            if url.username or server.has_extn("starttls"):
                server.starttls(context=trust)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server


class Signer:
    """Signs tokens of 15 minutes; the only place that has the private key."""

    def __init__(self, key: Callable[[], dict[str, Any]]) -> None:
        self._read = key

    @cached_property
    def _key(self) -> "OKPKey":
        from joserfc.jwk import OKPKey

        return OKPKey.import_key(self._read())

    def token(self, person: UUID, session: str, grants: Sequence[Held], now: datetime) -> str:
        """Who ``person`` is for the next quarter of an hour; no name in it."""
        issued = int(now.timestamp())
        claims = {
            "sub": str(person),
            "sid": session,
            "grants": [
                [role, scope, _text(since), _text(until)] for role, scope, since, until in grants
            ],
            "iat": issued,
            "exp": issued + TOKEN_SECONDS,
        }
        from joserfc import jwt

        header = {"alg": ALGORITHM, "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where this installation is found, and whether it is a demonstration."""

    url: str
    demonstration: bool


def gateways(settings: Any) -> Mapping[str, Any]:
    """The adapters that the settings ask for: SMTP_URL, else the page of mails; the key."""
    smtp = settings.smtp_url
    mailer: Mailer = OutboxMailer(settings.demonstration)
    if smtp:
        mailer = SmtpMailer(smtp, settings.mail_from)
    site = Site(url=settings.public_url.rstrip("/"), demonstration=settings.demonstration)
    signer = Signer(lambda: keys.private_key(settings))
    return {"Mailer": mailer, "Site": site, "Signer": signer}
