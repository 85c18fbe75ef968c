"""Keep one process alive for as long as its owner lives, and not a moment longer.

A test session may end by an interrupt, a timeout or a SIGKILL: none of them runs its clean-up.
So each real part runs under this small program, which watches the owner from outside, ends the
part when the owner is gone, and removes its folder. Should the keeper itself be killed, the
kernel ends the part. Standard library only, started as a plain file: it must start quickly.
"""

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

PATIENCE = 10.0
PR_SET_PDEATHSIG = 1


def watch(pid: int) -> Callable[[], bool]:
    """Answer whether that process still lives; one that waits to be reaped does not."""
    if not hasattr(os, "pidfd_open"):
        return lambda: _answers(pid)
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return lambda: False
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return lambda: not poll.poll(0)


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def family(pid: int) -> list[int]:
    """That process and all it started, eldest first."""
    members = [pid]
    for member in members:
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{member}/task/{member}/children").read_text()
            members += [int(child) for child in children.split()]
    return members


def kill_family(pid: int) -> None:
    """End all of them at once, as a power cut would."""
    members = family(pid)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for member in members:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, number)


def keep(
    *,
    owner: int,
    command: list[str],
    folder: str,
    end_signal: int,
    user: str | None,
    leftovers: list[str],
) -> None:
    home = Path(folder)
    owner_lives = watch(owner)

    def die_with_the_keeper() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(end_signal))

    with (home / "log").open("ab") as log:
        child = subprocess.Popen(
            command,
            cwd=home,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_the_keeper,
        )
    try:
        (home / "pid.new").write_text(str(child.pid))
        (home / "pid.new").rename(home / "pid")
        while child.poll() is None and owner_lives():
            time.sleep(0.05)
    finally:
        if child.poll() is None:
            _end(child, end_signal)
        (home / "pid").unlink(missing_ok=True)
        if not owner_lives():
            for leftover in leftovers:
                shutil.rmtree(leftover, ignore_errors=True)


def _end(child: subprocess.Popen[bytes], end_signal: int) -> None:
    child.send_signal(end_signal)
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        kill_family(child.pid)
        child.wait()


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wanted: dict[str, Any] = json.loads(sys.argv[1])
    keep(**wanted)
