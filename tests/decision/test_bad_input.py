"""Ballots that must not count, sent over HTTP: a sentence says why, and the box is as it was."""

import re
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.decision import tables
from services.decision.events import AskedOf
from tests.decision.test_api import post
from tests.decision.world import OTHER_COMMITTEE, RELAY, Voting, World


def dropped(voting: Voting, who: str | None, place: int, way: str) -> TestResponse:
    """A ballot for the idea at ``place``, by the page or by the API."""
    choice = str(voting.ideas[place])
    if way == "page":
        return voting.world.browser(who).post(f"/votes/{voting.id}", data={"choices": choice})
    return post(voting.world, who, f"/votes/{voting.id}/ballot", {"choices": [choice]})


def by_card(voting: Voting, place: int, way: str, **card: str) -> TestResponse:
    code, choice = voting.world.code(voting.round_id), str(voting.ideas[place])
    if way == "page":
        data = {"choices": choice, **card}
        return voting.world.browser(None).post(f"/q/{code}/voter", data=data)
    return post(voting.world, None, f"/rounds/by-code/{code}/ballot", {"choices": [choice], **card})


def said(answer: TestResponse, way: str) -> str:
    """What it tells the person, or the program."""
    if way == "page":
        return answer.text.replace("\u00a0", " ")
    assert answer.mimetype == "application/problem+json"
    return " ".join(map(str, answer.json.values())).replace("\u00a0", " ")


WAYS = pytest.mark.parametrize("way", ["page", "api"])


@WAYS
@pytest.mark.feature("C16", "C17")
def test_who_votes_twice_has_one_voice_the_last(world: World, way: str):
    voting = world.vote("Jardin", "Kabar", quorum_percent=0)
    for place in (0, 1):
        assert dropped(voting, "member", place, way).status_code in (204, 303)
    assert "Vous avez déjà voté" in world.page("member", f"/votes/{voting.id}")
    voting.end()
    assert voting.counts() == {"Kabar": 1, "Jardin": 0}


@WAYS
@pytest.mark.feature("C17")
def test_who_was_counted_in_the_room_is_told_so_and_has_one_voice(world: World, way: str):
    voting = world.vote("Jardin", "Kabar", quorum_percent=0)
    voting.confirmed(["member", "lead"], {0: 2})
    refused = dropped(voting, "member", 1, way)
    assert refused.status_code == 409
    assert "déjà" in said(refused, way)
    voting.end()
    assert voting.counts() == {"Jardin": 2, "Kabar": 0}


@WAYS
def test_a_ballot_after_the_closing_is_refused_in_a_sentence(world: World, way: str):
    voting = world.vote("Jardin", "Kabar", quorum_percent=0)
    assert dropped(voting, "member", 0, way).status_code in (204, 303)
    world.runtime.clock.advance(timedelta(8))
    refused = dropped(voting, "member", 1, way)
    assert refused.status_code == 409
    assert "Ce vote est clos" in said(refused, way)
    world.fire()
    assert dropped(voting, "second", 1, way).status_code == 409
    assert voting.counts() == {"Jardin": 1, "Kabar": 0}


@WAYS
@pytest.mark.parametrize("who", ["stranger", "dpc", "voirie"])
def test_who_is_not_on_the_list_is_told_what_is_missing(world: World, way: str, who: str):
    voting = world.vote()
    refused = dropped(voting, who, 0, way)
    assert refused.status_code == 403
    assert said(refused, way)
    assert world.rows(tables.ballots) == []


@WAYS
def test_nobody_votes_without_an_account_or_a_card(world: World, way: str):
    voting = world.vote()
    assert dropped(voting, None, 0, way).status_code in (303, 401)
    assert world.rows(tables.ballots) == []


@WAYS
@pytest.mark.feature("C15", "Z1")
def test_a_forged_card_is_refused_in_a_sentence_and_the_true_one_still_votes(
    world: World, way: str
):
    card, foreign = world.card(), world.card(committee_id=OTHER_COMMITTEE)
    voting = world.vote(voters=["members", "residents"], quorum_percent=0)
    true = {"number": card["number"], "secret": card["secret"]}
    slip = card["number"][:-1] + ("A" if card["number"][-1] != "A" else "B")
    forged: list[tuple[dict[str, Any], str]] = [
        ({"number": slip}, "vérifiez chaque caractère"),
        ({"number": "<b>12345</b>"}, "neuf lettres"),
        ({"secret": foreign["secret"]}, "ne vont pas ensemble"),
        ({"number": foreign["number"], "secret": foreign["secret"]}, "pas sur la liste"),
    ]
    for changes, sentence in forged:
        refused = by_card(voting, 0, way, **(true | changes))
        assert refused.status_code == 422
        assert sentence in said(refused, way)
        assert way == "api" or "<b>12345" not in refused.text
    assert world.rows(tables.ballots) == []
    assert by_card(voting, 1, way, **true).status_code in (204, 303)
    voting.end()
    assert sum(voting.counts().values()) == 1


def test_a_link_used_twice_says_so_and_the_first_answer_stands(world: World):
    idea = world.idea(world.round())
    advice = world.question(idea, asked_of=AskedOf.RELAY, relay_id=RELAY, department=None)
    made = world.browser("lead").post(f"/avis/{advice}/lien").text
    link = re.search(r"/decision(/lien/[\w-]+)", made)
    assert link
    phone = world.browser(None)
    first = {
        "opinion": "favourable",
        "why": "Nou ve bien",
        "capacity": "Une salle",
        "conditions": "Le soir",
    }
    assert phone.post(link[1], data=first).status_code == 200
    again = phone.post(link[1], data=first | {"opinion": "unfavourable", "capacity": "Rien"})
    assert again.status_code == 409
    assert "déjà servi" in again.text
    assert world.row(tables.advices, advice)["capacity"] == "Une salle"
    by_program = post(world, None, "/advices/by-link", first | {"secret": link[1].split("/")[-1]})
    assert by_program.status_code == 409
    assert by_program.mimetype == "application/problem+json"
    assert world.facts().count("advice-given") == 1
