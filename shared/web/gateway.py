"""The gateway in one process: gives each request the token of its session, as nginx does.

A token header sent by a client is overwritten. The session's token is asked for once a minute at
most; when the service that signs cannot answer, the last token goes on serving until it expires.
"""

import threading
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from shared.store.clock import monotonic
from shared.web.tokens import HEADER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COOKIES = ("__Host-rk_session", "rk_session")
FRESH_SECONDS = 60
_KEPT = 5000
_VARIABLE = "HTTP_" + HEADER.upper().replace("-", "_")


class Gateway:
    """WSGI middleware; ``token_path`` is where the signing service answers, under ``app``.

    ``seconds`` measures how fresh a token is.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        token_path: str,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._app = app
        self._path = token_path
        self._seconds = seconds
        self._tokens: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ.pop(_VARIABLE, None)
        session = _session(environ)
        if session and environ.get("PATH_INFO") != self._path:
            token = self._token(session, environ)
            if token:
                environ[_VARIABLE] = token
        if not session:
            return self._app(environ, start_response)

        def watched(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Any:
            """Whoever is given another session, or leaves theirs, has done with this one."""
            if any(n.lower() == "set-cookie" and v.startswith(COOKIES) for n, v in headers):
                self.forget(session)
            return start_response(status, headers, problem)

        return self._app(environ, watched)

    def forget(self, session: str) -> None:
        """Ask anew for the token of ``session``."""
        with self._lock:
            self._tokens.pop(session, None)

    def _token(self, session: str, environ: "WSGIEnvironment") -> str:
        known = self._tokens.get(session)
        if known is not None and self._seconds() - known[0] < FRESH_SECONDS:
            return known[1]
        status, token = self._ask(environ)
        if status >= 500:
            return known[1] if known else ""
        with self._lock:
            if len(self._tokens) >= _KEPT:
                self._tokens.clear()
            self._tokens[session] = (self._seconds(), token)
        return token

    def _ask(self, environ: "WSGIEnvironment") -> tuple[int, str]:
        kept = ("HTTP_COOKIE", "HTTP_HOST", "REMOTE_ADDR", "wsgi.url_scheme", "wsgi.errors")
        inner: dict[str, Any] = {name: environ[name] for name in kept if name in environ}
        inner |= {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": self._path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": environ.get("SERVER_NAME", "localhost"),
            "SERVER_PORT": environ.get("SERVER_PORT", "80"),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.input": _NoBody(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        answered: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[..., Any]:
            answered["status"] = int(status.split()[0])
            answered["token"] = dict(headers).get(HEADER, "")
            return lambda data: None

        try:
            body = self._app(inner, start)
            for _ in body:
                pass
            close = getattr(body, "close", None)
            if close:
                close()
        except Exception:  # noqa: BLE001 - the signing service is down: sessions go on
            return 500, ""
        return answered["status"], answered["token"]


class _NoBody:
    def read(self, size: int = -1) -> bytes:
        return b""

    def readline(self, size: int = -1) -> bytes:
        return b""


def _session(environ: "WSGIEnvironment") -> str:
    cookie = environ.get("HTTP_COOKIE", "")
    if "rk_session" not in cookie:
        return ""
    try:
        jar = SimpleCookie(cookie)
    except CookieError:
        return ""
    return next((jar[name].value for name in COOKIES if name in jar), "")
