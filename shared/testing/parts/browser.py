"""The machine's own browser."""

import shutil
from dataclasses import dataclass

from shared.testing.part import PartMissing


@dataclass(frozen=True)
class Browser:
    """A program and the arguments with which it neither phones home nor needs a sandbox."""

    path: str
    arguments: tuple[str, ...] = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    )


def chromium() -> Browser:
    """The machine's own Chromium; Playwright's download is never used."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Browser(path)
    raise PartMissing("Chromium is not on this machine: apt-get install chromium")
