"""Every refusal: RFC 9457 for programs, the same words on a page for people."""

import sqlite3
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from shared.kernel.refusals import Refusal
from shared.testing.product import client
from shared.web import problem_types, problems

NOWHERE = uuid.UUID(int=7)


def told(answer, status, slug):
    """The problem in ``answer``, which has the form that all problems have."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["type"] == f"/problems/{slug}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["trace_id"] == answer.headers["traceparent"].split("-")[1]
    assert body["instance"].startswith("/telling/api/v1/")
    return body


def test_a_broken_rule_names_itself(program):
    story = program.story()
    program.browser.post(f"/stories/{story}/end")
    body = told(program.post(f"/stories/{story}/lines", {"text": "x"}), 409, "story-is-over")
    assert body["detail"] == "Cette histoire est finie."


def test_a_field_that_is_not_understood_has_its_sentence(program):
    body = told(program.post("/stories", {"title": "", "taste": 1}), 422, "invalid")
    assert body["errors"] == {
        "title": "Répondez à cette question.",
        "taste": "Ce champ n’est pas attendu.",
    }


def test_who_is_not_signed_in_is_told_so(stranger):
    answer = stranger.post("/stories", {"title": "x"})
    told(answer, 401, "sign-in-needed")
    assert answer.headers["WWW-Authenticate"]


def test_who_may_not_is_told_which_rule(place, anne):
    from dataclasses import replace

    program = client(place, "telling", replace(anne, grants=()))
    story = program.post(
        "/api/v1/stories", json={"title": "x"}, headers={"Idempotency-Key": "1"}
    ).get_json()["id"]
    answer = program.post(
        f"/api/v1/stories/{story}/lines", json={"text": "x"}, headers={"Idempotency-Key": "2"}
    )
    body = told(answer, 403, "not-yours")
    assert body["rule"]
    assert body["roles"] == ["teller"]


def test_what_does_not_exist_is_told_apart_from_an_address_that_does_not(program):
    told(program.get(f"/stories/{NOWHERE}"), 404, "not-found")
    told(program.get("/nothing-here"), 404, "address-unknown")


def test_another_method_is_told_which_are_allowed(program):
    answer = program.send("DELETE", "/stories")
    told(answer, 405, "method-not-allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_change_names_the_version_it_changes(program):
    story = program.story()
    path = f"/stories/{story}/title"
    told(program.send("PUT", path, {"title": "y"}), 428, "version-needed")
    assert program.send("PUT", path, {"title": "y"}, If_Match='"1"').status_code == 200
    told(program.send("PUT", path, {"title": "z"}, If_Match='"1"'), 412, "version-outdated")
    assert program.send("PUT", path, {"title": "z"}, If_Match='W/"2"').status_code == 200
    assert program.send("PUT", path, {"title": "a"}, If_Match="*").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b'{"title": NaN}',
        b'{"title": "\\ud800"}',
        b'{"title": ' + b"9" * 5000 + b"}",
        b'{"title": 1e999}',
        b"[" * 200_000,
        b"null",
        b"[]",
        b'"text"',
        b"3",
        b'{"title": {"a": 1}}',
        b'{"title": "a\\u0000b"}',
        b'{"title": ["a"]}',
        b'{"title": null}',
        b'{"title": true}',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_no_body_is_worse_than_malformed(program, body):
    answer = program.browser.post(
        "/api/v1/stories",
        data=body,
        headers={"Idempotency-Key": "1", "Content-Type": "application/json"},
    )
    slug = "invalid" if answer.status_code == 422 else "request-malformed"
    told(answer, 400 if slug == "request-malformed" else 422, slug)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(program, kind):
    answer = program.browser.post(
        "/api/v1/stories",
        data=b'{"title": "x"}',
        headers={"Idempotency-Key": "1", "Content-Type": kind},
    )
    told(answer, 415, "format-not-read")


def test_what_is_too_large_is_not_read(place, program):
    limit = place.settings.body_limit
    answer = program.browser.post(
        "/api/v1/stories",
        data=b'{"title": "' + b"x" * limit + b'"}',
        headers={"Idempotency-Key": "1", "Content-Type": "application/json"},
    )
    told(answer, 413, "request-too-large")


def test_a_fault_of_ours_shows_nothing_but_its_trace(program):
    body = told(program.post("/break"), 500, "broken")
    assert "purpose" not in str(body)
    assert body["trace_id"][:12] in body["detail"]


def test_a_database_that_is_away_is_a_pause_not_a_fault(place, program, monkeypatch):
    def away(*_, **__):
        raise sa.exc.OperationalError("", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(place.workplaces["telling"].database, "read", away)
    answer = program.get("/stories")
    told(answer, 503, "unavailable")
    assert answer.headers["Retry-After"]


def test_who_asks_too_often_is_told_when_to_come_back():
    class AskedTooOften(Refusal):
        status = 429
        title = "Trop souvent"

    app = Flask(__name__)
    problems.install(app)

    @app.get("/api/x")
    def often():
        from flask import g

        g.is_api = True
        raise AskedTooOften(retry_after=60)

    answer = app.test_client().get("/api/x")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


@pytest.mark.parametrize(
    "path, status, words",
    [
        (f"/stories/{NOWHERE}", 404, "Pas d’histoire ici."),
        ("/nothing-here", 404, "Cette page n’existe pas"),
        ("/break", 500, "Quelque chose ne marche pas de notre côté"),
    ],
)
def test_a_person_reads_the_same_words_on_a_page(web, path, status, words):
    answer = web.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert words in answer.get_data(as_text=True)


def test_a_page_of_a_method_that_is_not_allowed_says_which_are(web):
    answer = web.delete("/stories")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.mimetype == "text/html"


def test_who_must_sign_in_is_led_there_and_back(anyone):
    answer = anyone.get("/break")
    assert answer.status_code == 401
    assert "vers=/telling/break" in answer.get_data(as_text=True)


def test_every_type_has_a_page(web):
    for kind in problem_types.known("tests.shared.sample"):
        answer = web.get(f"/problems/{kind.slug}")
        assert answer.status_code == 200, kind
        assert kind.title in answer.get_data(as_text=True)


def test_the_page_of_a_type_is_where_its_address_says(place):
    from werkzeug.test import Client

    answer = Client(place.site).get("/problems/story-is-over")
    assert answer.status_code == 200
    assert "story-is-over" in answer.get_data(as_text=True)


def test_a_type_that_does_not_exist_has_no_page(web):
    assert web.get("/problems/no-such-thing").status_code == 404


def test_a_slug_means_one_thing():
    kinds = problem_types.known("tests.shared.sample")
    assert len({kind.slug for kind in kinds}) == len(kinds)
    assert all(kind.title and kind.meaning for kind in kinds if "sample" not in kind.meaning)
