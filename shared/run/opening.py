"""The whole product in one process: what the first answer needs at once, the rest behind it.

A start with nothing to migrate imports what the first page needs and answers. Then, in a thread,
one service after the other is opened as it would be by a visit, and its worker begins. Until all
have, ``/health/ready`` names those that are starting.
"""

import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store import migrations

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = structlog.get_logger()
PATIENCE_SECONDS = 1.0
"""How long workers wait for a first visitor to be served."""
SWITCH_SECONDS = 0.001
NOT_STARTED = 3
"""gunicorn's own code for a process that cannot start: it is not tried again."""


def brought_up_to_date(product: Product, settings: Settings) -> Runtime:
    """A runtime of all services; their databases are migrated first where that is wanted."""
    runtime = product.runtime(settings)
    if any(_is_behind(product, settings, name) for name in product.names):
        runtime.migrate()
    return runtime


def _is_behind(product: Product, settings: Settings, name: str) -> bool:
    file = Path(settings.database_of(name).removeprefix("sqlite:///"))
    return migrations.behind(file, migrations.CHASSIS, "chassis_version") or migrations.behind(
        file, product.folder(name) / "migrations", "state_version"
    )


class Opening:
    """The WSGI application of a runtime that has still to open its services and start to work."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._front = runtime.front
        self._answered = threading.Event()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._open_all, name="opening", daemon=True)
        runtime.starting.update(runtime.names)
        # Workers share the interpreter with requests: the default turn of 5 ms would be felt.
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            answer: Iterable[bytes] = self._front(environ, start_response)
            return answer
        finally:
            self._answered.set()

    def _open_all(self) -> None:
        """Open every service; one that cannot be opened ends the process, and says why."""
        self._answered.wait(PATIENCE_SECONDS)
        try:
            for difference in self._runtime.ensure_streams():
                log.warning("streams.differ", what=difference)
            for name in self._runtime.names:
                if self._leaving.is_set():
                    return
                self._runtime.workers[name].start()
                _ = self._runtime.apps[name]
                self._runtime.starting.discard(name)
        except Exception:
            if self._leaving.is_set():
                return
            log.exception("start.failed")
            os._exit(NOT_STARTED)

    def close(self) -> None:
        """Open nothing more; let workers finish what is in hand."""
        self._leaving.set()
        self._answered.set()
        self._thread.join()
        self._runtime.close()
