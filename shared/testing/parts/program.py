"""Finds the programs of this machine."""

import shutil

from shared.testing.part import PartMissing


def program(name: str, *, install: str) -> str:
    """The path of a program; PartMissing says what to install."""
    # Debian keeps servers out of an ordinary user's PATH.
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if path is None:
        raise PartMissing(f"{name} is not on this machine: apt-get install {install}")
    return path
