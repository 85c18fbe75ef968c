"""A product in a temporary folder, driven without threads: nothing to wait for, nothing to miss."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.kernel.rights import Actor, Grant
from shared.run import keys
from shared.run.demonstration import performer, settle
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.web.tokens import ALGORITHM, HEADER

__all__ = ["client", "opened", "performer", "person", "settle", "signed"]


def opened(
    product: Product, folder: Path, names: Iterable[str] | None = None, **settings: Any
) -> Runtime:
    """A runtime of ``product`` on SQLite and the embedded log in ``folder``, brought up to date."""
    chosen = None if names is None else list(names)
    runtime = product.runtime(Settings(data=folder, **settings), chosen)
    runtime.migrate()
    runtime.ensure_streams()
    return runtime


def signed(runtime: Runtime, actor: Actor, *, minutes: int = 15) -> str:
    """The token that the signing service would give ``actor``."""
    now = runtime.clock.now()
    key = OKPKey.import_key(keys.private_key(runtime.settings))
    claims = {
        "sub": str(actor.person),
        "sid": actor.session or "test",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=minutes)).timestamp()),
        "grants": [[g.role, g.scope, _text(g.since), _text(g.until)] for g in actor.grants],
    }
    header = {"alg": ALGORITHM, "kid": key.kid}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def _text(day: Any) -> str | None:
    return day.isoformat() if day else None


def client(runtime: Runtime, service: str, actor: Actor | None = None) -> FlaskClient:
    """A client of the pages and the API of ``service``, as ``actor`` (nobody without one).

    Paths are those inside the service: ``/api/v1/…``, without its name in front.
    """
    made: FlaskClient = runtime.apps[service].test_client()
    made.environ_base["SCRIPT_NAME"] = f"/{service}"
    if actor is not None:
        made.environ_base["HTTP_" + HEADER.upper().replace("-", "_")] = signed(runtime, actor)
    return made


def person(*grants: tuple[str, str], person_id: UUID) -> Actor:
    """Somebody who holds ``grants`` (role, scope) without end."""
    return Actor(person_id, tuple(Grant(role, scope) for role, scope in grants))
