"""Verifies who asks: tokens of 15 minutes, signed by one service, checked by all with public keys."""

import threading
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from shared.kernel.refusals import SignInNeeded
from shared.kernel.rights import ANONYMOUS, Actor, Grant
from shared.store.clock import Clock

HEADER = "X-RK-Token"
ALGORITHM = "Ed25519"
_KEPT = 2000


class TokenRefused(SignInNeeded):
    """The token is expired, forged, or of a key that is not known (401)."""

    title = "Votre session n’est plus valable"


class Tokens:
    """Verified tokens, remembered until they expire: a signature is checked once."""

    def __init__(self, public_keys: dict[str, Any], clock: Clock) -> None:
        self._given = public_keys
        self._clock = clock
        self._known: dict[str, tuple[float, Actor]] = {}
        self._lock = threading.Lock()

    @cached_property
    def _keys(self) -> Any:
        from joserfc.jwk import KeySet  # pages for who is nobody do without

        return KeySet.import_key_set(self._given)  # type: ignore[arg-type]

    def actor(self, token: str | None) -> Actor:
        """Who holds ``token``; nobody without one. Raises TokenRefused."""
        if not token:
            return ANONYMOUS
        now = self._clock.now().timestamp()
        known = self._known.get(token)
        if known is None:
            known = self._verify(token)
            with self._lock:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                self._known[token] = known
        if known[0] <= now:
            raise TokenRefused("Entrez de nouveau.")
        return known[1]

    def _verify(self, token: str) -> tuple[float, Actor]:
        from joserfc import jwt
        from joserfc.errors import JoseError

        try:
            claims = jwt.decode(token, self._keys, algorithms=[ALGORITHM]).claims
            grants = tuple(
                Grant(role, scope, _day(since), _day(until))
                for role, scope, since, until in claims["grants"]
            )
            actor = Actor(UUID(claims["sub"]), grants, session=str(claims["sid"]))
            return float(claims["exp"]), actor
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise TokenRefused("Entrez de nouveau.") from error


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
