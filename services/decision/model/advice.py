"""Advice: only the one who is asked says what they can do, and on what conditions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.decision.events import (
    AdviceAsked,
    AdviceGiven,
    AskedOf,
    Condition,
    ConditionDeclared,
    Opinion,
)
from services.decision.model.refusals import GROUP, AdviceOver, wrong
from services.decision.model.words import AdviceState
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an answer says: an opinion with its reason, and what can be done on what terms."""

    opinion: Opinion
    why: str
    capacity: str = ""
    conditions: str = ""
    window_from: date | None = None
    window_to: date | None = None

    def check(self) -> None:
        """An opinion has its reason; conditions are written; a window begins before it ends."""
        if not self.why.strip():
            raise wrong("why", "Dites pourquoi en une phrase.")
        if self.opinion is Opinion.WITH_CONDITIONS and not self.conditions.strip():
            raise wrong("conditions", "Dites à quelles conditions.")
        if self.window_from and self.window_to and self.window_to < self.window_from:
            raise wrong("window_to", "La fin de la période vient après son début.")

    @property
    def declares(self) -> bool:
        """Whether something can be done, or on certain terms only."""
        return bool(self.capacity.strip() or self.conditions.strip())


@dataclass(eq=False, kw_only=True)
class Advice(Aggregate):
    """What one is asked about an idea, and what they said."""

    id: UUID
    round_id: UUID
    idea_id: UUID
    committee_id: UUID
    journey: UUID | None
    asked_of: AskedOf
    asked: str
    question: str
    answer_by: date
    asked_by: UUID | None = None
    department: str | None = None
    person: UUID | None = None
    relay_id: UUID | None = None
    state: AdviceState = AdviceState.ASKED
    opinion: Opinion | None = None
    why: str = ""
    capacity: str = ""
    conditions: str = ""
    window_from: date | None = None
    window_to: date | None = None
    given_by: UUID | None = None
    given_at: datetime | None = None
    version: int = 1

    def ask(self, idea: str, today: date) -> None:
        """Ask, by a day that lies ahead."""
        if self.answer_by < today:
            raise wrong("answer_by", "Ce jour est passé : laissez le temps de répondre.")
        self.record(
            AdviceAsked(
                **self._about(),
                idea=idea,
                question=self.question,
                answer_by=self.answer_by,
                person=self.person,
                relay_id=self.relay_id,
            )
        )

    def _about(self) -> dict[str, Any]:
        return {
            "committee_id": self.committee_id,
            "advice_id": self.id,
            "idea_id": self.idea_id,
            "round_id": self.round_id,
            "asked_of": self.asked_of,
            "asked": self.asked,
        }

    def give(self, said: Said, person: UUID | None, now: datetime) -> None:
        """Say it, once; refuses once it is given or the vote has opened."""
        self.check_awaited()
        said.check()
        self.state, self.opinion, self.why = AdviceState.GIVEN, said.opinion, said.why.strip()
        self.capacity, self.conditions = said.capacity.strip(), said.conditions.strip()
        self.window_from, self.window_to = said.window_from, said.window_to
        self.given_by, self.given_at = person, now
        if said.declares:
            self.record(ConditionDeclared(**self._about(), condition=self.condition()))
        self.record(AdviceGiven(**self._about(), opinion=said.opinion, why=self.why))

    def condition(self) -> Condition:
        """What was declared, as the action carries it."""
        return Condition(
            by=self.asked,
            capacity=self.capacity,
            conditions=self.conditions,
            window_from=self.window_from,
            window_to=self.window_to,
        )

    def check_awaited(self) -> None:
        """Refuse an answer that nobody waits for any more."""
        if self.state is AdviceState.GIVEN:
            raise AdviceOver(
                rule="Un avis se donne une fois : le comité s’appuie dessus.",
                missing="Rien : votre avis est arrivé. Pour dire autre chose, écrivez au comité, "
                "qui peut vous redemander un avis.",
                unblocks=GROUP,
            )
        if self.state is AdviceState.CLOSED:
            raise AdviceOver(
                rule="Un avis se donne avant l’ouverture du vote, sur une idée de la liste.",
                missing="Rien : il n’est plus attendu.",
                unblocks=GROUP,
            )

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self.state is AdviceState.ASKED:
            self.state = AdviceState.CLOSED
