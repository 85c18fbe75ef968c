"""The pages of text: all that is written is shown, and help speaks to every role."""

import pytest

from services.directory.events import Role
from services.directory.mirror import role_label
from services.directory.pages import guide, texts
from shared.web.formats import typeset

PAGES = {
    "/accessibilite": texts.ACCESSIBILITY,
    "/donnees-personnelles": texts.PERSONAL_DATA,
    "/aide": guide.HELP,
}


def sentences(page):
    yield page["title"]
    yield page["lead"]
    for section in page["sections"]:
        yield section["title"]
        yield from section.get("paragraphs", [])
        yield from section.get("points", [])


@pytest.mark.parametrize("path", PAGES)
def test_every_sentence_of_a_text_is_on_its_page(directory, path):
    shown = directory.client().get(path).get_data(as_text=True)
    assert not [said for said in sentences(PAGES[path]) if typeset(said) not in shown]


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_a_section_of_a_text_has_nothing_that_no_page_shows(page):
    for section in page["sections"]:
        assert {"title"} < set(section) <= {"title", "paragraphs", "points", "link"}


@pytest.mark.parametrize("role", Role)
def test_help_speaks_to_every_role_once(role):
    titles = [section["title"].split(", ") for section in guide.HELP["sections"]]
    assert [role_label(role) in title for title in titles].count(True) == 1
