"""What every answer and every request is held to: headers, and no unsafe request from elsewhere."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Response, request

from shared.kernel.refusals import Forbidden
from shared.kernel.rights import Actor

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
_ALWAYS = [(name.lower(), (name, value)) for name, value in HEADERS.items()]
_OVER_HTTPS = [*_ALWAYS, (_TRANSPORT[0].lower(), _TRANSPORT)]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteRequest(Forbidden):
    """A page of another site tried to change something with this person's session (403)."""

    title = "Cette demande vient d’un autre site"


def refuse_cross_site(environ: "WSGIEnvironment") -> None:
    """Refuse an unsafe request that a browser says comes from elsewhere.

    ``Sec-Fetch-Site`` is believed first; where it is absent (plain http on a network) ``Origin``
    must be this host. A program sends neither, and has no cookie that a browser lends it.
    """
    if environ["REQUEST_METHOD"] in SAFE:
        return
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        allowed = site in {"same-origin", "none"}
    else:
        origin = environ.get("HTTP_ORIGIN")
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


def keep_private(response: Response, actor: Actor | None) -> Response:
    """Say that what a person sees is kept by no cache, and nothing without asking again."""
    if "Cache-Control" not in response.headers:
        signed_in = actor is not None and actor.person is not None
        response.headers["Cache-Control"] = "private, no-store" if signed_in else "no-cache"
    return response


def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> "StartResponse":
    """``start_response`` with the security headers, for whatever answers."""
    secure = environ.get("wsgi.url_scheme") == "https"

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        given = {name.lower() for name, _ in headers}
        wanted = _OVER_HTTPS if secure else _ALWAYS
        missing = [pair for lowered, pair in wanted if lowered not in given]
        return start_response(status, [*headers, *missing], exc_info)

    return start
