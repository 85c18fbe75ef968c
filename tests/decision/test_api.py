"""The JSON API: a program goes the whole way, and each refusal is a sentence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.decision.world import COMMITTEE, RELAY, SHADE, World


def post(world: World, who: str | None, path: str, body: Any = None) -> TestResponse:
    headers = {"Idempotency-Key": str(uuid4())}
    return world.browser(who).post(f"/api/v1{path}", json=body or {}, headers=headers)


def put(world: World, who: str, path: str, body: Any, version: int | str = "*") -> TestResponse:
    headers = {"If-Match": str(version)}
    return world.browser(who).put(f"/api/v1{path}", json=body, headers=headers)


def get(world: World, who: str | None, path: str) -> Any:
    response = world.browser(who).get(f"/api/v1{path}")
    assert response.status_code == 200, response.text
    return response.json


def idea(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Jardin partagé",
        "aims": "Planter ensemble.",
        "place": "Derrière l’école",
        "wished_from": (world.today + timedelta(90)).isoformat(),
        "wished_to": (world.today + timedelta(104)).isoformat(),
        "estimate": "1847.50",
        "needs": [str(SHADE)],
    } | changes


def rules(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "method": "plurality",
        "voters": ["members", "elus", "residents"],
        "quorum_percent": 30,
        "no_quorum": "second-call",
        "tie": "heaviest-need",
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(7)).isoformat(),
        "meeting_on": world.today.isoformat(),
        "shares": {"members": "1/3", "elus": "1/3", "residents": "1/3"},
        "criteria": "Faisable par le comité",
    } | changes


@pytest.mark.feature("C1", "C6", "C10", "C11", "C14", "C15", "C16", "C23")
def test_a_program_goes_from_published_needs_to_the_action_chosen(world: World):
    round_id = world.round()
    here = f"/rounds/{round_id}"
    found = get(world, "member", here)
    assert [need["weight"] for need in found["needs"]] == [60, 35]
    until = {"until": (world.today + timedelta(30)).isoformat()}
    assert world.browser("lead").put(f"/api/v1{here}/until", json=until).status_code == 428
    assert put(world, "lead", f"{here}/until", until, found["version"]).status_code == 204
    first = post(world, "member", f"{here}/ideas", idea(world, interest="Ma rue")).json["id"]
    other = post(world, "elu", f"{here}/ideas", idea(world, title="Kabar")).json["id"]
    code = found["code"]
    theirs = idea(world, title="Un banc", idea_id=str(uuid4()))
    banc = post(world, None, f"/rounds/by-code/{code}/ideas", theirs).json["id"]
    assert post(world, None, f"/rounds/by-code/{code}/ideas", theirs).json["id"] == banc
    assert post(world, "member", f"/ideas/{banc}/showing").status_code == 204
    backed = {"idea_id": first, "support_id": str(uuid4())}
    assert post(world, None, f"/rounds/by-code/{code}/supports", backed).status_code == 204
    assert post(world, "member", f"/ideas/{first}/support").status_code == 204
    assert post(world, "lead", f"/ideas/{banc}/merging", {"into": first}).status_code == 204
    assert post(world, "second", f"/ideas/{first}/interest", {"what": "Voisine"}).status_code == 204
    said = idea(world, title="Jardin derrière l’école")
    assert put(world, "member", f"/ideas/{first}", said).status_code == 204
    by = (world.today + timedelta(10)).isoformat()
    question = {
        "asked_of": "department",
        "department": "Voirie",
        "question": "Qui ?",
        "answer_by": by,
    }
    advice = post(world, "lead", f"/ideas/{first}/advices", question).json["id"]
    relay = question | {"asked_of": "relay", "relay_id": str(RELAY), "department": ""}
    asked = post(world, "lead", f"/ideas/{first}/advices", relay).json["id"]
    assert [row["id"] for row in get(world, "voirie", "/advices")["items"]] == [advice]
    answer = {"opinion": "favourable", "why": "Utile", "capacity": "Huit barrières"}
    assert post(world, "voirie", f"/advices/{advice}/answer", answer).status_code == 204
    assert get(world, "voirie", f"/advices/{advice}")["opinion"] == "favourable"
    secret = post(world, "lead", f"/advices/{asked}/link").json["secret"]
    by_link = answer | {"secret": secret}
    assert post(world, None, "/advices/by-link", by_link).status_code == 204
    assert post(world, None, "/advices/by-link", by_link).status_code == 409
    assert get(world, "member", f"/ideas/{first}")["supports"] == 2
    card = post(world, "annexe", "/cards", {"committee_id": str(COMMITTEE), "college": "residents"})
    charter = post(world, "member", f"{here}/charter", rules(world)).json["id"]
    version = get(world, "lead", f"/charters/{charter}")["version"]
    again = rules(world, quorum_percent=40)
    assert put(world, "lead", f"/charters/{charter}", again, version).status_code == 204
    assert put(world, "lead", f"/charters/{charter}", again, version).status_code == 412
    agreed = {"agreed": "Réunion à la case", "agreed_on": world.today.isoformat()}
    frozen = post(world, "lead", f"/charters/{charter}/adoption", agreed).json["hash"]
    assert get(world, "member", f"/charters/{charter}")["hash"] == frozen
    vote = post(world, "lead", f"{here}/vote").json["id"]
    assert post(world, "lead", f"{here}/vote").json["id"] == vote
    assert [o["title"] for o in get(world, "member", f"/votes/{vote}")["options"]] == [
        "Jardin derrière l’école", "Kabar",
    ]  # fmt: skip
    assert post(world, "member", f"/votes/{vote}/ballot", {"choices": [other]}).status_code == 204
    by_card = {"number": card.json["number"], "secret": card.json["secret"], "choices": [first]}
    assert post(world, None, f"/rounds/by-code/{code}/ballot", by_card).status_code == 204
    assert get(world, None, f"/rounds/by-code/{code}")["voting"]
    people = get(world, "lead", f"/votes/{vote}/attendance")["people"]
    here_now = [p["id"] for p in people if p["name"] in ("Rita Modèle", "Jean-Marc Démo")]
    count = {"way": "hands", "present": here_now, "voices": {first: 2}}
    made = post(world, "lead", f"/votes/{vote}/counts", count).json["id"]
    assert post(world, "lead", f"/counts/{made}/confirmation").status_code == 403
    assert post(world, "second", f"/counts/{made}/confirmation").status_code == 204
    assert post(world, "lead", f"/votes/{vote}/closing").status_code == 204
    result = get(world, None, f"{here}/result")
    assert result["state"] == "chosen"
    assert result["votes"][0]["counts"][0]["voices"] == 3
    assert result["charter"]["hash"] == frozen
    assert [row["title"] for row in result["others"]] == ["Kabar"]
    assert result["action_id"] == world.fact("action-chosen")["action_id"]
    why = {"why": "Le lieu n’est plus libre"}
    assert post(world, "dpc", f"{here}/annulment", why).status_code == 204
    after = post(world, "lead", f"{here}/next", {"title": "Encore"}).json["id"]
    listed = get(world, "sector", f"/rounds?committee_id={COMMITTEE}")["items"]
    assert {row["id"] for row in listed} == {str(round_id), after}
    lost = {"number": card.json["number"]}
    assert post(world, "annexe", "/cards/withdrawal", lost).status_code == 204


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"aims": "x" * 1_000_000}, "aims"),
        ({"title": ""}, "title"),
        ({"wished_from": "2027-02-29"}, "wished_from"),
        ({"estimate": 12.5}, "estimate"),
        ({"estimate": "-3"}, "estimate"),
        ({"needs": ["x"]}, "needs-0"),
        ({"needs": []}, "needs"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_an_idea_that_cannot_be_read_is_refused_beside_its_field(world: World, changes, field):
    answer = post(world, "member", f"/rounds/{world.round()}/ideas", idea(world, **changes))
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][field]


def test_days_reversed_are_refused_in_words(world: World):
    reversed_days = {
        "wished_from": (world.today + timedelta(20)).isoformat(),
        "wished_to": (world.today + timedelta(10)).isoformat(),
    }
    answer = post(world, "member", f"/rounds/{world.round()}/ideas", idea(world, **reversed_days))
    assert answer.json["errors"] == {"wished_to": "La fin de la période vient après son début."}


@pytest.mark.parametrize(
    "body",
    [
        {"choices": ["pas une idée"]},
        {"choices": ["0193f0a0-0000-7000-8000-00000000dead"]},
        {},
        {"choices": [], "blank": False},
    ],
)
def test_a_ballot_that_says_nothing_or_something_unknown_is_refused(world: World, body):
    voting = world.vote()
    answer = post(world, "member", f"/votes/{voting.id}/ballot", body)
    assert answer.status_code == 422
    assert answer.json["errors"]


@pytest.mark.parametrize(
    "who, status", [("stranger", 403), ("dpc", 403), ("annexe", 403), (None, 401)]
)
def test_whoever_is_no_elector_is_told_which_rule_and_what_is_missing(world: World, who, status):
    voting = world.vote()
    body = {"choices": [str(voting.ideas[0])]}
    answer = post(world, who, f"/votes/{voting.id}/ballot", body)
    assert answer.status_code == status
    if status == 403:
        assert answer.json["rule"]
        assert answer.json["missing"] == "Être sur cette liste."


def test_a_forged_card_is_refused_beside_its_number(world: World):
    world.card()
    voting = world.vote(voters=["residents"])
    body = {"number": "ABC DEF GHJ", "secret": "x", "choices": [str(voting.ideas[0])]}
    answer = post(world, None, f"/rounds/by-code/{world.code(voting.round_id)}/ballot", body)
    assert answer.status_code == 422
    assert "pas juste" in answer.json["errors"]["number"]


def test_a_card_votes_only_in_its_own_neighbourhoods_choice(world: World):
    answer = post(world, None, "/rounds/by-code/ABCDEFGH/ballot", {"number": "x", "secret": "x"})
    assert answer.status_code == 404
