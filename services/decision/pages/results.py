"""What was chosen and why, at an address that everybody may open; the minutes."""

from uuid import UUID

from flask import Response, redirect

from services.decision import queries
from services.decision.pages.blueprint import BASE, blueprint
from shared.web.exports import download
from shared.web.pages import render
from shared.web.use import actor, ask


@blueprint.get("/r/<code>")
def short_result(code: str) -> Response:
    """The short address of a result."""
    found = ask(queries.round_by_code, code=code)
    return redirect(f"{BASE}/tours/{found['id']}/resultat", 303)  # type: ignore[return-value]


@blueprint.get("/tours/<uuid:round_id>/resultat")
def result(round_id: UUID) -> str:
    """The result: without an account, without a menu."""
    found = ask(queries.result, round_id=round_id)
    return render("result.html", light=True, menu=actor().person is not None, found=found)


@blueprint.get("/votes/<uuid:vote_id>/proces-verbal.pdf")
def minutes(vote_id: UUID) -> Response:
    """The minutes of a vote, an accessible PDF."""
    found = ask(queries.minutes_file, vote_id=vote_id)
    return download(found["file"], f"proces-verbal-{found['code'].lower()}-{found['number']}")
