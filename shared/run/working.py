"""Runs a worker process until it is told to stop, with its health on the port of figures."""

import signal
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog

from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.web.health import Health

log = structlog.get_logger()


class _HealthServer(ThreadingMixIn, WSGIServer):
    """A probe that waits for an absent broker does not keep Prometheus from the figures."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its given name
        """Probes every few seconds are not worth a line."""


def work(settings: Settings, runtime: Runtime) -> None:
    """Run the workers of a runtime until SIGTERM, with their health on the metrics port."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    health = Health(runtime.worker_checks())
    server = make_server(
        settings.host, settings.metrics_port, health, _HealthServer, handler_class=_Quiet
    )
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    runtime.start_workers()
    log.info("worker.started", services=list(runtime.names))
    stop.wait()
    server.shutdown()
    runtime.close()
    log.info("worker.stopped", services=list(runtime.names))
