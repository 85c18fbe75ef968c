"""Refusals as people and programs read them: a page with a sentence, or RFC 9457 on the API."""

from typing import Any

import structlog
from flask import Response, current_app, g, jsonify, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from shared.kernel import trace
from shared.kernel.refusals import Invalid, Refusal
from shared.log.event_log import LogUnavailable
from shared.store.database import unreachable

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"

SENTENCES = {
    400: "Cette demande est mal formée",
    401: "Entrez d’abord dans Rond Kozé",
    403: "Vous ne pouvez pas faire cela",
    404: "Cette page n’existe pas",
    405: "Cette adresse ne se demande pas ainsi",
    412: "Ce dossier a changé depuis que vous l’avez ouvert",
    413: "C’est trop lourd",
    415: "Ce format n’est pas lu ici",
    422: "Une réponse est à corriger",
    428: "Dites quelle version vous modifiez (If-Match)",
    429: "Trop de demandes en peu de temps",
    500: "Quelque chose ne marche pas de notre côté",
    503: "Le service est momentanément arrêté",
}


def is_api() -> bool:
    """Whether a program asks, rather than a person in a browser."""
    return bool(g.get("is_api", False))


def problem(refusal: Refusal) -> dict[str, Any]:
    """``refusal`` as RFC 9457: a stable type, a title, the sentence, and who can unblock."""
    body: dict[str, Any] = {
        "type": f"/problems/{refusal.slug()}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.text,
        "instance": request.full_path.rstrip("?"),
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
    if refusal.status in (429, 503):
        response.headers["Retry-After"] = str(refusal.details.get("retry_after", 30))
    return response


class HttpProblem(Refusal):
    """An answer of HTTP itself (wrong method, too large, …) told as every other refusal."""

    def __init__(self, status: int, text: str = "", **details: Any) -> None:
        self.status = status  # type: ignore[misc]
        self.title = SENTENCES.get(status, "Ce n’est pas possible")  # type: ignore[misc]
        super().__init__(text, **details)

    def slug_of_status(self) -> str:
        return f"http-{self.status}"


class Unavailable(Refusal):
    """The database or the log cannot serve now (503); nothing was lost, try again."""

    status = 503
    title = "Le service est momentanément arrêté"


class Broken(Refusal):
    """A fault of ours (500), known by its trace id."""

    status = 500
    title = "Quelque chose ne marche pas de notre côté"


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
    messages = getattr(error, "data", {}) or {}
    if messages.get("messages"):
        inner = messages["messages"]
        inner = inner.get("json", inner.get("query", inner)) if isinstance(inner, dict) else inner
        return Invalid(
            "Corrigez ce qui est signalé, rien n’est perdu.", fields=first_messages(inner)
        )
    return HttpProblem(error.code or 500)


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
        log.error("web.broken", path=request.path, exc_info=error)
        return answer(
            Broken(f"Rien n’a été enregistré. Notez ce repère : {trace.trace_id()[:12]}.")
        )
