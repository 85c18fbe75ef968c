"""Which tests show which numbered feature: ``python -m tests.features [number …]``."""

import os
import re
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest


class Collected:
    """What pytest found, without running it."""

    def __init__(self) -> None:
        self.shown: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("feature"):
                for number in mark.args:
                    self.shown[number].append(item.nodeid)


def natural(number: str) -> list[tuple[bool, int, str]]:
    """A2 before A10."""
    return [
        (part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in re.findall(r"\d+|\D+", number)
    ]


def main(wanted: list[str]) -> int:
    collected = Collected()
    with Path(os.devnull).open("w") as silence, redirect_stdout(silence):
        answer = pytest.main(["--collect-only", "-q", "-p", "no:randomly"], plugins=[collected])
    if answer not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        print("The tests could not be read; run make test", file=sys.stderr)
        return 1
    for number in sorted(collected.shown, key=natural):
        if wanted and number not in wanted:
            continue
        print(number)
        for test in dict.fromkeys(collected.shown[number]):
            print(f"    {test}")
    print(f"{len(collected.shown)} features are shown by a test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
