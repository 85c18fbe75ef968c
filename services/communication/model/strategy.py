"""A strategy: whom to reach, how, with what, and what must be ready before it starts."""

from dataclasses import dataclass
from datetime import date

from services.communication.events import Channel
from services.communication.model.refusals import StrategyIncomplete
from services.communication.model.words import PLAN, Support


@dataclass
class WantedTarget:
    """Whom to reach, where, with which message."""

    position: int
    public: str
    place: str
    message: str


@dataclass
class WantedSupport:
    """How many copies of what."""

    position: int
    support: Support
    quantity: int


@dataclass(frozen=True)
class Strategy:
    """What the group agreed on, as it is adopted."""

    targets: tuple[WantedTarget, ...]
    channels: tuple[Channel, ...]
    supports: tuple[WantedSupport, ...]
    gates: tuple[str, ...]
    zones: tuple[str, ...]
    agreed: str
    starts_on: date | None = None
    ends_on: date | None = None

    def refuse_incomplete(self) -> None:
        """Refuses a strategy for nobody, one that waits for what it does not plan, odd dates."""
        planned = {str(wanted.support) for wanted in self.supports}
        fields = {}
        if not self.targets:
            fields["targets"] = "Dites au moins à qui vous voulez parler."
        if not self.channels:
            fields["channels"] = "Choisissez au moins un canal."
        if len(planned) != len(self.supports):
            fields["supports"] = "Chaque support se dit une fois."
        if unknown := [gate for gate in self.gates if gate not in planned | {PLAN}]:
            fields["gates"] = f"On n’attend que ce qui est prévu : {len(unknown)} de trop."
        if not self.agreed.strip():
            fields["agreed"] = "Dites comment le groupe s’est mis d’accord."
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            fields["ends_on"] = "La fin vient après le début."
        if fields:
            raise StrategyIncomplete("La stratégie n’est pas complète.", fields=fields)
