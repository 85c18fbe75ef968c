"""Which tests show which numbered feature: ``python -m tests.features [number …]``.

The numbers are those of docs/features.md; what that document calls « à venir » is shown by nothing.
"""

import os
import re
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[1] / "docs" / "features.md"
COMING, UNTESTED = "à venir", "sans test"

_ROW = re.compile(
    r"^\| (?P<number>[A-Z]\d+) \| (?P<says>[^|]+) \| (?P<where>[^|]+) \|$", re.MULTILINE
)


def documented(text: str) -> dict[str, str]:
    """Where ``text`` says that each number is seen, in its order; refuses a number given twice."""
    rows = [(row["number"], row["where"].strip()) for row in _ROW.finditer(text)]
    if len(dict(rows)) != len(rows):
        numbers = [number for number, _ in rows]
        raise ValueError(f"Given twice: {sorted({n for n in numbers if numbers.count(n) > 1})}")
    return dict(rows)


def needs_a_test(where: str) -> bool:
    """Whether the document promises that a test shows it."""
    return not where.startswith(COMING) and UNTESTED not in where


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
    places = documented(DOCUMENT.read_text(encoding="utf-8"))
    for number in sorted(collected.shown, key=natural):
        if wanted and number not in wanted:
            continue
        print(f"{number}  {places.get(number, 'not in docs/features.md')}")
        for test in dict.fromkeys(collected.shown[number]):
            print(f"    {test}")
    if not wanted:
        summarise(places, set(collected.shown))
    return 0


def summarise(places: dict[str, str], shown: set[str]) -> None:
    """Each series: how many of its numbers a test shows."""
    series: dict[str, list[str]] = defaultdict(list)
    for number in places:
        series[number[0]].append(number)
    print()
    for letter, numbers in series.items():
        print(f"{letter}  {len(shown & set(numbers)):>2} of {len(numbers)} are shown by a test")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
