"""Answers as the committee reads them, the needs drawn from them, and the publication."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, request

from services.diagnostic import commands, queries, schemas
from services.diagnostic.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    said,
    wants_csv,
)
from shared.web.api import Input
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_HEADS = ("Reçue", "Voie", "Qui", "Où", "Quartier", "Besoins portés", "Choix", "Mots")
_AT_ONCE = 30
"""Answers to tick on one page."""


@blueprint.get("/ecoutes/<uuid:survey_id>/reponses")
def answers(survey_id: UUID) -> Any:
    """What was said, a page at a time, for the committee."""
    survey = ask(queries.survey_card, survey_id=survey_id)
    untied = request.args.get("sans") == "besoin"
    if wants_csv():
        rows = every(queries.answers_of, survey_id=survey_id)
        return as_csv("reponses", _HEADS, (_line(survey, row) for row in rows))
    found = ask(queries.answers_of, survey_id=survey_id, untied=untied, after=asked_after())
    titles = {need["id"]: need["title"] for need in survey["needs"]}
    return render("answers.html", found=found, survey=survey, untied=untied, titles=titles)


def _line(survey: dict[str, Any], row: dict[str, Any]) -> list[Any]:
    titles = {need["id"]: need["title"] for need in survey["needs"]}
    chosen, free = said(survey["questions"], row["words"])
    return [
        row["received_at"],
        queries.CHANNELS[row["channel"]],
        queries.ACTORS.get(row["actor"], ""),
        queries.PLACES.get(row["place"], ""),
        row["sector"] or "",
        ", ".join(titles[need] for need in row["needs"]),
        chosen,
        " / ".join(free),
    ]


@blueprint.get("/ecoutes/<uuid:survey_id>/besoins/nouveau")
def new_need(survey_id: UUID) -> str:
    """The form of a need, with the answers to tick."""
    return _need(survey_id, None, Form())


@blueprint.post("/ecoutes/<uuid:survey_id>/besoins/nouveau")
def draw_need(survey_id: UUID) -> Response:
    """Keeps a need."""
    return submit(
        schemas.NeedSaid(),
        commands.draw_need,
        again=lambda form: _need(survey_id, None, form),
        then=lambda made: _next_stop(survey_id, made),
        done="Le besoin est noté.",
        survey_id=survey_id,
    )


def _next_stop(survey_id: UUID, need_id: UUID) -> str:
    """On to the following answers when they were asked for, else back to the survey."""
    following = request.form.get("go", "")
    return f"{BASE}/besoins/{need_id}?suite={following}" if following else _home(survey_id)


def _home(survey_id: UUID) -> str:
    return f"{BASE}/ecoutes/{survey_id}"


@blueprint.get("/besoins/<uuid:need_id>")
def need(need_id: UUID) -> str:
    """A need and the answers that carry it."""
    found = ask(queries.need_card, need_id=need_id)
    return _need(found["survey_id"], found, Form(found))


@blueprint.post("/besoins/<uuid:need_id>")
def change_need(need_id: UUID) -> Response:
    """Says a need otherwise."""
    found = ask(queries.need_card, need_id=need_id)
    return submit(
        schemas.NeedSaidAgain(),
        commands.change_need,
        again=lambda form: _need(found["survey_id"], found, form),
        then=lambda _: _next_stop(found["survey_id"], need_id),
        done="Le besoin est corrigé.",
        need_id=need_id,
        version=request.form.get("version"),
    )


@blueprint.post("/besoins/<uuid:need_id>/retirer")
def drop_need(need_id: UUID) -> Response:
    """Takes a need away."""
    found = ask(queries.need_card, need_id=need_id)
    return submit(
        Input(),
        commands.drop_need,
        again=lambda form: _need(found["survey_id"], found, form),
        then=_home(found["survey_id"]),
        done="Le besoin est retiré.",
        need_id=need_id,
    )


def _need(survey_id: UUID, need: Mapping[str, Any] | None, form: Form) -> str:
    after = request.values.get("suite") or None
    return render(
        "need.html",
        survey=ask(queries.survey_card, survey_id=survey_id),
        need=need,
        found=ask(queries.answers_of, survey_id=survey_id, after=after, limit=_AT_ONCE),
        after=after or "",
        form=form,
        ticked=_ticked(need, form),
    )


def _ticked(need: Mapping[str, Any] | None, form: Form) -> set[str]:
    """The answers that are ticked: as posted, else as they are kept."""
    if hasattr(form.values, "getlist"):
        return set(form.values.getlist("answers"))
    return {str(answer) for answer in need["answers"]} if need else set()


@blueprint.get("/ecoutes/<uuid:survey_id>/publier")
def publication(survey_id: UUID) -> str:
    """The form of the publication."""
    return _publication(survey_id, Form())


def _publication(survey_id: UUID, form: Form) -> str:
    return render("publish.html", found=ask(queries.survey_card, survey_id=survey_id), form=form)


@blueprint.post("/ecoutes/<uuid:survey_id>/publier")
def publish(survey_id: UUID) -> Response:
    """Publishes the diagnostic."""
    return submit(
        schemas.Publication(),
        commands.publish_diagnostic,
        again=lambda form: _publication(survey_id, form),
        then=f"{BASE}/{survey_id}/rapport",
        done="Le diagnostic est publié : les idées peuvent venir.",
        survey_id=survey_id,
    )
