"""One real part: a process of its own on a loopback port, in a temporary folder."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from shared.testing import keeper

LOOPBACK = "127.0.0.1"
# Sixteen processes that start at once on two cores, beside other tests, need their time.
START_TIMEOUT = 180.0
END_TIMEOUT = 30.0


class PartMissing(Exception):
    """This machine lacks a program; the text says what to install."""


class PartFailed(Exception):
    """It did not start, or did not end; the text holds the end of its log."""


def free_port() -> int:
    """A port that nothing uses.

    Taken below the range from which the kernel gives ports to outgoing connections: there, a
    client that retries while its server is down can end up connected to itself, and the server
    cannot have its port back.
    """
    for candidate in random.sample(range(20_000, 32_000), 200):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind((LOOPBACK, candidate))
            return candidate
    raise PartFailed("no free port between 20000 and 32000")


def port_answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
        return True
    return False


class Part:
    """Starts, stops, is killed and starts again on the same data and the same port."""

    name: ClassVar[str]
    end_signal: ClassVar[signal.Signals] = signal.SIGTERM
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(
        self, *, owner: int | None = None, folder: Path | None = None, port: int | None = None
    ) -> None:
        """``owner`` is the process that it must not outlive: this one, unless said otherwise.

        With the folder and the port of a part that another process started, it speaks of that
        one: where it is, what it logged.
        """
        self.port = port or free_port()
        self.owner = owner or os.getpid()
        self.folder = folder or Path(tempfile.mkdtemp(prefix=f"rond-koze-{self.name}-"))
        # Some parts give up root, and then still have to pass through.
        self.folder.chmod(0o755)
        # What nobody else removes when the owner ends without a word.
        self.leftovers = [self.folder]
        self._keeper: subprocess.Popen[bytes] | None = None
        self._prepared = False
        self._log_start = 0

    # What a part says of itself.

    def prepare(self) -> None:
        """Write what the first start needs."""

    def command(self) -> list[str]:
        raise NotImplementedError

    def user(self) -> str | None:
        return None

    def is_ready(self) -> bool:
        raise NotImplementedError

    # Its life.

    def start(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.discard()
            raise
        return self

    def _start(self) -> None:
        if not self._prepared:
            self.prepare()
            self._prepared = True
        self._log_start = self._log_size()
        wanted: dict[str, Any] = {
            "owner": self.owner,
            "command": self.command(),
            "folder": str(self.folder),
            "end_signal": int(self.end_signal),
            "user": self.user(),
            "leftovers": [str(folder) for folder in self.leftovers],
        }
        with (self.folder / "keeper.log").open("ab") as complaints:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", "-S", keeper.__file__, json.dumps(wanted)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                start_new_session=True,
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """End as an administrator would: the part finishes what it was doing."""
        self._signal(self.stop_signal)
        self._wait_until_ended()

    def kill(self) -> None:
        """End as a power cut would: no clean-up of its own, in none of its processes."""
        pid = self.pid
        if pid is not None:
            keeper.kill_family(pid)
        self._wait_until_ended()

    def restart(self) -> Self:
        if self.pid is not None:
            self.stop()
        return self.start()

    def discard(self) -> None:
        """End it, whatever it is doing, and forget its data."""
        if self._keeper is not None and self._keeper.poll() is None:
            self._keeper.terminate()
            self._keeper.wait(END_TIMEOUT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()

    # What can be read of it.

    @property
    def pid(self) -> int | None:
        """The process itself, while it runs."""
        with contextlib.suppress(OSError, ValueError):
            return int((self.folder / "pid").read_text())
        return None

    @property
    def keeper_pid(self) -> int | None:
        return self._keeper.pid if self._keeper else None

    @property
    def log_file(self) -> Path:
        return self.folder / "log"

    def log(self, lines: int = 40) -> str:
        """The end of what it wrote."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-lines:])
        return ""

    def log_since_start(self) -> str:
        with contextlib.suppress(OSError), self.log_file.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")
        return ""

    def _log_size(self) -> int:
        return self.log_file.stat().st_size if self.log_file.exists() else 0

    def _signal(self, number: signal.Signals) -> None:
        pid = self.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _wait_until_ready(self) -> None:
        assert self._keeper is not None
        deadline = time.monotonic() + START_TIMEOUT
        while not (self.pid is not None and self.is_ready()):
            if self._keeper.poll() is not None or time.monotonic() > deadline:
                text = f"{self.name} did not start. The end of its log:\n{self.log()}"
                with contextlib.suppress(OSError):
                    text += (self.folder / "keeper.log").read_text(errors="replace")
                raise PartFailed(text)
            time.sleep(0.05)

    def _wait_until_ended(self) -> None:
        if self._keeper is None:
            return
        try:
            self._keeper.wait(END_TIMEOUT)
        except subprocess.TimeoutExpired:
            raise PartFailed(f"{self.name} did not end. Its log:\n{self.log()}") from None
        self._keeper = None
