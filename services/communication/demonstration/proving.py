"""Proofs that can be looked at: a coloured leaf, as the City's model has it."""

from datetime import date
from functools import cache
from pathlib import Path

from services.communication.demonstration.briefs import in_words
from services.directory.demonstration.invented import SECTORS
from shared.store.papers import picture

_TEMPLATE = Path(__file__).with_name("bat.typ")
_GROUNDS = ("#fdf0d2", "#e0f0f0", "#f7dfd2", "#e6ecd6")
_QUARTIERS = {n: name for quartiers in SECTORS.values() for n, name in quartiers.items()}


@cache
def proof_of(number: int, title: str, day: date, edition: int) -> bytes:
    """The bytes of one edition of a proof."""
    told = {
        "committee": f"CAC {number:02} · {_QUARTIERS[number]}",
        "title": title,
        "when": f"{in_words(day).capitalize()}, à partir de 14\u00a0h",
        "place": "Cour de l’école",
        "ground": _GROUNDS[number % len(_GROUNDS)],
        "edition": edition,
    }
    return picture(_TEMPLATE, told)
