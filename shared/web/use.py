"""Use cases for the request being answered: the service is the application's, the actor its own."""

from collections.abc import Callable
from typing import Any

from flask import current_app, g, has_request_context, request

from shared.kernel.refusals import Refusal
from shared.kernel.rights import Actor
from shared.perform import UseCases


class IdempotencyKeyMissing(Refusal):
    """A command came to the API without an Idempotency-Key (400)."""

    status = 400
    title = "Il manque l’en-tête Idempotency-Key"


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
    """Do ``command`` for the one who asks, once for each Idempotency-Key; raises a Refusal."""
    return use_cases().perform(
        command, actor=actor(), idempotency_key=_idempotency_key(), **arguments
    )


def _idempotency_key() -> str | None:
    """The key of this request: a header on the API (required for POST), a field of a form."""
    if not has_request_context():
        return None
    if not g.get("is_api", False):
        return request.form.get("idempotency_key") or None
    key = request.headers.get("Idempotency-Key", "").strip('" ')
    if key:
        if len(key) > 80:
            raise IdempotencyKeyMissing("Une clé d’idempotence a 80 caractères au plus.")
        return key
    if request.method == "POST":
        raise IdempotencyKeyMissing(
            rule="Une demande répétée par le réseau ne doit avoir d’effet qu’une fois.",
            missing="Ajoutez l’en-tête Idempotency-Key, une valeur nouvelle par demande.",
        )
    return None
