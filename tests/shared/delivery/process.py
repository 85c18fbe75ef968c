"""Runs a part of the sample product in a process of its own; it can kill itself at a point.

    python -m tests.shared.delivery.process worker counting --die worker:committed --after 2

As `kill -9` would, with no clean-up. ``everything`` is the embedded way: all services, their
workers and their pages in one process.
"""

import argparse
import os
import signal
import threading
from collections.abc import Callable
from wsgiref.simple_server import make_server

from shared.run.settings import Settings
from tests.shared.sample import product


def killer(name: str, after: int) -> Callable[[str], None]:
    """A function of points that ends this process at the ``after``-th time it meets ``name``."""
    met = [0]
    guard = threading.Lock()

    def point(here: str) -> None:
        with guard:
            met[0] += here == name
            if name and met[0] == after and here == name:
                os.kill(os.getpid(), signal.SIGKILL)

    return point


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["worker", "web", "everything"])
    parser.add_argument("services", nargs="*")
    parser.add_argument("--die", default="")
    parser.add_argument("--after", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    settings = Settings.read()
    names = asked.services or None
    runtime = product.runtime(settings, names, point=killer(asked.die, asked.after))
    if asked.role != "web":
        runtime.start_workers()
    if asked.role != "worker":
        server = make_server("127.0.0.1", asked.port, runtime.site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
    runtime.close()


if __name__ == "__main__":
    main()
