"""Runs a process until it is told to stop: pages under gunicorn, or a worker."""

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from shared.run.settings import Settings, SettingsError

if TYPE_CHECKING:
    from shared.run.runtime import Runtime

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
    settings: Settings, make: "Callable[[], Runtime]", *, everything: bool, ready: str = ""
) -> None:
    """Serve the pages of a runtime under gunicorn: one worker process, threads.

    The runtime is made in the worker process, never before the fork, and nothing that it needs is
    imported before. ``everything`` adds the gateway and the workers of all services: the embedded
    mode.
    """
    from gunicorn.app.base import BaseApplication

    opened: list[Any] = []

    def load() -> Any:
        opened.append(_everything(make()) if everything else _BehindAGateway(make()))
        return opened[0]

    def stopped(arbiter: Any, worker: Any) -> None:
        for one in opened:
            one.close()

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


def _everything(runtime: "Runtime") -> Any:
    from shared.run.opening import Opening

    return Opening(runtime)


class _BehindAGateway:
    """The site as nginx passes requests to it: who asks is the address that nginx saw.

    Without it everybody would share the gateway's own address, and its limits.
    """

    def __init__(self, runtime: "Runtime") -> None:
        from werkzeug.middleware.proxy_fix import ProxyFix

        self._runtime = runtime
        for name in runtime.names:
            _ = runtime.apps[name]
        self._site = ProxyFix(runtime.site, x_for=1, x_proto=0, x_host=0, x_port=0, x_prefix=0)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self._site(environ, start_response)

    def close(self) -> None:
        """Let go of databases and log."""
        self._runtime.close()
