"""Refusals as people and programs read them: a page with a sentence, or RFC 9457 on the API."""

from typing import Any

import structlog
from flask import Response, current_app, jsonify, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from shared.kernel import trace
from shared.kernel.refusals import Invalid, NotFound, Refusal
from shared.log.event_log import LogUnavailable
from shared.store.database import unreachable
from shared.web.use import is_api

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"


def problem(refusal: Refusal) -> dict[str, Any]:
    """``refusal`` as RFC 9457: a stable type, a title, the sentence, and who can unblock."""
    body: dict[str, Any] = {
        "type": f"/problems/{refusal.slug()}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.text,
        "instance": request.script_root + request.full_path.rstrip("?"),
        "trace_id": trace.trace_id(),
    }
    for name in ("rule", "missing", "unblocks"):
        if getattr(refusal, name):
            body[name] = getattr(refusal, name)
    if refusal.fields:
        body["errors"] = refusal.fields
    body.update({k: v for k, v in refusal.details.items() if k not in body})
    return body


def answer(refusal: Refusal) -> Response:
    """The answer to the request that ``refusal`` ends."""
    if is_api():
        response = jsonify(problem(refusal))
        response.mimetype = MEDIA_TYPE
    else:
        from shared.web.pages import render_problem

        response = current_app.make_response(render_problem(refusal))
    response.status_code = refusal.status
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = 'Session realm="rond-koze"'
    if refusal.status in (429, 503):
        response.headers["Retry-After"] = str(refusal.details.get("retry_after", 30))
    return response


class RequestMalformed(Refusal):
    """What came is not the JSON, the form or the request that it says it is (400)."""

    status = 400
    title = "Cette demande est mal formée"


class AddressUnknown(NotFound):
    """Nothing answers at this address (404)."""

    title = "Cette page n’existe pas"


class MethodNotAllowed(Refusal):
    """The address exists, for other methods: the Allow header names them (405)."""

    status = 405
    title = "Cette adresse ne se demande pas ainsi"


class RequestTooLarge(Refusal):
    """The body is larger than the setting RK_BODY_LIMIT allows (413)."""

    status = 413
    title = "C’est trop lourd"


class FormatNotRead(Refusal):
    """The API reads ``application/json`` only (415)."""

    status = 415
    title = "Ce format n’est pas lu ici"


class RequestRefused(Refusal):
    """Any other refusal of HTTP itself; ``status`` says which."""

    status = 400

    def __init__(self, status: int) -> None:
        self.status = status  # type: ignore[misc]
        super().__init__()


class Unavailable(Refusal):
    """The database or the log cannot serve now (503); nothing was lost, try again."""

    status = 503
    title = "Le service est momentanément arrêté"


class Broken(Refusal):
    """A fault of ours (500), known by its trace id."""

    status = 500
    title = "Quelque chose ne marche pas de notre côté"


_OF_HTTP: dict[int, tuple[type[Refusal], str]] = {
    400: (RequestMalformed, "Envoyez la demande dans le format décrit, en UTF-8."),
    404: (AddressUnknown, "Vérifiez l’adresse."),
    405: (MethodNotAllowed, "Employez l’une des méthodes de l’en-tête Allow."),
    413: (RequestTooLarge, "Envoyez moins, ou en plusieurs fois."),
    415: (FormatNotRead, "Envoyez application/json."),
    500: (Broken, ""),
    503: (Unavailable, ""),
}


def first_messages(messages: Any, prefix: str = "") -> dict[str, str]:
    """Marshmallow's nested messages as one sentence for each field: ``lines-0-quantity``."""
    if isinstance(messages, list):
        return {prefix: str(messages[0])} if messages else {}
    found: dict[str, str] = {}
    for name, inner in messages.items():
        inside = "" if name == "_schema" else str(name)
        found |= first_messages(inner, "-".join(p for p in (prefix, inside) if p))
    return found


def from_validation(error: ValidationError) -> Invalid:
    """A schema's complaint as a refusal with its fields."""
    fields = first_messages(error.messages)
    return Invalid("Corrigez ce qui est signalé, rien n’est perdu.", fields=fields)


def from_http(error: HTTPException) -> Refusal:
    """An HTTP exception as a refusal; webargs hides its messages in ``data``."""
    messages = (getattr(error, "data", None) or {}).get("messages")
    if error.code == 422 and messages:
        inner = next(iter(messages.values()))  # by location: json, query, form
        return from_validation(ValidationError(inner))
    if error.code in _OF_HTTP:
        cls, missing = _OF_HTTP[error.code]
        return cls(missing=missing)
    return RequestRefused(error.code or 500)


def install(app: Any) -> None:
    """Answer every exception of ``app`` as a problem."""

    @app.errorhandler(Refusal)  # type: ignore[untyped-decorator]
    def refused(error: Refusal) -> Response:
        return answer(error)

    @app.errorhandler(ValidationError)  # type: ignore[untyped-decorator]
    def invalid(error: ValidationError) -> Response:
        return answer(from_validation(error))

    @app.errorhandler(HTTPException)  # type: ignore[untyped-decorator]
    def http(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        response = answer(from_http(error))
        allowed = getattr(error, "valid_methods", None)
        if allowed:
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response

    @app.errorhandler(Exception)  # type: ignore[untyped-decorator]
    def broken(error: Exception) -> Response:
        if unreachable(error) or isinstance(error, LogUnavailable):
            log.warning("web.unavailable", why=type(error).__name__)
            return answer(Unavailable("Réessayez dans un instant : rien n’a été enregistré."))
        # The rule rather than the path: an address may hold what a person typed.
        rule = request.url_rule.rule if request.url_rule else None
        log.error("web.broken", method=request.method, rule=rule, exc_info=error)
        return answer(
            Broken(f"Rien n’a été enregistré. Notez ce repère : {trace.trace_id()[:12]}.")
        )
