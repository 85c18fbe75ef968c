"""Surveys of a committee: the list, a draft, one survey, and what it takes to share it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request

from services.diagnostic import commands, queries, schemas
from services.diagnostic.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    public,
    wants_csv,
)
from shared.kernel.refusals import Forbidden
from shared.web.api import Input
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.use import ask

_HEADS = ("Comité", "Quartier", "Écoute", "Thème", "État", "Du", "Au", "Réponses", "Besoins")
_SPARE_ROWS = 2
"""Empty questions shown under those there are."""


@blueprint.get("/")
def surveys() -> Any:
    """The surveys that one follows, and what is to do next."""
    if wants_csv():
        return as_csv("ecoutes", _HEADS, map(_line, every(queries.my_surveys)))
    return render("surveys.html", found=ask(queries.my_surveys, after=asked_after()))


def _line(row: dict[str, Any]) -> list[Any]:
    committee, state = row["committee"], queries.STATES[row["state"]]
    days = (row["opens_on"], row["closes_on"], row["answers"], row["needs"])
    about = (row["title"], queries.THEMES[row["theme"]], state)
    return [committee["name"], committee["quartier"], *about, *days]


@blueprint.get("/ecoutes/nouvelle")
def new_survey() -> str:
    """The form of a new survey."""
    return _new(Form(request.args))


def _new(form: Form) -> str:
    mine = ask(queries.my_surveys)["mine"]
    if not mine:
        raise Forbidden(
            rule="Une écoute est celle d’un comité.",
            missing="Être membre d’un comité en activité.",
            unblocks="La personne référente du comité de votre quartier",
        )
    named = [(row["id"], f"{row['name']} · {row['quartier']}") for row in mine]
    return render("draft.html", found=None, form=form, committees=named)


@blueprint.post("/ecoutes/nouvelle")
def prepare_survey() -> Response:
    """Prepares a survey."""
    return submit(
        schemas.NewSurvey(),
        commands.prepare_survey,
        again=_new,
        then=lambda made: f"{BASE}/ecoutes/{made}/questions",
        done="L’écoute est prête. Relisez maintenant ses questions.",
    )


@blueprint.get("/ecoutes/<uuid:survey_id>/modifier")
def draft(survey_id: UUID) -> str:
    """The form of a draft."""
    return _draft(survey_id)


def _draft(survey_id: UUID, form: Form | None = None) -> str:
    found = ask(queries.survey_card, survey_id=survey_id)
    kept = {**found, "sectors": "\n".join(found["sectors"])}
    return render("draft.html", found=found, form=form or Form(kept), committees=[])


@blueprint.post("/ecoutes/<uuid:survey_id>/modifier")
def change_survey(survey_id: UUID) -> Response:
    """Keeps other words or days of a draft."""
    return submit(
        schemas.SurveySaid(),
        commands.change_survey,
        again=lambda form: _draft(survey_id, form),
        then=f"{BASE}/ecoutes/{survey_id}",
        done="L’écoute est corrigée.",
        survey_id=survey_id,
        version=request.form.get("version"),
    )


@blueprint.get("/ecoutes/<uuid:survey_id>/questions")
def questions(survey_id: UUID) -> str:
    """The form of the questions."""
    return _questions(survey_id)


def _questions(survey_id: UUID, form: Form | None = None) -> str:
    found = ask(queries.survey_card, survey_id=survey_id)
    rows = [{**q, "choices": "\n".join(q["choices"])} for q in found["questions"]]
    if form is not None:
        rows = form.rows("questions")
    shown = [*rows, *({} for _ in range(_SPARE_ROWS))]
    form = form or Form({"version": found["version"]})
    return render("questions.html", found=found, rows=shown, form=form)


@blueprint.post("/ecoutes/<uuid:survey_id>/questions")
def change_questions(survey_id: UUID) -> Response:
    """Keeps other questions."""
    return submit(
        schemas.Questions(),
        commands.change_questions,
        again=lambda form: _questions(survey_id, form),
        then=f"{BASE}/ecoutes/{survey_id}",
        done="Les questions sont gardées.",
        survey_id=survey_id,
        version=request.form.get("version"),
    )


@blueprint.get("/ecoutes/<uuid:survey_id>")
def survey(survey_id: UUID) -> str:
    """One survey: whom it reached, its needs, what is to do next."""
    return _survey(survey_id)


def _survey(survey_id: UUID, form: Form | None = None) -> str:
    found = ask(queries.survey_card, survey_id=survey_id)
    address = public(f"{BASE}/q/{found['code']}")
    text = quote(f"{found['title']} : {address}")
    code = qr_code(address, f"Répondre : {address}") if found["state"] == "open" else ""
    return render(
        "survey.html",
        found=found,
        address=address,
        code=code,
        whatsapp=f"https://wa.me/?text={text}",
        form=form or Form(),
    )


@blueprint.get("/ecoutes/<uuid:survey_id>/affiche")
def poster(survey_id: UUID) -> str:
    """A sheet to print and hang, without the name of whoever prints it."""
    found = ask(queries.survey_card, survey_id=survey_id)
    address = public(f"{BASE}/q/{found['code']}")
    code = qr_code(address, f"Répondre : {address}", 7)
    return render("poster.html", menu=False, found=found, address=address, code=code)


@blueprint.get("/ecoutes/<uuid:survey_id>/papier")
def paper(survey_id: UUID) -> str:
    """The questions on paper, for those who answer with a pen."""
    return render("paper.html", menu=False, found=ask(queries.survey_card, survey_id=survey_id))


@blueprint.post("/ecoutes/<uuid:survey_id>/ouvrir")
def open_survey(survey_id: UUID) -> Response:
    """Opens a survey."""
    return _step(survey_id, commands.open_survey, "L’écoute est ouverte : partagez son adresse.")


@blueprint.post("/ecoutes/<uuid:survey_id>/clore")
def close_survey(survey_id: UUID) -> Response:
    """Closes a survey."""
    return _step(survey_id, commands.close_survey, "L’écoute est close : tirez-en les besoins.")


def _step(survey_id: UUID, command: Any, done: str) -> Response:
    return submit(
        Input(),
        command,
        again=lambda form: _survey(survey_id, form),
        then=f"{BASE}/ecoutes/{survey_id}",
        done=done,
        survey_id=survey_id,
    )
