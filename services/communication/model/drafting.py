"""A campaign up to its strategy: what is known of the action, and what the group agreed on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.communication.events import (
    Channel,
    PlannedSupport,
    StrategyAdopted,
    Target,
)
from services.communication.model.delays import distribution_due, needs_due
from services.communication.model.papers import Doer
from services.communication.model.refusals import (
    CampaignStepNotAllowed,
    refuse_value,
)
from services.communication.model.strategy import Strategy, WantedSupport, WantedTarget
from services.communication.model.words import PLAN, Standing, Support
from shared.kernel.aggregate import Aggregate

OPEN = frozenset({Standing.DRAFTED, Standing.ADOPTED, Standing.LAUNCHED})
STANDING_NAMES = {
    Standing.DRAFTED: "Stratégie à adopter",
    Standing.ADOPTED: "En préparation",
    Standing.LAUNCHED: "Lancée",
    Standing.ENDED: "Terminée",
    Standing.CANCELLED: "Annulée",
}


@dataclass(eq=False)
class Drafting(Aggregate):
    """What a campaign holds. Its id is that of the action: an action has one campaign."""

    id: UUID
    committee_id: UUID
    title: str
    aims: str
    place: str
    wished_from: date
    wished_to: date
    state: Standing = Standing.DRAFTED
    day: date | None = None
    planned: bool = False
    lead: UUID | None = None
    edition: int = 0
    agreed: str = ""
    adopted_at: datetime | None = None
    targets: list[WantedTarget] = field(default_factory=list)
    supports: list[WantedSupport] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    gates: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    starts_on: date | None = None
    ends_on: date | None = None
    launched_at: datetime | None = None
    launched_by: UUID | None = None
    accepted: list[dict[str, str]] = field(default_factory=list)
    ended_at: datetime | None = None
    reach: int = 0
    why: str = ""
    journey: UUID | None = None
    version: int = 1

    def propose_the_usual(self) -> None:
        """What most groups begin with: a proposal to change, adopted by nobody yet."""
        message = f"{self.title} : venez, et amenez quelqu’un !"
        self.targets[:] = [WantedTarget(1, "Les habitants du quartier", self.place, message)]
        self.supports[:] = [
            WantedSupport(1, Support.FLYER, 300),
            WantedSupport(2, Support.POSTER, 20),
        ]
        self.channels = [str(Channel.DOOR_TO_DOOR), str(Channel.WHATSAPP), str(Channel.SCHOOLS)]
        self.gates = [PLAN, str(Support.FLYER), str(Support.POSTER)]
        self.zones = [self.place]

    @property
    def goes_on(self) -> bool:
        """Whether anything may still change."""
        return self.state in OPEN

    # the day, as planning says it

    def follow(self, day: date, place: str, lead: UUID) -> None:
        """The plan is adopted: days are counted back from its day."""
        self.day, self.place, self.lead, self.planned = day, place, lead, True

    def move(self, day: date) -> None:
        """The day is another one: dates that the group chose move with it."""
        if self.day is not None:
            for name in ("starts_on", "ends_on"):
                chosen = getattr(self, name)
                if chosen is not None:
                    setattr(self, name, chosen + (day - self.day))
        self.day = day

    @property
    def needs_due(self) -> date | None:
        """J − 2 months."""
        return needs_due(self.day) if self.day else None

    @property
    def starts(self) -> date | None:
        """When handing out begins: the day chosen, else J − 1 month."""
        return self.starts_on or (distribution_due(self.day) if self.day else None)

    # the strategy

    def adopt(self, doer: Doer, strategy: Strategy) -> None:
        """Adopt what the group agreed on; a later edition replaces it. Refuses an empty one."""
        self.refuse_over()
        strategy.refuse_incomplete()
        self.targets[:] = strategy.targets
        self.supports[:] = strategy.supports
        self.channels = [str(channel) for channel in strategy.channels]
        self.gates, self.zones = list(strategy.gates), list(strategy.zones)
        self.starts_on, self.ends_on = strategy.starts_on, strategy.ends_on
        self.agreed, self.adopted_at = strategy.agreed.strip(), doer.at
        self.edition += 1
        if self.state is Standing.DRAFTED:
            self.state = Standing.ADOPTED
        self._record(
            StrategyAdopted,
            targets=tuple(
                Target(public=t.public, place=t.place, message=t.message) for t in self.targets
            ),
            channels=strategy.channels,
            supports=tuple(
                PlannedSupport(support=str(s.support), quantity=s.quantity) for s in self.supports
            ),
            gates=strategy.gates,
            edition=self.edition,
        )

    def refuse_over(self) -> None:
        """Refuses what comes after the end."""
        if not self.goes_on:
            raise self._not_now("Rien ne change après la fin d’une campagne.")

    def refuse_after_the_day(self, needed_by: date | None) -> None:
        """Refuses copies wanted for a day after the action."""
        if needed_by and self.day and needed_by > self.day:
            raise refuse_value("needed_by", f"L’action a lieu le {self.day:%d/%m/%Y}.")

    def _not_now(self, rule: str) -> CampaignStepNotAllowed:
        return CampaignStepNotAllowed(
            f"Cette campagne en est à : {STANDING_NAMES[self.state].lower()}.",
            rule=rule,
            missing="Relisez la campagne : elle a sans doute avancé.",
            unblocks="Le référent du comité.",
        )

    def _record(self, cls: Any, **facts: Any) -> None:
        ids = {"committee_id": self.committee_id, "action_id": self.id, "campaign_id": self.id}
        self.record(cls(**ids, **facts))
