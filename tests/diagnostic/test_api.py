"""The JSON API: the same rules, for programs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.diagnostic.world import COMMITTEE, FINDINGS, World


def post(world: World, who: str | None, path: str, body: Any = None) -> TestResponse:
    headers = {"Idempotency-Key": str(uuid4())}
    return world.browser(who).post(f"/api/v1{path}", json=body or {}, headers=headers)


def put(world: World, who: str, path: str, body: Any, version: int | None) -> TestResponse:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return world.browser(who).put(f"/api/v1{path}", json=body, headers=headers)


def get(world: World, who: str | None, path: str) -> Any:
    response = world.browser(who).get(f"/api/v1{path}")
    assert response.status_code == 200, response.text
    return response.json


def test_a_program_goes_from_a_question_to_a_diagnostic(world: World):
    said = {
        "committee_id": str(COMMITTEE),
        "title": "Autour de l’école",
        "theme": "any",
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(7)).isoformat(),
    }
    survey = post(world, "member", "/surveys", said).json["id"]
    here = f"/surveys/{survey}"
    asked = {
        "questions": [{"text": "Quoi ?"}, {"text": "Où ?", "kind": "one", "choices": "Ici\nLà"}]
    }
    assert put(world, "member", f"{here}/questions", asked, None).status_code == 428
    assert put(world, "member", f"{here}/questions", asked, 1).status_code == 204
    assert put(world, "member", f"{here}/questions", asked, 1).status_code == 412
    days = {k: said[k] for k in ("title", "opens_on", "closes_on")}
    assert put(world, "lead", here, days, 2).status_code == 204
    assert post(world, "lead", f"{here}/opening").status_code == 204
    code = get(world, "sector", here)["code"]
    answer = {"answer_id": str(uuid4()), "words": {"q1": "Un banc", "q2": "Ici"}, "who": "parent"}
    first = post(world, None, f"/surveys/by-code/{code}/answers", answer)
    assert first.status_code == 201
    assert post(world, None, f"/surveys/by-code/{code}/answers", answer).json == first.json
    more = {"answer_id": str(uuid4()), "words": {"heard": "Un banc"}}
    assert post(world, "annexe", f"{here}/papers", more).status_code == 201
    met = more | {"answer_id": str(uuid4()), "who": "elder", "place": "door"}
    assert post(world, "member", f"{here}/answers", met).status_code == 201
    assert post(world, "lead", f"{here}/closing").status_code == 204
    ids = [row["id"] for row in get(world, "lead", f"{here}/answers")["items"]]
    assert len(ids) == 3
    need = post(world, "member", f"{here}/needs", {"title": "Un banc", "answers": ids[:1]}).json[
        "id"
    ]
    other = post(world, "member", f"{here}/needs", {"title": "Rien"}).json["id"]
    again = {"title": "Un banc devant l’école", "answers": ids}
    assert put(world, "member", f"/needs/{need}", again, 1).status_code == 204
    gone = world.browser("member").delete(f"/api/v1/needs/{other}", headers={"If-Match": "1"})
    assert gone.status_code == 204
    end = {"findings": FINDINGS, "agreed": "Réunion", "agreed_on": world.today.isoformat()}
    assert post(world, "lead", f"{here}/publication", end).status_code == 204
    report = get(world, None, f"{here}/report")
    assert [(n["title"], n["weight"]) for n in report["needs"]] == [("Un banc devant l’école", 100)]
    assert [row["id"] for row in get(world, "dpc", "/surveys")["items"]] == [survey]


def test_a_refusal_says_which_field_and_who_unblocks(world: World):
    survey_id = world.survey()
    code = world.code(survey_id)
    long = {"answer_id": str(uuid4()), "words": {"missing": "x" * 1_000_000}}
    refused = post(world, None, f"/surveys/by-code/{code}/answers", long)
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    early = post(
        world,
        "lead",
        f"/surveys/{survey_id}/publication",
        {"findings": "x", "agreed": "x", "agreed_on": world.today.isoformat()},
    )
    assert early.status_code == 409
    assert early.json["unblocks"]
