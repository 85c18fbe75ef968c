"""The published diagnostic, at an address that everybody may open."""

from uuid import UUID

from flask import Response, redirect

from services.diagnostic import queries
from services.diagnostic.pages.blueprint import BASE, blueprint, public
from shared.web.exports import download
from shared.web.pages import render
from shared.web.use import actor, ask


@blueprint.get("/r/<code>")
def short_report(code: str) -> Response:
    """The short address of a report, as a poster gives it."""
    found = ask(queries.survey_by_code, code=code)
    return redirect(f"{BASE}/{found['id']}/rapport", 303)  # type: ignore[return-value]


@blueprint.get("/<uuid:survey_id>/rapport")
def report(survey_id: UUID) -> str:
    """The report as a page: without an account, without a menu."""
    found = ask(queries.report, survey_id=survey_id)
    signed_in = actor().person is not None
    address = public(f"{BASE}/r/{found['code']}")
    return render("report.html", light=True, menu=signed_in, found=found, address=address)


@blueprint.get("/<uuid:survey_id>/rapport.pdf")
def report_file(survey_id: UUID) -> Response:
    """The same as an accessible PDF."""
    found = ask(queries.report, survey_id=survey_id)
    return download(found["file"], f"diagnostic-{found['code'].lower()}")
