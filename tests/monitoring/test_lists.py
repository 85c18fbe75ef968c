"""Lists of monitoring: page after page, whole in a file, in as many questions as ever."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.monitoring import queries
from services.procurement.events import Step
from shared.kernel.refusals import Invalid
from shared.testing.product import client
from tests.monitoring.told import OFFICER, TODAY, Told, named, who

MANY = 53
CAC = named("committee 1")


def browser(told: Told) -> FlaskClient:
    return client(told.runtime, "monitoring", OFFICER)


def grow(told: Told, count: int, start: int = 0) -> None:
    """``count`` open purchases, as many that ended, lines, actions: all of one committee."""
    for n in range(start, start + count):
        told.line(CAC, title=f"Ligne {n:03d}", action_id=named(f"action {n}"), days_ago=9)
        open_one = told.purchase(CAC, f"Ouvert {n:03d}", days_ago=8)
        due = TODAY + timedelta(n % 9 - 3)
        told.step(CAC, open_one, Step.CHECK, Step.VALIDATE, "delegate", due, days_ago=7)
        ended = told.purchase(CAC, f"Fini {n:03d}", days_ago=6)
        told.step(CAC, ended, Step.CANCEL, days_ago=5)
    told.settle()


@pytest.fixture
def crowded(told: Told) -> Told:
    told.committee(1)
    told.envelope(CAC)
    grow(told, 1, start=900)
    return told


ROW = r'<th scope="row">(?:<[^>]+>)?\s*'
LISTS = {
    "purchases": ("/achats", "suite", rf"{ROW}(Ouvert \d{{3}})"),
    "lines of a committee": (f"/comites/{CAC}", "lignes", rf"{ROW}(Ligne \d{{3}})"),
    "what a committee awaits": (f"/comites/{CAC}", "attentes", r"<small>(Ouvert \d{3})"),
    "what is awaited": ("/attendu", "suite", r"<small>(Ouvert \d{3})"),
    "ended purchases": (f"/comites/{CAC}", "termines", r">\s*(Fini \d{3})"),
    "facts of a committee": (
        f"/comites/{CAC}",
        "suite",
        r">\s*(Achat ouvert\s*:\s*(?:Fini|Ouvert) \d{3})",
    ),
}


def walk(told: Told, path: str, word: str, pattern: str) -> Iterator[list[str]]:
    """The rows of one list on each of its pages."""
    for _ in range(30):
        text = browser(told).get(path).text
        yield list(dict.fromkeys(re.findall(pattern, text)))
        following = re.search(rf'rel="next" href="([^"]*[?&;]{word}=[^"]+)"', text)
        if following is None:
            return
        there = unescape(following[1]).partition("#")[0]
        path = path.partition("?")[0] + there[there.index("?") :]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_on_page_after_page_without_gap_or_double(crowded: Told, name: str):
    grow(crowded, MANY)
    path, word, pattern = LISTS[name]
    pages = list(walk(crowded, path, word, pattern))
    rows = [row for page in pages for row in page]
    assert len(pages) > 1
    assert max(len(page) for page in pages) <= 50
    assert len(rows) == len(set(rows))
    assert len(rows) == (MANY + 1) * (2 if name == "facts of a committee" else 1)


def test_actions_go_on_page_after_page(crowded: Told):
    grow(crowded, MANY)
    card = crowded.ask(queries.committee, committee_id=CAC)
    following = {"actions": card["following"]["actions"]}
    rest = crowded.ask(queries.committee, committee_id=CAC, lists=following)
    first, second = ({a["id"] for a in c["actions"]} for c in (card, rest))
    assert (len(first), len(second), first & second) == (50, MANY + 1 - 50, set())
    assert rest["following"]["actions"] is None


def test_a_program_goes_on_in_the_lines_of_a_committee(crowded: Told):
    grow(crowded, MANY)
    path = f"/api/v1/committees/{CAC}"
    first = browser(crowded).get(path).json
    rest = browser(crowded).get(path, query_string={"lines": first["following"]["lines"]}).json
    titles = [line["title"] for card in (first, rest) for line in card["lines"]]
    assert len(titles) == len(set(titles)) == MANY + 1
    assert rest["following"]["lines"] is None


def test_the_head_of_a_committee_is_the_same_on_every_page_of_its_purchases(crowded: Told):
    grow(crowded, MANY)
    card = crowded.ask(queries.committee, committee_id=CAC)
    rest = crowded.ask(
        queries.committee,
        committee_id=CAC,
        lists={"purchases": card["following"]["purchases"]},
    )
    assert card["open_count"] == rest["open_count"] == MANY + 1
    assert card["urgent"] == rest["urgent"] == card["purchases"][0]
    assert rest["purchases"][0] != rest["urgent"]


def test_a_cursor_of_another_list_is_refused(crowded: Told):
    with pytest.raises(Invalid):
        crowded.ask(queries.committee, committee_id=CAC, lists={"lines": "nonsense"})


def test_the_file_of_purchases_holds_them_all(crowded: Told, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_module("services.monitoring.pages.purchases"), "IN_A_FILE", 20)
    grow(crowded, MANY)
    text = browser(crowded).get("/achats.csv").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len({row["Achat"] for row in rows}) == len(rows) == MANY + 1


def test_a_file_that_one_may_not_read_is_refused_before_anything_is_sent(crowded: Told):
    refused = client(crowded.runtime, "monitoring", who("relay")).get("/achats.csv")
    assert refused.status_code == 403


def statements(told: Told, path: str) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    looking = browser(told)
    sa.event.listen(told.database.engine, "before_cursor_execute", note)
    assert looking.get(path).status_code == 200
    sa.event.remove(told.database.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("path", ["/", "/achats", "/attentes", f"/comites/{CAC}", "/flux"])
def test_a_page_asks_the_database_as_often_for_forty_rows_as_for_one(crowded: Told, path: str):
    before = statements(crowded, path)
    grow(crowded, 40)
    assert statements(crowded, path) == before


def test_a_long_thread_says_that_it_shows_its_first_facts_only(
    told: Told, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_module("services.monitoring.queries.thread"), "MOST", 5)
    told.committee(1)
    action: UUID = named("long")
    for n in range(4):
        told.purchase(CAC, f"Achat {n}", action_id=action)
    told.settle()
    path = f"/actions/{action}/fil"
    assert not told.ask(queries.thread, action_id=action)["more"]
    for n in range(4, 8):
        told.purchase(CAC, f"Achat {n}", action_id=action)
    told.settle()
    assert len(told.ask(queries.thread, action_id=action)["facts"]) == 5
    assert "Les mille premiers faits seulement" in browser(told).get(path).text
    assert "Les mille premiers faits seulement" in browser(told).get(f"{path}.csv").text
