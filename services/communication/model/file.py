"""The file of a print request: what it holds, and how it passes from state to state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.communication.events import PrintFact
from services.communication.model.brief import NAMES, Brief
from services.communication.model.delays import Delays, due
from services.communication.model.papers import Act, Doer, Handout, Proof
from services.communication.model.refusals import PrintStepNotAllowed
from services.communication.model.steps import (
    AWAITED,
    AWAY,
    PASSAGES,
    ROLE_NAMES,
    STATE_NAMES,
    STEP_VERBS,
    State,
    Step,
)
from services.communication.model.words import DEPARTMENT, Colours, Paper, Support
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class RequestFile(Aggregate):
    """Everything one print request holds; its steps are in the classes built on it.

    ``planned`` when planning asked for it and says its dates. Days of ``conception`` to
    ``delivery`` are those of the catalogue when it was sent.
    """

    id: UUID
    need_id: UUID
    committee_id: UUID
    action_id: UUID
    title: str
    support: Support
    opened_at: datetime
    requested_by: UUID | None = None
    owner: UUID | None = None
    priority: int = 2
    planned: bool = False
    department: str = DEPARTMENT
    quantity: int | None = None
    page_format: str = ""
    colours: Colours | None = None
    paper: Paper | None = None
    text: str = ""
    zones: str = ""
    place: str = ""
    needed_by: date | None = None
    contact: UUID | None = None
    logo: str = ""
    printer_mention: bool = False
    french_text: bool = False
    image_rights: bool = False
    state: State = State.DRAFT
    due: date | None = None
    conception: int = 5
    review: int = 6
    proof: int = 2
    printing: int = 3
    delivery: int = 1
    from_model: bool = False
    hours: Decimal | None = None
    accepted_on: date | None = None
    week: date | None = None
    ready_by: date | None = None
    urgent: bool = False
    proposed: date | None = None
    rounds: int = 0
    delivered: int = 0
    delivered_on: date | None = None
    handed_out: int = 0
    proofs: list[Proof] = field(default_factory=list)
    handouts: list[Handout] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    journey: UUID | None = None
    version: int = 1

    @property
    def brief(self) -> Brief:
        """What is asked for."""
        return Brief(**{name: getattr(self, name) for name in NAMES})

    def say(self, brief: Brief) -> None:
        """Ask for this from now on."""
        for name in NAMES:
            setattr(self, name, getattr(brief, name))
        self.count_back()

    @property
    def delays(self) -> Delays:
        """The working days of each part of this print."""
        return Delays(self.conception, self.review, self.proof, self.printing, self.delivery)

    def take_delays(self, delays: Delays) -> None:
        """Count with these days from now on."""
        self.conception, self.review, self.proof = delays.conception, delays.review, delays.proof
        self.printing, self.delivery = delays.printing, delays.delivery
        self.count_back()

    def count_back(self) -> None:
        """The day by which what is awaited is to be done."""
        self.due = due(self.state, self.needed_by, self.delays) if self.state in AWAITED else None

    @property
    def current(self) -> Proof | None:
        """The last proof."""
        return self.proofs[-1] if self.proofs else None

    @property
    def left(self) -> int:
        """Copies delivered and not handed out yet."""
        return self.delivered - self.handed_out

    def note(self, step: Step, doer: Doer, reason: str = "") -> None:
        """Remember a step."""
        self.acts.append(Act(len(self.acts) + 1, step, doer.person, doer.at, reason.strip()))

    def passage(self, step: Step, doer: Doer) -> State | None:
        """Where ``step`` leads from here; refuses what the table does not list."""
        row = PASSAGES[step]
        if self.state not in row.sources:
            raise self._not_here(step)
        if doer.person and step in (Step.CANCEL, Step.MOVE):
            self._refuse_out_of_hand()
        return row.target

    def _refuse_out_of_hand(self) -> None:
        """What is bought, or on the press, no longer follows what a person of the group says."""
        if self.state in AWAY:
            raise PrintStepNotAllowed(
                "Un achat est en cours pour cette impression.",
                rule="Ce qui est acheté dehors s’arrête avec son achat.",
                missing="L’annulation de l’achat : la demande revient alors ici.",
                unblocks="Le service achats.",
            )
        if self.state is State.PRINTING:
            raise PrintStepNotAllowed(
                f"« {self.title} » est déjà sous presse.",
                rule="Ce qui est sous presse sera livré.",
                missing="L’impression a commencé.",
                unblocks="Le Service communication, si rien n’est encore tiré.",
            )

    def pass_to(self, step: Step, doer: Doer, reason: str = "") -> None:
        """Take ``step``."""
        self.arrive(self.passage(step, doer) or self.state)
        self.note(step, doer, reason)

    def arrive(self, state: State) -> None:
        """Be in ``state``, and count its day back."""
        self.state = state
        self.count_back()

    def record_fact(self, cls: Callable[..., PrintFact], **facts: Any) -> None:
        """Tell the others something about this print."""
        ids = {"request_id": self.id, "need_id": self.need_id}
        of = {"committee_id": self.committee_id, "action_id": self.action_id}
        self.record(cls(**ids, **of, **facts))

    def _not_here(self, step: Step) -> PrintStepNotAllowed:
        awaited = AWAITED.get(self.state)
        return PrintStepNotAllowed(
            f"« {self.title} » en est à : {STATE_NAMES[self.state].lower()}.",
            rule=f"Dans cet état, personne n’a {STEP_VERBS[step]}.",
            missing="Relisez la demande : elle a sans doute avancé.",
            unblocks=f"{ROLE_NAMES[awaited].capitalize()}." if awaited else "Personne.",
        )
