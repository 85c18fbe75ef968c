"""Processes that answer requests, and clients that ask them at once."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.testing.parts import free_port


class Site:
    """A process that serves on ``port``."""

    def __init__(self, process: subprocess.Popen, port: int, began: float) -> None:
        self.process = process
        self.port = port
        self.began = began
        self.ready_after = time.perf_counter() - began

    def until(self, path: str) -> float:
        """Wait until ``path`` answers; seconds since the start."""
        while not _answers(self.port, path):
            threading.Event().wait(0.02)
        return time.perf_counter() - self.began

    def memory(self) -> int:
        """Bytes that the process and its children alone hold (PSS: what is shared is shared out)."""
        return sum(_pss(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if row.startswith("Pss:"):
            return int(row.split()[1]) * 1024
    return 0


@contextmanager
def started(
    module: str, arguments: list[str], path: str, *, on: str = "RK_PORT", **environment: str
) -> Iterator[Site]:
    """``python -m module`` until ``path`` answers; the time that took is in ``ready_after``.

    ``on`` is the setting of the port that answers (a worker has only its port of figures).
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=_as_a_person_has_it() | {on: str(port)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    began = time.perf_counter()
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - began > 90:
                raise RuntimeError(f"{module} does not answer (exit {process.poll()})")
            threading.Event().wait(0.005)
        yield Site(process, port, began)
    finally:
        process.terminate()
        process.wait(30)


def _as_a_person_has_it() -> dict[str, str]:
    """Our environment, without what keeps Python from finding its modules compiled."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _answers(port: int, path: str) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status < 500
    except OSError:
        return False


class Asked:
    """What came of many requests: how long each took, how many were refused, how long in all."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        self.refused = 0
        self.seconds = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.spent) / self.seconds


def ask(
    port: int, path: str, *, clients: int, each: int, headers: dict[str, str], think: float = 0.0
) -> Asked:
    """``clients`` at once, each writing ``each`` stories, with ``think`` seconds in between."""
    asked = Asked()
    guard = threading.Lock()
    ready = threading.Barrier(clients + 1)

    def person() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        mine, refused = [], 0
        pause = threading.Event()
        ready.wait()
        for number in range(each):
            body = json.dumps({"title": f"story {number}"})
            said = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
            began = time.perf_counter()
            connection.request("POST", path, body, said | headers)
            answer = connection.getresponse()
            answer.read()
            mine.append((time.perf_counter() - began) * 1000)
            refused += answer.status != 201
            if think:
                pause.wait(think)
        connection.close()
        with guard:
            asked.spent += mine
            asked.refused += refused

    people = [threading.Thread(target=person) for _ in range(clients)]
    for one in people:
        one.start()
    ready.wait()
    began = time.perf_counter()
    for one in people:
        one.join()
    asked.seconds = time.perf_counter() - began
    return asked
