"""Hands and papers: a list to tick, figures to enter, a second person who confirms."""

from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import ValidationError

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import BASE, again, blueprint, ticked
from shared.web import fields
from shared.web.api import Input
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_VOICES = fields.Number(most=100_000)


@blueprint.get("/votes/<uuid:vote_id>/salle")
def room(vote_id: UUID) -> str:
    """The list of electors, the figures to enter, and what waits for its second person."""
    return _page(vote_id, Form())


def _page(vote_id: UUID, form: Form) -> str:
    found = ask(queries.attendance, vote_id=vote_id)
    typed = {
        str(o["idea_id"]): request.form.get(f"voix_{o['idea_id']}", "") for o in found["ballot"]
    }
    here = ticked(form, "present")
    return render("room.html", found=found, form=form, typed=typed, here_ticked=here)


@blueprint.post("/votes/<uuid:vote_id>/salle")
def enter(vote_id: UUID) -> Response:
    """Enters a count."""
    try:
        voices = _voices()
    except ValidationError as error:
        form = Form(request.form)
        form.errors = {"voices": str(error.messages[0])}
        return again(_page(vote_id, form), 422)
    return submit(
        schemas.CountTyped(),
        commands.enter_count,
        again=lambda form: _page(vote_id, form),
        then=f"{BASE}/votes/{vote_id}/salle",
        done="Le compte est noté. Une deuxième personne le confirme.",
        vote_id=vote_id,
        voices=voices,
    )


def _voices() -> dict[UUID, int]:
    """The figures of the form by idea; a field left empty is nobody."""
    found = {}
    for name, text in request.form.items():
        if name.startswith("voix_") and text.strip():
            idea = fields.Id().deserialize(name.removeprefix("voix_"))
            found[idea] = _VOICES.deserialize(text)
    return found


def _decide(count_id: UUID, command: Any, done: str) -> Response:
    vote_id = ask(queries.count_card, count_id=count_id)["vote_id"]
    return submit(
        Input(),
        command,
        again=lambda form: _page(vote_id, form),
        then=f"{BASE}/votes/{vote_id}/salle",
        done=done,
        count_id=count_id,
    )


@blueprint.post("/comptes/<uuid:count_id>/confirmer")
def confirm(count_id: UUID) -> Response:
    """A second person stands for the count."""
    done = (
        "Le compte est confirmé. Les bulletins en ligne des personnes présentes sont mis de côté."
    )
    return _decide(count_id, commands.confirm_count, done)


@blueprint.post("/comptes/<uuid:count_id>/ecarter")
def drop_count(count_id: UUID) -> Response:
    """The count was wrong."""
    return _decide(count_id, commands.drop_count, "Le compte est écarté : entrez-le à nouveau.")
