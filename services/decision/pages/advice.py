"""Advice: asked of somebody, given on « Avis demandés », or at the end of a link."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request
from marshmallow import ValidationError

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import (
    BASE,
    again,
    asked_after,
    blueprint,
    public,
    wants_csv,
)
from shared.kernel.refusals import Refusal
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit, typed
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.problems import first_messages
from shared.web.use import ask, perform

_LIST = f"{BASE}/avis"
_HEADS = ("Idée", "Comité", "Question", "Répondre avant le", "Avis", "Vos mots")


@blueprint.get("/avis")
def advices() -> Any:
    """What is asked of the reader: to answer first; and the votes that await them."""
    answered = request.args.get("repondu") == "1"
    if wants_csv():
        rows = every(queries.advices_asked, answered=answered)
        return as_csv("avis", _HEADS, map(_line, rows))
    found = ask(queries.advices_asked, answered=answered, after=asked_after())
    to_cast = ask(queries.votes_to_cast)
    return render("advices.html", found=found, answered=answered, to_cast=to_cast)


def _line(row: dict[str, Any]) -> list[Any]:
    committee = row["committee"]["name"] if row["committee"] else ""
    opinion = queries.OPINIONS.get(row["opinion"], "")
    return [row["title"], committee, row["question"], row["answer_by"], opinion, row["why"]]


@blueprint.get("/avis/<uuid:advice_id>")
def advice(advice_id: UUID) -> str:
    """One request, and its answer."""
    return _page(advice_id, Form())


def _page(advice_id: UUID, form: Form) -> str:
    return render("advice.html", found=ask(queries.advice_card, advice_id=advice_id), form=form)


@blueprint.post("/avis/<uuid:advice_id>")
def give(advice_id: UUID) -> Response:
    """Gives the advice."""
    return submit(
        schemas.Advice(),
        commands.give_advice,
        again=lambda form: _page(advice_id, form),
        then=_LIST,
        done="Votre avis est donné ; le comité est prévenu.",
        advice_id=advice_id,
    )


@blueprint.get("/idees/<uuid:idea_id>/avis")
def ask_form(idea_id: UUID) -> str:
    """The form of a request for advice."""
    return _ask(idea_id, Form())


def _ask(idea_id: UUID, form: Form) -> str:
    whom = ask(queries.who_may_be_asked, idea_id=idea_id)
    found = ask(queries.idea_card, idea_id=idea_id)
    return render("advice_ask.html", found=found, whom=whom, form=form)


@blueprint.post("/idees/<uuid:idea_id>/avis")
def ask_for_advice(idea_id: UUID) -> Response:
    """Asks for an advice; a relay's leads to its link."""
    asks_a_relay = request.form.get("asked_of") == "relay"
    return submit(
        schemas.Question(),
        commands.ask_advice,
        again=lambda form: _ask(idea_id, form),
        then=lambda made: f"{_LIST}/{made}/lien" if asks_a_relay else f"{BASE}/idees/{idea_id}",
        done="L’avis est demandé.",
        idea_id=idea_id,
    )


@blueprint.get("/avis/<uuid:advice_id>/lien")
def link_form(advice_id: UUID) -> str:
    """Before a link is made: what it will show, and to whom it goes."""
    found = ask(queries.advice_to_send, advice_id=advice_id)
    return render("link.html", found=found, address="", code="", whatsapp="")


@blueprint.post("/avis/<uuid:advice_id>/lien")
def make_link(advice_id: UUID) -> str:
    """Makes the link of a relay and shows it once."""
    secret = perform(commands.issue_advice_link, advice_id=advice_id)
    found = ask(queries.advice_to_send, advice_id=advice_id)
    address = public(f"{BASE}/lien/{secret}")
    text = quote(f"{found['idea']['title']} : {address}")
    return render(
        "link.html",
        found=found,
        address=address,
        code=qr_code(address, "Donner votre avis"),
        whatsapp=f"https://wa.me/?text={text}",
    )


@blueprint.get("/lien/<secret>")
def link(secret: str) -> str:
    """What is asked, for whoever holds the link; nothing changes."""
    return _link(secret, Form())


def _link(secret: str, form: Form) -> str:
    found = ask(queries.advice_of_link, secret=secret)
    return render("answer.html", light=True, menu=False, found=found, secret=secret, form=form)


@blueprint.post("/lien/<secret>")
def answer(secret: str) -> Response | str:
    """Takes the advice, and uses the link up."""
    form, found = Form(request.form), ask(queries.advice_of_link, secret=secret)
    try:
        given = schemas.Advice().load(typed(request.form, schemas.Advice()))
        perform(commands.give_advice_by_link, secret=secret, **given)
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return again(_link(secret, form), 422)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        form.errors = dict(refusal.fields)
        return again(_link(secret, form), refusal.status)
    return render("answered.html", light=True, menu=False, found=found, given=given)
