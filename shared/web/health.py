"""Is it alive, can it serve: two answers for whoever runs the product, and the figures."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from shared.web import metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Check = Callable[[], str | None]


class Health:
    """A small WSGI application: ``/health/live``, ``/health/ready``, ``/metrics``.

    ``checks`` name what is missing, or None; ready answers 503 with the sentences while anything
    is. Live only says that the process answers.
    """

    def __init__(self, checks: Sequence[Check]) -> None:
        self._checks = checks

    def answers(self, path: str) -> bool:
        """Whether ``path`` is one of ours."""
        return path in {"/health/live", "/health/ready", "/metrics"}

    def missing(self) -> list[str]:
        """What keeps this process from serving."""
        found = []
        for check in self._checks:
            try:
                said = check()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is missing
                said = f"{getattr(check, '__name__', 'check')}: {type(error).__name__}"
            if said:
                found.append(said)
        return found

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            start_response("200 OK", [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
            return [metrics.page()]
        missing = self.missing() if path == "/health/ready" else []
        status = "503 Service Unavailable" if missing else "200 OK"
        body = json.dumps({"ready" if "ready" in path else "live": not missing, "missing": missing})
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        start_response(status, headers)
        return [body.encode()]
