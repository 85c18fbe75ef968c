"""Use cases for the request being answered: the service is the application's, the actor its own."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import current_app, g, has_request_context, request

from shared.kernel.refusals import Refusal
from shared.kernel.rights import ANYONE, Actor
from shared.perform import UseCases


class IdempotencyKeyMissing(Refusal):
    """A command came to the API without an Idempotency-Key (400)."""

    status = 400
    title = "Il manque l’en-tête Idempotency-Key"


class VersionNeeded(Refusal):
    """A program changes something without saying which version it read (428)."""

    status = 428
    title = "Dites quelle version vous modifiez (If-Match)"


def use_cases() -> UseCases:
    """The use cases of the service that answers this request."""
    found: UseCases = current_app.extensions["rk_use_cases"]
    return found


def actor() -> Actor:
    """Who asks."""
    who: Actor = g.actor
    return who


def ask(query: Callable[..., Any], **arguments: Any) -> Any:
    """The answer of ``query`` for the one who asks; raises a Refusal."""
    return use_cases().ask(query, actor=actor(), **arguments)


def perform(command: Callable[..., Any], **arguments: Any) -> Any:
    """Do ``command`` for the one who asks, once for each Idempotency-Key; raises a Refusal.

    On the API a command that takes a ``version`` is given the one of If-Match (428 without one;
    ``*`` is whichever there is).
    """
    if is_api() and arguments.get("version") is None and "version" in _arguments(command):
        arguments["version"] = if_match()
    return use_cases().perform(
        command, actor=actor(), idempotency_key=_idempotency_key(command), **arguments
    )


def is_api() -> bool:
    """Whether a program asks, rather than a person in a browser."""
    return has_request_context() and bool(g.get("is_api", False))


def if_match() -> str | None:
    """The version that a program says it changes; None for ``*``. Raises VersionNeeded."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given:
        raise VersionNeeded(
            rule="On ne modifie que ce que l’on a lu.",
            missing="Lisez le dossier, puis donnez sa version dans l’en-tête If-Match.",
        )
    return None if given == "*" else given


@cache
def _arguments(command: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(command).parameters)


def _idempotency_key(command: Callable[..., Any]) -> str | None:
    """The key of this request: a header on the API (required for POST), a field of a form.

    What anyone may do without being known (asking for a code, entering it) is not kept under a
    key: its answer may be a secret of the one who asked, and nobody owns the key.
    """
    if not has_request_context():
        return None
    key = _key_given()
    service = current_app.extensions["rk_service"]
    return None if service.rights.get(command) is ANYONE else key


def _key_given() -> str | None:
    if not is_api():
        return request.form.get("idempotency_key", "")[:80] or None
    key = request.headers.get("Idempotency-Key", "").strip('" ')
    if len(key) > 80:
        raise IdempotencyKeyMissing("Une clé d’idempotence a 80 caractères au plus.")
    if not key and request.method == "POST":
        raise IdempotencyKeyMissing(
            rule="Une demande répétée par le réseau ne doit avoir d’effet qu’une fois.",
            missing="Ajoutez l’en-tête Idempotency-Key, une valeur nouvelle par demande.",
        )
    return key or None
