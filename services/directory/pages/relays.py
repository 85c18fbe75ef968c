"""The organisations: one list to enrich."""

from typing import Any
from uuid import UUID

from flask import Response, request

from services.directory import commands, queries, schemas
from services.directory.mirror import KIND_LABELS
from services.directory.pages.blueprint import (
    BASE,
    FIELD,
    blueprint,
    holds,
    options,
    refuse_unless,
)
from shared.web.forms import Form, flash, submit
from shared.web.pages import render
from shared.web.use import ask

_LIST = f"{BASE}/structures"


@blueprint.get("/structures")
def relays() -> str:
    """Organisations by name, with a search."""
    sought = schemas.Relays(unknown="exclude").load(request.args.to_dict())
    found = ask(queries.relays_list, **sought)
    return render("relays.html", found=found, sought=sought, kinds=KIND_LABELS)


@blueprint.get("/structures/nouvelle")
def new_relay() -> str:
    """The form of a new card."""
    refuse_unless(holds(*FIELD), "les membres des comités et ceux qui les accompagnent")
    return _form_page(Form(request.args))


@blueprint.post("/structures/nouvelle")
def list_relay() -> Response:
    """Adds an organisation."""
    response = submit(schemas.NewRelay(), commands.list_relay, again=_form_page, then=_card_of)
    return _said(response, "La structure est dans l’annuaire.")


@blueprint.get("/structures/<uuid:relay_id>")
def relay(relay_id: UUID) -> str:
    """One organisation, and the form that corrects its card."""
    return _card_page(relay_id)


@blueprint.post("/structures/<uuid:relay_id>")
def update_relay(relay_id: UUID) -> Response:
    """Replaces a card."""
    active = request.form.get("active") is not None
    response = submit(
        schemas.RelayCard(exclude=["active"]),
        commands.update_relay,
        again=lambda form: _card_page(relay_id, form),
        then=_card_of,
        relay_id=relay_id,
        active=active,
    )
    return _said(response, "La fiche est à jour.")


def _card_of(kept: dict[str, Any]) -> str:
    return f"{_LIST}/{kept['id']}"


def _said(response: Response, sentence: str) -> Response:
    if response.status_code == 303:
        flash(response, sentence)
    return response


def _form_page(form: Form) -> str:
    sectors = ask(queries.committees_list)["sectors"]
    return render("new_relay.html", form=form, kinds=options(KIND_LABELS), sectors=sectors)


def _card_page(relay_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.relay_card, relay_id=relay_id)
    sectors = ask(queries.committees_list)["sectors"]
    return render(
        "relay.html",
        card=card,
        form=form or Form(card),
        kinds=options(KIND_LABELS),
        labels=KIND_LABELS,
        sectors=sectors,
    )
