"""The rules of a survey, of what is said and of what is drawn from it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.diagnostic.events import DiagnosticPublished, SurveyClosed, SurveyOpened, Theme
from services.diagnostic.model import (
    FEW,
    MOST_WORDS,
    AlreadyPublished,
    AnswerUnclear,
    Channel,
    Conclusion,
    Kind,
    Need,
    NoNeedYet,
    State,
    Survey,
    SurveyNotADraft,
    SurveyNotOpen,
    SurveyStillOpen,
    heaviest_first,
    questions_of,
    told_apart,
    usual_questions,
    weight,
)
from shared.kernel.aggregate import recorded
from shared.kernel.event import FileRef
from shared.kernel.refusals import Invalid, Refusal

TODAY = date(2027, 3, 1)
NOW = datetime(2027, 3, 20, 8, tzinfo=UTC)
FILE = FileRef(owner="diagnostic", sha256="0" * 64, size=1, media_type="application/pdf")
SAID = {"missing": "Une ravine propre"}
WORDS = Conclusion(findings="On manque d’ombre.", agreed="Réunion", agreed_on=TODAY)


def a_survey(**changes: Any) -> Survey:
    values: dict[str, Any] = {
        "id": uuid4(),
        "committee_id": uuid4(),
        "code": "ABCDEFGH",
        "title": "Autour de l’école",
        "theme": Theme.SURROUNDINGS,
        "sectors": ["Saint-Bernard"],
        "questions": [q.kept() for q in usual_questions(Theme.SURROUNDINGS)],
        "opens_on": TODAY,
        "closes_on": TODAY + timedelta(14),
    }
    return Survey(**(values | changes))


def opened() -> Survey:
    survey = a_survey()
    survey.open(TODAY)
    return survey


def a_need(survey: Survey, *answers: Any, position: int = 1) -> Need:
    need = Need(id=uuid4(), survey_id=survey.id, title="De l’ombre", position=position)
    need.rest_on(answers)
    return need


@pytest.mark.feature("D1")
def test_a_survey_opens_closes_and_is_published_in_this_order_only():
    survey = opened()
    survey.take(SAID, Channel.ONLINE, TODAY)
    with pytest.raises(SurveyStillOpen):
        survey.check_publishable([a_need(survey, uuid4())])
    assert survey.close()
    survey.publish([a_need(survey, uuid4())], WORDS, {Channel.ONLINE: 1}, FILE, NOW)
    kinds = [type(event) for event in recorded(survey)]
    assert kinds == [SurveyOpened, SurveyClosed, DiagnosticPublished]
    for step in (lambda: survey.open(TODAY), lambda: survey.take(SAID, Channel.PAPER, TODAY)):
        with pytest.raises(Refusal):
            step()
    with pytest.raises(AlreadyPublished):
        survey.may_draw_needs()


def test_closing_twice_says_it_once():
    survey = opened()
    assert survey.close()
    assert not survey.close()
    assert [type(e) for e in recorded(survey)].count(SurveyClosed) == 1


def test_a_draft_is_neither_answered_nor_closed_nor_summed_up():
    survey = a_survey()
    with pytest.raises(SurveyNotOpen):
        survey.take(SAID, Channel.ONLINE, TODAY)
    with pytest.raises(SurveyNotOpen):
        survey.close()
    with pytest.raises(SurveyNotOpen):
        survey.may_draw_needs()


@pytest.mark.feature("D9")
def test_questions_no_longer_change_once_somebody_may_have_answered_them():
    survey = opened()
    with pytest.raises(SurveyNotADraft):
        survey.ask_again(usual_questions(Theme.ANY))
    with pytest.raises(SurveyNotADraft):
        survey.change("Autre", ["Ici"], TODAY, TODAY)


@pytest.mark.parametrize(
    "opens, closes, field",
    [(-1, 14, "opens_on"), (5, 4, "closes_on"), (0, 121, "closes_on")],
)
def test_the_days_of_a_survey_are_to_come_in_order_and_not_for_ever(opens, closes, field):
    survey = a_survey(opens_on=TODAY + timedelta(opens), closes_on=TODAY + timedelta(closes))
    with pytest.raises(Invalid) as refused:
        survey.check_days(TODAY)
    assert list(refused.value.fields) == [field]


def test_a_draft_that_was_discussed_too_long_opens_today_if_it_still_can():
    survey = a_survey()
    survey.open(TODAY + timedelta(3))
    assert survey.opens_on == TODAY + timedelta(3)
    late = a_survey()
    with pytest.raises(Invalid):
        late.open(TODAY + timedelta(15))
    assert late.state is State.DRAFT


def test_one_answers_from_the_first_day_to_the_last_included():
    survey = a_survey(opens_on=TODAY + timedelta(2))
    survey.open(TODAY)
    days = [day for day in range(17) if survey.takes_answers(TODAY + timedelta(day))]
    assert days == list(range(2, 15))


def test_paper_filled_in_time_is_still_typed_in_after_the_closing():
    survey = opened()
    survey.close()
    late = TODAY + timedelta(30)
    survey.take(SAID, Channel.PAPER, late)
    for channel in (Channel.ONLINE, Channel.MET):
        with pytest.raises(SurveyNotOpen):
            survey.take(SAID, channel, late)
    assert survey.answers == 1


def test_an_answer_keeps_to_what_was_asked():
    survey = opened()
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "missing"),
        ({"missing": "Un casino"}, "missing"),
        (SAID | {"whom": "Les jeunes\nLes martiens"}, "whom"),
        (SAID | {"words": "x" * (MOST_WORDS + 1)}, "words"),
    ]
    for words, field in wrong:
        with pytest.raises(AnswerUnclear) as refused:
            survey.take(words, Channel.ONLINE, TODAY)
        assert field in refused.value.fields
    survey.take(SAID | {"whom": "Les jeunes\nLes anciens"}, Channel.ONLINE, TODAY)
    assert survey.answers == 1


def test_who_is_met_may_say_anything_but_not_nothing():
    survey = opened()
    survey.take({"heard": "Na poin lonbraz"}, Channel.MET, TODAY)
    with pytest.raises(AnswerUnclear):
        survey.take({}, Channel.MET, TODAY)
    with pytest.raises(AnswerUnclear) as refused:
        survey.take({"heard": "x" * (MOST_WORDS + 1)}, Channel.PAPER, TODAY)
    assert "heard" in refused.value.fields


@pytest.mark.parametrize("theme", Theme)
def test_every_theme_has_its_usual_questions(theme):
    asked = usual_questions(theme)
    assert {question.kind for question in asked} == set(Kind)
    assert asked[0].required
    assert not any(question.required for question in asked[1:])


@pytest.mark.parametrize(
    "rows, field",
    [
        ([], "questions"),
        ([{"text": " ", "kind": "text"}], "questions"),
        ([{"text": f"Question {n} ?"} for n in range(13)], "questions"),
        ([{"text": "Oui ?", "kind": "one", "choices": "Oui\n\nOui"}], "questions-0-choices"),
        ([{"text": "Quoi ?"}, {"text": "", "choices": "Oui\nNon"}], "questions-1-text"),
        ([{"text": "Quoi ?", "kind": "text", "choices": "Oui\nNon"}], "questions-0-kind"),
    ],
)
def test_a_question_is_asked_whole(rows, field):
    with pytest.raises(Invalid) as refused:
        questions_of(rows)
    assert list(refused.value.fields) == [field]


def test_a_question_that_is_emptied_is_taken_away():
    rows = [{"text": "", "kind": "one"}, {"text": "Quoi ?"}, {"text": "Qui ?"}]
    asked = questions_of(rows)
    assert [(q.key, q.text, q.required) for q in asked] == [
        ("q1", "Quoi ?", True),
        ("q2", "Qui ?", False),
    ]


@pytest.mark.feature("D20")
def test_a_diagnostic_says_needs_that_rest_on_answers():
    survey = opened()
    survey.close()
    with pytest.raises(NoNeedYet):
        survey.check_publishable([])
    with pytest.raises(NoNeedYet) as refused:
        survey.check_publishable([a_need(survey, uuid4()), a_need(survey)])
    assert "De l’ombre" in refused.value.missing


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"findings": "  "}, "findings"),
        ({"agreed": ""}, "agreed"),
        ({"agreed_on": TODAY + timedelta(1)}, "agreed_on"),
    ],
)
def test_the_group_says_what_it_keeps_and_how_it_agreed(changes, field):
    values: dict[str, Any] = {"findings": "Ceci", "agreed": "Réunion", "agreed_on": TODAY} | changes
    with pytest.raises(Invalid) as refused:
        Conclusion(**values).check(TODAY)
    assert list(refused.value.fields) == [field]


@given(st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=60)
def test_a_weight_is_the_rounded_share_of_all_answers(carried, others):
    total = carried + others
    found = weight(carried, total)
    assert 0 <= found <= 100
    if total:
        assert abs(found * total - 100 * carried) * 2 <= total
    assert weight(0, total) == 0


def test_half_a_percent_is_rounded_up_and_no_answer_weighs_nothing():
    assert weight(1, 200) == 1
    assert weight(1, 201) == 0
    assert weight(0, 0) == 0


def test_the_heaviest_need_comes_first_then_the_one_that_was_drawn_first():
    survey = opened()
    light = a_need(survey, uuid4(), position=1)
    second = a_need(survey, uuid4(), uuid4(), position=3)
    first = a_need(survey, uuid4(), uuid4(), position=2)
    assert heaviest_first([light, second, first]) == [first, second, light]


def test_what_a_page_did_not_show_stays_ticked():
    survey = opened()
    one, two, three = uuid4(), uuid4(), uuid4()
    need = a_need(survey, one, two)
    need.rest_on([three], shown=[two, three])
    assert {e.answer_id for e in need.evidence} == {one, three}
    need.rest_on([two])
    assert [e.answer_id for e in need.evidence] == [two]


GROUPS = st.lists(st.integers(0, 12), min_size=1, max_size=9)


@given(GROUPS)
@settings(max_examples=60, deadline=None)
def test_no_published_group_is_of_a_few_and_none_is_found_by_subtracting(numbers):
    given_ = [(f"g{n}", number) for n, number in enumerate(numbers)]
    told = told_apart(given_)
    assert sum(number for _, number in told) == sum(numbers)
    assert len(told) <= 1 or all(number >= FEW for _, number in told)
    named = [name for names, _ in told for name in names]
    assert sorted(named) == sorted(name for name, number in given_ if number)
