"""The line of an action that cannot be opened yet: what it waits for."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.kernel.aggregate import Aggregate


class WaitsFor(StrEnum):
    """What has to happen before an action has its line of a year."""

    ENVELOPE = "envelope"
    DECISION = "carry-over"


@dataclass(eq=False)
class AwaitedLine(Aggregate):
    """An action without its line of ``year``: the id is the action's, so there is one.

    It waits for the envelope of that year, or, when money is held on its line of another year
    (``line_id``), for the DPC to say whether what is left is carried over; None once it has it.
    """

    id: UUID
    committee_id: UUID
    year: int
    title: str
    since: datetime
    waits_for: WaitsFor | None
    asked: Decimal | None = None
    line_id: UUID | None = None
    version: int = 1

    def wait(self, waits_for: WaitsFor, year: int, since: datetime, line_id: UUID | None) -> None:
        """From now on it waits for this."""
        self.waits_for, self.year, self.since, self.line_id = waits_for, year, since, line_id

    def over(self) -> None:
        """It has its line, or needs none any more."""
        self.waits_for = None
