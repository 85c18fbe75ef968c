"""Keys: shown once, kept as a hash; their first characters stay visible to tell them apart."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.integration.model.refusals import KeyEnded, KeyUnknown

REAL, TRIAL = "rk", "rke"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_FORM = re.compile(r"((?:rk|rke)_[a-z0-9]{8})_[A-Za-z0-9_-]{43}")


class Minted(NamedTuple):
    """A new key, for the one moment in which it is readable."""

    key: str
    prefix: str
    fingerprint: str


def mint(kind: str) -> Minted:
    """A new key of 256 random bits; ``kind`` is REAL or TRIAL."""
    prefix = f"{kind}_{''.join(secrets.choice(_LETTERS) for _ in range(8))}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    return Minted(key, prefix, fingerprint(key))


def fingerprint(text: str) -> str:
    """SHA-256 in hexadecimal. A key is random: nobody finds it by trying, salt or not."""
    return hashlib.sha256(text.encode()).hexdigest()


def prefix_of(key: str) -> str:
    """What is visible of ``key``; KeyUnknown for what is not even formed like one."""
    found = _FORM.fullmatch(key)
    if found is None:
        raise KeyUnknown()
    return found[1]


def is_key(text: str) -> bool:
    """Whether a key stands anywhere in ``text``."""
    return _FORM.search(text) is not None


def is_trial(prefix: str) -> bool:
    """Whether the key of this prefix opens a sandbox."""
    return prefix.startswith(f"{TRIAL}_")


def same(kept: str, key: str) -> bool:
    """Whether ``key`` is the one whose fingerprint was kept, in a time that tells nothing."""
    return hmac.compare_digest(kept, fingerprint(key))


@dataclass(eq=False, kw_only=True)
class Key:
    """One key of a grant; ``until`` once another has replaced it."""

    id: UUID
    prefix: str
    fingerprint: str
    issued_at: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None

    def valid(self, now: datetime) -> bool:
        """Whether it opens anything now."""
        return key_valid(self.until, self.withdrawn_at, now)


def key_valid(until: datetime | None, withdrawn_at: datetime | None, now: datetime) -> bool:
    """Neither withdrawn nor past its last moment."""
    return withdrawn_at is None and (until is None or now < until)


def check_key(until: datetime | None, withdrawn_at: datetime | None, now: datetime) -> None:
    """Refuse a key that opens nothing any more."""
    if not key_valid(until, withdrawn_at, now):
        raise KeyEnded()
