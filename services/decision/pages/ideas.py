"""Ideas: proposed, said more exactly, backed, joined, set aside."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import BASE, blueprint, ticked, tour
from shared.web.api import Input
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask


@blueprint.get("/tours/<uuid:round_id>/idees/nouvelle")
def new_idea(round_id: UUID) -> str:
    """The form of an idea."""
    return _new(round_id, Form())


def _new(round_id: UUID, form: Form) -> str:
    found = ask(queries.round_card, round_id=round_id)
    return render("idea_form.html", found=found, idea=None, form=form, ticked=ticked(form, "needs"))


@blueprint.post("/tours/<uuid:round_id>/idees/nouvelle")
def propose(round_id: UUID) -> Response:
    """Keeps an idea."""
    return submit(
        schemas.IdeaSaid(),
        commands.propose_idea,
        again=lambda form: _new(round_id, form),
        then=lambda made: f"{BASE}/idees/{made}",
        done="Votre idée est sur la liste.",
        round_id=round_id,
    )


@blueprint.get("/idees/<uuid:idea_id>")
def idea(idea_id: UUID) -> str:
    """One idea, with what was said of it."""
    return _page(idea_id, Form())


def _page(idea_id: UUID, form: Form) -> str:
    return render("idea.html", found=ask(queries.idea_card, idea_id=idea_id), form=form)


@blueprint.get("/idees/<uuid:idea_id>/modifier")
def idea_form(idea_id: UUID) -> str:
    """The form of an idea that is there."""
    return _change(idea_id)


def _change(idea_id: UUID, form: Form | None = None) -> str:
    known = ask(queries.idea_card, idea_id=idea_id)
    found = ask(queries.round_card, round_id=known["round_id"])
    form = form or Form(known)
    needs = ticked(form, "needs", known["needs"])
    return render("idea_form.html", found=found, idea=known, form=form, ticked=needs)


@blueprint.post("/idees/<uuid:idea_id>/modifier")
def change_idea(idea_id: UUID) -> Response:
    """Says an idea more exactly."""
    return submit(
        schemas.IdeaSaidAgain(),
        commands.change_idea,
        again=lambda form: _change(idea_id, form),
        then=f"{BASE}/idees/{idea_id}",
        done="L’idée est précisée.",
        idea_id=idea_id,
        version=request.form.get("version"),
    )


def _deed(
    idea_id: UUID, schema: Input, command: Callable[..., Any], done: str, then: str = ""
) -> Response:
    return submit(
        schema,
        command,
        again=lambda form: _page(idea_id, form),
        then=then or f"{BASE}/idees/{idea_id}",
        done=done,
        idea_id=idea_id,
    )


@blueprint.post("/idees/<uuid:idea_id>/montrer")
def show(idea_id: UUID) -> Response:
    """Puts an idea on the list."""
    return _deed(idea_id, Input(), commands.show_idea, "L’idée est sur la liste.")


@blueprint.post("/idees/<uuid:idea_id>/soutenir")
def back(idea_id: UUID) -> Response:
    """Backs an idea."""
    return _deed(idea_id, Input(), commands.back_idea, "Votre soutien est noté.")


@blueprint.post("/idees/<uuid:idea_id>/ecarter")
def set_aside(idea_id: UUID) -> Response:
    """Sets an idea aside."""
    done = "L’idée est mise de côté, avec sa raison."
    return _deed(idea_id, schemas.Aside(), commands.set_idea_aside, done)


@blueprint.post("/idees/<uuid:idea_id>/reunir")
def merge(idea_id: UUID) -> Response:
    """Joins an idea to another."""
    done = "Les deux idées sont réunies."
    found = ask(queries.idea_card, idea_id=idea_id)
    then = tour(found["round_id"])
    return _deed(idea_id, schemas.Merge(), commands.merge_ideas, done, then)


@blueprint.post("/idees/<uuid:idea_id>/interet")
def interest(idea_id: UUID) -> Response:
    """Says what binds one to an idea."""
    done = "C’est noté : le groupe le voit."
    return _deed(idea_id, schemas.InterestSaid(), commands.declare_interest, done)
