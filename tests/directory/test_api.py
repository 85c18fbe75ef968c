"""The annuaire for programs."""

from uuid import uuid4

import pytest

from services.directory import queries
from services.directory.events import committee_scope


@pytest.fixture
def api(directory, city):
    """Calls as somebody: ``api(person, "POST", "/people", {...})`` → status, body."""

    def call(who, method, path, body=None, key=None, version=None):
        headers = {"Idempotency-Key": key or str(uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        answer = directory.client(who).open(
            f"/api/v1{path}", method=method, json=body, headers=headers
        )
        return answer.status_code, answer.get_json(silent=True)

    return call


def test_anonymous_programs_read_nothing(api):
    for path in ("/committees", "/people", "/delegations", "/relays", f"/people/{uuid4()}"):
        status, problem = api(None, "GET", path)
        assert (status, problem["status"]) == (401, 401)


def test_a_program_invites_reads_and_withdraws(api, directory, city):
    status, made = api(
        city.officer,
        "POST",
        "/people",
        {"name": "Ida", "role": "member", "scope": committee_scope(city.one)},
    )
    assert status == 201
    status, person = api(city.officer, "GET", f"/people/{made['id']}")
    (grant,) = person["roles"]
    assert (person["name"], grant["role"]) == ("Ida", "member")
    status, _ = api(
        city.officer,
        "POST",
        f"/grants/{grant['id']}/revocation",
        {},
        version=grant["version"],
    )
    assert status == 204
    assert api(city.officer, "GET", f"/people/{made['id']}")[1]["roles"] == []


def test_the_same_key_twice_invites_once(api, directory, city):
    before = len(directory.rows("people"))
    first = api(city.officer, "POST", "/people", {"name": "Ida"}, key="k1")
    assert api(city.officer, "POST", "/people", {"name": "Ida"}, key="k1") == first
    assert len(directory.rows("people")) == before + 1


def test_a_refusal_says_rule_missing_and_who_unblocks(api, city):
    status, problem = api(
        city.officer,
        "POST",
        "/grants",
        {"person_id": str(city.officer), "role": "finance_clerk", "scope": "city"},
    )
    assert status == 403
    assert problem["type"].endswith("grant-to-oneself")
    assert all(problem[part] for part in ("rule", "missing", "unblocks"))


def test_a_delegation_is_recorded_with_an_amount_as_text(api, city):
    act = {
        "delegate": str(city.nobody),
        "on_behalf_of": "le maire",
        "act_reference": "Arrêté 1",
        "ceiling_incl_tax": "25000.00",
        "since": "2026-04-01",
    }
    assert api(city.officer, "POST", "/delegations", act | {"ceiling_incl_tax": 25000})[0] == 422
    assert api(city.officer, "POST", "/delegations", act)[0] == 201
    _, page = api(city.officer, "GET", "/delegations")
    assert page["items"][0]["ceiling_incl_tax"] == "25000.00"


def test_a_card_is_replaced_only_by_who_read_its_version(api, city):
    card = {"organisation": "Asso Démo", "kind": "association", "sector": "Secteur A"}
    _, made = api(city.member, "POST", "/relays", card)
    path = f"/relays/{made['id']}"
    version = api(city.member, "GET", path)[1]["version"]
    assert api(city.member, "PUT", path, card)[0] == 428
    changed = card | {"brings": "Une salle"}
    assert api(city.member, "PUT", path, changed, version=version)[0] == 200
    assert api(city.member, "PUT", path, changed, version=version)[0] == 412


def test_contacts_of_organisations_are_not_in_lists(api, city):
    card = {
        "organisation": "Asso Démo",
        "kind": "association",
        "sector": "Secteur A",
        "email": "asso@exemple.re",
    }
    api(city.member, "POST", "/relays", card)
    _, page = api(city.nobody, "GET", "/relays")
    assert "asso@exemple.re" not in repr(page)
    assert page["items"][0]["organisation"] == "Asso Démo"


@pytest.mark.parametrize(
    "method,path,body",
    [
        ("POST", "/committees", {"number": 9, "name": "n", "quartier": "q", "sector": "s"}),
        ("POST", "/delegations/end-of-mandate", {}),
        ("DELETE", "/people/{person}", None),
        ("GET", "/people", None),
        ("GET", "/people/{person}", None),
    ],
)
def test_what_the_directorate_does_is_closed_to_all_others(api, city, method, path, body):
    path = path.format(person=city.member)
    for who in (city.member, city.lead, city.sector, city.nobody):
        assert api(who, method, path, body)[0] == 403


def test_an_erased_person_is_gone_for_programs_too(api, directory, city):
    assert api(city.officer, "DELETE", f"/people/{city.member}")[0] == 204
    assert "Zoe" not in repr(api(city.officer, "GET", "/people")[1])
    assert directory.ask(queries.person_card, person_id=city.member)["name"] != "Zoe"
