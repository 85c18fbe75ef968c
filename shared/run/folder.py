"""The folder of the embedded data: one that can be written to, held by one process at a time."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from shared.run.settings import SettingsError


def prepare(folder: Path) -> None:
    """Make ``folder``; SettingsError when it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise SettingsError(
            f"RK_DATA is {folder}, a folder this process cannot write to ({error.strerror})."
        ) from error


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold ``folder``: a second process on the same data is refused with a SettingsError.

    The system lets go of it when the process and those it forked are gone, however they end.
    """
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingsError(
                f"Another process already runs on {folder}. Stop it first, or give this one "
                "another folder with RK_DATA."
            ) from error
        yield
