"""docs/features.md says where each numbered feature is seen; tests carry the same numbers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features import DOCUMENT, documented, needs_a_test

TESTS = Path(__file__).parents[1]
PLACES = documented(DOCUMENT.read_text(encoding="utf-8"))

# How many numbers each series of the guide has; X, Y and Z are what no existing system offers.
SERIES = {"D": 26, "C": 27, "P": 24, "J": 8, "B": 7, "A": 22, "K": 25, "M": 14}
SERIES |= {"X": 21, "Y": 12, "Z": 10}


def marked() -> Iterator[tuple[str, str]]:
    """Each number that a marker of a test carries, and the file it is in."""
    for file in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="feature"), args=arguments):
                    for argument in arguments:
                        yield ast.literal_eval(argument), str(file.relative_to(TESTS))


def test_every_number_of_the_guide_has_its_line():
    wanted = [f"{letter}{n}" for letter, count in SERIES.items() for n in range(1, count + 1)]
    assert list(PLACES) == wanted


def test_every_number_that_a_test_carries_is_in_the_document():
    unknown = [f"{file}: {number}" for number, file in marked() if number not in PLACES]
    assert not unknown


def test_what_the_document_shows_is_shown_by_a_test():
    shown = {number for number, _ in marked()}
    assert not [n for n, where in PLACES.items() if needs_a_test(where) and n not in shown]


@pytest.mark.parametrize(
    "where, wanted",
    [
        ("à venir", False),
        ("à venir : avec le diagnostic", False),
        ("`/procurement/achats`, sans test", False),
        ("`/procurement/achats`", True),
    ],
)
def test_only_a_page_or_a_command_asks_for_a_test(where, wanted):
    assert needs_a_test(where) is wanted


def test_a_number_has_one_line_only():
    with pytest.raises(ValueError, match="A1"):
        documented("| A1 | ceci | à venir |\n| A2 | cela | à venir |\n| A1 | encore | à venir |\n")
