"""Whoever is at the end of a link answers once, on a phone, and learns no more than it takes."""

import re
from datetime import timedelta

import pytest

from services.planning import commands
from tests.planning.world import DAY, World


@pytest.fixture
def secret(world: World) -> str:
    world.adopted()
    return world.link(world.relay())


def test_a_link_is_shown_once_with_a_code_to_scan(world: World):
    world.adopted()
    need = world.relay()
    answer = world.browser("member").post(f"/besoins/{need}/lien")
    assert answer.status_code == 200
    found = re.search(r"/planning/lien/([\w-]+)", answer.text)
    assert found
    assert "<svg" in answer.text
    assert "wa.me" in answer.text
    assert found[1] not in world.page("member", f"/besoins/{need}")
    assert world.browser("stranger").post(f"/besoins/{need}/lien").status_code == 403
    assert "Pouvez-vous nous aider" in world.page(None, f"/lien/{found[1]}")


def test_opening_a_link_changes_nothing(world: World, secret: str):
    before = world.outbox()
    for _ in range(3):
        page = world.page(None, f"/lien/{secret}")
    assert world.outbox() == before
    assert "Club Démo" in page
    assert "Animer les jeux" in page


def test_a_link_says_no_more_than_it_must(world: World, secret: str):
    page = world.page(None, f"/lien/{secret}")
    for hidden in ("Jean-Marc", "Rita", "Mes tâches", "1\u202f500", "budget"):
        assert hidden not in page
    assert "<script" not in page


@pytest.mark.feature("A4")
def test_an_answer_is_given_once_and_a_used_link_says_so(world: World, secret: str):
    phone = world.browser(None)
    said = {"answer": "something-else", "words": "Nou giny prèt <u>ballons</u>"}
    answer = phone.post(f"/lien/{secret}", data=said)
    assert answer.status_code == 200
    assert "Merci" in answer.text
    assert "&lt;u&gt;ballons" in answer.text
    again = phone.post(f"/lien/{secret}", data=said)
    assert again.status_code == 409
    assert "déjà servi" in again.text
    assert world.facts().count("relay-answered") == 1
    used = world.page(None, f"/lien/{secret}", 409)
    assert "demandez un nouveau lien" in used


@pytest.mark.parametrize("answer", ["later", "something-else", "", "peut-être"])
def test_an_answer_that_is_not_whole_is_asked_again_with_what_was_typed(
    world: World, secret: str, answer: str
):
    words = "" if answer in ("later", "something-else") else "Mi oi pa"
    again = world.browser(None).post(f"/lien/{secret}", data={"answer": answer, "words": words})
    assert again.status_code == 422
    assert words in again.text
    assert "relay-answered" not in world.facts()
    assert world.browser(None).post(f"/lien/{secret}", data={"answer": "no"}).status_code == 200


def test_a_link_is_over_when_the_day_is(world: World, secret: str):
    world.until(DAY)
    assert "Pouvez-vous" in world.page(None, f"/lien/{secret}")
    world.until(DAY + timedelta(2))
    assert "n’est plus valable" in world.page(None, f"/lien/{secret}", 409)


def test_a_wrong_link_says_so(world: World, secret: str):
    page = world.page(None, f"/lien/{secret[:-2]}xx", 404)
    assert "n’est pas, ou plus, le bon" in page


def test_a_department_is_asked_for_yes_or_no_only(world: World):
    world.adopted()
    need = world.street()
    secret = world.link(need)
    page = world.page(None, f"/lien/{secret}")
    assert "Plus tard" not in page
    assert world.browser(None).post(f"/lien/{secret}", data={"answer": "no"}).status_code == 422
    said = {"answer": "yes", "words": "Avec vous"}
    assert world.browser(None).post(f"/lien/{secret}", data=said).status_code == 200
    assert world.need(need)["state"] == "accepted"


def test_a_withdrawn_need_is_not_asked_any_more(world: World):
    world.adopted()
    need = world.relay()
    secret = world.link(need)
    world.do(commands.withdraw_need, "member", need_id=need, why="Trop loin")
    world.page(None, f"/lien/{secret}", 404)
