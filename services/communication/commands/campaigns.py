"""Campaigns: the strategy adopted, launched, reported, ended by the group."""

from datetime import date
from typing import Any
from uuid import UUID

from services.communication.commands.support import doer, launch_if_ready
from services.communication.events import Channel
from services.communication.model import (
    Campaign,
    PrintRequest,
    Strategy,
    WantedSupport,
    WantedTarget,
)
from services.communication.queries import _delivered, _handed_out
from shared.kernel.refusals import NotFound
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


def adopt_strategy(
    uow: UnitOfWork,
    *,
    campaign_id: UUID,
    targets: list[dict[str, Any]],
    channels: list[Channel],
    supports: list[dict[str, Any]],
    gates: list[str],
    agreed: str,
    zones: list[str] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    version: int | str | None = None,
) -> int:
    """Adopt what the group agreed on: a later edition replaces it. Gives the edition.

    ``gates`` are ``plan`` and supports: the campaign launches by itself when all are ready; one
    without supports or gates never does. Refuses a strategy for nobody, or one that waits for
    what it does not plan.
    """
    campaign = uow.get(Campaign, campaign_id, hot=True, version=version)
    strategy = Strategy(
        targets=tuple(WantedTarget(n, **target) for n, target in enumerate(targets, 1)),
        channels=tuple(dict.fromkeys(channels)),
        supports=tuple(WantedSupport(n, **support) for n, support in enumerate(supports, 1)),
        gates=tuple(dict.fromkeys(gates)),
        zones=tuple(dict.fromkeys(zones or [])),
        agreed=agreed,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    campaign.adopt(doer(uow), strategy)
    launch_if_ready(uow, campaign)
    return campaign.edition


def launch_campaign(
    uow: UnitOfWork, *, campaign_id: UUID, version: int | str | None = None
) -> None:
    """Launch a campaign that does not launch by itself: its strategy waits for nothing.

    Refuses while something is not ready, before a strategy is adopted, after the day.
    """
    campaign = uow.get(Campaign, campaign_id, hot=True, version=version)
    campaign.launch(doer(uow), _delivered(uow, campaign_id))


def launch_without_waiting(
    uow: UnitOfWork,
    *,
    campaign_id: UUID,
    reasons: dict[str, str] | None = None,
    version: int | str | None = None,
) -> None:
    """Launch before all is ready, with a reason for each thing that is not; both are told.

    Refuses before a strategy is adopted and after the day of the action.
    """
    campaign = uow.get(Campaign, campaign_id, hot=True, version=version)
    campaign.launch_without(doer(uow), _delivered(uow, campaign_id), reasons or {})
    if campaign.lead is not None:
        text = f"La campagne de « {campaign.title} » est lancée sans attendre : lisez pourquoi."
        uow.notify(campaign.lead, text, f"/communication/campagnes/{campaign_id}")


@retryable
def report_distribution(
    uow: UnitOfWork, *, campaign_id: UUID, request_id: UUID, zone: str, count: int
) -> int:
    """Note copies handed out in a zone; gives how many are left.

    Refuses more than what was delivered and not handed out yet, whoever reports at the same time.
    """
    campaign = uow.get(Campaign, campaign_id)
    request = uow.get(PrintRequest, request_id, hot=True)
    if request.action_id != campaign.id:
        raise NotFound("Ce support n’est pas de cette campagne.")
    campaign.refuse_over()
    handout = request.hand_out(doer(uow), uow.new_id(), zone, count)
    campaign.told(request.need_id, request.support, handout)
    return handout.left


def end_campaign(uow: UnitOfWork, *, campaign_id: UUID, why: str) -> None:
    """End a launched campaign before the action is held, with what was handed out so far."""
    campaign = uow.get(Campaign, campaign_id, hot=True)
    campaign.end(doer(uow), _handed_out(uow, campaign_id), why)
