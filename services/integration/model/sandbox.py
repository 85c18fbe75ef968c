"""A place to try the feed for a day, with made-up facts of a committee that does not exist."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.integration.model.refusals import SandboxFull
from shared.kernel.aggregate import Aggregate

LIFETIME = timedelta(hours=24)
MOST_EVENTS = 100
AN_HOUR = 10
"""Sandboxes that one network address opens in an hour."""
AT_ONCE = 2000
"""Sandboxes that there are at one time."""


@dataclass(eq=False, kw_only=True)
class Sandbox(Aggregate):
    """Whoever holds its key reads and sends its events; nobody else sees them."""

    id: UUID
    prefix: str
    fingerprint: str
    address: str
    made_at: datetime
    until: datetime
    events: int = 0
    version: int = 1

    def take(self) -> int:
        """Room for one more event: its place, from 0."""
        if self.events >= MOST_EVENTS:
            raise SandboxFull(
                rule=f"Un bac à sable contient {MOST_EVENTS} événements au plus.",
                missing="Un autre bac à sable : POST /integration/sandbox.",
            )
        self.events += 1
        return self.events - 1
