"""What every answer and every request is held to: headers, and no unsafe request from elsewhere."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Response, g, request

from shared.kernel.refusals import Forbidden

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}
_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteRequest(Forbidden):
    """A page of another site tried to change something with this person's session (403)."""

    title = "Cette demande vient d’un autre site"


def refuse_cross_site() -> None:
    """Refuse an unsafe request that a browser says comes from elsewhere.

    ``Sec-Fetch-Site`` is believed first; where it is absent (plain http on a network) ``Origin``
    must be this host. A program sends neither, and has no cookie that a browser lends it.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site in {"same-origin", "none"}
    else:
        origin = request.headers.get("Origin")
        allowed = origin is None or _host(origin) == request.host
    if not allowed:
        raise CrossSiteRequest(
            rule="Ce qui change quelque chose se demande depuis Rond Kozé même.",
            missing="Ouvrez Rond Kozé et recommencez depuis sa page.",
        )


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def add_headers(response: Response) -> Response:
    """Put the security headers on ``response``; what a person sees is not kept by caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault(*_TRANSPORT)
    actor = g.get("actor")
    if actor is not None and actor.person is not None:
        response.headers.setdefault("Cache-Control", "private, no-store")
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> "StartResponse":
    """``start_response`` with the security headers, for what no Flask application answers."""

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        given = {name.lower() for name, _ in headers}
        wanted = [*HEADERS.items()]
        if environ.get("wsgi.url_scheme") == "https":
            wanted.append(_TRANSPORT)
        missing = [(name, value) for name, value in wanted if name.lower() not in given]
        return start_response(status, [*headers, *missing], exc_info)

    return start
