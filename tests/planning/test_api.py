"""The JSON API: the same rules, for programs."""

from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from services.planning.model import INSTALLATION
from tests.planning.world import ACTION, DAY, FALLBACK, RELAY, World, person_id

HERE = f"/plans/{ACTION}"
ADOPTION = {
    "day": DAY.isoformat(),
    "fallback_day": FALLBACK.isoformat(),
    "place": "Place du marché",
    "lead": str(person_id("lead")),
    "agreed": "À main levée",
}


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


def test_a_program_goes_from_a_plan_to_its_closing(world: World):
    plan = get(world, "lead", HERE)
    assert (plan["state"], len(plan["tasks"])) == ("draft", 13)
    assert put(world, "lead", f"{HERE}/adoption", ADOPTION, None).status_code == 428
    assert put(world, "lead", f"{HERE}/adoption", ADOPTION, plan["version"]).status_code == 204
    assert put(world, "lead", f"{HERE}/adoption", ADOPTION, plan["version"]).status_code == 412
    version = get(world, "lead", HERE)["version"]
    move = {"day": "2027-09-25", "fallback_day": None, "why": "place", "reason": "Travaux"}
    assert put(world, "lead", f"{HERE}/day", move, version).json == {"tight": 0}
    back = {**move, "day": DAY.isoformat()}
    assert put(world, "lead", f"{HERE}/day", back, version + 1).status_code == 200

    task = post(world, "member", f"{HERE}/tasks", {"title": "Un gâteau", "due": "2027-09-17"})
    assert task.status_code == 201
    one = f"/tasks/{task.json['id']}"
    assert post(world, "member", f"{one}/taking").status_code == 204
    taken = post(world, "second", f"{one}/taking")
    assert (taken.status_code, taken.json["detail"]) == (409, "Jean-Marc Démo s’en charge déjà.")
    assert (
        post(world, "member", f"{one}/blocking", {"why": "Four", "unblocks": "Max"}).status_code
        == 204
    )
    assert post(world, "member", f"{one}/handing-back").status_code == 204
    assert post(world, "second", f"{one}/finishing").status_code == 204
    assert [row["title"] for row in get(world, "lead", "/tasks")["left"]] == []

    world.until(DAY)
    assert (
        post(world, "member", f"{HERE}/installation", {"seen": list(INSTALLATION)}).status_code
        == 204
    )
    assert post(world, "member", f"{HERE}/holding", {"attendance": 90}).status_code == 204
    said = {
        "attendance": 90,
        "volunteers": 8,
        "volunteer_hours": 30,
        "worked": "Tout",
        "to_improve": "Rien",
        "do_again": True,
    }
    assert post(world, "lead", f"{HERE}/review", said).status_code == 204
    left = get(world, "dpc", f"{HERE}/left-open")["left_open"]
    assert {"text", "href", "who"} == set(left[0])
    refused = post(world, "lead", f"{HERE}/closing")
    assert refused.status_code == 409
    assert refused.json["open"] == left
    world.all_done()
    assert post(world, "lead", f"{HERE}/closing").status_code == 204
    assert [row["state"] for row in get(world, "dpc", "/plans")["items"]] == []


def test_needs_are_asked_and_answered_by_programs(world: World):
    world.adopted()
    bought = {
        "title": "Sono",
        "supply": "hire",
        "lines": [{"label": "Sono", "quantity": "1", "unit": "jour"}],
        "needed_by": "2027-09-10",
    }
    printed = {"title": "Affiches", "support": "poster", "quantity": 80, "page_format": "A3"}
    street = {
        "department": "Voirie",
        "title": "Fermer la rue",
        "what": "De 14 h à 22 h",
        "on": "2027-09-18",
        "answer_by": "2027-07-30",
    }
    relay = {
        "relay_id": str(RELAY),
        "what": "Animer",
        "effort": "Deux personnes",
        "window_from": "2027-09-18",
        "window_to": "2027-09-18",
        "answer_by": "2027-08-02",
    }
    asked = {
        kind: post(world, "member", f"{HERE}/{kind}-needs", body)
        for kind, body in (
            ("supplier", bought),
            ("print", printed),
            ("service", street),
            ("relay", relay),
        )
    }
    assert {answer.status_code for answer in asked.values()} == {201}
    need = asked["service"].json["id"]
    found = get(world, "agent", "/needs/asked")["items"]
    assert [(row["id"], row["awaited"]) for row in found] == [(need, "Service Voirie")]
    assert post(world, "logistics", f"/needs/{need}/acceptance").status_code == 403
    said = {"conditions": "Deux bénévoles"}
    assert post(world, "agent", f"/needs/{need}/acceptance", said).status_code == 204
    assert post(world, "agent", f"/needs/{need}/refusal", {"why": "Travaux"}).status_code == 204
    gone = post(world, "member", f"/needs/{need}/withdrawal", {"why": "Une autre rue"})
    assert gone.status_code == 204
    needs = {row["id"]: row for row in get(world, "lead", HERE)["needs"]}
    assert needs[need]["standing"] == "withdrawn"


def test_a_refusal_names_the_field_or_the_rule(world: World):
    wrong = put(world, "lead", f"{HERE}/adoption", ADOPTION | {"day": "2027-02-29"}, 1)
    assert wrong.status_code == 422
    assert "n’existe pas" in wrong.text
    past = put(world, "lead", f"{HERE}/adoption", ADOPTION | {"day": "2027-05-31"}, 1)
    assert past.json["errors"]["day"]
    early = post(world, "member", f"{HERE}/holding", {"attendance": 3})
    assert early.json["type"].endswith("plan-not-adopted")
    assert early.json["unblocks"]
    other = world.browser("stranger").get(f"/api/v1{HERE}")
    assert other.status_code == 403
    assert post(world, "dpc", f"{HERE}/cancellation", {"reason": "Fin"}).status_code == 204


def test_a_number_that_was_sent_twice_is_done_once(world: World):
    world.adopted()
    body = {"title": "Un gâteau", "due": "2027-09-17"}
    headers = {"Idempotency-Key": str(uuid4())}
    path = f"/api/v1{HERE}/tasks"
    first = world.browser("member").post(path, json=body, headers=headers)
    assert world.browser("member").post(path, json=body, headers=headers).json == first.json
