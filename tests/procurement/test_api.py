"""The JSON API: the same rules, problems that say what is missing, keys, versions, pages."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from shared.testing.product import client
from tests.procurement.browsing import as_
from tests.procurement.world import COMMITTEE, World


def post(world: World, who: str, path: str, body: Any, key: str | None = None) -> TestResponse:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return as_(world, who).post(f"/api/v1{path}", json=body, headers=headers)


def need(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "committee_id": str(COMMITTEE),
        "title": "Sonorisation",
        "kind": "hire",
        "family": "sonorisation",
        "lines": [{"label": "Sono", "quantity": "1", "unit": "jour"}],
        "place": "Préau",
        "needed_by": (world.today + timedelta(60)).isoformat(),
    } | changes


def test_a_program_opens_a_need_once_for_its_own_id(world: World):
    body = need(world, need_id=str(uuid4()))
    first = post(world, "member", "/purchases", body)
    assert first.status_code == 201
    again = post(world, "member", "/purchases", body)
    assert again.json["id"] == first.json["id"]


def test_the_same_key_is_done_once_and_refused_for_something_else(world: World):
    body, key = need(world), str(uuid4())
    first = post(world, "member", "/purchases", body, key)
    assert post(world, "member", "/purchases", body, key).json == first.json
    other = post(world, "member", "/purchases", need(world, title="Autre"), key)
    assert other.status_code == 422
    missing = as_(world, "member").post("/api/v1/purchases", json=body)
    assert missing.status_code == 400


@pytest.mark.parametrize("amount", [100, 100.5, "100.123", "-1", "cent"])
def test_amounts_are_texts_with_two_decimals(world: World, amount: Any):
    refused = post(world, "member", "/purchases", need(world, estimate_incl_tax=amount))
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"


def test_a_decision_by_program_binds_to_what_was_read(world: World):
    purchase = world.checked(world.line())
    shown = as_(world, "delegate").get(f"/api/v1/purchases/{purchase}").json
    assert shown["amount_incl_tax"] == "1974.70"
    assert [act["step"] for act in shown["acts"]][-1] == "check"
    path = f"/purchases/{purchase}/validation"
    stale = post(world, "delegate", path, {"seen": "0" * 64, "no_interest": True})
    assert stale.status_code == 409
    assert stale.json["rule"]
    assert stale.json["missing"]
    done = post(world, "delegate", path, {"seen": shown["seen"], "no_interest": True})
    assert done.json == {"state": "validated"}


def test_an_amount_cannot_ride_along_with_a_decision(world: World):
    purchase = world.checked(world.line())
    body = {"seen": world.seen(purchase), "no_interest": True, "amount_incl_tax": "1.00"}
    refused = post(world, "delegate", f"/purchases/{purchase}/validation", body)
    assert refused.status_code == 422
    assert world.state(purchase) == "checked"


def test_a_form_is_changed_only_as_it_was_read(world: World):
    purchase = world.need(world.line())
    body = {"lines": [{"label": "Sono", "quantity": "2", "unit": "jour"}]}
    path = f"/api/v1/purchases/{purchase}/need"
    stale = as_(world, "member").put(path, json=body, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    version = as_(world, "member").get(f"/api/v1/purchases/{purchase}").json["version"]
    done = as_(world, "member").put(path, json=body, headers={"If-Match": f'"{version}"'})
    assert done.status_code == 204


def test_pages_of_purchases_follow_one_another_without_gap_or_double(world: World):
    line = world.line()
    made = {str(world.need(line)) for _ in range(5)}
    seen: list[str] = []
    after = ""
    for _ in range(5):
        found = as_(world, "member").get(f"/api/v1/purchases?limit=2{after}").json
        seen += [item["id"] for item in found["items"]]
        if not found.get("next"):
            break
        after = f"&after={found['next']}"
    assert len(seen) == 5
    assert set(seen) == made


def test_sealed_and_unawarded_amounts_are_in_no_answer_to_a_member(world: World):
    purchase = world.checked(world.line())
    for path in ("/api/v1/purchases", f"/api/v1/purchases/{purchase}"):
        body = as_(world, "member").get(path).text
        assert "1974.70" not in body
        assert "1820" not in body


def test_a_stranger_is_refused_by_the_api_as_by_the_pages(world: World):
    purchase = world.need(world.line())
    refused = as_(world, "stranger").get(f"/api/v1/purchases/{purchase}")
    assert refused.status_code == 403
    assert client(world.runtime, "procurement").get("/api/v1/purchases").status_code == 401


def test_the_api_describes_itself(world: World):
    described = as_(world, "buyer").get("/api/v1/openapi.json").json
    assert "/api/v1/purchases/{purchase_id}/validation" in described["paths"]
