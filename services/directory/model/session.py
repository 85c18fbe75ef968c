"""Signing in: a code sent by mail, then a session that can be ended from anywhere."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Refused

CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
SESSION_LIFETIME = timedelta(days=30)


class TooManyRequests(Refused):
    """Too many codes asked or tried from one address, mail or network, in one hour."""

    status = 429


class CodeOutcome(StrEnum):
    """What became of a try."""

    ENTERED = "entered"
    WRONG = "wrong"
    OVER = "over"


def fingerprint(text: str) -> str:
    """SHA-256 in hexadecimal: what is kept of a session, an address or a network address."""
    return hashlib.sha256(text.encode()).hexdigest()


def _slow_hash(code: str, salt: str) -> str:
    # A million codes exist: the hash is made slow, so that a stolen table is worth nothing
    # within the ten minutes that a code lives.
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**12, r=8, p=1).hex()


@dataclass(eq=False, kw_only=True)
class SignInCode(Aggregate):
    """Six digits for one address, for ten minutes and five tries; kept as a slow hash.

    A row is written for unknown addresses too (``person`` is None): asking tells nothing.
    """

    id: UUID
    version: int = 1
    address: str
    person: UUID | None
    hash: str
    expires_at: datetime
    tries: int = 0
    used: bool = False

    @classmethod
    def issue(
        cls,
        id: UUID,  # noqa: A002
        address: str,
        person: UUID | None,
        code: str,
        now: datetime,
    ) -> "SignInCode":
        """``address`` is the fingerprint of a mail address; ``code`` is not kept."""
        return cls(
            id=id,
            address=address,
            person=person,
            hash=_slow_hash(code, str(id)),
            expires_at=now + CODE_LIFETIME,
        )

    def attempt(self, code: str, now: datetime) -> CodeOutcome:
        """Count a try and say what becomes of it; a code serves once."""
        if self.used or self.tries >= CODE_TRIES or now >= self.expires_at:
            return CodeOutcome.OVER
        self.tries += 1
        right = hmac.compare_digest(self.hash, _slow_hash(code, str(self.id)))
        if right and self.person is not None:
            self.used = True
            return CodeOutcome.ENTERED
        return CodeOutcome.OVER if self.tries >= CODE_TRIES else CodeOutcome.WRONG

    def tries_left(self) -> int:
        """How many tries remain."""
        return max(CODE_TRIES - self.tries, 0)


@dataclass(eq=False, kw_only=True)
class Session(Aggregate):
    """A browser that is let in for 30 days; only the SHA-256 of its secret is kept."""

    SHORT: ClassVar[int] = 16

    id: UUID
    version: int = 1
    person: UUID
    secret: str
    device: str
    opened_at: datetime
    expires_at: datetime

    @classmethod
    def open(cls, id: UUID, person: UUID, secret: str, device: str, now: datetime) -> "Session":  # noqa: A002
        """``secret`` is its fingerprint; ``device`` a few words such as « Firefox, Android »."""
        return cls(
            id=id,
            person=person,
            secret=secret,
            device=device[:100],
            opened_at=now,
            expires_at=now + SESSION_LIFETIME,
        )

    @property
    def short_name(self) -> str:
        """How tokens name the session: too short to be its secret's fingerprint."""
        return self.secret[: self.SHORT]

    def is_known_as(self, name: str | None) -> bool:
        """Whether ``name`` (from a token) is this session."""
        return name is not None and name == self.short_name
