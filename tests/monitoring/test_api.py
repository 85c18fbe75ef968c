"""The API of monitoring."""

from tests.monitoring.browsing import ACTION, get
from tests.monitoring.told import NOW, Told, named, who


def test_the_api_gives_amounts_as_texts_and_unknown_as_null(city: Told):
    board = get(city, "/api/v1/board?sort=committee").json
    unknown, known = board["committees"]
    assert known["available"] == "6360.00"
    assert known["urgent"]["slack"] == -2
    assert unknown["available"] is None
    assert board["totals"]["reserved"] == "640.00"
    assert board["freshness"]["true_at"] == NOW.isoformat()


def test_the_api_gives_a_committee_a_thread_and_the_flow(city: Told):
    card = get(city, f"/api/v1/committees/{named('committee 17')}").json
    assert card["lines"][0]["available"] == "2560.00"
    assert card["facts"][0]["type"] == "cac.procurement.budget-changed.v1"
    thread = get(city, f"/api/v1/actions/{ACTION}/thread").json
    assert [fact["person"] for fact in thread["facts"]].count(str(named("Rita Fictif"))) == 1
    assert "Rita Fictif" not in str(thread)
    assert thread["awaited"][0]["kind"] == "validate"
    assert {row["service"] for row in get(city, "/api/v1/flow").json["services"]} >= {"monitoring"}


def test_the_api_refuses_an_answer_it_does_not_understand(city: Told):
    assert get(city, "/api/v1/board?level=loud").status_code == 422
    assert get(city, f"/api/v1/actions/{named('nobody')}/thread").status_code == 404
    assert get(city, "/api/v1/board", who("relay")).status_code == 403
