"""Asking, listening, drawing needs, publishing: each in one transaction, by those who may."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.diagnostic import commands, queries, tables
from services.diagnostic.model import (
    Actor,
    AlreadyPublished,
    CommitteeGone,
    Place,
    SurveyNotOpen,
)
from shared.kernel.refusals import (
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    SignInNeeded,
    VersionOutdated,
)
from shared.store.tables import audit, outbox
from tests.diagnostic.world import (
    CLOSED_COMMITTEE,
    FINDINGS,
    World,
    person_id,
)

CREOLE = 'Zordi lé dir : na poin lonbraz, é la ravine i pi ! <b>Éou</b> ça \'na "fini" 🌴 مرحبا'


@pytest.mark.feature("D1")
def test_a_diagnostic_is_heard_as_one_journey_from_the_opening(world: World):
    survey_id = world.published()
    assert world.facts() == ["survey-opened", "survey-closed", "diagnostic-published"]
    with world.database.read() as connection:
        headers = connection.execute(sa.select(outbox.c.headers)).scalars().all()
    assert all(str(survey_id) in str(header) for header in headers)


@pytest.mark.feature("D19", "D20")
def test_the_fact_tells_needs_and_counts_and_never_what_one_person_said(world: World):
    survey_id = world.survey()
    world.answer(survey_id, 3, words="mon secret à moi")
    world.do(
        commands.record_answer,
        "member",
        survey_id=survey_id,
        words={"heard": "un autre secret"},
        who=Actor.ELDER,
        place=Place.MARKET,
    )
    world.do(commands.close_survey, "lead", survey_id=survey_id)
    answers = [r["id"] for r in world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]]
    world.need(survey_id, answers[:3], "De l’ombre")
    world.need(survey_id, answers[2:3], "Une ravine propre")
    world.publish(survey_id)
    told = world.outbox()
    fact = next(data for kind, data in told if kind == "diagnostic-published")
    weights = [(need["title"], need["weight"], need["evidence"]) for need in fact["needs"]]
    assert weights == [("De l’ombre", 75, 3), ("Une ravine propre", 25, 1)]
    assert (fact["answers"], fact["online"], fact["met"], fact["paper"]) == (4, 3, 1, 0)
    assert fact["findings"] == FINDINGS
    assert "secret" not in str(told)
    with world.database.read() as connection:
        noted = connection.execute(sa.select(audit.c.changes)).scalars().all()
    assert "secret" not in str(noted)


def test_a_closed_committee_asks_nothing_more(world: World):
    with pytest.raises(CommitteeGone):
        world.draft("old_lead", committee_id=CLOSED_COMMITTEE)
    with pytest.raises(NotFound):
        world.draft("system", committee_id=uuid4())


@pytest.mark.parametrize(
    "command, who, arguments",
    [
        (commands.open_survey, "member", {}),
        (commands.open_survey, "other_lead", {}),
        (commands.close_survey, "member", {}),
        (commands.record_answer, "stranger", {"words": {}, "who": "other", "place": "door"}),
        (commands.record_answer, "annexe", {"words": {}, "who": "other", "place": "door"}),
        (commands.type_paper_answer, "member", {"words": {}}),
        (commands.draw_need, "sector", {"title": "x", "answers": []}),
        (commands.change_questions, "dpc", {"questions": []}),
        (commands.end_survey, "lead", {}),
    ],
)
def test_each_does_what_is_theirs(world: World, command: Any, who: str, arguments: Any):
    survey_id = world.draft()
    name = "subject" if command is commands.end_survey else "survey_id"
    with pytest.raises(Forbidden):
        world.do(command, who, **{name: survey_id}, **arguments)


def test_nobody_unknown_reads_or_prepares_a_survey(world: World):
    survey_id = world.survey()
    with pytest.raises(SignInNeeded):
        world.ask(queries.survey_card, None, survey_id=survey_id)
    with pytest.raises(Forbidden):
        world.ask(queries.survey_card, "elsewhere", survey_id=survey_id)
    with pytest.raises(Forbidden):
        world.ask(queries.answers_of, "auditor", survey_id=survey_id)


def test_a_draft_changes_for_the_one_who_has_read_it(world: World):
    survey_id = world.draft()
    seen = world.row(survey_id)["version"]
    values = {
        "survey_id": survey_id,
        "title": "Devant l’école",
        "opens_on": world.today + timedelta(1),
        "closes_on": world.today + timedelta(9),
        "sectors": ["Le haut", "Le bas"],
    }
    world.do(commands.change_survey, "member", **values, version=seen)
    assert world.row(survey_id)["sectors"] == ["Le haut", "Le bas"]
    with pytest.raises(VersionOutdated):
        world.do(commands.change_survey, "lead", **values, version=seen)
    with pytest.raises(Invalid):
        world.do(commands.change_survey, "lead", **(values | {"closes_on": world.today}))


@pytest.mark.feature("D9")
def test_the_group_asks_its_own_questions(world: World):
    survey_id = world.draft()
    rows = [{"text": "Le banc, où ?", "kind": "several", "choices": "Ici\nLà"}, {"text": "Quoi ?"}]
    world.do(commands.change_questions, "member", survey_id=survey_id, questions=rows)
    world.do(commands.open_survey, "lead", survey_id=survey_id)
    words = {"q1": "Ici\nLà", "unasked": "x", "heard": "x"}
    world.do(
        commands.answer_survey, None, code=world.code(survey_id), answer_id=uuid4(), words=words
    )
    (answer,) = world.ask(queries.answers_of, "member", survey_id=survey_id)["items"]
    assert answer["words"] == {"q1": "Ici\nLà"}


def test_the_same_answer_sent_twice_is_one_answer(world: World):
    survey_id, answer_id = world.survey(), uuid4()
    given = {
        "code": world.code(survey_id).lower(),
        "answer_id": answer_id,
        "words": {"missing": "Une ravine propre"},
    }
    first = world.do(commands.answer_survey, None, **given)
    assert world.do(commands.answer_survey, None, **given) == first
    assert world.row(survey_id)["answers"] == 1
    other = world.survey()
    with pytest.raises(Invalid):
        world.do(commands.answer_survey, None, **(given | {"code": world.code(other)}))


def test_an_unknown_code_leads_nowhere(world: World):
    with pytest.raises(NotFound):
        world.do(commands.answer_survey, None, code="NOTHERE2", answer_id=uuid4(), words={})


def test_who_is_signed_in_is_not_noted_beside_what_they_answer(world: World):
    survey_id = world.survey()
    world.do(
        commands.answer_survey,
        "lead",
        code=world.code(survey_id),
        answer_id=uuid4(),
        words={"missing": "Une ravine propre"},
    )
    with world.database.read() as connection:
        query = sa.select(audit.c.person).where(audit.c.command == "answer_survey")
        assert set(connection.execute(query).scalars()) == {None}
        kept = connection.execute(sa.select(tables.answers.c.recorded_by)).scalars().all()
    assert kept == [None]


@pytest.mark.feature("D17", "Z5")
def test_any_script_and_any_sign_is_kept_as_it_was_said(world: World):
    survey_id = world.survey()
    world.answer(survey_id, words=CREOLE)
    (answer,) = world.ask(queries.answers_of, "member", survey_id=survey_id)["items"]
    assert answer["words"]["words"] == CREOLE


@pytest.mark.feature("D18")
def test_an_answer_keeps_who_was_met_where_and_by_whom(world: World):
    survey_id = world.survey(sectors=["Le haut", "Le bas"])
    heard = {
        "survey_id": survey_id,
        "words": {"heard": "On attend au soleil."},
        "who": Actor.PARENT,
        "place": Place.SCHOOL_GATE,
    }
    world.do(commands.record_answer, "member", sector="Le bas", **heard)
    with pytest.raises(Invalid):
        world.do(commands.record_answer, "member", sector="Ailleurs", **heard)
    (answer,) = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
    assert (answer["channel"], answer["actor"], answer["place"]) == (
        "met",
        "parent",
        "school-gate",
    )
    assert (answer["sector"], answer["recorded_by"]) == ("Le bas", person_id("member"))


@pytest.mark.feature("D16")
def test_the_annexe_types_paper_until_the_diagnostic_is_published(world: World):
    survey_id = world.survey()
    world.later(20)
    assert world.row(survey_id)["state"] == "closed"
    paper = {"survey_id": survey_id, "words": {"words": "Un banc."}}
    world.do(commands.type_paper_answer, "annexe", **paper)
    assert world.ask(queries.paper_count, "annexe") == 1
    (answer,) = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
    world.need(survey_id, [answer["id"]])
    world.publish(survey_id)
    with pytest.raises(SurveyNotOpen):
        world.do(commands.type_paper_answer, "annexe", **paper)
    with pytest.raises(NotFound):
        world.ask(queries.typing_card, "annexe", survey_id=survey_id)
    assert world.ask(queries.surveys_to_type, "annexe")["items"] == []


def test_a_survey_ends_the_day_after_its_last_day_and_the_group_is_told(world: World):
    survey_id = world.survey()
    world.later(14)
    assert world.row(survey_id)["state"] == "open"
    world.answer(survey_id)
    world.later(1)
    assert world.row(survey_id)["state"] == "closed"
    with pytest.raises(SurveyNotOpen):
        world.answer(survey_id)
    told = [d for kind, d in world.outbox() if kind == "notice-issued" and "finie" in d["text"]]
    assert {d["person"] for d in told} == {str(person_id("member")), str(person_id("lead"))}


def test_a_survey_closed_by_its_lead_is_not_closed_again_by_the_clock(world: World):
    survey_id = world.closed()
    world.later(20)
    assert world.facts().count("survey-closed") == 1
    assert world.row(survey_id)["state"] == "closed"


def test_a_need_rests_on_answers_of_its_own_survey(world: World):
    survey_id, other = world.closed(), world.survey()
    (foreign,) = world.answer(other)
    with pytest.raises(Invalid) as refused:
        world.need(survey_id, [foreign])
    assert "answers" in refused.value.fields


def test_a_need_is_said_again_taken_away_and_stands_once_published(world: World):
    survey_id = world.closed()
    answers = [r["id"] for r in world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]]
    kept, dropped = world.need(survey_id, answers[:2]), world.need(survey_id, [], "Autre")
    seen = world.ask(queries.need_card, "member", need_id=kept)["version"]
    said = {"need_id": kept, "title": "De l’ombre, des bancs", "answers": answers[2:4]}
    world.do(commands.change_need, "member", **said, shown=answers[1:4], version=seen)
    card = world.ask(queries.need_card, "lead", need_id=kept)
    assert set(card["answers"]) == {answers[0], *answers[2:4]}
    with pytest.raises(VersionOutdated):
        world.do(commands.change_need, "lead", **said, version=seen)
    world.do(commands.drop_need, "member", need_id=dropped)
    world.publish(survey_id)
    for step in (
        lambda: world.do(commands.change_need, "member", **said),
        lambda: world.do(commands.drop_need, "member", need_id=kept),
        lambda: world.need(survey_id, []),
    ):
        with pytest.raises(AlreadyPublished):
            step()


@pytest.mark.feature("D19")
def test_answers_that_carry_no_need_are_counted_and_found(world: World):
    survey_id = world.closed()
    found = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
    world.need(survey_id, [row["id"] for row in found[:4]])
    card = world.ask(queries.survey_card, "member", survey_id=survey_id)
    assert card["untied"] == 2
    left = world.ask(queries.answers_of, "member", survey_id=survey_id, untied=True)["items"]
    assert [row["id"] for row in left] == [row["id"] for row in found[4:]]


def test_a_refused_publication_publishes_nothing(world: World):
    survey_id = world.survey()
    world.answer(survey_id)
    with pytest.raises(Refusal) as refused:
        world.publish(survey_id)
    assert refused.value.missing
    assert refused.value.unblocks
    world.do(commands.close_survey, "lead", survey_id=survey_id)
    with pytest.raises(Refusal):
        world.publish(survey_id)
    with pytest.raises(Forbidden):
        world.publish(survey_id, "member")
    assert "diagnostic-published" not in world.facts()
    with pytest.raises(NotFound):
        world.ask(queries.report, None, survey_id=survey_id)


@pytest.mark.feature("D8", "X3")
def test_the_coverage_crosses_kinds_of_people_with_places_and_says_the_gaps(world: World):
    survey_id = world.survey()
    for place in (Place.MARKET, Place.MARKET, Place.DOOR):
        world.do(
            commands.record_answer,
            "member",
            survey_id=survey_id,
            words={"heard": "Un banc."},
            who=Actor.ELDER,
            place=place,
        )
    world.answer(survey_id)
    cover = world.ask(queries.survey_card, "sector", survey_id=survey_id)["coverage"]
    elder = next(row for row in cover["rows"] if row["actor"] is Actor.ELDER)
    assert elder["counts"][cover["ways"].index(Place.MARKET)] == 2
    assert elder["total"] == 3
    assert sum(row["total"] for row in cover["rows"]) == 4
    assert Actor.YOUTH in cover["unheard"]
    assert Actor.ELDER not in cover["unheard"]
    assert Place.SCHOOL_GATE in cover["untried"]
    assert Place.DOOR not in cover["untried"]


def test_lists_show_what_is_in_scope_and_go_on_page_after_page(world: World):
    mine = {world.survey() for _ in range(3)}
    for who, seen in (("member", 3), ("sector", 3), ("dpc", 3), ("stranger", 0), ("elsewhere", 0)):
        assert len(world.ask(queries.my_surveys, who)["items"]) == seen
    first = world.ask(queries.my_surveys, "member", limit=2)
    rest = world.ask(queries.my_surveys, "member", limit=2, after=first["next"])
    assert {row["id"] for row in first["items"] + rest["items"]} == mine
    assert rest["next"] is None


@pytest.mark.feature("D21")
def test_the_report_is_for_everybody_and_joins_groups_of_a_few(world: World):
    survey_id = world.survey()
    world.answer(survey_id, 7)
    world.do(commands.type_paper_answer, "annexe", survey_id=survey_id, words={"words": "Un banc."})
    world.do(commands.close_survey, "lead", survey_id=survey_id)
    found = world.ask(queries.answers_of, "lead", survey_id=survey_id)["items"]
    world.need(survey_id, [row["id"] for row in found[:5]])
    world.publish(survey_id)
    report = world.ask(queries.report, None, survey_id=survey_id)
    assert report["heard"][0]["rows"] == [{"label": "En ligne et sur papier", "value": 8}]
    assert "Un banc." not in str(report)
    pdf = world.runtime.workplaces["diagnostic"].files.open(report["file"])
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf
