"""Diagnostic for programs: the same commands as the pages."""

from typing import Any
from uuid import UUID

from services.diagnostic import commands, queries, schemas
from shared.web.api import Blueprint, Created, Page
from shared.web.use import ask, perform

blueprint = Blueprint("diagnostic", description="Surveys, answers, needs, diagnostics")


@blueprint.get("/surveys")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Surveys())
def surveys(sought: dict[str, Any]) -> Any:
    """A page of surveys, the latest first."""
    return ask(queries.my_surveys, **sought)


@blueprint.post("/surveys")
@blueprint.arguments(schemas.NewSurvey())
@blueprint.response(201, Created())
def prepare(given: dict[str, Any]) -> Any:
    """Prepare a survey with the usual questions of its theme."""
    return {"id": perform(commands.prepare_survey, **given)}


@blueprint.get("/surveys/<uuid:survey_id>")
@blueprint.response(200, schemas.SurveyFull())
def survey(survey_id: UUID) -> Any:
    """One survey with its questions and needs."""
    return ask(queries.survey_card, survey_id=survey_id)


@blueprint.put("/surveys/<uuid:survey_id>")
@blueprint.arguments(schemas.SurveySaid())
@blueprint.response(204)
def change(given: dict[str, Any], survey_id: UUID) -> None:
    """Other words or days of a draft (If-Match: the version read)."""
    perform(commands.change_survey, survey_id=survey_id, **given)


@blueprint.put("/surveys/<uuid:survey_id>/questions")
@blueprint.arguments(schemas.Questions())
@blueprint.response(204)
def change_questions(given: dict[str, Any], survey_id: UUID) -> None:
    """Ask something else, before it opens (If-Match: the version read)."""
    perform(commands.change_questions, survey_id=survey_id, **given)


@blueprint.post("/surveys/<uuid:survey_id>/opening")
@blueprint.response(204)
def open_survey(survey_id: UUID) -> None:
    """Let people answer."""
    perform(commands.open_survey, survey_id=survey_id)


@blueprint.post("/surveys/<uuid:survey_id>/closing")
@blueprint.response(204)
def close_survey(survey_id: UUID) -> None:
    """Take no more answers."""
    perform(commands.close_survey, survey_id=survey_id)


@blueprint.post("/surveys/by-code/<code>/answers")
@blueprint.arguments(schemas.Words())
@blueprint.response(201, schemas.Code())
def answer(given: dict[str, Any], code: str) -> Any:
    """Answer, without an account; the same ``answer_id`` is one answer."""
    return {"code": perform(commands.answer_survey, code=code, **given)}


@blueprint.get("/surveys/<uuid:survey_id>/answers")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Answers())
def answers(sought: dict[str, Any], survey_id: UUID) -> Any:
    """A page of answers, for the committee."""
    return ask(queries.answers_of, survey_id=survey_id, **sought)


@blueprint.post("/surveys/<uuid:survey_id>/answers")
@blueprint.arguments(schemas.Heard())
@blueprint.response(201, schemas.Code())
def heard(given: dict[str, Any], survey_id: UUID) -> Any:
    """Write down what somebody said."""
    return {"code": perform(commands.record_answer, survey_id=survey_id, **given)}


@blueprint.post("/surveys/<uuid:survey_id>/papers")
@blueprint.arguments(schemas.Words())
@blueprint.response(201, schemas.Code())
def paper(given: dict[str, Any], survey_id: UUID) -> Any:
    """Type in a sheet of paper."""
    return {"code": perform(commands.type_paper_answer, survey_id=survey_id, **given)}


@blueprint.post("/surveys/<uuid:survey_id>/needs")
@blueprint.arguments(schemas.NeedSaid())
@blueprint.response(201, Created())
def draw_need(given: dict[str, Any], survey_id: UUID) -> Any:
    """Say a need, with the answers that carry it."""
    return {"id": perform(commands.draw_need, survey_id=survey_id, **given)}


@blueprint.put("/needs/<uuid:need_id>")
@blueprint.arguments(schemas.NeedSaidAgain())
@blueprint.response(204)
def change_need(given: dict[str, Any], need_id: UUID) -> None:
    """Say a need otherwise (If-Match: the version read)."""
    perform(commands.change_need, need_id=need_id, **given)


@blueprint.delete("/needs/<uuid:need_id>")
@blueprint.response(204)
def drop_need(need_id: UUID) -> None:
    """Take a need away."""
    perform(commands.drop_need, need_id=need_id)


@blueprint.post("/surveys/<uuid:survey_id>/publication")
@blueprint.arguments(schemas.Publication())
@blueprint.response(204)
def publish(given: dict[str, Any], survey_id: UUID) -> None:
    """Publish the diagnostic."""
    perform(commands.publish_diagnostic, survey_id=survey_id, **given)


@blueprint.get("/surveys/<uuid:survey_id>/report")
@blueprint.response(200, schemas.Report())
def report(survey_id: UUID) -> Any:
    """The published diagnostic, for everybody."""
    return ask(queries.report, survey_id=survey_id)
