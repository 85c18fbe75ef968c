"""The day and after: run sheet, installation, bilan, closing."""

from typing import Any
from uuid import UUID

from flask import Response

from services.planning import commands, queries, schemas
from services.planning.pages.blueprint import BASE, blueprint, deed
from shared.web.api import Input
from shared.web.exports import download
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.use import ask


@blueprint.get("/actions/<uuid:action_id>/journee")
def day(action_id: UUID) -> str:
    """The run sheet: tasks of the day, what comes, who signs."""
    return _day(action_id, Form())


def _day(action_id: UUID, form: Form) -> str:
    found = ask(queries.plan_card, action_id=action_id)
    near = [task for task in found["tasks"] if abs((task["due"] - found["day"]).days) <= 1]
    return render("day.html", found=found, near=near, form=form)


@blueprint.post("/actions/<uuid:action_id>/installation")
def sign_installation(action_id: UUID) -> Response:
    """Signs for the place."""
    return deed(
        schemas.Installation(),
        commands.sign_installation,
        lambda form: _day(action_id, form),
        then=f"{BASE}/actions/{action_id}/journee",
        done="L’installation est signée.",
        action_id=action_id,
    )


@blueprint.post("/actions/<uuid:action_id>/tenue")
def hold(action_id: UUID) -> Response:
    """Says that the day took place."""
    return deed(
        schemas.Held(),
        commands.hold_action,
        lambda form: _day(action_id, form),
        then=f"{BASE}/actions/{action_id}/bilan",
        done="C’est noté. Place au bilan, ensemble.",
        action_id=action_id,
    )


@blueprint.get("/actions/<uuid:action_id>/bilan")
def bilan(action_id: UUID) -> str:
    """The bilan: its form, prefilled from the facts, or what was agreed."""
    return _bilan(action_id, None)


def _bilan(action_id: UUID, form: Form | None) -> str:
    found = ask(queries.review_card, action_id=action_id)
    return render("bilan.html", found=found, form=form or Form(_known(found)))


def _known(found: dict[str, Any]) -> dict[str, Any]:
    """What the facts already answer; nothing that nobody knows."""
    return {"attendance": found["attendance"], "volunteers": found["people"] or None}


@blueprint.post("/actions/<uuid:action_id>/bilan")
def review(action_id: UUID) -> Response:
    """Keeps the bilan."""
    return deed(
        schemas.Review(),
        commands.review_action,
        lambda form: _bilan(action_id, form),
        then=f"{BASE}/actions/{action_id}/bilan",
        done="Le bilan est gardé.",
        action_id=action_id,
    )


@blueprint.get("/actions/<uuid:action_id>/bilan.pdf")
def bilan_pdf(action_id: UUID) -> Response:
    """The bilan, as a PDF."""
    return download(ask(queries.review_file, action_id=action_id), f"bilan-{action_id}")


@blueprint.get("/actions/<uuid:action_id>/cloture")
def closing(action_id: UUID) -> str:
    """What is still open, each with where one ends it."""
    return _closing(action_id, Form())


def _closing(action_id: UUID, form: Form) -> str:
    return render("closing.html", found=ask(queries.closing_card, action_id=action_id), form=form)


@blueprint.post("/actions/<uuid:action_id>/cloture")
def close(action_id: UUID) -> Response:
    """Ends the action."""
    return deed(
        Input(),
        commands.close_action,
        lambda form: _closing(action_id, form),
        then=f"{BASE}/actions/{action_id}",
        done="L’action est close. Merci à toutes et à tous.",
        action_id=action_id,
    )
