"""Forms: one effect, a sentence beside its field, and nothing typed is lost."""

import html
import re
import uuid
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from shared.web.forms import Form, typed
from tests.shared.sample.telling import schemas


class Fields(HTMLParser):
    """The values of the fields of a page, by name."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and "name" in given:
            self.found[given["name"]] = given.get("value", "")


def fields_of(answer):
    return Fields(answer.get_data(as_text=True)).found


@pytest.fixture
def story(program):
    return program.story()


def test_a_form_done_goes_on_to_the_next_page_with_its_sentence_once(web):
    answer = web.post("/stories", data={"title": "Ti Jean"})
    assert answer.status_code == 303
    page = web.get(answer.location.removeprefix("/telling"))
    assert "L’histoire commence." in page.get_data(as_text=True)
    again = web.get(answer.location.removeprefix("/telling"))
    assert "L’histoire commence." not in again.get_data(as_text=True)


def test_a_sentence_may_be_computed_from_what_was_done(web, story):
    told = {"lines-0-text": "Kriké", "lines-1-text": "Kraké"}
    answer = web.post(f"/stories/{story}/lines", data=told)
    page = web.get(answer.location.removeprefix("/telling")).get_data(as_text=True)
    assert "C’est raconté en 2\u00a0lignes." in html.unescape(page)


def test_a_field_that_is_not_understood_comes_back_with_its_sentence(web, story):
    answer = web.post(
        f"/stories/{story}/lines",
        data={"lines-0-text": "Kriké", "lines-0-price": "12,345", "lines-1-text": ""},
    )
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    beside = re.search(r'id="erreur-lines-0-price">(.*?)</p>', page, re.DOTALL)
    assert "deux décimales au plus" in beside[1]
    assert fields_of(answer)["lines-0-text"] == "Kriké"
    assert fields_of(answer)["lines-0-price"] == "12,345"


def test_a_broken_rule_is_told_on_the_page_with_what_was_typed(web, story):
    web.post(f"/stories/{story}/end")
    answer = web.post(f"/stories/{story}/lines", data={"lines-0-text": "Kraké"})
    assert answer.status_code == 409
    assert "Cette histoire est finie." in answer.get_data(as_text=True)
    assert fields_of(answer)["lines-0-text"] == "Kraké"


def test_what_is_typed_is_shown_as_text_never_as_markup(web, story):
    answer = web.post(
        f"/stories/{story}/lines",
        data={"lines-0-text": '"><script>alert(1)</script>', "lines-0-price": "x"},
    )
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert fields_of(answer)["lines-0-text"] == '"><script>alert(1)</script>'


def test_the_sentence_stands_beside_the_row_it_is_about(web, story):
    answer = web.post(
        f"/stories/{story}/lines",
        data={
            "lines-0-text": "",
            "lines-0-price": "",
            "lines-3-text": "bien",
            "lines-7-text": "mal",
            "lines-7-price": "cher",
        },
    )
    page, kept = answer.get_data(as_text=True), fields_of(answer)
    assert 'id="erreur-lines-1-price"' in page
    assert kept["lines-1-price"] == "cher"
    assert kept["lines-0-text"] == "bien"


def test_a_form_sent_twice_has_one_effect(web):
    key = fields_of(web.get("/stories/new"))["idempotency_key"]
    assert uuid.UUID(key)
    first = web.post("/stories", data={"title": "x", "idempotency_key": key})
    again = web.post("/stories", data={"title": "x", "idempotency_key": key})
    assert first.location == again.location
    assert first.status_code == again.status_code == 303


def test_a_form_changed_after_it_was_sent_can_be_sent_with_its_new_key(web):
    key = fields_of(web.get("/stories/new"))["idempotency_key"]
    web.post("/stories", data={"title": "x", "idempotency_key": key})
    answer = web.post("/stories", data={"title": "y", "idempotency_key": key})
    assert answer.status_code == 422
    assert "y" in fields_of(answer).values()
    assert web.post("/stories", data=fields_of(answer)).status_code == 303


def test_a_form_about_an_older_version_is_told_so(web, story):
    assert (
        web.post(f"/stories/{story}/title", data={"title": "a", "version": "1"}).status_code == 303
    )
    answer = web.post(f"/stories/{story}/title", data={"title": "b", "version": "1"})
    assert answer.status_code == 412
    assert "a changé depuis" in answer.get_data(as_text=True)


def test_a_flash_that_is_not_ours_is_no_flash(web):
    for value in ("x", "%5B%5D", "%7B%7D", "3", "%22a%22", "%5B1%2C2%2C3%5D"):
        web.set_cookie("rk_flash", value, path="/")
        assert web.get("/").status_code == 200


ROW = st.fixed_dictionaries(
    {"text": st.text(alphabet="ab ", max_size=3), "price": st.sampled_from(["", "1", "x"])}
)


@given(st.dictionaries(st.integers(0, 9999), ROW, max_size=6))
def test_rows_are_read_and_shown_in_the_same_order_without_the_empty_ones(rows):
    values = MultiDict(
        {f"lines-{i}-{name}": value for i, row in rows.items() for name, value in row.items()}
    )
    read = typed(values, schemas.LinesIn()).get("lines", [])
    shown = Form(values).rows("lines", least=0)
    assert [{k: v for k, v in row.items() if v != ""} for row in shown] == read
    kept = [rows[i] for i in sorted(rows) if any(v.strip() for v in rows[i].values())]
    assert shown == kept


@given(st.text(max_size=40), st.text(max_size=10))
def test_no_name_of_a_field_breaks_the_reading(name, value):
    values = MultiDict(
        {name: value, f"lines-{name}-text": value, "lines-" + "9" * 5000 + "-x": "1"}
    )
    typed(values, schemas.LinesIn())
    assert Form(values).rows("lines", least=2)
