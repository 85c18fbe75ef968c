"""Campaigns: strategy, launch, distribution, end."""

from typing import Any
from uuid import UUID

from services.communication import commands, queries, schemas
from services.communication.api.blueprint import blueprint
from shared.web.api import Created, Page
from shared.web.use import ask, perform


@blueprint.get("/campaigns")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Campaigns())
def campaigns(sought: dict[str, Any]) -> Any:
    """A page of the campaigns of the reader's committees."""
    return ask(queries.campaigns_list, **sought)


@blueprint.get("/campaigns/<uuid:campaign_id>")
@blueprint.response(200, schemas.CampaignFull())
def campaign(campaign_id: UUID) -> Any:
    """One campaign; its id is that of the action."""
    return ask(queries.campaign, campaign_id=campaign_id)


@blueprint.put("/campaigns/<uuid:campaign_id>/strategy")
@blueprint.arguments(schemas.Strategy(exclude=["version"]))
@blueprint.response(200, schemas.Adopted())
def adopt(given: dict[str, Any], campaign_id: UUID) -> Any:
    """Adopt what the group agreed on (If-Match: the version read)."""
    return {"edition": perform(commands.adopt_strategy, campaign_id=campaign_id, **given)}


@blueprint.post("/campaigns/<uuid:campaign_id>/launch")
@blueprint.response(204)
def launch(campaign_id: UUID) -> None:
    """Launch a campaign that waits for nothing (If-Match: the version read)."""
    perform(commands.launch_campaign, campaign_id=campaign_id)


@blueprint.post("/campaigns/<uuid:campaign_id>/launch-without-waiting")
@blueprint.arguments(schemas.Launch(exclude=["version"]))
@blueprint.response(204)
def launch_without(given: dict[str, Any], campaign_id: UUID) -> None:
    """Launch, with a reason for what is not ready (If-Match: the version read)."""
    perform(commands.launch_without_waiting, campaign_id=campaign_id, **given)


@blueprint.post("/campaigns/<uuid:campaign_id>/distributions")
@blueprint.arguments(schemas.Distribution())
@blueprint.response(200, schemas.Left())
def report(given: dict[str, Any], campaign_id: UUID) -> Any:
    """Note copies handed out in a zone."""
    return {"left": perform(commands.report_distribution, campaign_id=campaign_id, **given)}


@blueprint.post("/campaigns/<uuid:campaign_id>/end")
@blueprint.arguments(schemas.End())
@blueprint.response(204)
def end(given: dict[str, Any], campaign_id: UUID) -> None:
    """End it before the day."""
    perform(commands.end_campaign, campaign_id=campaign_id, **given)


@blueprint.post("/campaigns/<uuid:campaign_id>/prints")
@blueprint.arguments(schemas.BriefOfProgram(exclude=["version"]))
@blueprint.response(201, Created())
def open_print(given: dict[str, Any], campaign_id: UUID) -> Any:
    """Ask for a print, as a draft or sent; the same need_id twice is one request."""
    return {"id": perform(commands.open_print, campaign_id=campaign_id, **given)}
