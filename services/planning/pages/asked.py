"""Those who are asked: agents on « Demandé au service », anybody at the end of a link."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from marshmallow import ValidationError

from services.planning import commands, queries, schemas
from services.planning.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    deed,
    wants_csv,
)
from shared.kernel.refusals import Refusal
from shared.web.exports import as_csv, every
from shared.web.forms import Form, typed
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.use import ask, perform

_LIST = f"{BASE}/demandes"
_HEADS = ("Demande", "Action", "Comité", "Pour le", "Répondre avant le", "État", "Réponse")


@blueprint.get("/demandes")
def asked() -> Any:
    """What is asked of one's department: to answer first."""
    answered = request.args.get("repondu") == "1"
    if wants_csv():
        rows = every(queries.asked_of_department, answered=answered)
        return as_csv("demandes", _HEADS, map(_line, rows))
    found = ask(queries.asked_of_department, answered=answered, after=asked_after())
    return render("asked.html", found=found, answered=answered)


def _line(row: dict[str, Any]) -> list[Any]:
    committee = row["committee"]["name"] if row["committee"] else ""
    state = queries.NEED_STATES[row["state"]]
    days = (row["needed_by"], row["answer_by"])
    return [row["title"], row["plan"]["title"], committee, *days, state, row["words"]]


@blueprint.get("/demandes/<uuid:need_id>")
def request_of_service(need_id: UUID) -> str:
    """One request, and the two answers to it."""
    return _page(need_id, Form())


def _page(need_id: UUID, form: Form) -> str:
    return render("asked_one.html", found=ask(queries.service_need, need_id=need_id), form=form)


@blueprint.post("/demandes/<uuid:need_id>/accepter")
def accept(need_id: UUID) -> Response:
    """The department does it."""
    return deed(
        schemas.Accepted(),
        commands.accept_service,
        lambda form: _page(need_id, form),
        then=_LIST,
        done="C’est accepté ; le comité est prévenu.",
        need_id=need_id,
    )


@blueprint.post("/demandes/<uuid:need_id>/decliner")
def decline(need_id: UUID) -> Response:
    """The department cannot."""
    return deed(
        schemas.Declined(),
        commands.decline_service,
        lambda form: _page(need_id, form),
        then=_LIST,
        done="C’est décliné ; le comité est prévenu et cherche autrement.",
        need_id=need_id,
    )


@blueprint.get("/lien/<secret>")
def link(secret: str) -> str:
    """What is asked, for whoever holds the link; nothing changes."""
    return _link(secret, Form())


def _link(secret: str, form: Form) -> str:
    found = ask(queries.need_of_link, secret=secret)
    return render("answer.html", light=True, menu=False, found=found, secret=secret, form=form)


@blueprint.post("/lien/<secret>")
def answer(secret: str) -> Response | str:
    """Takes the answer, and uses the link up."""
    form, found = Form(request.form), ask(queries.need_of_link, secret=secret)
    try:
        given = schemas.RelayAnswered().load(typed(request.form, schemas.RelayAnswered()))
        perform(commands.answer_by_link, secret=secret, **given)
    except ValidationError as error:
        return _link_again(secret, form, first_messages(error.messages), 422)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _link_again(secret, form, dict(refusal.fields), refusal.status)
    said = {"found": found, "answer": given["answer"], "words": given["words"]}
    return render("answered.html", light=True, menu=False, **said)


def _link_again(secret: str, form: Form, errors: dict[str, str], status: int) -> Response:
    """The same page, with what was typed."""
    form.errors = errors
    response = current_app.make_response(_link(secret, form))
    response.status_code = status
    return response
