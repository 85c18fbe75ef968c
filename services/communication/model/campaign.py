"""A campaign: launched when all that its strategy waits for is ready, then ended with the day."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from services.communication.events import (
    CampaignEnded,
    CampaignLaunched,
    Channel,
    DistributionReported,
    Missing,
)
from services.communication.model.drafting import Drafting
from services.communication.model.papers import Doer, Handout
from services.communication.model.refusals import GateClosed, need_reason
from services.communication.model.words import PLAN, Standing, Support


class Campaign(Drafting):
    """How one action is made known, from its strategy to its end."""

    def not_ready(self, delivered: Mapping[Support, int]) -> list[str]:
        """The gates still closed; ``delivered`` copies by support open theirs."""
        return [gate for gate in self.gates if not self.is_open(gate, delivered)]

    def is_open(self, gate: str, delivered: Mapping[Support, int]) -> bool:
        """Whether what ``gate`` waits for is there."""
        if gate == PLAN:
            return self.planned
        wanted = sum(s.quantity for s in self.supports if str(s.support) == gate)
        return delivered.get(Support(gate), 0) >= wanted

    def launch_if_ready(self, doer: Doer, delivered: Mapping[Support, int]) -> bool:
        """Launch by itself once all that the strategy waits for is ready; an empty one never."""
        waits = self.state is Standing.ADOPTED and self.gates and self.supports
        if not waits or self.not_ready(delivered) or self._too_late(doer.today):
            return False
        self._launch(doer, ())
        return True

    def launch(self, doer: Doer, delivered: Mapping[Support, int]) -> None:
        """Launch what waits for nothing; refuses while something is not ready, and after the day."""
        self._refuse_launch(doer)
        closed = self.not_ready(delivered)
        if closed:
            raise GateClosed(
                "Tout n’est pas prêt.",
                rule="La campagne commence quand ce que la stratégie attend est prêt.",
                missing=f"Ce que le groupe a décidé d’attendre ({len(closed)}).",
                unblocks="Le groupe, en adoptant une stratégie qui ne l’attend plus, "
                "ou la DPC-CAC, avec un motif.",
            )
        self._launch(doer, ())

    def launch_without(
        self, doer: Doer, delivered: Mapping[Support, int], reasons: Mapping[str, str]
    ) -> None:
        """Launch with a reason for each thing that is not ready; not after the day."""
        self._refuse_launch(doer)
        closed = self.not_ready(delivered)
        unsaid = [gate for gate in closed if not reasons.get(gate, "").strip()]
        if unsaid:
            text = "Dites pourquoi la campagne commence sans cela."
            raise GateClosed(
                "Tout n’est pas prêt.",
                rule="La campagne commence quand ce que la stratégie attend est prêt.",
                missing=f"Un motif pour ce qui manque ({len(unsaid)}).",
                unblocks="La DPC-CAC, avec un motif pour chaque chose.",
                fields={f"why-{gate}": text for gate in unsaid},
            )
        self._launch(doer, [Missing(what=gate, why=reasons[gate].strip()) for gate in closed])

    def _refuse_launch(self, doer: Doer) -> None:
        if self.state is not Standing.ADOPTED:
            raise self._not_now("La stratégie est adoptée avant de lancer la campagne.")
        if self._too_late(doer.today):
            raise self._not_now("Une campagne se lance avant le jour de l’action.")

    def _too_late(self, today: date) -> bool:
        return self.day is not None and today > self.day

    def _launch(self, doer: Doer, missing: Sequence[Missing]) -> None:
        self.state, self.launched_at = Standing.LAUNCHED, doer.at
        self.launched_by = doer.person
        self.accepted = [{"what": m.what, "why": m.why} for m in missing]
        starts = max(self.starts or doer.today, doer.today)
        without = {m.what for m in missing}
        self._record(
            CampaignLaunched,
            channels=tuple(Channel(channel) for channel in self.channels),
            zones=tuple(self.zones),
            starts=starts,
            ends=max(self.ends_on or self.day or self.wished_to, starts),
            ready=tuple(gate for gate in self.gates if gate not in without),
            missing=tuple(missing),
        )

    # handing out, and the end

    def told(self, need_id: UUID, support: Support, handout: Handout) -> None:
        """Tell what was handed out in a zone."""
        self._record(
            DistributionReported,
            need_id=need_id,
            support=str(support),
            zone=handout.zone,
            count=handout.count,
            left=handout.left,
        )

    def end(self, doer: Doer, reach: int, why: str) -> None:
        """End it with what was counted; refuses one that never began."""
        if self.state is not Standing.LAUNCHED:
            raise self._not_now("On termine une campagne qui est lancée.")
        self._end(Standing.ENDED, doer, reach, need_reason(why, "why"))

    def end_by_itself(self, doer: Doer, reach: int, why: str, *, cancelled: bool = False) -> None:
        """End it, wherever it is, because the action was held or is no more."""
        if self.goes_on:
            state = Standing.CANCELLED if cancelled else Standing.ENDED
            self._end(state, doer, reach, why)

    def _end(self, state: Standing, doer: Doer, reach: int, why: str) -> None:
        self.state, self.ended_at = state, doer.at
        self.reach, self.why = reach, why
        self._record(CampaignEnded, reach=reach, why=why)
