"""What all services speak: the four streams, and facts, which belong to a committee."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.kernel.event import By, Event, FileRef, Stream
from shared.log.flow import FLOW
from shared.log.notices import NOTICES

__all__ = ["FACTS", "FLOW", "NOTICES", "PEOPLE", "STREAMS", "By", "Fact", "FileRef"]

FACTS = Stream("cac.facts")
"""Every fact of every service, in one order per committee, kept for ever."""

PEOPLE = Stream("cac.people", compacted=True)
"""Display names by person id; a tombstone erases one."""

STREAMS = (FACTS, PEOPLE, NOTICES, FLOW)


@dataclass(frozen=True, kw_only=True)
class Fact(Event):
    """Something true of a committee, or of the city where ``committee_id`` is None."""

    stream: ClassVar[Stream] = FACTS

    committee_id: UUID | None = None
    action_id: UUID | None = None

    def key(self) -> str:
        """The committee: everything about it is read in the order in which it happened."""
        return str(self.committee_id) if self.committee_id else "city"

    def thread(self) -> str:
        """The action, else the committee: what waits behind a fact that cannot be handled."""
        return str(self.action_id) if self.action_id else self.key()
