"""The keys of the tokens: given as settings, else made once beside the embedded data.

What reads and makes them is imported where that is done: a start with keys that it made itself
has nothing to check.
"""

import json
import os
from collections.abc import Callable
from typing import Any

from shared.run.settings import Settings, SettingsError


def new_pair() -> tuple[dict[str, Any], dict[str, Any]]:
    """A private key (JWK) and the public set (JWKS) that verifies it."""
    from joserfc.jwk import OKPKey

    key = OKPKey.generate_key("Ed25519", private=True, auto_kid=True)
    private: dict[str, Any] = dict(key.as_dict(private=True))
    public: dict[str, Any] = {"keys": [key.as_dict(private=False)]}
    return private, public


def private_key(settings: Settings) -> dict[str, Any]:
    """The key that signs; only the service that opens sessions reads it."""
    if settings.token_private_key:
        from joserfc.jwk import OKPKey

        return _read("TOKEN_PRIVATE_KEY", settings.token_private_key, OKPKey.import_key)
    return _kept(settings)[0]


def public_keys(settings: Settings) -> dict[str, Any]:
    """The set of keys with which tokens are verified."""
    if settings.token_public_keys:
        from joserfc.jwk import KeySet

        return _read("TOKEN_PUBLIC_KEYS", settings.token_public_keys, KeySet.import_key_set)
    return _kept(settings)[1]


def _read(name: str, text: str, check: Callable[[Any], object]) -> dict[str, Any]:
    from joserfc.errors import JoseError

    try:
        value: dict[str, Any] = json.loads(text)
        check(value)
    except (ValueError, TypeError, KeyError, AttributeError, JoseError) as error:
        raise SettingsError(
            f"{name} is not a key as JSON: `python -m services keys` prints a pair."
        ) from error
    return value


def _kept(settings: Settings) -> tuple[dict[str, Any], dict[str, Any]]:
    if not settings.embedded:
        raise SettingsError(
            "TOKEN_PUBLIC_KEYS (and TOKEN_PRIVATE_KEY for directory) are needed: "
            "`python -m services keys` prints a pair."
        )
    path = settings.data / "keys.json"
    if not path.exists():
        private, public = new_pair()
        settings.data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({"private": private, "public": public}, file)
    kept = json.loads(path.read_text())
    return kept["private"], kept["public"]
