"""The dead letters of monitoring itself: facts that could not be folded."""

from typing import Any

from shared.log import dead_letters
from shared.store.reading import Reading

MOST_LETTERS = 200
"""How many are shown at once: each is handled before the next ones matter."""


def letters(read: Reading) -> list[dict[str, Any]]:
    """What waits in this service, dead letters first; never what is in them."""
    return dead_letters.waiting(read, limit=MOST_LETTERS)
