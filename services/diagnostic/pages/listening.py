"""Writing down for somebody else: what a member hears, what came on paper."""

from typing import Any
from uuid import UUID, uuid4

from flask import Response, request

from services.diagnostic import commands, queries, schemas
from services.diagnostic.pages.blueprint import BASE, asked_after, blueprint, words_of_form
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask


@blueprint.get("/ecoutes/<uuid:survey_id>/recueillir")
def listen(survey_id: UUID) -> str:
    """The form for what one hears, on a phone."""
    return _listen(survey_id)


def _listen(survey_id: UUID, form: Form | None = None) -> str:
    found = ask(queries.survey_card, survey_id=survey_id)
    return _written("listen.html", found, form)


def _written(template: str, found: dict[str, Any], form: Form | None) -> str:
    form = form or Form({"answer_id": uuid4()})
    # The model speaks of a question by its key, the page calls its field w-key.
    keys = {q["key"] for q in found["questions"]} | {schemas.HEARD}
    form.errors = {f"w-{k}" if k in keys else k: text for k, text in form.errors.items()}
    kept = request.args.get("garde", "")[:9]
    return render(
        template, found=found, form=form, errors=form.errors, words=words_of_form(), kept=kept
    )


@blueprint.post("/ecoutes/<uuid:survey_id>/recueillir")
def record_answer(survey_id: UUID) -> Response:
    """Writes down what was heard, then shows the next empty form."""
    return submit(
        schemas.Heard(exclude=["words"]),
        commands.record_answer,
        again=lambda form: _listen(survey_id, form),
        then=f"{BASE}/ecoutes/{survey_id}/recueillir",
        done="C’est noté. À la personne suivante.",
        survey_id=survey_id,
        words=words_of_form(),
    )


@blueprint.get("/saisie")
def to_type() -> str:
    """The surveys whose paper is to be typed in."""
    return render("to_type.html", found=ask(queries.surveys_to_type, after=asked_after()))


@blueprint.get("/saisie/<uuid:survey_id>")
def typing(survey_id: UUID) -> str:
    """The form of a sheet of paper."""
    return _typing(survey_id)


def _typing(survey_id: UUID, form: Form | None = None) -> str:
    return _written("typing.html", ask(queries.typing_card, survey_id=survey_id), form)


@blueprint.post("/saisie/<uuid:survey_id>")
def type_paper(survey_id: UUID) -> Response:
    """Keeps a sheet of paper, then shows the next empty form."""
    return submit(
        schemas.Words(exclude=["words"]),
        commands.type_paper_answer,
        again=lambda form: _typing(survey_id, form),
        then=lambda code: f"{BASE}/saisie/{survey_id}?garde={code}",
        survey_id=survey_id,
        words=words_of_form(),
    )
