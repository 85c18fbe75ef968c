"""The one gate through which each step of a purchase passes, and what is noted of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from services.procurement.events import PurchaseFact, PurchaseStepPassed, Step
from services.procurement.model.decider import Decider
from services.procurement.model.file import PurchaseFile
from services.procurement.model.papers import Act
from services.procurement.model.refusals import (
    DutiesNotSeparated,
    InterestDeclared,
    RoleNotAllowed,
    StepNotAllowed,
    need_reason,
)
from services.procurement.model.steps import (
    AWAITED,
    BY_PAIR,
    ROLE_NAMES,
    SEPARATION,
    STATE_NAMES,
    STEP_INFINITIVES,
    STEP_VERBS,
    SYSTEM,
    Passage,
    State,
)
from shared.kernel import calendar

Fact = TypeVar("Fact", bound=PurchaseFact)
_ALWAYS_SAID = (Step.REQUEST_QUOTES, Step.CHECK, Step.RESCHEDULE, Step.AMEND_ORDER)
"""Steps that others hear of even where the file stays where it was."""


class Passing(PurchaseFile):
    """Who may take which step now, and the act and the fact that a step leaves."""

    def took(self, steps: Iterable[Step]) -> set[UUID]:
        """Who took one of ``steps`` in this file."""
        wanted = frozenset(steps)
        return {a.person for a in self.acts if a.step in wanted and a.person is not None}

    def passage(self, step: Step, decider: Decider) -> Passage:
        """The row that lets ``decider`` take ``step`` now; refuses every other pair."""
        row = BY_PAIR.get((self.state, step))
        if row is None:
            raise self._not_now(step)
        if not row.roles & decider.roles:
            names = " ou ".join(sorted(ROLE_NAMES[role] for role in row.roles - {SYSTEM}))
            raise RoleNotAllowed(
                "Cette étape ne vous revient pas.",
                rule="Chaque étape d’un achat a son rôle.",
                missing=f"Cette étape revient à : {names or ROLE_NAMES[SYSTEM]}.",
                unblocks=names or ROLE_NAMES[SYSTEM],
                role=min(row.roles),
            )
        self._refuse_interest(decider)
        self._refuse_same_person(step, decider)
        return row

    def take(self, step: Step, decider: Decider, reason: str = "", **noted: Any) -> None:
        """Take ``step``: the state, the act that nobody deletes, and the fact that says it."""
        row = self.passage(step, decider)
        reason = need_reason(reason) if row.reason else reason.strip()
        moved = row.source is not row.target
        self.state = row.target
        self.note(step, decider, row, reason, **noted)
        if moved or step in _ALWAYS_SAID:
            self.say_step(step, reason)

    def note(
        self, step: Step, decider: Decider, row: Passage, reason: str = "", **noted: Any
    ) -> None:
        """Append the act: who, in which role, when, why, on which content."""
        role = next(iter(sorted(row.roles & decider.roles)), SYSTEM)
        act = Act(
            seq=len(self.acts) + 1,
            step=step,
            person=decider.person,
            role=role,
            at=decider.at,
            source=row.source,
            target=row.target,
            reason=reason,
            content_version=self.content_version,
            **noted,
        )
        self.acts.append(act)

    def last_useful(self) -> date | None:
        """The day that slack counts to: the last one to order, then that of the need."""
        if self.state not in AWAITED:
            return None
        if self.order_number is None:
            return self.order_before
        delivering = self.state in {State.ORDERED, State.PARTLY_DELIVERED}
        return self.needed_by if delivering else self.due

    def say_step(self, step: Step, reason: str = "") -> None:
        """Record where the file is now and who is awaited until when."""
        awaited = AWAITED.get(self.state)
        self.due = None
        if awaited:
            last = self.needed_by if awaited.days_before == 0 else self.order_before
            last = self.order_before if self.state is State.COMMITTED else last
            self.due = calendar.before(last, awaited.days_before)
        self.record_fact(
            PurchaseStepPassed,
            step=step,
            next_step=awaited.step if awaited else None,
            awaited_role=awaited.role if awaited else None,
            due=self.due,
            reason=reason,
            last_useful=self.last_useful(),
        )

    def record_fact(self, fact: type[Fact], /, **facts: Any) -> None:
        """Record a fact of this purchase."""
        self.record(
            fact(
                committee_id=self.committee_id,
                action_id=self.action_id,
                purchase_id=self.id,
                need_id=self.need_id,
                **facts,
            )
        )

    def _not_now(self, step: Step) -> StepNotAllowed:
        last = self.acts[-1] if self.acts else None
        awaited = AWAITED.get(self.state)
        return StepNotAllowed(
            f"Ce dossier est à l’étape « {STATE_NAMES[self.state]} » : "
            "cette action n’y est pas possible.",
            rule="Un achat avance dans un ordre fixe.",
            missing=f"Attendu : {ROLE_NAMES[awaited.role]}." if awaited else "Le dossier est clos.",
            unblocks=ROLE_NAMES[awaited.role] if awaited else "",
            role=awaited.role if awaited else "",
            last_person=last.person if last else None,
            last_step=last.step if last else None,
            step=step,
        )

    def _refuse_interest(self, decider: Decider) -> None:
        if any(i.person == decider.person for i in self.interests if decider.person):
            raise InterestDeclared(
                "Vous avez déclaré un intérêt dans ce dossier : vous n’y prenez pas part.",
                rule="Qui a un intérêt, même indirect, s’abstient.",
                missing="Une autre personne doit agir.",
                unblocks="Une autre personne qui tient le même rôle.",
            )

    def _refuse_same_person(self, step: Step, decider: Decider) -> None:
        for act in self.acts:
            if act.step in SEPARATION.get(step, ()) and act.person == decider.person:
                if decider.person is None:
                    continue
                raise DutiesNotSeparated(
                    f"Vous avez {STEP_VERBS[act.step]} : une autre personne doit "
                    f"{STEP_INFINITIVES[step]}.",
                    rule="Qui demande, modifie ou contrôle ne décide pas ; "
                    "qui valide ne signe pas la commande.",
                    missing="La décision d’une autre personne.",
                    unblocks="Une autre personne qui tient le même rôle.",
                    role=min(BY_PAIR[(self.state, step)].roles),
                )
