"""A grant: which system of which department reads which facts, of which committees, until when."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from services.integration.model.keys import Key, Minted
from services.integration.model.refusals import (
    GrantEnded,
    GrantNotInForce,
    TwoKeysAlready,
    TypeNotGranted,
    wrong,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import NotFound

MOST_OVERLAP = 90
"""Days for which a replaced key may still be valid."""
READS_A_MINUTE = 120
"""Reads of one key in a minute: a page every half second empties any backlog."""
_ALL_OF = re.compile(r"cac\.([a-z]+)\.\*")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a grant opens: types (or ``cac.<service>.*``), scopes, between two days."""

    types: Sequence[str]
    scopes: Sequence[str]
    since: date
    until: date | None = None

    def check(self, known: Iterable[str]) -> None:
        """Refuse a grant of nothing, of unknown types, or that ends before it begins."""
        if not self.types:
            raise wrong("types", "Choisissez au moins un type d’événement.")
        if not self.scopes:
            raise wrong("scopes", "Dites de quels comités : la ville, un secteur ou un comité.")
        if self.until is not None and self.until < self.since:
            raise wrong("until", "La fin vient après le début.")
        known = set(known)
        unknown = [kind for kind in self.types if not known & {kind} and not _known(kind, known)]
        if unknown:
            raise wrong("types", f"Ces types ne sont pas au catalogue : {', '.join(unknown)}.")


def _known(kind: str, known: set[str]) -> bool:
    service = service_of(kind)
    return service is not None and any(k.startswith(f"cac.{service}.") for k in known)


def service_of(kind: str) -> str | None:
    """The service all of whose types ``kind`` names: ``planning`` for ``cac.planning.*``."""
    found = _ALL_OF.fullmatch(kind)
    return found[1] if found else None


def all_of(service: str) -> str:
    """All that ``service`` says, today and later."""
    return f"cac.{service}.*"


def covers(granted: Iterable[str], kind: str) -> bool:
    """Whether ``kind`` is granted, by its name or with all of its service."""
    granted = set(granted)
    return kind in granted or all_of(kind.split(".")[1] if "." in kind else "") in granted


def narrowed(granted: list[str], asked: Iterable[str]) -> list[str]:
    """What is read: all that is granted, or what of it is asked for; TypeNotGranted beyond."""
    asked = list(dict.fromkeys(asked))
    for kind in asked:
        if not covers(granted, kind):
            raise TypeNotGranted(kind, granted)
    return asked or granted


def check_in_force(since: date, until: date | None, ended_at: datetime | None, today: date) -> None:
    """Refuse a grant outside its days, or revoked."""
    if ended_at is not None:
        raise GrantNotInForce("Cet accès a été retiré.")
    if today < since:
        raise GrantNotInForce(f"Cet accès commence le {since:%d/%m/%Y}.")
    if until is not None and today > until:
        raise GrantNotInForce(f"Cet accès a pris fin le {until:%d/%m/%Y}.")


@dataclass(eq=False, kw_only=True)
class FeedGrant(Aggregate):
    """One system of a department. It is no person: ``contact`` is the id of one, or nothing."""

    id: UUID
    name: str
    department: str
    contact: UUID | None
    types: list[str]
    scopes: list[str]
    since: date
    until: date | None
    made_at: datetime
    ended_at: datetime | None = None
    ended_why: str = ""
    keys: list[Key] = field(default_factory=list)
    version: int = 1

    def change(self, terms: Terms, contact: UUID | None) -> None:
        """Open more or less, for longer or shorter; what was read stays read."""
        self._not_ended()
        self.types, self.scopes = list(terms.types), list(terms.scopes)
        self.since, self.until = terms.since, terms.until
        self.contact = contact

    def issue(self, identity: UUID, minted: Minted, now: datetime, overlap: int) -> Key:
        """A new key; the one before is valid for ``overlap`` more days."""
        self._not_ended()
        valid = [key for key in self.keys if key.valid(now)]
        if len(valid) > 1:
            raise TwoKeysAlready()
        for key in valid:
            key.until = now + timedelta(days=overlap)
        made = Key(id=identity, prefix=minted.prefix, fingerprint=minted.fingerprint, issued_at=now)
        self.keys = [*self.keys, made]
        return made

    def withdraw(self, key_id: UUID, now: datetime) -> None:
        """A key opens nothing any more, from this moment on."""
        for key in self.keys:
            if key.id == key_id:
                key.withdrawn_at = key.withdrawn_at or now
                return
        raise NotFound("Cette clé n’est pas de cet accès.")

    def end(self, why: str, now: datetime) -> None:
        """Revoke it with all its keys."""
        self._not_ended()
        if not why.strip():
            raise wrong("why", "Dites pourquoi cet accès est retiré.")
        self.ended_at, self.ended_why = now, why.strip()
        for key in self.keys:
            key.withdrawn_at = key.withdrawn_at or now

    def _not_ended(self) -> None:
        if self.ended_at is not None:
            raise GrantEnded()
