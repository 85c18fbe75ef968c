"""The processes of a stage: started, killed, started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from shared.testing.until import until
from tests.shared.delivery.stage import Stage

ROOT = Path(__file__).parents[3]


class Process:
    """One process of the sample product."""

    def __init__(self, stage: Stage, *arguments: str, replica: str = "one") -> None:
        self._log = (stage.folder / f"process-{os.urandom(4).hex()}.log").open("wb+")
        environment = {**os.environ, **stage.environment(), "RK_REPLICA": replica}
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.shared.delivery.process", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def ready(self) -> "Process":
        """Once it serves."""
        until(lambda: "ready" in self.log() or self._running.poll() is not None, 30)
        assert self._running.poll() is None, self.log()[-3000:]
        return self

    def log(self) -> str:
        """What it printed."""
        self._log.flush()
        return Path(self._log.name).read_text(errors="replace")

    def died(self) -> None:
        """Wait until it killed itself."""
        until(lambda: self._running.poll() is not None, 30, "a process that dies")
        assert self._running.returncode == -signal.SIGKILL, self.log()[-3000:]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._running.send_signal(number)

    def kill(self) -> None:
        """As a power cut."""
        self._running.kill()
        self._running.wait(20)

    def end(self) -> None:
        """End it, whatever its state."""
        if self._running.poll() is None:
            self._running.kill()
            self._running.wait(20)
        self._log.close()


class Company:
    """All processes of a test."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._all: list[Process] = []

    def start(self, *arguments: str, replica: str = "one") -> Process:
        """Start a process; see ``process.py`` for its arguments."""
        made = Process(self._stage, *arguments, replica=replica)
        self._all.append(made)
        return made

    def __enter__(self) -> "Company":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._all:
            process.end()
