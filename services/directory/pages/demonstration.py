"""Only in a demonstration: enter as somebody, and read the mails that were written."""

from uuid import UUID

from flask import Response, request

from services.directory import commands, queries
from services.directory.pages.blueprint import (
    blueprint,
    demonstration_only,
    device,
    go,
    let_in,
)
from shared.web.pages import render
from shared.web.use import ask, perform


@blueprint.get("/personas")
def personas() -> str:
    """The people one may enter as, with what they have to do."""
    demonstration_only()
    return render("personas.html", people=ask(queries.personas))


@blueprint.post("/personas/<uuid:person_id>")
def enter_as(person_id: UUID) -> Response:
    """Enters as this person, without a code."""
    secret = perform(commands.enter_as, person_id=person_id, device=device())
    return let_in(go("/"), secret)


@blueprint.get("/courriels")
def mails() -> str:
    """The mails that a real installation would have sent."""
    demonstration_only()
    return render("mails.html", page=ask(queries.mails_written, after=request.args.get("after")))
