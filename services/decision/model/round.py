"""A round: from published needs to an action that the committee carries (guide, sheet 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from services.decision.events import (
    ActionChosen,
    ChoiceAnnulled,
    Condition,
    IdeasOpened,
    NeedAnswered,
    OptionCount,
)
from services.decision.model.idea import Idea
from services.decision.model.refusals import (
    DPC,
    LEAD,
    IdeasClosed,
    NothingChosen,
    RoundOver,
    StillChoosing,
    wrong,
)
from services.decision.model.words import RoundState
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False, kw_only=True)
class Round(Aggregate):
    """One choice; ``needs`` are those of the diagnostic, with their weights, the heaviest first."""

    id: UUID
    committee_id: UUID
    code: str
    title: str
    needs: list[dict[str, Any]]
    until: date
    diagnostic_id: UUID | None = None
    why_without: str = ""
    state: RoundState = RoundState.IDEAS
    action_id: UUID | None = None
    idea_id: UUID | None = None
    why: str = ""
    version: int = 1
    LONGEST: ClassVar[int] = 180
    USUAL: ClassVar[timedelta] = timedelta(weeks=3)

    @property
    def journey(self) -> UUID:  # type: ignore[override]
        """A survey and its diagnostic have one id: the journey goes on under it."""
        return self.diagnostic_id or self.id

    def open(self, today: date) -> None:
        """Call for ideas; without a diagnostic only for a reason that stays written."""
        if self.diagnostic_id is None and len(self.why_without.strip()) < 10:
            raise wrong("why", "Dites en une phrase pourquoi on choisit sans diagnostic.")
        self._check_until(self.until, today)
        self._tell()

    def _tell(self) -> None:
        self.record(
            IdeasOpened(
                committee_id=self.committee_id,
                round_id=self.id,
                title=self.title,
                needs=tuple(self.answered(self.need_ids())),
                until=self.until,
                diagnostic_id=self.diagnostic_id,
                why_without_diagnostic=self.why_without,
            )
        )

    def _check_until(self, until: date, today: date) -> None:
        if until < today:
            raise wrong("until", "Ce jour est passé : choisissez un jour à venir.")
        if until > today + timedelta(self.LONGEST):
            raise wrong("until", f"On recueille des idées {self.LONGEST} jours au plus.")

    def move_until(self, until: date, today: date) -> None:
        """Gather ideas until another day, while nobody votes yet."""
        self.check_before_the_vote()
        self._check_until(until, today)
        if until != self.until:
            self.until = until
            self._tell()

    def need_ids(self) -> list[UUID]:
        """The needs, the heaviest first."""
        return [UUID(str(need["need_id"])) for need in self.needs]

    def answered(self, wanted: Iterable[UUID]) -> list[NeedAnswered]:
        """These needs with their weights."""
        ids = set(wanted)
        return [
            NeedAnswered(need_id=need_id, title=need["title"], weight=int(need["weight"]))
            for need_id, need in zip(self.need_ids(), self.needs, strict=True)
            if need_id in ids
        ]

    def check_before_the_vote(self) -> None:
        """Refuse once people vote."""
        if self.state is not RoundState.IDEAS:
            raise IdeasClosed(
                rule="Les idées se préparent avant le vote.",
                missing="Un nouveau tour, si le comité veut en reprendre d’autres.",
                unblocks=LEAD,
            )

    def check_gathering(self, today: date) -> None:
        """Refuse an idea that comes too late."""
        self.check_before_the_vote()
        if today > self.until:
            raise IdeasClosed(
                rule=f"On dépose une idée jusqu’au {self.until:%d/%m/%Y}.",
                missing="Un jour de fin plus lointain.",
                unblocks=f"{LEAD} peut le déplacer.",
            )

    def check_needs(self, wanted: Sequence[UUID]) -> None:
        """An idea answers at least one recorded need, unless there is no diagnostic."""
        if set(wanted) - set(self.need_ids()):
            raise wrong("needs", "Choisissez parmi les besoins de ce diagnostic.")
        if self.needs and not wanted:
            raise wrong("needs", "Dites à quel besoin cette idée répond.")

    def start_vote(self, today: date) -> None:
        """People vote from now on: no idea moves any more."""
        self.check_before_the_vote()
        self.state, self.until = RoundState.VOTE, min(self.until, today)

    def choose(
        self,
        action_id: UUID,
        idea: Idea,
        conditions: Sequence[Condition],
        result: Sequence[OptionCount],
        why: str,
    ) -> None:
        """The committee carries this idea: everything else begins here."""
        if self.state is not RoundState.VOTE:
            raise RoundOver(rule="On choisit une action par tour.", unblocks=LEAD)
        self.state, self.action_id, self.idea_id = RoundState.CHOSEN, action_id, idea.id
        self.why = why
        self.record(
            ActionChosen(
                committee_id=self.committee_id,
                action_id=action_id,
                idea_id=idea.id,
                round_id=self.id,
                title=idea.title,
                aims=idea.aims,
                needs=tuple(self.answered(idea.need_ids())),
                conditions=tuple(conditions),
                wished_from=idea.wished_from,
                wished_to=idea.wished_to,
                place=idea.place,
                result=tuple(result),
                why=why,
                estimate_incl_tax=idea.estimate,
            )
        )

    def give_up(self, why: str) -> None:
        """The vote has chosen nothing; the ideas are kept for another round."""
        self.state, self.why = RoundState.GIVEN_UP, why

    def annul(self, why: str) -> None:
        """The choice does not hold; refuses where nothing was chosen, and without a reason."""
        if self.state is not RoundState.CHOSEN:
            raise NothingChosen(rule="On annule ce qui a été choisi.", unblocks=DPC)
        if len(why.strip()) < 10:
            raise wrong("why", "Dites en une phrase pourquoi ce choix ne tient pas.")
        self.state, self.why = RoundState.ANNULLED, why.strip()
        self.record(
            ChoiceAnnulled(
                committee_id=self.committee_id,
                action_id=self.action_id,
                round_id=self.id,
                why=self.why,
            )
        )

    def check_over(self) -> None:
        """Another round begins once this one has come to an end."""
        if self.state in (RoundState.IDEAS, RoundState.VOTE):
            raise StillChoosing(
                rule="Un nouveau tour s’ouvre quand le précédent est fini.",
                missing="La fin du vote de ce tour.",
                unblocks=LEAD,
            )
