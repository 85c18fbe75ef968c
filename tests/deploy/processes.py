"""Processes and jobs of the product, each with the command and environment of its container."""

import http.client
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from typing import Self

from shared.testing.part import LOOPBACK, Part
from tests.deploy.composition import ROOT

# What the tests have brought to this Python and the image has not.
IMAGE = ROOT / "tests" / "deploy" / "image"


class Process(Part):
    """One process of the product, as a container would run it."""

    name = "process"

    def __init__(self, service: str, command: list[str], environment: Mapping[str, str]) -> None:
        super().__init__()
        # Of the container's two ports each process listens on one.
        self.service = service
        self.name = service  # type: ignore[misc]
        self._command = command
        kept = "RK_PORT" if service.endswith("-web") else "RK_METRICS_PORT"
        self.environment = {**environment, "RK_HOST": LOOPBACK, kept: str(self.port)}

    def command(self) -> list[str]:
        # `env -i`: what this machine has in its environment must not help.
        program = [sys.executable if word == "python" else word for word in self._command]
        found = f"{IMAGE}{os.pathsep}{ROOT}"
        image = {"PATH": os.environ["PATH"], "PYTHONPATH": found, "PYTHONUNBUFFERED": "1"}
        given = {**image, **self.environment}
        return ["/usr/bin/env", "-i", *(f"{k}={v}" for k, v in given.items()), *program]

    def is_ready(self) -> bool:
        return self.answers("live")

    def answers(self, what: str = "ready") -> bool:
        """Whether it says that it is ``live``, or ``ready``."""
        return self.says(what)[0] == 200

    def says(self, what: str = "ready") -> tuple[int, str]:
        """Its status, and what it says is missing; 0 when it does not answer."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=20)
        try:
            connection.request("GET", f"/health/{what}")
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    def figure(self, name: str) -> float:
        """The sum of a figure that it shows to Prometheus."""
        with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/metrics", timeout=20) as page:
            lines = page.read().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name + "{"))


class Job:
    """A process that ends by itself."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._running: subprocess.Popen[bytes] | None = None

    def run(self) -> subprocess.CompletedProcess[str]:
        """To its end."""
        return subprocess.run(
            self._process.command(),
            cwd=self._process.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )

    def launch(self) -> Self:
        """Begin; ``log`` is what it has said so far."""
        with self._process.log_file.open("ab") as log:
            self._running = subprocess.Popen(
                self._process.command(), cwd=self._process.folder, stdout=log, stderr=log
            )
        return self

    def log(self) -> str:
        return self._process.log()

    def has_said(self, words: str) -> bool:
        return words in self.log()

    def wait(self) -> int:
        """Its exit code."""
        assert self._running is not None
        return self._running.wait(180)

    def close(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
            self._running.wait()
        self._process.discard()
