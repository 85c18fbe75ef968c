"""An idea of action: what, where, when, how much, and the needs it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from services.decision.model.refusals import GROUP, LEAD, IdeaNotShown, wrong
from services.decision.model.words import IdeaState
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False, kw_only=True)
class Interest:
    """What binds a person to an idea, said by that person."""

    idea_id: UUID
    person: UUID
    what: str


@dataclass(eq=False, kw_only=True)
class Idea(Aggregate):
    """An idea; ``proposed_by`` is None for a resident, who has no account.

    ``journey`` is the round's. Merged or set aside it stays, with the reason: nothing is lost.
    """

    id: UUID
    round_id: UUID
    committee_id: UUID
    journey: UUID | None
    title: str
    aims: str
    place: str
    wished_from: date
    wished_to: date
    needs: list[str]
    estimate: Decimal | None = None
    proposed_by: UUID | None = None
    state: IdeaState = IdeaState.SHOWN
    merged_into: UUID | None = None
    why: str = ""
    supports: int = 0
    version: int = 1
    interests: list[Interest] = field(default_factory=list)
    LONGEST: ClassVar[int] = 120
    FARTHEST: ClassVar[int] = 730

    def need_ids(self) -> list[UUID]:
        """The needs it answers."""
        return [UUID(need) for need in self.needs]

    def check_days(self, today: date) -> None:
        """A wished period that lies ahead, in order, and short enough to prepare for."""
        if self.wished_from < today:
            raise wrong("wished_from", "Ce jour est passé : choisissez un jour à venir.")
        if self.wished_to < self.wished_from:
            raise wrong("wished_to", "La fin de la période vient après son début.")
        if (self.wished_to - self.wished_from).days > self.LONGEST:
            raise wrong("wished_to", f"La période souhaitée dure {self.LONGEST} jours au plus.")
        if self.wished_to > today + timedelta(self.FARTHEST):
            raise wrong("wished_to", "C’est trop loin : choisissez un jour d’ici deux ans.")

    def change(
        self,
        *,
        title: str,
        aims: str,
        place: str,
        wished: tuple[date, date],
        estimate: Decimal | None,
        needs: Sequence[UUID],
        today: date,
    ) -> None:
        """Say it otherwise."""
        self.check_shown()
        self.title, self.aims, self.place = title, aims, place
        self.wished_from, self.wished_to = wished
        self.estimate, self.needs = estimate, [str(need) for need in needs]
        self.check_days(today)

    def check_shown(self) -> None:
        """Refuse what is not on the list."""
        if self.state is not IdeaState.SHOWN:
            raise IdeaNotShown(
                rule="Seule une idée de la liste se soutient, se précise et se vote.",
                missing="L’accord du groupe pour la mettre sur la liste.",
                unblocks=GROUP if self.state is IdeaState.WAITING else LEAD,
            )

    def show(self) -> None:
        """Put it on the list: it waited, or was set aside."""
        if self.state is IdeaState.MERGED:
            raise IdeaNotShown(
                rule="Une idée réunie à une autre vit avec elle.",
                missing="Rien : ses soutiens comptent pour l’autre.",
                unblocks=LEAD,
            )
        self.state, self.why = IdeaState.SHOWN, ""

    def set_aside(self, why: str) -> None:
        """Take it off the list, for a reason that stays written."""
        if self.state is IdeaState.MERGED:
            self.check_shown()
        if len(why.strip()) < 5:
            raise wrong("why", "Dites pourquoi : la personne qui l’a proposée le lira.")
        self.state, self.why = IdeaState.SET_ASIDE, why.strip()

    def merge_into(self, other: "Idea", why: str) -> None:
        """Join it to ``other``, which takes its needs; both stay written."""
        if other.id == self.id or other.round_id != self.round_id:
            raise wrong("into", "Choisissez une autre idée du même tour.")
        if self.state is IdeaState.MERGED:
            self.check_shown()
        other.check_shown()
        self.state, self.merged_into, self.why = IdeaState.MERGED, other.id, why.strip()
        other.needs = list(dict.fromkeys([*other.needs, *self.needs]))

    def declare(self, person: UUID, what: str) -> None:
        """Say what binds one to the idea; nothing said takes it back."""
        self.interests[:] = [i for i in self.interests if i.person != person]
        if what.strip():
            self.interests.append(Interest(idea_id=self.id, person=person, what=what.strip()))
