"""Pages: the catalogue for anybody, grants for those who give them."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from services.__main__ import product
from services.integration import commands
from services.language import FACTS
from shared.store.tables import audit
from tests.integration.world import COMMITTEES, SECTORS, World, person_id

PUBLIC = ["/", "/premier-evenement", "/lire", "/?service=planning", "/?q=zzz", "/?q=vote"]
FACT_TYPES = [cls.type for s in product.services for cls in s.publishes if cls.stream is FACTS]
CHECK = Draft202012Validator.FORMAT_CHECKER


@pytest.mark.parametrize("path", PUBLIC)
def test_the_developers_pages_open_without_an_account(world: World, path):
    answer = world.browser().get(path)
    assert answer.status_code == 200, answer.text[:500]
    assert "Traceback" not in answer.text


@pytest.mark.feature("Y3")
def test_every_fact_of_the_product_is_in_the_catalogue(world: World):
    page = world.browser().get("/").text
    assert not [kind for kind in FACT_TYPES if f"/integration/evenements/{kind}" not in page]


def test_every_fact_has_its_page_a_schema_and_an_example_that_is_what_the_schema_says(world: World):
    browser, wrong = world.browser(), []
    for kind in FACT_TYPES:
        page = browser.get(f"/evenements/{kind}")
        schema = json.loads(browser.get(f"/schemas/{kind}.json").text)
        Draft202012Validator.check_schema(schema)
        example = json.loads(browser.get(f"/examples/{kind}.json").text)
        found = Draft202012Validator(schema, format_checker=CHECK).iter_errors(example["data"])
        wrong += [f"{kind}: {error.message}" for error in found]
        wrong += [
            f"{kind}: {n}" for n in schema["properties"] if f"<code>{n}</code>" not in page.text
        ]
        assert (page.status_code, example["type"]) == (200, kind)
    assert len(FACT_TYPES) > 70
    assert not wrong


@pytest.mark.parametrize("kind", ["cac.directory.person-named.v1", "cac.x.y.v1", "x", "..%2F.."])
def test_what_is_no_fact_has_no_page(world: World, kind):
    assert world.browser().get(f"/evenements/{kind}").status_code == 404
    problem = world.browser().get(f"/schemas/{kind}.json")
    assert problem.status_code == 404
    assert problem.mimetype == "application/problem+json"


def test_the_catalogue_is_searched_by_service_and_by_words(world: World):
    page = world.browser().get("/?service=planning&q=day").text
    assert "ActionDayMoved" in page
    assert "CommitteeCreated" not in page
    assert "InvoicePaid" not in page
    assert "Aucun événement" in world.browser().get("/?q=zzzz").text


def test_who_hears_an_event_is_said(world: World):
    page = world.browser().get("/evenements/cac.directory.committee-created.v1").text
    assert "Suivi" in page
    assert "Intégration</dd>" not in page


def test_the_whole_is_asyncapi(world: World):
    told = json.loads(world.browser().get("/asyncapi.json").text)
    assert told["asyncapi"] == "3.0.0"
    assert set(FACT_TYPES) <= set(told["components"]["messages"])


# grants


def form(**changes):
    values = {
        "name": "Voirie en ligne",
        "department": "Service Voirie",
        "types": ["cac.planning.service-needed.v1"],
        "scopes": [f"sector:{SECTORS[0]}"],
        "since": "2026-01-01",
    }
    return values | changes


def test_an_administrator_opens_an_access_and_sees_its_key_once(world: World):
    browser = world.browser("administrator")
    answer = browser.post("/acces/nouveau", data=form())
    assert answer.status_code == 303, answer.text[-3000:]
    path = answer.location.removeprefix("/integration")
    page = browser.get(path).text
    assert "Créer la clé" in page
    shown = browser.post(f"{path}/cles", data={"version": "1"})
    assert shown.headers["Cache-Control"] == "private, no-store"
    key = re.search(r"rk_[a-z0-9]{8}_[\w-]{43}", shown.text)[0]
    assert world.read(key).status_code == 200
    again = browser.get(path).text
    assert key not in again
    assert key[:11] in again
    assert "1\u00a0lecture" in again


def test_the_same_form_of_a_key_sent_twice_makes_one_key(world: World):
    grant = world.granted()
    browser = world.browser("administrator")
    first = browser.post(f"/acces/{grant}/cles", data={"version": "1"})
    second = browser.post(f"/acces/{grant}/cles", data={"version": "1"})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.text.count("rk_") == 1


def test_no_key_is_in_the_database(world: World):
    browser, grant = world.browser("administrator"), world.granted()
    data = {"version": "1", "idempotency_key": "twice"}
    shown = browser.post(f"/acces/{grant}/cles", data=data).text
    secret = re.search(r"rk_[a-z0-9]{8}_([\w-]{43})", shown)[1]
    assert world.read(re.search(r"rk_[a-z0-9]{8}_[\w-]{43}", shown)[0]).status_code == 200
    files = world.runtime.settings.data.glob("*.sqlite*")
    assert not [file for file in files if secret.encode() in file.read_bytes()]


def test_a_key_is_replaced_then_the_old_one_withdrawn(world: World):
    grant = world.granted()
    old = world.key(grant)
    browser = world.browser("dpc")
    shown = browser.post(f"/acces/{grant}/cles", data={"version": "2", "overlap": "3"}).text
    assert "vaut jusqu’au" in shown
    refused = browser.post(f"/acces/{grant}/cles", data={"version": "3"})
    assert refused.status_code == 409
    assert "Deux clés" in refused.text
    path = re.search(rf'/integration(/acces/{grant}/cles/[0-9a-f-]+/retirer)"', shown)
    keys = re.findall(rf"/acces/{grant}/cles/([0-9a-f-]{{36}})/retirer", shown)
    assert path
    assert len(keys) == 2
    assert browser.post(f"/acces/{grant}/cles/{keys[-1]}/retirer").status_code == 303
    assert world.read(old).status_code == 401


def test_an_access_is_changed_and_revoked_with_a_reason(world: World):
    grant = world.granted()
    key = world.key(grant)
    browser = world.browser("administrator")
    page = browser.get(f"/acces/{grant}/changer").text
    assert re.search(r'value="cac\.planning\.\*" checked', page)
    assert re.search(r'value="city" checked', page)
    terms = form(version="2", scopes=[f"committee:{COMMITTEES[0]}"], until="2099-01-01")
    del terms["name"], terms["department"]
    answer = browser.post(f"/acces/{grant}/changer", data=terms)
    assert answer.status_code == 303, answer.text[-2000:]
    assert "CAC 0, Quartier 0" in browser.get(f"/acces/{grant}").text
    assert browser.post(f"/acces/{grant}/retirer", data={"why": " "}).status_code == 422
    done = browser.post(f"/acces/{grant}/retirer", data={"why": "Le marché est fini"})
    assert done.status_code == 303
    assert "Le marché est fini" in browser.get(f"/acces/{grant}").text
    assert world.read(key).status_code == 403
    assert browser.post(f"/acces/{grant}/cles", data={}).status_code == 409


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"types": []}, "types"),
        ({"types": ["cac.planning.nothing.v1"]}, "types"),
        ({"types": ["cac.directory.person-named.v1"]}, "types"),
        ({"types": ["cac.nowhere.*"]}, "types"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["sector:Mars"]}, "scopes"),
        ({"scopes": ["person:x"]}, "scopes"),
        ({"since": "2026-02-30"}, "since"),
        ({"until": "2025-01-01"}, "until"),
        ({"contact": "x"}, "contact"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    world: World, changes, field
):
    answer = world.browser("administrator").post("/acces/nouveau", data=form(**changes))
    assert answer.status_code == 422
    assert f'id="erreur-{field}"' in answer.text
    assert "Voirie en ligne" in answer.text or "name" in changes
    assert 'id="champ-' + field in answer.text


@pytest.mark.parametrize("who", ["member", "agent", None])
def test_grants_are_for_those_who_keep_the_installation(world: World, who):
    grant = world.granted()
    wanted = 403 if who else 401
    for path in ("/acces", "/acces/nouveau", f"/acces/{grant}", f"/acces/{grant}/changer"):
        assert world.browser(who).get(path).status_code == wanted, path
    posts = {"/acces/nouveau": form(), f"/acces/{grant}/cles": {}}
    for path, data in posts.items():
        assert world.browser(who).post(path, data=data).status_code == wanted, path


def test_the_list_says_who_reads_what_and_when_last(world: World):
    contact = person_id("agent")
    key = world.key(name="Progiciel", types=["cac.procurement.*"], contact=contact)
    world.granted(name="Sans clé encore")
    assert world.read(key).status_code == 200
    page = world.browser("administrator").get("/acces").text
    assert "Achats\u00a0: tout" in page
    assert "Toute la ville" in page
    assert "jamais" in page
    assert "Sans clé" in page


def test_a_contact_who_was_erased_leaves_an_id_only(world: World):
    grant = world.granted(contact=person_id("agent"))
    assert "Inès Voirie" in world.browser("dpc").get(f"/acces/{grant}").text
    world.erase("agent")
    assert "Inès" not in world.browser("dpc").get(f"/acces/{grant}").text


def test_who_granted_what_is_in_the_audit_without_any_secret(world: World):
    grant = world.granted()
    world.key(grant)
    world.do(commands.end_grant, "dpc", grant_id=grant, why="fini")
    with world.database.read() as connection:
        rows = connection.execute(audit.select().where(audit.c.subject_id == grant)).all()
    assert [(row.command, row.person) for row in rows] == [
        ("grant_feed", person_id("administrator")),
        ("issue_key", person_id("administrator")),
        ("end_grant", person_id("dpc")),
    ]
    assert not re.search(r"[0-9a-f]{64}|_[\w-]{43}", str([row.changes for row in rows]))
