"""How SQLite waits for the disk: at each commit, save for what can be made again from nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_waiting = "FULL"


def synchronous() -> str:
    """What a new connection is told."""
    return _waiting


@contextmanager
def hurried(folder: Path) -> Iterator[None]:
    """Data made in ``folder`` from nothing: the disk is waited for once, at the end.

    Connections opened meanwhile are closed before it ends. After a power cut in the middle the
    folder is to be made again, which nothing of value is lost by.
    """
    global _waiting
    before, _waiting = _waiting, "OFF"
    try:
        yield
    finally:
        _waiting = before
    for path in [folder, *folder.rglob("*")]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
