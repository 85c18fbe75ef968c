"""Residents answer without an account, one question a screen, and keep a receipt."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from services.diagnostic import commands, queries
from tests.diagnostic.world import World

KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden(page: str) -> dict[str, str]:
    """What the screen carries on to the next one."""
    return {name: html.unescape(value) for name, value in KEPT.findall(page)}


class Resident:
    """Somebody with a phone: sends what the screen holds, with what they add."""

    def __init__(self, world: World, code: str, who: str | None = None, langue: str = "") -> None:
        self.browser, self.path = world.browser(who), f"/q/{code}"
        first = self.browser.get(self.path + (f"?langue={langue}" if langue else ""))
        assert first.status_code == 200
        self.page, self.cookies = first.text, first.headers.getlist("Set-Cookie")

    def send(self, status: int = 200, go: str = "next", **words: str | list[str]) -> TestResponse:
        given = {f"w-{key}": value for key, value in words.items()}
        response = self.browser.post(self.path, data=hidden(self.page) | given | {"go": go})
        assert response.status_code == status, response.text[:1500]
        self.cookies += response.headers.getlist("Set-Cookie")
        if status != 303:
            self.page = response.text
        return response

    def at(self) -> str:
        found = re.search(r"<b>(?:Question|Késtion) (\d)", self.page)
        assert found is not None
        return found[1]


@pytest.fixture
def code(world: World) -> str:
    return world.code(world.survey())


def through(resident: Resident) -> TestResponse:
    """From the first question to the end."""
    resident.send(missing="Une ravine propre")
    resident.send(whom=["Les jeunes", "Les anciens"])
    resident.send(words="La ravine\r\nlé sal")
    resident.send(idea="")
    resident.send(help="Oui")
    return resident.send(303, who="elder")


@pytest.mark.feature("D17")
def test_a_resident_answers_and_gets_a_receipt(world: World, code: str):
    resident = Resident(world, code)
    done = through(resident)
    (answer,) = world.ask(
        queries.answers_of,
        "lead",
        survey_id=world.ask(queries.survey_by_code, None, code=code)["id"],
    )["items"]
    assert answer["words"] == {
        "missing": "Une ravine propre",
        "whom": "Les jeunes\nLes anciens",
        "words": "La ravine\nlé sal",
        "help": "Oui",
    }
    assert (answer["actor"], answer["channel"], answer["recorded_by"]) == ("elder", "online", None)
    receipt = world.page(None, done.location.removeprefix("/diagnostic"))
    shown = f"{answer['code'][:3]} {answer['code'][3:6]} {answer['code'][6:]}"
    assert shown in receipt
    assert "Et après" in receipt
    assert "ravine" not in receipt
    assert resident.cookies == []


def test_going_back_keeps_all_that_was_said(world: World, code: str):
    resident = Resident(world, code)
    resident.send(missing="Une ravine propre")
    resident.send(go="back", whom=["Les jeunes"])
    assert resident.at() == "1"
    assert 'value="Une ravine propre" checked' in resident.page
    resident.send(missing="Une ravine propre")
    assert 'value="Les jeunes" checked' in resident.page


def test_a_question_is_passed_save_the_first(world: World, code: str):
    resident = Resident(world, code)
    resident.send(422)
    assert resident.at() == "1"
    assert "Choisissez une réponse pour continuer." in resident.page
    assert 'href="#champ-w-missing"' in resident.page
    resident.send(missing="Autre chose")
    resident.send(go="skip", whom=["Les jeunes"])
    assert resident.at() == "3"
    assert "Les jeunes" not in resident.page


def test_the_end_sent_twice_is_one_answer_and_one_receipt(world: World, code: str):
    resident = Resident(world, code)
    first = through(resident)
    again = resident.send(303, who="elder")
    assert again.location == first.location
    assert world.ask(queries.survey_by_code, None, code=code)["answers"] == 1


@pytest.mark.parametrize("size", [2001, 1_000_000])
def test_an_answer_that_is_too_long_is_refused_and_given_back(world: World, code: str, size: int):
    resident = Resident(world, code)
    resident.send(missing="Autre chose")
    resident.send()
    words = "é" * size
    resident.send(422, words=words)
    assert resident.at() == "3"
    assert "2000 caractères au plus" in resident.page
    assert words in resident.page
    resident.send(words="Plus court")
    assert resident.at() == "4"


def test_what_no_form_would_hold_is_told_by_a_page(world: World, code: str):
    browser = world.browser(None)
    huge = browser.post(f"/q/{code}", data={"w-words": "x" * (13 * 1024 * 1024)})
    assert huge.status_code == 413
    assert "Envoyez moins" in huge.text
    for data in (
        {"step": "99"},
        {"step": "-1"},
        {"step": "²"},
        {"go": "sideways"},
        {"langue": "xx"},
    ):
        assert browser.post(f"/q/{code}", data=data).status_code in (200, 422)
    forged = {"step": "5", "w-missing": "Autre chose", "answer_id": "pas un numéro"}
    refused = browser.post(f"/q/{code}", data=forged)
    assert refused.status_code == 422
    assert browser.post(f"/q/{code}", data=hidden(refused.text) | {"go": "next"}).status_code == 303


def test_an_answer_that_skips_the_form_keeps_to_what_was_asked(world: World, code: str):
    forged = {"step": "5", "answer_id": str(uuid4()), "w-missing": "Un casino", "w-who": "elder"}
    refused = world.browser(None).post(f"/q/{code}", data=forged)
    assert refused.status_code == 422
    assert "Choisissez parmi les réponses proposées." in refused.text
    nobody = forged | {"w-missing": "Autre chose", "w-who": "martian"}
    assert world.browser(None).post(f"/q/{code}", data=nobody).status_code == 422


def test_signs_of_html_are_shown_as_text(world: World, code: str):
    resident = Resident(world, code)
    resident.send(missing="Autre chose")
    resident.send()
    resident.send(words='"><img src=x onerror=alert(1)>')
    assert "<img" not in resident.page
    assert hidden(resident.page)["w-words"] == '"><img src=x onerror=alert(1)>'


@pytest.mark.feature("D17", "Z5")
def test_the_whole_way_is_there_in_creole(world: World, code: str):
    resident = Resident(world, code, langue="rcf")
    assert '<html lang="rcf"' in resident.page
    assert "In ravine prop" in resident.page
    resident.send(missing="Une ravine propre")
    assert "Késtion 2 si 6" in resident.page
    resident.send(go="back")
    assert 'value="Une ravine propre" checked' in resident.page
    for _ in range(5):
        resident.send(missing="Une ravine propre")
    done = resident.send(303)
    assert "Mersi" in world.page(None, done.location.removeprefix("/diagnostic"))


def test_a_question_of_the_group_is_said_to_be_in_french_on_a_creole_page(world: World):
    survey_id = world.draft()
    world.do(
        commands.change_questions,
        "lead",
        survey_id=survey_id,
        questions=[{"text": "Où est le banc ?"}],
    )
    world.do(commands.open_survey, "lead", survey_id=survey_id)
    page = world.page(None, f"/q/{world.code(survey_id)}?langue=rcf")
    assert '<h1 lang="fr">Où est le banc' in page


def test_nobody_is_known_on_a_screen_of_residents(world: World, code: str):
    page = Resident(world, code, who="lead").page
    assert "Rita Modèle" not in page
    assert 'class="rk-nav"' not in page
    assert 'class="rk-bottom"' not in page


@pytest.mark.feature("D15")
def test_a_screen_of_residents_is_light(world: World, code: str):
    page = Resident(world, code).page
    assert len(page.encode()) < 20_000
    assert "<script" not in page
    assert page.count('rel="stylesheet"') == 1


def test_a_survey_that_is_not_open_says_why_and_what_next(world: World):
    closed = world.closed()
    page = world.page(None, f"/q/{world.code(closed)}")
    assert "ne prend plus de réponses" in page
    assert "Et après" in page
    assert "rapport" in world.page(None, f"/q/{world.code(world.published())}")
    world.page(None, f"/q/{world.code(world.draft())}", 404)
    world.page(None, "/q/NOTHERE2", 404)
    early = world.survey(opens_on=world.today + timedelta(3))
    assert "ouvre" in world.page(None, f"/q/{world.code(early)}")


def test_who_was_answering_when_it_closed_gets_their_words_back(world: World):
    survey_id = world.survey()
    resident = Resident(world, world.code(survey_id))
    resident.send(missing="Autre chose")
    resident.send()
    resident.send(words="Un banc devant la boutique")
    world.do(commands.close_survey, "lead", survey_id=survey_id)
    resident.send(idea="Une planche suffit")
    assert "Un banc devant la boutique" in resident.page
    assert "Une planche suffit" in resident.page
    assert "Cela n’est pas parti" in resident.page
    assert world.row(survey_id)["answers"] == 0


def test_a_receipt_of_nobody_is_not_shown(world: World, code: str):
    world.page(None, f"/q/{code}/recu/AAAAAAAAA", 404)
    through(Resident(world, code))
    other = world.code(world.survey())
    known = world.ask(
        queries.answers_of,
        "lead",
        survey_id=world.ask(queries.survey_by_code, None, code=code)["id"],
    )["items"][0]["code"]
    world.page(None, f"/q/{other}/recu/{known}", 404)
    world.page(None, f"/q/{code}/recu/{known.lower()}")
