"""Pages of the committee and of the annexe: everyone sees what is theirs, nothing typed is lost."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.diagnostic import commands, queries
from services.diagnostic.model import Actor, Place
from tests.diagnostic.world import COMMITTEE, FINDINGS, READERS, World


def test_every_page_opens_for_those_it_is_for_in_every_state(world: World):
    surveys = (world.draft(), world.survey(), world.closed(), world.published())
    for who in READERS:
        world.page(who, "/")
        for survey_id in surveys:
            for rest in ("", "/affiche", "/papier", "/questions"):
                world.page(who, f"/ecoutes/{survey_id}{rest}")
    for who in ("member", "lead"):
        world.page(who, "/ecoutes/nouvelle")
        for survey_id in surveys:
            for rest in ("modifier", "recueillir", "reponses", "besoins/nouveau", "publier"):
                world.page(who, f"/ecoutes/{survey_id}/{rest}")
    world.page("annexe", "/saisie")
    world.page("annexe", f"/saisie/{surveys[2]}")


def test_who_has_no_right_gets_a_page_that_says_so(world: World):
    survey_id = world.survey()
    for who in ("stranger", "elsewhere", "annexe"):
        world.page(who, f"/ecoutes/{survey_id}", 403)
    for who in ("sector", "auditor", "dpc"):
        world.page(who, f"/ecoutes/{survey_id}/reponses", 403)
    world.page("dpc", "/ecoutes/nouvelle", 403)
    world.page("member", "/saisie", 403)
    world.page(None, f"/ecoutes/{survey_id}", 401)
    world.page("lead", f"/ecoutes/{uuid4()}", 404)


def new(world: World, **changes: str) -> dict[str, str]:
    return {
        "committee_id": str(COMMITTEE),
        "title": "Autour de l’école",
        "theme": "culture",
        "sectors": "Le haut\nLe bas\n\nLe haut",
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(14)).isoformat(),
    } | changes


@pytest.mark.feature("D1", "D9")
def test_a_survey_is_prepared_questioned_and_opened_from_the_pages(world: World):
    member, lead = world.browser("member"), world.browser("lead")
    made = member.post("/ecoutes/nouvelle", data=new(world))
    assert made.status_code == 303
    survey_id = UUID(re.findall(r"[0-9a-f-]{36}", made.location)[0])
    assert world.row(survey_id)["sectors"] == ["Le haut", "Le bas"]
    rows = {
        "version": str(world.row(survey_id)["version"]),
        "questions-0-text": "Un banc, où ?",
        "questions-0-kind": "one",
        "questions-0-choices": "Ici\r\nLà",
        "questions-1-text": "Pourquoi ?",
        "questions-1-kind": "",
        "questions-2-text": "",
        "questions-2-kind": "text",
    }
    here = f"/ecoutes/{survey_id}"
    assert member.post(f"{here}/questions", data=rows).status_code == 303
    assert [q["text"] for q in world.row(survey_id)["questions"]] == ["Un banc, où ?", "Pourquoi ?"]
    assert member.post(f"{here}/questions", data=rows).status_code == 412
    assert member.post(f"{here}/ouvrir").status_code == 403
    assert lead.post(f"{here}/ouvrir").status_code == 303
    assert world.row(survey_id)["state"] == "open"
    assert lead.post(f"{here}/ouvrir").status_code == 409


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("closes_on", "2027-02-29", "Le 29 février 2027 n’existe pas."),
        ("opens_on", "2020-01-01", "déjà passée"),
        ("title", "", "Répondez à cette question."),
        ("theme", "", "Répondez à cette question."),
    ],
)
def test_a_draft_refused_says_where_and_keeps_what_was_typed(world, field, value, sentence):
    refused = world.browser("member").post("/ecoutes/nouvelle", data=new(world, **{field: value}))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'href="#champ-{field}"' in refused.text
    assert "Le haut\nLe bas" in refused.text


def test_questions_refused_are_shown_again_as_typed(world: World):
    survey_id = world.draft()
    rows = {
        "version": str(world.row(survey_id)["version"]),
        "questions-0-text": "Un banc, où ?",
        "questions-0-kind": "one",
        "questions-0-choices": "Ici",
    }
    refused = world.browser("lead").post(f"/ecoutes/{survey_id}/questions", data=rows)
    assert refused.status_code == 422
    assert ">Un banc, où ?</textarea>" in refused.text
    assert "une par ligne" in refused.text
    assert len(world.row(survey_id)["questions"]) == 5


def test_a_draft_is_corrected_by_who_has_read_it(world: World):
    survey_id = world.draft()
    typed = new(world, title="Devant l’école", version=str(world.row(survey_id)["version"]))
    member = world.browser("member")
    assert member.post(f"/ecoutes/{survey_id}/modifier", data=typed).status_code == 303
    late = member.post(f"/ecoutes/{survey_id}/modifier", data=typed | {"title": "Perdu ?"})
    assert late.status_code == 412
    assert "Perdu ?" in late.text


@pytest.mark.feature("D7", "D15", "D17", "D18")
def test_a_member_notes_what_they_hear_and_goes_on_to_the_next_person(world: World):
    survey_id = world.survey(sectors=["Le haut", "Le bas"])
    member, here = world.browser("member"), f"/ecoutes/{survey_id}/recueillir"
    heard = {
        "answer_id": str(uuid4()),
        "who": "elder",
        "place": "market",
        "sector": "Le bas",
        "w-heard": "Na poin lonbraz",
        "w-whom": ["Les anciens", "Les enfants"],
    }
    first = member.post(here, data=heard)
    assert first.status_code == 303
    assert first.location.endswith(here)
    member.post(here, data=heard)
    (answer,) = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
    assert answer["words"] == {"heard": "Na poin lonbraz", "whom": "Les anciens\nLes enfants"}
    refused = member.post(here, data=heard | {"who": "", "answer_id": str(uuid4())})
    assert refused.status_code == 422
    assert "Na poin lonbraz" in refused.text
    assert 'href="#champ-who"' in refused.text
    long = heard | {"w-heard": "x" * 2001, "answer_id": str(uuid4())}
    refused = member.post(here, data=long)
    assert refused.status_code == 422
    assert 'href="#champ-w-heard"' in refused.text


@pytest.mark.feature("D16")
def test_the_desk_types_one_sheet_after_another(world: World):
    survey_id = world.survey()
    desk, here = world.browser("annexe"), f"/saisie/{survey_id}"
    assert "Autour de l’école" in desk.get("/saisie").text
    typed = {"answer_id": str(uuid4()), "w-words": "Un banc.", "who": ""}
    done = desk.post(here, data=typed)
    assert done.status_code == 303
    following = desk.get(done.location.removeprefix("/diagnostic")).text
    code = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"][0]["code"]
    assert code in following
    assert "1\u00a0feuille saisie" in following
    empty = desk.post(here, data={"answer_id": str(uuid4())})
    assert empty.status_code == 422


def answers(world: World, survey_id: UUID) -> list[str]:
    found = world.ask(queries.answers_of, "lead", survey_id=survey_id, limit=200)["items"]
    return [str(row["id"]) for row in found]


@pytest.mark.feature("D19", "D20")
def test_a_need_is_ticked_page_after_page_and_nothing_ticked_before_is_lost(world: World):
    survey_id = world.survey()
    world.answer(survey_id, 35)
    member = world.browser("member")
    page = member.get(f"/ecoutes/{survey_id}/besoins/nouveau").text
    following = re.search(r'name="go" value="([^"]+)"', page)
    assert following is not None
    ids = answers(world, survey_id)
    first = {"title": "De l’ombre", "answers": ids[:2], "go": following[1]}
    to = member.post(f"/ecoutes/{survey_id}/besoins/nouveau", data=first).location
    second = member.get(to.removeprefix("/diagnostic")).text
    shown = re.findall(r'name="shown" value="([^"]+)"', second)
    assert shown == ids[30:]
    need = to.partition("/besoins/")[2].partition("?")[0]
    version = re.findall(r'name="version" value="(\d+)"', second)[0]
    again = {"title": "De l’ombre", "answers": shown[:1], "shown": shown, "version": version}
    assert member.post(f"/besoins/{need}", data=again).status_code == 303
    card = world.ask(queries.need_card, "lead", need_id=UUID(need))
    assert {str(a) for a in card["answers"]} == {*ids[:2], ids[30]}
    assert member.post(f"/besoins/{need}", data=again).status_code == 412
    assert member.post(f"/besoins/{need}/retirer").status_code == 303
    member.get(f"/besoins/{need}")
    world.page("member", f"/besoins/{need}", 404)


def test_a_need_refused_keeps_its_ticks(world: World):
    survey_id = world.closed()
    ids = answers(world, survey_id)
    typed = {"title": "", "answers": ids[:2]}
    refused = world.browser("member").post(f"/ecoutes/{survey_id}/besoins/nouveau", data=typed)
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 2


def conclusion(world: World, **changes: str) -> dict[str, str]:
    agreed = {"agreed": "Réunion à la case", "agreed_on": world.today.isoformat()}
    return {"findings": FINDINGS, **agreed} | changes


@pytest.mark.feature("D22", "D2", "D21")
def test_the_lead_publishes_what_everybody_then_reads(world: World):
    survey_id = world.closed()
    lead, here = world.browser("lead"), f"/ecoutes/{survey_id}/publier"
    bare = lead.post(here, data=conclusion(world))
    assert bare.status_code == 409
    assert "Un premier besoin." in bare.text
    assert "Les anciens le disent aussi." in bare.text
    world.need(survey_id, [UUID(a) for a in answers(world, survey_id)[:3]])
    early = lead.post(here, data=conclusion(world, agreed_on="2090-01-01"))
    assert early.status_code == 422
    assert world.browser("member").post(here, data=conclusion(world)).status_code == 403
    done = lead.post(here, data=conclusion(world))
    assert done.location.endswith(f"/{survey_id}/rapport")
    for who in (None, "stranger", "lead"):
        text = world.page(who, f"/{survey_id}/rapport")
        assert "De l’ombre" in text
        assert "50&nbsp;%" in text
        assert "Les anciens le disent aussi." in text
        assert "Une ravine propre" not in text
    short = world.browser(None).get(f"/r/{world.code(survey_id).lower()}")
    assert short.location.endswith(f"/{survey_id}/rapport")
    file = world.browser(None).get(f"/{survey_id}/rapport.pdf")
    assert file.mimetype == "application/pdf"
    assert file.data.startswith(b"%PDF")


def test_there_is_no_report_before_it_is_published(world: World):
    survey_id = world.closed()
    world.page("lead", f"/{survey_id}/rapport", 404)
    world.page(None, f"/{survey_id}/rapport.pdf", 404)


def test_answers_are_shown_as_text_and_taken_away_as_a_file(world: World):
    survey_id = world.survey()
    world.answer(survey_id, words="<script>alert(1)</script> =1+1")
    world.do(
        commands.record_answer,
        "member",
        survey_id=survey_id,
        words={"heard": "=1+1"},
        who=Actor.ELDER,
        place=Place.DOOR,
    )
    page = world.page("member", f"/ecoutes/{survey_id}/reponses")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    file = world.page("member", f"/ecoutes/{survey_id}/reponses?format=csv")
    assert "Porte à porte" in file
    assert "'=1+1" in file
    assert "Autour de l’école" in world.page("sector", "/?format=csv")


def test_each_is_told_what_to_do_next(world: World):
    assert "Préparer une écoute" in world.page("member", "/")
    assert "Préparer une écoute" not in world.page("sector", "/")
    draft = world.draft()
    assert "Ouvrir l’écoute" in world.page("lead", f"/ecoutes/{draft}")
    assert "Ouvrir l’écoute</button>" not in world.page("member", f"/ecoutes/{draft}")
    assert "Rita Modèle" in world.page("member", f"/ecoutes/{draft}")
    closed = world.closed()
    assert "Écrire un premier besoin" in world.page("member", f"/ecoutes/{closed}")
    world.need(closed, [UUID(a) for a in answers(world, closed)[:3]])
    assert "Préparer la publication" in world.page("lead", f"/ecoutes/{closed}")
    assert "Rita Modèle" in world.page("sector", f"/ecoutes/{closed}")


@pytest.mark.feature("D7", "X20")
def test_a_survey_is_shared_by_code_poster_paper_and_message(world: World):
    survey_id = world.survey()
    address = f"/diagnostic/q/{world.code(survey_id)}"
    page = world.page("member", f"/ecoutes/{survey_id}")
    assert address in page
    assert 'href="https://wa.me/?text=' in page
    poster = world.page("member", f"/ecoutes/{survey_id}/affiche")
    paper = world.page("member", f"/ecoutes/{survey_id}/papier")
    assert 'class="rk-qr"' in poster
    assert "☐" in paper
    assert "Jean-Marc Démo" not in poster + paper
