"""Invented purchases at every step, over the invented committees; dates count from today.

Suppliers bear published test numbers, or numbers that begin with zeros: no company has them.
"""

from collections.abc import Callable
from typing import Any

from services.directory.demonstration import action_id
from services.procurement.demonstration.walking import Walking
from shared.run.demonstration import Chapter
from shared.store.clock import Clock

__all__ = ["STORY", "action_id", "load"]


def load(perform: Callable[..., Any]) -> None:
    """Create everything; ``perform(command, as_=…, **arguments)`` acts as a person."""
    clock: Clock = getattr(perform, "clock", None) or Clock()
    loading = Walking(perform, clock)
    loading.money()
    loading.sellers()
    loading.ask()
    loading.go_on()


STORY = (Chapter(0, load),)
