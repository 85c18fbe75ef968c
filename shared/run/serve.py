"""Runs a process until it is told to stop: pages under gunicorn, or a worker."""

import signal
import socket
import sys
import threading
from collections.abc import Callable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import click
import structlog
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.run.runtime import Runtime
from shared.run.settings import Settings, SettingsError

log = structlog.get_logger()
GRACE = 25


def reserve(settings: Settings) -> None:
    """Raise SettingsError when something else already listens where we are to listen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        raise SettingsError(
            f"port {settings.port} of {settings.host} cannot be taken ({error.strerror or error}): "
            "stop what listens there, or give RK_PORT another number."
        ) from error


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def serve(
    settings: Settings, make: Callable[[], Runtime], *, everything: bool, ready: str = ""
) -> None:
    """Serve the pages of a runtime under gunicorn: one worker process, threads.

    The runtime is made in the worker process, never before the fork. ``everything`` adds the
    gateway and the workers of all services: the embedded mode.
    """
    from gunicorn.app.base import BaseApplication

    runtimes: list[Runtime] = []

    def load() -> Any:
        runtimes.append(make())
        return _open_all(runtimes[0]) if everything else _behind_a_gateway(runtimes[0])

    def stopped(arbiter: Any, worker: Any) -> None:
        for runtime in runtimes:
            runtime.close()

    def started(worker: Any) -> None:
        if ready:
            click.echo(ready)

    options = {
        "bind": _address(settings),
        "workers": 1,
        "worker_class": "gthread",
        "threads": settings.threads,
        "worker_connections": 200,
        "timeout": 0 if everything else 60,
        "graceful_timeout": GRACE,
        "keepalive": 5,
        "forwarded_allow_ips": "127.0.0.1" if everything else "*",
        "worker_exit": stopped,
        "post_worker_init": started,
        # Its warnings repeat what strangers send and from where: nothing to keep.
        "loglevel": "error",
        "control_socket_disable": True,
    }

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return load()

    Application().run()


def _open_all(runtime: Runtime) -> Any:
    """The embedded mode: data brought up to date, workers started, the gateway in front."""
    runtime.migrate()
    for difference in runtime.ensure_streams():
        log.warning("streams.differ", what=difference)
    front = runtime.front
    # Workers share the interpreter with requests: the default turn of 5 ms is felt in each answer.
    sys.setswitchinterval(0.001)
    runtime.start_workers()
    return front


def _behind_a_gateway(runtime: Runtime) -> Any:
    """The site as nginx passes requests to it: who asks is the address that nginx saw.

    Without it everybody would share the gateway's own address, and its limits.
    """
    return ProxyFix(runtime.site, x_for=1, x_proto=0, x_host=0, x_port=0, x_prefix=0)


class _HealthServer(ThreadingMixIn, WSGIServer):
    """A probe that waits for an absent broker does not keep Prometheus from the figures."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its given name
        """Probes every few seconds are not worth a line."""


def work(settings: Settings, runtime: Runtime) -> None:
    """Run the workers of a runtime until SIGTERM, with their health on the metrics port."""
    from shared.web.health import Health

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    health = Health(runtime.worker_checks())
    server = make_server(
        settings.host, settings.metrics_port, health, _HealthServer, handler_class=_Quiet
    )
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    runtime.start_workers()
    log.info("worker.started", services=[s.name for s in runtime.services])
    stop.wait()
    server.shutdown()
    runtime.close()
    log.info("worker.stopped", services=[s.name for s in runtime.services])
