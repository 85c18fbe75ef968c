"""The JSON API: the same rules, for programs."""

from typing import Any
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from services.communication import commands
from tests.communication.world import ACTION, PNG, World, person_id

CAMPAIGN = f"/campaigns/{ACTION}"


def post(world: World, who: str, path: str, body: Any = None, version: int = 0) -> TestResponse:
    headers = {"Idempotency-Key": str(uuid4())}
    if version:
        headers["If-Match"] = f'"{version}"'
    return world.browser(who).post(f"/api/v1{path}", json=body or {}, headers=headers)


def put(world: World, who: str, path: str, body: Any, version: int | str = 0) -> TestResponse:
    headers = {"If-Match": "*" if version == "*" else f'"{version}"'} if version else {}
    return world.browser(who).put(f"/api/v1{path}", json=body, headers=headers)


def get(world: World, who: str, path: str) -> Any:
    response = world.browser(who).get(f"/api/v1{path}")
    assert response.status_code == 200, response.text
    return response.json


def strategy(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "targets": [{"public": "Les familles", "place": "École", "message": "Venez !"}],
        "channels": ["schools"],
        "supports": [{"support": "flyer", "quantity": 300}],
        "gates": ["plan", "flyer"],
        "zones": ["Rue des Manguiers"],
        "agreed": "Réunion, à main levée",
    }
    return whole | changes


def brief(world: World, **changes: Any) -> dict[str, Any]:
    whole = world.brief()
    days = {"needed_by": whole["needed_by"].isoformat(), "contact": str(person_id("member"))}
    return whole | days | changes


def test_a_program_goes_from_a_strategy_to_the_last_copy(world: World):
    version = get(world, "lead", CAMPAIGN)["version"]
    here = f"{CAMPAIGN}/strategy"
    assert put(world, "lead", here, strategy()).status_code == 428
    assert put(world, "lead", here, strategy(), version).json == {"edition": 1}
    assert put(world, "lead", here, strategy(), version).status_code == 412
    need = str(uuid4())
    asked = brief(world, need_id=need, text="")
    made = post(world, "member", f"{CAMPAIGN}/prints", asked)
    assert made.status_code == 201
    assert post(world, "member", f"{CAMPAIGN}/prints", asked).json == made.json
    request = UUID(made.json["id"])
    print_ = f"/prints/{request}"
    version = get(world, "member", print_)["version"]
    sent = put(world, "member", f"{print_}/brief", brief(world, send=True), version)
    assert sent.status_code == 204
    assert post(world, "printer", f"{print_}/acceptance", {"hours": "6.5"}).status_code == 204
    week = world.first_week(request).isoformat()
    placed = put(world, "printer", f"{print_}/slot", {"week": week})
    assert placed.status_code == 200
    assert get(world, "printer", print_)["ready_by"] == placed.json["ready_by"]
    held = {week["monday"]: week["held"] for week in get(world, "printer", "/plan")["weeks"]}
    assert held[get(world, "printer", print_)["week"]] == "6.50"
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    seen = get(world, "lead", print_)["proofs"][0]["sha256"]
    wrong = post(world, "lead", f"{print_}/approval", {"seen": "0" * 64})
    assert wrong.status_code == 409
    assert "remplacé" in wrong.json["detail"]
    assert post(world, "lead", f"{print_}/approval", {"seen": seen}).status_code == 204
    assert post(world, "printer", f"{print_}/printing").status_code == 204
    came = {"quantity": 300, "on": world.today.isoformat()}
    assert post(world, "printer", f"{print_}/delivery", came).status_code == 204
    assert get(world, "elu", CAMPAIGN)["state"] == "launched"
    told = {"request_id": made.json["id"], "zone": "Marché", "count": 120}
    assert post(world, "member", f"{CAMPAIGN}/distributions", told).json == {"left": 180}
    assert post(world, "lead", f"{CAMPAIGN}/end", {"why": "Tout est dit"}).status_code == 204
    assert get(world, "sector", "/campaigns?limit=5")["items"] == []


def test_corrections_refusals_and_other_ways_are_there_too(world: World):
    request = world.proofed()
    told = {"seen": world.seen(request), "reason": "Le logo"}
    assert post(world, "lead", f"/prints/{request}/corrections", told).status_code == 204
    other = world.requested()
    bare = post(world, "printer", f"/prints/{other}/refusal", {})
    assert bare.status_code == 422
    assert list(bare.json["errors"]) == ["reason"]
    why = {"reason": "Trop long"}
    assert post(world, "printer", f"/prints/{other}/refusal", why).status_code == 204
    outside = world.requested()
    assert post(world, "printer", f"/prints/{outside}/outside", why).status_code == 204
    stuck = post(world, "lead", f"/prints/{outside}/cancellation", why)
    assert stuck.status_code == 409
    assert stuck.json["unblocks"]
    moved = world.requested()
    day = {"needed_by": world.day(80).isoformat()}
    assert put(world, "lead", f"/prints/{moved}/needed-by", day).status_code == 204
    assert post(world, "lead", f"/prints/{moved}/cancellation", why).status_code == 204


def test_gates_are_passed_by_the_dpc_only(world: World):
    world.strategy()
    version = get(world, "lead", CAMPAIGN)["version"]
    closed = post(world, "lead", f"{CAMPAIGN}/launch", None, version)
    assert closed.status_code == 409
    assert "DPC" in closed.json["unblocks"]
    why = {"missing": [{"what": "flyer", "why": "Le porte-à-porte suffit"}]}
    here = f"{CAMPAIGN}/launch-without-waiting"
    assert post(world, "lead", here, why, version).status_code == 403
    bare = post(world, "dpc", here, {}, version)
    assert bare.status_code == 409
    assert list(bare.json["errors"]) == ["why-flyer"]
    assert post(world, "dpc", here, why, version).status_code == 204
    assert {g["gate"]: g["open"] for g in get(world, "dpc", CAMPAIGN)["gates"]} == {
        "plan": True,
        "flyer": False,
    }


def test_the_workshop_says_its_hours(world: World):
    hours = {"hours": "30.00", "reserve": "2.00"}
    assert put(world, "printer", "/capacity", hours).status_code == 428
    assert put(world, "printer", "/capacity", hours, "*").status_code == 204
    week = {"monday": world.day(14).isoformat(), "hours": "12.00", "why": "Congé"}
    assert put(world, "printer", "/weeks", week).status_code == 204
    assert put(world, "lead", "/weeks", week).status_code == 403
    found = {w["capacity"] for w in get(world, "printer", "/plan")["weeks"]}
    assert found == {"30.00", "12.00"}


def test_an_incomplete_brief_names_each_field(world: World):
    bare = {"title": "Flyers", "support": "flyer", "send": True}
    refused = post(world, "member", f"{CAMPAIGN}/prints", bare)
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    assert {"quantity", "colours", "contact", "french_text"} <= set(refused.json["errors"])
    odd = brief(world, colour="red")
    assert "colour" in post(world, "member", f"{CAMPAIGN}/prints", odd).json["errors"]


def test_lists_hold_what_one_may_see(world: World):
    mine = world.requested()
    assert [row["id"] for row in get(world, "printer", "/prints")["items"]] == [str(mine)]
    assert get(world, "stranger", "/prints")["items"] == []
    assert world.browser("agent").get("/api/v1/prints").status_code == 403
    assert [row["title"] for row in get(world, "dpc", "/campaigns")["items"]] == [
        "Fête de quartier"
    ]
