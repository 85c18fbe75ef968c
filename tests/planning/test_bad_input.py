"""Days that do not exist, a task for two, a link used twice, over HTTP: a sentence, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from services.planning import commands
from tests.planning.test_api import ADOPTION, post, put
from tests.planning.test_pages import adoption, flash
from tests.planning.world import ACTION, DAY, RELAY, World, person_id

HERE, API = f"/actions/{ACTION}", f"/plans/{ACTION}"
NAMES = {"member": "Jean-Marc Démo", "second": "Pia Essai"}
MOVED = {"why": "place", "reason": "Travaux <b>place</b>"}
WRONG = [
    ("2027-05-31", "Choisissez un jour à venir"),
    ("2027-06-01", "Choisissez un jour à venir"),
    ("2027-02-29", "29 février 2027 n’existe pas"),
    ("2027-02-30", "n’existe pas"),
    ("2031-01-01", "plus de deux ans"),
]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def problem(answer: TestResponse, status: int) -> str:
    """The sentences of a refusal, as a program reads them."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    return plain(" ".join(map(str, answer.json.values())))


@pytest.mark.parametrize("day, sentence", WRONG)
def test_a_day_that_cannot_be_is_refused_where_the_plan_is_adopted(
    world: World, day: str, sentence: str
):
    form = adoption(place="Chez Nènène") | {"day": day}
    page = world.browser("lead").post(f"{HERE}/adopter", data=form)
    assert page.status_code == 422
    assert sentence in plain(page.text)
    assert "Chez Nènène" in page.text
    version = world.plan()["version"]
    refused = put(world, "lead", f"{API}/adoption", ADOPTION | {"day": day}, version)
    assert "day" in problem(refused, 422)
    assert world.plan()["state"] == "draft"
    assert "plan-adopted" not in world.facts()


@pytest.mark.feature("J8")
@pytest.mark.parametrize("day, sentence", WRONG)
def test_a_day_that_cannot_be_is_refused_where_it_is_moved(world: World, day: str, sentence: str):
    world.adopted()
    page = world.browser("lead").post(f"{HERE}/jour", data=MOVED | {"day": day})
    assert page.status_code == 422
    assert sentence in plain(page.text)
    assert "Travaux &lt;b&gt;place" in page.text
    version = world.plan()["version"]
    refused = put(world, "lead", f"{API}/day", MOVED | {"day": day}, version)
    assert "day" in problem(refused, 422)
    assert world.plan()["day"] == DAY
    assert "action-day-moved" not in world.facts()


def test_the_29_february_of_a_leap_year_is_a_day_like_another(world: World):
    world.adopted()
    moved = MOVED | {"day": "2028-02-29", "fallback_day": "2028-03-11"}
    assert world.browser("lead").post(f"{HERE}/jour", data=moved).status_code == 303
    assert world.plan()["day"] == date(2028, 2, 29)
    assert world.last("action-day-moved")["day"] == "2028-02-29"


@pytest.mark.feature("J8")
def test_a_day_moved_over_31_december_takes_with_it_all_that_is_not_done(world: World):
    world.adopted()
    need, kept = world.buy(), world.tasks()
    world.do(commands.finish_task, "member", task_id=world.task("secured"))
    lead = world.browser("lead")
    without = lead.post(f"{HERE}/jour", data=MOVED | {"day": "2028-01-15", "fallback_day": ""})
    assert without.status_code == 422
    assert "cyclone" in without.text
    assert 'value="2028-01-15"' in without.text
    moved = MOVED | {"day": "2028-01-15", "fallback_day": "2028-01-29"}
    answer = lead.post(f"{HERE}/jour", data=moved)
    assert answer.status_code == 303
    assert "Tout tient" in flash(answer)
    assert (world.plan()["day"], world.plan()["fallback_day"]) == (
        date(2028, 1, 15),
        date(2028, 1, 29),
    )
    tasks = world.tasks()
    assert tasks["day"]["due"] == date(2028, 1, 15)
    assert tasks["secured"]["due"] == kept["secured"]["due"]
    later = [key for key in kept if tasks[key]["due"] > kept[key]["due"]]
    assert len(later) == len(kept) - 1
    assert world.need(need)["needed_by"] > date(2028, 1, 1)
    assert "15 janvier 2028" in plain(world.page("member", HERE))


@pytest.mark.feature("P14")
def test_a_task_taken_by_two_in_the_same_second_is_one_person_s_and_the_other_is_told(
    world: World,
):
    task, together = world.task("spread"), Barrier(2)

    def take(who: str) -> TestResponse:
        browser = world.browser(who)
        together.wait()
        return browser.post(f"/taches/{task}/prendre", data={"vers": "liste"})

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(NAMES, pool.map(take, NAMES), strict=True))
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    (winner,) = (who for who, answer in answers.items() if answer.status_code == 303)
    (loser,) = NAMES.keys() - {winner}
    assert f"{NAMES[winner]} s’en charge déjà" in answers[loser].text
    assert world.tasks()["spread"]["holder"] == person_id(winner)
    assert world.facts().count("task-assigned") == 1
    by_program = post(world, loser, f"/tasks/{task}/taking")
    assert f"{NAMES[winner]} s’en charge déjà." in problem(by_program, 409)


@pytest.mark.feature("A4")
def test_a_link_used_by_two_phones_keeps_the_first_answer_and_tells_the_second(world: World):
    world.adopted()
    need = world.relay()
    secret, together = world.link(need), Barrier(2)

    def answer(words: str) -> TestResponse:
        phone = world.browser(None)
        together.wait()
        return phone.post(f"/lien/{secret}", data={"answer": "yes", "words": words})

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(("Wi", "Oui"), pool.map(answer, ("Wi", "Oui")), strict=True))
    assert sorted(found.status_code for found in answers.values()) == [200, 409]
    (kept,) = (words for words, found in answers.items() if found.status_code == 200)
    (lost,) = (found.text for found in answers.values() if found.status_code == 409)
    assert "Ce lien a déjà servi" in plain(lost)
    assert world.need(need)["words"] == kept
    assert world.facts().count("relay-answered") == 1


def test_a_need_for_a_day_that_is_gone_is_asked_again_with_what_was_typed(world: World):
    world.adopted()
    typed = {
        "relay_id": str(RELAY),
        "what": "Animer les <i>jeux</i>",
        "effort": "Deux personnes",
        "window_from": "2027-02-29",
        "window_to": DAY.isoformat(),
        "answer_by": "2027-05-01",
    }
    refused = world.browser("member").post(f"{HERE}/besoins/relais", data=typed)
    assert refused.status_code == 422
    assert "29 février 2027 n’existe pas" in plain(refused.text)
    assert "Animer les &lt;i&gt;jeux" in refused.text
    assert "relay-asked" not in world.facts()
