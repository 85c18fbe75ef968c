"""Alive, ready, and in figures: for whoever runs it. And logs that name nobody."""

import io
import json
import logging
import uuid

import pytest
from werkzeug.test import Client

from shared.run import observability
from shared.run.settings import Settings
from shared.testing.product import client
from shared.web.health import Health
from tests.shared.sample import product


def test_alive_only_says_that_the_process_answers():
    def broken():
        raise RuntimeError

    answer = Client(Health([broken])).get("/health/live")
    assert (answer.status_code, answer.get_json()) == (200, {"live": True, "missing": []})


def test_ready_names_what_is_missing(tmp_path):
    runtime = product.runtime(Settings(data=tmp_path))
    answer = Client(runtime.site).get("/health/ready")
    assert answer.status_code == 503
    assert not answer.get_json()["ready"]
    assert "telling" in str(answer.get_json()["missing"])
    assert "migrate" in str(answer.get_json()["missing"])
    runtime.migrate()
    answer = Client(runtime.site).get("/health/ready")
    assert (answer.status_code, answer.get_json()) == (200, {"ready": True, "missing": []})
    runtime.close()


def test_a_check_that_fails_is_named_and_its_message_is_not():
    def database_of_telling():
        raise ConnectionError("password=open-sesame")

    answer = Client(Health([database_of_telling])).get("/health/ready")
    assert answer.get_json()["missing"] == ["database_of_telling: ConnectionError"]


def test_figures_count_requests_by_service_and_status(place, web):
    web.get("/")
    web.get("/nothing")
    page = Client(place.site).get("/metrics").get_data(as_text=True)
    assert 'rk_http_requests_total{method="GET",service="telling",status="200"}' in page
    assert 'rk_http_requests_total{method="GET",service="telling",status="404"}' in page


def test_an_invented_method_is_not_a_new_figure(place, web):
    web.open("/", method="INVENTED")
    page = Client(place.site).get("/metrics").get_data(as_text=True)
    assert "INVENTED" not in page


# ------------------------------------------------------------------ logs


@pytest.fixture
def lines(monkeypatch, request, logging_restored):
    """What is logged, as the process would write it; at INFO, or at the level given."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    observability.configure(getattr(request, "param", "INFO"), "test")
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_is_json_with_the_trace_of_the_request(place, web, lines):
    answer = web.get("/break")
    (line,) = [line for line in lines() if line["event"] == "web.broken"]
    assert line["trace_id"] == answer.headers["traceparent"].split("-")[1]
    assert line["level"] == "error"
    assert line["exception"][0]["type"] == "builtins.RuntimeError"
    assert "queries.py" in line["exception"][0]["at"][-1]
    assert "purpose" not in str(line)


def test_a_trace_that_a_caller_begins_goes_on(place, web, lines):
    begun = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    answer = web.get("/break", headers={"traceparent": begun})
    assert answer.headers["traceparent"].split("-")[1] == begun.split("-")[1]
    assert {line["trace_id"] for line in lines()} == {begun.split("-")[1]}


NAME = "Marie-Josée Hoarau"


def test_a_name_in_a_request_leaves_no_trace_in_the_logs(place, web, lines, monkeypatch):
    from tests.shared.sample.telling import model

    def fail(*_, **__):
        raise ValueError(f"cannot tell the story of {NAME}")

    monkeypatch.setattr(model.Story, "begin", fail)
    headers = {
        "Idempotency-Key": str(uuid.uuid4()),
        "User-Agent": NAME.encode("utf-8").decode("latin-1"),
    }
    assert web.post("/stories", data={"title": NAME}).status_code == 500
    assert web.post("/api/v1/stories", json={"title": NAME}, headers=headers).status_code == 500
    assert web.get(f"/stories/{NAME}?name={NAME}").status_code == 404
    assert web.get(f"/break?name={NAME}").status_code == 500
    assert len([line for line in lines() if line["event"] == "web.broken"]) == 3
    assert "Hoarau" not in json.dumps(lines(), ensure_ascii=False)


def test_a_database_that_refuses_a_row_does_not_quote_it(place, web, lines, monkeypatch):
    import sqlalchemy as sa

    from tests.shared.sample.telling import queries
    from tests.shared.sample.telling.tables import stories

    def quoting(read):
        return read.rows(sa.select(sa.func.json(sa.literal(NAME))).select_from(stories))

    begun = {"Idempotency-Key": str(uuid.uuid4())}
    web.post("/api/v1/stories", json={"title": "x"}, headers=begun)
    monkeypatch.setattr(queries, "broken", quoting)
    from tests.shared.sample.telling.service import service

    monkeypatch.setitem(service.rights, quoting, service.rights[next(iter(service.rights))])
    assert web.get("/break").status_code == 500
    assert "OperationalError" in str(lines())
    assert "Hoarau" not in json.dumps(lines(), ensure_ascii=False)


@pytest.mark.parametrize("lines", ["DEBUG"], indirect=True)
def test_messages_are_shown_when_somebody_debugs(place, anne, lines):
    client(place, "telling", anne).get("/break")
    assert "on purpose" in json.dumps(lines(), ensure_ascii=False)


def test_a_library_speaks_json_too(lines):
    logging.getLogger("some.library").warning("slow: %s", 3)
    (line,) = lines()
    assert (line["event"], line["level"]) == ("slow: 3", "warning")
    assert line["trace_id"]
