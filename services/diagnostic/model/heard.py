"""What was said, and the needs that the group draws from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.diagnostic.model.words import Actor, Channel, Place
from shared.kernel.aggregate import Aggregate

FEW = 5
"""Below so many answers a group is not told apart: somebody might be known by it."""


@dataclass(eq=False, kw_only=True)
class Answer(Aggregate):
    """What somebody said. Nobody is named: ``recorded_by`` is who wrote it down for them."""

    id: UUID
    survey_id: UUID
    code: str
    channel: Channel
    words: dict[str, str]
    received_at: datetime
    actor: Actor | None = None
    place: Place | None = None
    sector: str | None = None
    recorded_by: UUID | None = None
    version: int = 1


@dataclass(eq=False, kw_only=True)
class Evidence:
    """An answer that carries a need."""

    need_id: UUID
    answer_id: UUID


@dataclass(eq=False, kw_only=True)
class Need(Aggregate):
    """A need in the group's own words, with the answers that carry it."""

    id: UUID
    survey_id: UUID
    title: str
    position: int
    version: int = 1
    evidence: list[Evidence] = field(default_factory=list)

    def rest_on(self, ticked: Sequence[UUID], shown: Iterable[UUID] | None = None) -> None:
        """Of the answers ``shown`` (all of them by default), these and no others carry the need.

        A page shows some of the answers: what it did not show stays as it was.
        """
        seen = None if shown is None else {*shown, *ticked}
        kept = {e.answer_id: e for e in self.evidence}
        stay = [] if seen is None else [answer for answer in kept if answer not in seen]
        self.evidence[:] = [
            kept.get(answer) or Evidence(need_id=self.id, answer_id=answer)
            for answer in dict.fromkeys([*stay, *ticked])
        ]


def heaviest_first(needs: Sequence[Need]) -> list[Need]:
    """By how many answers carry them, then in the order in which they were drawn."""
    return sorted(needs, key=lambda need: (-len(need.evidence), need.position))


def weight(evidence: int, answers: int) -> int:
    """The share of all answers that carry a need, in whole percent, a half rounded up."""
    return (200 * evidence + answers) // (2 * answers) if answers else 0


def told_apart(counts: Iterable[tuple[str, int]]) -> list[tuple[list[str], int]]:
    """Groups as they may be published: one of fewer than ``FEW`` is told with the next smallest.

    A number left out could be found again from the total: groups are joined instead.
    """
    groups = [([name], number) for name, number in counts if number]
    while len(groups) > 1:
        smallest, following = sorted(groups, key=lambda group: group[1])[:2]
        if smallest[1] >= FEW:
            break
        joined = ([*following[0], *smallest[0]], following[1] + smallest[1])
        groups = [joined if g is following else g for g in groups if g is not smallest]
    return groups
