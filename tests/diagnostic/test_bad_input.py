"""What nobody should send, sent over HTTP: a sentence says what is wrong, and nothing is lost."""

import html
from uuid import uuid4

from services.diagnostic import queries
from tests.diagnostic.test_answering import Resident
from tests.diagnostic.test_api import post
from tests.diagnostic.world import World

SAID = 'Nou la pu lonbraz é la ravine i pi ! <script>alert("é")</script> & ça \'na "fini" 🌴 ñ ŭ\n'
MEGABYTE = (SAID * (1_000_000 // len(SAID.encode()) + 2)).strip()


def kept(world: World, code: str) -> list[dict[str, str]]:
    """The words of all that was said."""
    survey = world.ask(queries.survey_by_code, None, code=code)["id"]
    found = world.ask(queries.answers_of, "lead", survey_id=survey)["items"]
    return [row["words"] for row in found]


def test_a_megabyte_of_creole_with_html_in_it_is_given_back_to_be_shortened(world: World):
    assert len(MEGABYTE.encode()) >= 1_000_000
    code = world.code(world.survey())
    resident = Resident(world, code)
    resident.send(missing="Autre chose")
    resident.send()
    resident.send(422, words=MEGABYTE)
    assert f"2000 caractères au plus (vous en avez {len(MEGABYTE)})" in resident.page
    assert "<script>alert" not in resident.page
    assert MEGABYTE in html.unescape(resident.page)
    assert kept(world, code) == []
    resident.send(words=SAID)
    resident.send()
    resident.send()
    resident.send(303)
    assert kept(world, code) == [{"missing": "Autre chose", "words": SAID.strip()}]


def test_a_megabyte_sent_by_a_program_is_a_problem_beside_its_question(world: World):
    code = world.code(world.survey())
    path = f"/surveys/by-code/{code}/answers"
    answer_id, words = str(uuid4()), {"missing": "Autre chose", "words": MEGABYTE}
    refused = post(world, None, path, {"answer_id": answer_id, "words": words})
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert refused.json["detail"] == "Corrigez ce qui est signalé, rien n’est perdu."
    assert "2000 caractères au plus" in str(refused.json)
    assert kept(world, code) == []
    words["words"] = SAID.strip()
    again = post(world, None, path, {"answer_id": answer_id, "words": words})
    assert again.status_code == 201
    assert kept(world, code) == [words]


def test_html_in_an_answer_is_words_on_every_page_that_shows_it(world: World):
    survey_id = world.survey()
    world.answer(survey_id, words=SAID)
    for path in (f"/ecoutes/{survey_id}/reponses", f"/ecoutes/{survey_id}/besoins/nouveau"):
        page = world.page("member", path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_same_answer_sent_by_page_and_by_program_is_one(world: World):
    code = world.code(world.survey())
    answer = {"answer_id": str(uuid4()), "words": {"missing": "Autre chose"}}
    path = f"/surveys/by-code/{code}/answers"
    first = post(world, None, path, answer)
    form = {"step": "5", "answer_id": answer["answer_id"], "w-missing": "Autre chose"}
    again = world.browser(None).post(f"/q/{code}", data=form | {"go": "next"})
    assert again.status_code == 303
    assert any(str(value) in again.location for value in first.json.values())
    assert len(kept(world, code)) == 1
