"""The feed and the sandbox over HTTP: what a department's system sends and gets, good and bad."""

import json

import pytest

from services.integration.model import MOST_EVENTS, READS_A_MINUTE
from services.planning.events import ServiceNeeded
from tests.integration.world import COMMITTEES, World, fact

BATCH = "application/cloudevents-batch+json"
PROBLEM = "application/problem+json"


def cursor_of(answer) -> str:
    return answer.headers["RK-Cursor"]


@pytest.mark.feature("Y3")
def test_a_page_says_where_to_go_on_in_its_headers(world: World):
    world.say(*world.some(20))
    key = world.key()
    first = world.read(key, "?limit=7")
    assert (first.status_code, first.mimetype) == (200, BATCH)
    assert len(first.json if first.is_json else json.loads(first.text)) == 7
    assert "Retry-After" not in first.headers
    link = first.headers["Link"]
    assert link.endswith('>; rel="next"')
    query = link[link.index("?") : link.index(">")]
    second = world.read(key, query)
    assert len(json.loads(second.text)) == 7
    assert cursor_of(second) != cursor_of(first)
    assert second.headers["Vary"] == "Authorization"
    assert "private" in second.headers["Cache-Control"]


def test_at_the_end_one_is_told_when_to_come_again(world: World):
    key = world.key()
    last = world.read(key, "?limit=500")
    assert last.headers["Retry-After"] == "5"
    empty = world.read(key, f"?after={cursor_of(last)}")
    assert (empty.status_code, empty.text, cursor_of(empty)) == (200, "[]", cursor_of(last))


def test_what_one_has_already_is_answered_with_304(world: World):
    key = world.key()
    first = world.read(key, "?limit=500")
    again = world.read(key, "?limit=500", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    world.say(fact(ServiceNeeded, COMMITTEES[0]))
    more = world.read(key, "?limit=500", **{"If-None-Match": first.headers["ETag"]})
    assert more.status_code == 200


def refused(answer, slug: str, status: int) -> dict:
    told = json.loads(answer.text)
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM), answer.text[:500]
    assert told["type"] == f"/problems/{slug}"
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    "header, slug",
    [
        (None, "key-missing"),
        ("", "key-missing"),
        ("Bearer", "key-missing"),
        ("Bearer ", "key-missing"),
        ("Basic cms6eA==", "key-missing"),
        ("rk_abcdefgh_x", "key-missing"),
        ("Bearer x", "key-unknown"),
        ("Bearer rk_abcdefgh_" + "x" * 43, "key-unknown"),
        ("Bearer rke_abcdefgh_" + "x" * 43, "key-unknown"),
        ("Bearer " + "é" * 40, "key-unknown"),
        ("Bearer ' OR 1=1 --", "key-unknown"),
        ("Bearer " + "k" * 6000, "key-unknown"),
    ],
)
def test_no_key_and_wrong_keys_are_refused_as_problems(world: World, header, slug):
    headers = {} if header is None else {"Authorization": header}
    answer = world.browser().get("/events", headers=headers)
    assert refused(answer, slug, 401)["unblocks"] or slug
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="rond-koze"'


def test_the_scheme_is_read_in_any_case(world: World):
    key = world.key()
    answer = world.browser().get("/events", headers={"Authorization": f"bEARER   {key} "})
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["key", "token", "access_token", "API_KEY", "after", "anything"])
def test_a_key_in_the_address_is_refused_with_a_sentence(world: World, name):
    key = world.key()
    told = refused(world.read(None, f"?{name}={key}"), "key-in-address", 400)
    assert "remplacer" in told["missing"]
    assert key not in told["detail"] + told["rule"] + told["missing"]


@pytest.mark.parametrize("limit", ["0", "-1", "501", "1000000000", "abc", "1.5", "１", "1e3"])
def test_a_limit_out_of_bounds_is_said(world: World, limit):
    told = refused(world.read(world.key(), f"?limit={limit}"), "invalid", 422)
    assert "limit" in told["errors"]


def test_what_is_not_asked_for_here_is_said(world: World):
    told = refused(world.read(world.key(), "?from=2026-01-01"), "invalid", 422)
    assert "from" in told["errors"]


def test_a_cursor_that_is_none_or_another_s_is_refused(world: World):
    key = world.key()
    for after in ("x", "%F0%9F%8C%8D", "A" * 3000):
        refused(world.read(key, f"?after={after}"), "cursor-not-ours", 400)
    other = cursor_of(world.read(world.key(name="Un autre")))
    refused(world.read(key, f"?after={other}"), "cursor-not-ours", 400)


def test_a_type_that_is_not_granted_is_refused_by_name(world: World):
    key = world.key(types=["cac.planning.*"])
    answer = world.read(key, "?type=cac.procurement.invoice-paid.v1")
    assert "cac.planning.*" in refused(answer, "type-not-granted", 403)["missing"]
    both = "?type=cac.planning.service-needed.v1&type=cac.planning.action-day-moved.v1"
    answer = world.read(key, both)
    assert answer.status_code == 200
    assert answer.headers["Link"].count("type=cac.planning") == 2


@pytest.mark.parametrize("accept", ["text/html", "image/png", "", "a/b," * 1500, "*/*;q=banana"])
def test_whatever_is_accepted_the_answer_is_what_it_is(world: World, accept):
    assert world.read(world.key(), "", Accept=accept).mimetype == BATCH


def test_a_session_or_a_forged_header_is_no_key(world: World):
    answer = world.browser("administrator").get("/events")
    refused(answer, "key-missing", 401)
    forged = {"X-RK-Token": "forged", "X-Forwarded-User": "admin", "X-Api-Key": world.key()}
    assert world.browser().get("/events", headers=forged).status_code == 401


def test_other_methods_are_told_which_are_allowed(world: World):
    answer = world.browser().post("/events", headers={"Authorization": f"Bearer {world.key()}"})
    assert answer.mimetype == PROBLEM
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_key_that_reads_too_often_is_told_when_to_come_back(world: World):
    key, other = world.key(), world.key(name="Un autre")
    world.later(seconds=60.5 - world.runtime.clock.now().second)  # a whole minute lies ahead
    statuses = {world.read(key, "?limit=1").status_code for _ in range(READS_A_MINUTE)}
    assert statuses == {200}
    limited = world.read(key)
    refused(limited, "too-many-reads", 429)
    assert 1 <= int(limited.headers["Retry-After"]) <= 60
    assert world.read(other).status_code == 200
    world.later(minutes=1)
    assert world.read(key).status_code == 200


# the sandbox


def sandbox(world: World) -> str:
    return world.browser().post("/sandbox", headers={"Accept": "text/plain"}).text.strip()


def send(world: World, key: str | None, body, **headers):
    headers |= {"Authorization": f"Bearer {key}"} if key else {}
    return world.browser().post("/sandbox/events", json=body, headers=headers)


@pytest.mark.feature("Y3")
def test_whoever_knows_the_address_reads_a_first_event(world: World):
    opened = world.browser().post("/sandbox")
    assert (opened.status_code, opened.mimetype) == (201, "application/json")
    assert opened.headers["Cache-Control"] == "private, no-store"
    told = json.loads(opened.text)
    assert told["read"].endswith("/integration/events")
    sent = send(world, told["key"], {"type": ServiceNeeded.type})
    assert (sent.status_code, sent.mimetype) == (201, "application/cloudevents+json")
    answer = world.read(told["key"])
    assert json.loads(answer.text) == [json.loads(sent.text)]
    event = json.loads(answer.text)[0]
    assert event["sandbox"] is True
    assert event["source"].endswith("/integration/sandbox")
    assert event["data"]["committee_id"] == event["partitionkey"]
    after = world.read(told["key"], f"?after={cursor_of(answer)}")
    assert (after.text, cursor_of(after)) == ("[]", cursor_of(answer))


def test_a_sandbox_is_read_page_by_page_in_order_like_the_feed(world: World):
    key = sandbox(world)
    sent = [json.loads(send(world, key, {"type": ServiceNeeded.type}).text) for _ in range(9)]
    found, query = [], "?limit=4"
    for _ in range(3):
        answer = world.read(key, query)
        found += json.loads(answer.text)
        query = f"?limit=4&after={cursor_of(answer)}"
    assert found == sent


def test_a_sandbox_sees_no_true_fact_nor_another_s(world: World):
    one, other = sandbox(world), sandbox(world)
    world.say(*world.some(5))
    send(world, other, {"type": ServiceNeeded.type})
    assert world.read(one).text == "[]"
    assert json.loads(world.read(world.key(), "?limit=500").text)
    refused(world.read(one, f"?after={cursor_of(world.read(other))}"), "cursor-not-ours", 400)


def test_no_true_event_is_marked_as_made_up_and_no_sandbox_is_in_the_feed(world: World):
    send(world, sandbox(world), {"type": ServiceNeeded.type})
    world.say(*world.some(5))
    assert not [e for e in world.all_of(world.key()) if "sandbox" in e]


@pytest.mark.parametrize(
    "body, status, slug",
    [
        ({"type": "cac.x.y.v1"}, 404, "event-type-unknown"),
        ({"type": "cac.directory.person-named.v1"}, 404, "event-type-unknown"),
        ({"type": 7}, 422, "invalid"),
        ({}, 422, "invalid"),
        ([], 422, "invalid"),
        ("x", 422, "invalid"),
        ({"type": ServiceNeeded.type, "data": {}}, 422, "invalid"),
        ({"type": "x" * 200}, 422, "invalid"),
    ],
)
def test_what_cannot_be_made_up_is_said(world: World, body, status, slug):
    refused(send(world, sandbox(world), body), slug, status)


def test_what_is_no_json_is_said(world: World):
    key = sandbox(world)
    headers = {"Authorization": f"Bearer {key}"}
    answer = world.browser().post("/sandbox/events", data="{", headers=headers)
    refused(answer, "format-not-read", 415)
    headers["Content-Type"] = "application/json"
    answer = world.browser().post("/sandbox/events", data="{", headers=headers)
    refused(answer, "request-malformed", 400)


def test_a_true_key_sends_nothing(world: World):
    refused(send(world, world.key(), {"type": ServiceNeeded.type}), "not-a-sandbox", 403)
    refused(send(world, None, {"type": ServiceNeeded.type}), "key-missing", 401)


def test_a_sandbox_has_a_bottom(world: World):
    key = sandbox(world)
    for _ in range(MOST_EVENTS):
        assert send(world, key, {"type": ServiceNeeded.type}).status_code == 201
    refused(send(world, key, {"type": ServiceNeeded.type}), "sandbox-full", 409)


def test_one_address_opens_so_many_sandboxes_an_hour(world: World):
    for _ in range(10):
        assert sandbox(world).startswith("rke_")
    answer = world.browser().post("/sandbox")
    refused(answer, "too-many-sandboxes", 429)
    assert answer.headers["Retry-After"] == "3600"
    other = world.browser()
    other.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert other.post("/sandbox").status_code == 201


def test_a_sandbox_is_gone_after_a_day_with_all_that_was_in_it(world: World):
    key = sandbox(world)
    send(world, key, {"type": ServiceNeeded.type})
    world.later(hours=25)
    refused(world.read(key), "key-unknown", 401)
    with world.database.read() as connection:
        from services.integration import tables

        for table in (tables.sandboxes, tables.sandbox_events, tables.readings):
            assert connection.execute(table.select()).all() == []


def test_a_page_of_another_site_opens_no_sandbox(world: World):
    answer = world.browser().post("/sandbox", headers={"Sec-Fetch-Site": "cross-site"})
    refused(answer, "cross-site-request", 403)


# grants by program


def test_grants_are_made_changed_and_ended_by_program(world: World):
    browser = world.browser("administrator")
    terms = {"types": ["cac.planning.*"], "scopes": ["city"], "since": "2026-01-01"}
    made = browser.post(
        "/api/v1/grants",
        json=terms | {"name": "Voirie", "department": "Voirie"},
        headers={"Idempotency-Key": "1"},
    )
    assert made.status_code == 201, made.text
    path = f"/api/v1/grants/{json.loads(made.text)['id']}"
    found = json.loads(browser.get(path).text)
    assert (found["name"], found["keys"], found["reads"]) == ("Voirie", [], 0)
    changed = browser.put(path, json=terms | {"scopes": ["committee:2"]}, headers={"If-Match": "1"})
    assert changed.status_code == 204, changed.text
    assert json.loads(browser.get(path).text)["scopes"] == [f"committee:{COMMITTEES[2]}"]
    assert len(json.loads(browser.get("/api/v1/grants").text)["items"]) == 1
    ended = browser.post(f"{path}/end", json={"why": "fini"}, headers={"Idempotency-Key": "2"})
    assert ended.status_code == 204
    assert json.loads(browser.get(path).text)["ended_why"] == "fini"


def test_a_key_is_withdrawn_by_program_and_never_shown(world: World):
    grant = world.granted()
    key = world.key(grant)
    browser = world.browser("dpc")
    shown = json.loads(browser.get(f"/api/v1/grants/{grant}").text)
    assert key not in json.dumps(shown)
    path = f"/api/v1/grants/{grant}/keys/{shown['keys'][0]['id']}"
    assert browser.delete(path).status_code == 204
    refused(world.read(key), "key-ended", 401)
