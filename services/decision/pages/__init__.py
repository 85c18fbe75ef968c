"""Pages of decision: for the group, for those asked, for electors, for everybody."""

from services.decision.pages import (
    advice,
    ballots,
    cards,
    charters,
    ideas,
    public,
    results,
    rooms,
    rounds,
)
from services.decision.pages.blueprint import blueprint

__all__ = [
    "advice", "ballots", "blueprint", "cards", "charters", "ideas", "public", "results", "rooms",
    "rounds",
]  # fmt: skip
