"""What every answer and every request is held to: headers, and no unsafe request from elsewhere."""

from urllib.parse import urlsplit

from flask import Response, g, request

from shared.kernel.refusals import Forbidden

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
        allowed = origin is None or urlsplit(origin).netloc == request.host
    if not allowed:
        raise CrossSiteRequest(
            rule="Ce qui change quelque chose se demande depuis Rond Kozé même.",
            missing="Ouvrez Rond Kozé et recommencez depuis sa page.",
        )


def add_headers(response: Response) -> Response:
    """Put the security headers on ``response``; what a person sees is not kept by caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    actor = g.get("actor")
    if actor is not None and actor.person is not None:
        response.headers.setdefault("Cache-Control", "private, no-store")
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
