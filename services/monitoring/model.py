"""From when on monitoring draws attention: data of the city, not of the law."""

from dataclasses import dataclass
from uuid import UUID

from shared.kernel.aggregate import Aggregate

THE_ONE = UUID("4d6f6e69-746f-5269-8e67-000000000001")
"""There is one setting for the whole city, under this id; the first migration makes it."""

MOST_SOON = 30
MOST_QUIET = 365


@dataclass(eq=False)
class Attention(Aggregate):
    """What is « soon », in working days left; from how many days of silence to worry."""

    id: UUID
    soon_days: int
    quiet_days: int
    version: int = 1

    def change(self, soon_days: int, quiet_days: int) -> None:
        """Take other limits; the form has checked that they are within bounds."""
        self.soon_days, self.quiet_days = soon_days, quiet_days
