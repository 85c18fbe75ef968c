"""The count: pure and exact, whatever the order in which voices came.

Blank votes count for the quorum and for no idea. Shares of colleges are not used: each person
counts for one.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from services.decision.events import Method
from services.decision.model.refusals import wrong

Ballot = tuple[UUID, ...]
"""The ideas that one person named; none of them is a blank vote."""


def ballot_of(
    method: Method, options: Iterable[UUID], choices: Sequence[UUID], blank: bool
) -> Ballot:
    """What somebody chose, as a ballot; refuses what the charter does not allow."""
    named = tuple(dict.fromkeys(choices))
    if set(named) - set(options):
        raise wrong("choices", "Cette idée n’est pas sur le bulletin : choisissez dans la liste.")
    if blank and named:
        raise wrong("choices", "Choisissez des idées, ou votez blanc : pas les deux.")
    if not blank and not named:
        raise wrong("choices", "Choisissez une idée, ou votez blanc.")
    if method is Method.PLURALITY and len(named) > 1:
        raise wrong("choices", "La charte de ce vote demande une seule idée.")
    return named


FEW = 5
"""Below so many ballots a box is not shown: somebody might be known by theirs."""


@dataclass(frozen=True)
class Counted:
    """Voices by idea in the order of the ballot, and how many persons they come from."""

    voices: Mapping[UUID, int]
    voted: int
    blank: int

    def leaders(self) -> list[UUID]:
        """The ideas at the head; none without a voice."""
        most = max(self.voices.values(), default=0)
        return [idea for idea, got in self.voices.items() if got == most and most > 0]


@dataclass(frozen=True)
class InARoom:
    """A count of hands or papers: ``present`` persons, ``blank`` of them for no idea."""

    present: int
    voices: Mapping[UUID, int]
    blank: int

    def check(self, method: Method, options: Iterable[UUID]) -> None:
        """Refuse figures that so many persons cannot have given."""
        if set(self.voices) - set(options):
            raise wrong("voices", "Comptez les idées qui sont sur le bulletin.")
        if self.present < 1:
            raise wrong("present", "Cochez les personnes qui ont voté dans la salle.")
        if min([self.blank, *self.voices.values()]) < 0 or self.blank > self.present:
            raise wrong("blank", "Il y a plus de votes blancs que de personnes.")
        for_ideas, total = self.present - self.blank, sum(self.voices.values())
        if method is Method.PLURALITY and total != for_ideas:
            raise wrong(
                "voices",
                f"Le compte n’est pas juste : {self.present} personnes présentes, "
                f"{total} voix et {self.blank} votes blancs.",
            )
        if max(self.voices.values(), default=0) > for_ideas or total < for_ideas:
            raise wrong(
                "voices",
                f"Le compte n’est pas juste : {for_ideas} personnes ont choisi au moins une idée, "
                "et chacune compte une fois au plus par idée.",
            )


def count(options: Sequence[UUID], ballots: Iterable[Ballot], rooms: Iterable[InARoom]) -> Counted:
    """All voices together: from the box, and from the rooms."""
    voices, voted, blank = dict.fromkeys(options, 0), 0, 0
    for ballot in ballots:
        voted += 1
        blank += not ballot
        for idea in ballot:
            voices[idea] += 1
    for room in rooms:
        voted += room.present
        blank += room.blank
        for idea, got in room.voices.items():
            voices[idea] += got
    return Counted(voices, voted, blank)


def quorum_met(voted: int, electors: int, percent: int) -> bool:
    """Whether so many of the electors have voted, exactly."""
    return electors > 0 and Fraction(voted, electors) >= Fraction(percent, 100)


def needed_for_quorum(electors: int, percent: int) -> int:
    """The least number of persons with whom the quorum is met."""
    return -(-electors * percent // 100)


def heaviest(ideas: Sequence[UUID], weights: Mapping[UUID, Sequence[int]]) -> list[UUID]:
    """Of these ideas, those that answer the heaviest need; then the next heaviest."""
    told = {idea: sorted(weights.get(idea, ()), reverse=True) for idea in ideas}
    most = max(told.values(), default=[])
    return [idea for idea in ideas if told[idea] == most]


def drawn(ideas: Sequence[UUID], seed: str) -> UUID:
    """The idea that the draw designates: anybody can do it again from the seed."""
    return min(ideas, key=lambda idea: hashlib.sha256(f"{seed}:{idea}".encode()).hexdigest())
