"""The API: once for each key, pages by key, moments and amounts as text."""

import threading
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.store import tables
from shared.testing.product import client
from shared.web.app import IsoJson
from tests.shared.conftest import Program


def stories(program):
    return program.get("/stories?limit=200").get_json()["items"]


def test_a_demand_without_a_key_is_not_heard(program):
    answer = program.browser.post("/api/v1/stories", json={"title": "x"})
    assert (answer.status_code, answer.get_json()["type"]) == (
        400,
        "/problems/idempotency-key-missing",
    )
    assert answer.get_json()["missing"]
    assert stories(program) == []


def test_a_demand_repeated_has_one_effect_and_the_same_answer(program):
    first = program.post("/stories", {"title": "x"}, key="a-key")
    again = program.post("/stories", {"title": "x"}, key="a-key")
    assert first.status_code == again.status_code == 201
    assert first.get_json() == again.get_json()
    assert len(stories(program)) == 1


def test_a_key_serves_one_demand(program):
    program.post("/stories", {"title": "x"}, key="a-key")
    answer = program.post("/stories", {"title": "y"}, key="a-key")
    assert answer.status_code == 422
    assert answer.get_json()["type"] == "/problems/idempotency-key-reused"
    assert len(stories(program)) == 1


def test_a_key_belongs_to_who_gave_it(place, program, anne):
    from dataclasses import replace

    other = Program(client(place, "telling", replace(anne, person=uuid.uuid4())))
    program.post("/stories", {"title": "x"}, key="a-key")
    assert other.post("/stories", {"title": "y"}, key="a-key").status_code == 201


def test_a_refused_demand_leaves_its_key_free(program):
    story = program.story()
    program.post(f"/stories/{story}/lines", {"text": "", "price": "x"}, key="k")
    assert program.post(f"/stories/{story}/lines", {"text": "ok"}, key="k").status_code == 201


def test_the_same_demand_at_the_same_time_has_one_effect(place, anne):
    answers = []
    together = threading.Barrier(4)

    def ask():
        program = Program(client(place, "telling", anne))
        together.wait()
        answers.append(program.post("/stories", {"title": "x"}, key="one").get_json()["id"])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_what_anyone_may_do_is_answered_without_keeping_the_answer(place, stranger, monkeypatch):
    """A session is such an answer: it must be in no table."""
    from shared.kernel.rights import ANYONE
    from tests.shared.sample.telling import commands
    from tests.shared.sample.telling.service import service

    monkeypatch.setitem(service.rights, commands.begin_story, ANYONE)
    assert stranger.post("/stories", {"title": "x"}).status_code == 201
    with place.workplaces["telling"].database.read() as connection:
        assert connection.execute(sa.select(tables.idempotency)).all() == []


def test_a_kept_key_holds_no_word_of_the_demand(place, program):
    program.post("/stories", {"title": "Grand-mère Kalle", "secret": "la clé est sous le pot"})
    with place.workplaces["telling"].database.read() as connection:
        kept = str(connection.execute(sa.select(tables.idempotency)).all())
    assert "Kalle" not in kept
    assert "pot" not in kept


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(1, 9), extra=st.lists(st.sampled_from("abc"), max_size=2))
def test_pages_by_key_give_each_thing_once_in_order_while_others_are_added(program, limit, extra):
    for title in ("b", "a", "c", "a", "b")[: 5 if not stories(program) else 0]:
        program.story(title)
    known = {story["id"] for story in stories(program)}
    met, after = [], ""
    while True:
        page = program.get(f"/stories?limit={limit}{after}").get_json()
        assert len(page["items"]) <= limit
        met += page["items"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
        if extra:
            program.story(extra.pop())
    ids = [story["id"] for story in met]
    assert len(set(ids)) == len(ids)
    assert known <= set(ids)
    order = [(story["title"], story["id"]) for story in met]
    assert order == sorted(order)


def test_a_cursor_that_nobody_gave_is_told_so(program):
    for cursor in ("x", "bm90", "W10", "WzEsIDJd", "%00", "é", "9" * 500):
        answer = program.get(f"/stories?after={cursor}")
        assert answer.status_code == 422, cursor
        assert answer.get_json()["type"] == "/problems/invalid"


def test_a_page_has_bounds(program):
    for limit in ("0", "201", "-1", "1.5", "many", "9" * 5000):
        answer = program.get(f"/stories?limit={limit}")
        assert answer.status_code == 422, limit
        assert "limit" in answer.get_json()["errors"]


def test_moments_days_and_amounts_are_text():
    from flask import Flask

    said = IsoJson(Flask(__name__)).dumps(
        {
            "moment": datetime(2027, 3, 20, 6, 30, tzinfo=UTC),
            "day": date(2027, 3, 20),
            "amount": Decimal("12.50"),
            "name": "é",
        }
    )
    assert said == (
        '{"moment": "2027-03-20T06:30:00+00:00", "day": "2027-03-20", '
        '"amount": "12.50", "name": "é"}'
    )


def test_openapi_describes_the_problems(program):
    described = program.get("/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    responses = described["paths"]["/api/v1/stories"]["post"]["responses"]
    assert "application/problem+json" in str(described["components"]["responses"])
    assert "default" in responses
