"""Campaigns: the list, one of them, its strategy, its launch, what is handed out."""

from typing import Any
from uuid import UUID

from flask import Response

from services.communication import commands, queries, schemas
from services.communication.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    over,
    wants_csv,
)
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_COLUMNS = ("Campagne", "Comité", "Étape", "Jour J", "Besoins avant le", "Distribution", "Lancée")


@blueprint.get("/")
def home() -> Any:
    """The campaigns of the reader's committees, what is asked of them first."""
    if wants_csv():
        rows = every(queries.campaigns_list, closed=over())
        return as_csv("campagnes", _COLUMNS, (_cells(row) for row in rows))
    found = ask(queries.campaigns_list, closed=over(), after=asked_after())
    return render("campaigns.html", found=found, closed=over())


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    committee = row["committee"]["name"] if row["committee"] else ""
    dates = (row["day"] or "", row["needs_due"] or "", row["starts"] or "")
    return (row["title"], committee, row["state_name"], *dates, row["launched_at"] or "")


def _here(campaign_id: UUID) -> str:
    return f"{BASE}/campagnes/{campaign_id}"


@blueprint.get("/campagnes/<uuid:campaign_id>")
def campaign(campaign_id: UUID) -> str:
    """One campaign: what it waits for, what is printed, what is left to hand out."""
    return _campaign(campaign_id, Form())


def _campaign(campaign_id: UUID, form: Form) -> str:
    card = ask(queries.campaign, campaign_id=campaign_id)
    return render("campaign.html", card=card, form=form)


@blueprint.get("/campagnes/<uuid:campaign_id>/strategie")
def strategy(campaign_id: UUID) -> str:
    """The form of the strategy."""
    return _strategy(campaign_id, Form())


def _strategy(campaign_id: UUID, form: Form) -> str:
    card = ask(queries.campaign, campaign_id=campaign_id)
    typed = form.values or None
    return render(
        "strategy.html",
        card=card,
        form=form,
        chosen_channels=typed.getlist("channels") if typed else card["channels"],
        chosen_gates=typed.getlist("gates") if typed else card["gates"],
        all_gates=list(schemas.GATES.items()),
        quantities={str(row["support"]): row["quantity"] for row in card["supports"]},
    )


@blueprint.post("/campagnes/<uuid:campaign_id>/strategie")
def adopt(campaign_id: UUID) -> Response:
    """Adopts what the group agreed on."""
    return submit(
        schemas.StrategyForm(),
        commands.adopt_strategy,
        again=lambda form: _strategy(campaign_id, form),
        then=_here(campaign_id),
        done="La stratégie est adoptée.",
        campaign_id=campaign_id,
    )


@blueprint.post("/campagnes/<uuid:campaign_id>/lancer")
def launch(campaign_id: UUID) -> Response:
    """Launches what waits for nothing."""
    return submit(
        schemas.Versioned(),
        commands.launch_campaign,
        again=lambda form: _campaign(campaign_id, form),
        then=_here(campaign_id),
        done="La campagne est lancée.",
        campaign_id=campaign_id,
    )


@blueprint.post("/campagnes/<uuid:campaign_id>/lancer-sans-attendre")
def launch_without(campaign_id: UUID) -> Response:
    """Launches, with a reason for each thing that is not ready."""
    return submit(
        schemas.Launch(),
        commands.launch_without_waiting,
        again=lambda form: _campaign(campaign_id, form),
        then=_here(campaign_id),
        done="La campagne est lancée.",
        campaign_id=campaign_id,
    )


@blueprint.post("/campagnes/<uuid:campaign_id>/terminer")
def end(campaign_id: UUID) -> Response:
    """Ends it before the day."""
    return submit(
        schemas.End(),
        commands.end_campaign,
        again=lambda form: _campaign(campaign_id, form),
        then=_here(campaign_id),
        done="La campagne est terminée.",
        campaign_id=campaign_id,
    )


@blueprint.get("/campagnes/<uuid:campaign_id>/distribution")
def distribution(campaign_id: UUID) -> str:
    """What is left to hand out, and the form of what was."""
    return _distribution(campaign_id, Form())


def _distribution(campaign_id: UUID, form: Form) -> str:
    card = ask(queries.campaign, campaign_id=campaign_id)
    return render("distribution.html", card=card, form=form)


@blueprint.post("/campagnes/<uuid:campaign_id>/distribution")
def report(campaign_id: UUID) -> Response:
    """Notes copies handed out in a zone."""
    return submit(
        schemas.DistributionForm(),
        commands.report_distribution,
        again=lambda form: _distribution(campaign_id, form),
        then=f"{_here(campaign_id)}/distribution",
        done="C’est noté. Merci d’être allé vers les gens.",
        campaign_id=campaign_id,
    )
