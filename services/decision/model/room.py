"""What was counted in a room: hands or papers, on a list of those who voted there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.decision.model.counting import InARoom
from services.decision.model.refusals import GROUP, CountOver, SecondPersonNeeded
from services.decision.model.words import CountState, Way
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False, kw_only=True)
class RoomCount(Aggregate):
    """A count: entered by one person, confirmed by a second one who was there.

    ``present`` are electors; at the closing the list is emptied, its number ``persons`` stays.
    """

    id: UUID
    vote_id: UUID
    committee_id: UUID
    journey: UUID | None
    way: Way
    present: list[str]
    persons: int
    voices: dict[str, int]
    blank: int
    entered_by: UUID
    entered_at: datetime
    confirmed_by: UUID | None = None
    state: CountState = CountState.ENTERED
    version: int = 1

    def counted(self) -> InARoom:
        """As the count takes it."""
        voices = {UUID(idea): got for idea, got in self.voices.items()}
        return InARoom(self.persons, voices, self.blank)

    def electors(self) -> list[UUID]:
        """Those who voted in the room."""
        return [UUID(elector) for elector in self.present]

    def confirm(self, person: UUID) -> None:
        """A second person stands for it."""
        self._check_awaited()
        if person == self.entered_by:
            raise SecondPersonNeeded(
                rule="Un compte fait dans une salle est confirmé par une deuxième personne.",
                missing="Quelqu’un d’autre qui y était.",
                unblocks=GROUP,
            )
        self.state, self.confirmed_by = CountState.CONFIRMED, person

    def drop(self) -> None:
        """It was wrong: it is entered again."""
        self._check_awaited()
        self.state = CountState.DROPPED

    def _check_awaited(self) -> None:
        if self.state is not CountState.ENTERED:
            raise CountOver(
                rule="Un compte se confirme, ou s’écarte, une seule fois.",
                missing="Un nouveau compte, s’il en faut un.",
                unblocks=GROUP,
            )

    def forget(self) -> None:
        """The vote is closed: who stood where is no longer known."""
        self.present = []
