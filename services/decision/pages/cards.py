"""« Cartes »: numbered cards given at the desk, shown once; papers of open votes."""

from typing import Any
from uuid import UUID, uuid4

from flask import Response, request
from marshmallow import ValidationError

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import BASE, again, asked_after, blueprint
from shared.kernel.refusals import Refusal
from shared.web.forms import Form, submit, typed
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.use import ask, perform


@blueprint.get("/cartes")
def cards() -> str:
    """Committees with their cards, and votes whose papers may be counted."""
    return _page(Form())


def _page(form: Form) -> str:
    found = ask(queries.cards_given)
    papers = ask(queries.open_votes_to_type, after=asked_after())
    return render("cards.html", found=found, papers=papers, form=form, card_id=str(uuid4()))


@blueprint.post("/cartes")
def give_card() -> Response | str:
    """Makes a card and shows it once, to print or copy."""
    form, schema = Form(request.form), schemas.CardWanted()
    try:
        given = schema.load(typed(request.form, schema))
        card = perform(commands.give_card, **given)
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return again(_page(form), 422)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.errors, form.refusal = dict(refusal.fields), refusal
        return again(_page(form), refusal.status)
    return render("card.html", card=_spaced(card), committee=_committee(given["committee_id"]))


def _spaced(card: dict[str, Any]) -> dict[str, str]:
    """In groups of three, as one reads aloud."""
    return {name: _groups(card[name]) for name in ("number", "secret")}


def _groups(text: str) -> str:
    return " ".join(text[place : place + 3] for place in range(0, len(text), 3))


def _committee(committee_id: UUID) -> dict[str, Any]:
    found: list[dict[str, Any]] = ask(queries.cards_given)
    return next((row for row in found if row["id"] == committee_id), {"name": "", "quartier": ""})


@blueprint.post("/cartes/retirer")
def withdraw() -> Response:
    """Withdraws a lost card."""
    return submit(
        schemas.CardNumber(),
        commands.withdraw_card,
        again=_page,
        then=f"{BASE}/cartes",
        done="La carte est retirée : elle n’ouvre plus aucun vote.",
    )
