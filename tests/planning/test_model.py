"""The rules alone: counting back, who does what, what may be asked, moved, held and closed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.planning.events import RelayAnswer, WhyMoved
from services.planning.model import (
    DAY,
    INSTALLATION,
    REVIEW,
    TEMPLATE,
    ActionPlan,
    Bilan,
    Day,
    Doer,
    Need,
    NeedKind,
    NeedState,
    Offset,
    PlanState,
    Task,
    TaskTaken,
    Who,
    offset_of,
    replan,
    tight,
    usual_date,
    warnings,
    wished_day,
)
from services.planning.model.refusals import (
    AlreadySigned,
    NeedOver,
    NoFallbackDay,
    NotAsked,
    NotHeldYet,
    PlanAlreadyAdopted,
    PlanNotAdopted,
    PlanOver,
    SomethingOpen,
    TaskFinished,
    TaskNotYours,
    TooEarly,
)
from shared.kernel import calendar
from shared.kernel.refusals import Invalid

NAMES = UUID("c95a6c1e-52a0-4a4e-9f0f-6d6fbb4f6f11")
DAYS = st.dates(date(2026, 1, 1), date(2036, 12, 31))
DOERS = st.sampled_from(list(Doer))
OFFSETS = st.builds(Offset, st.integers(0, 4), st.integers(0, 60), DOERS)
OFFICE, US = Doer.OFFICE, Doer.VOLUNTEERS
J = date(2027, 12, 21)
TODAY = date(2027, 6, 1)
NOW = datetime(2027, 6, 1, 4, tzinfo=UTC)


def someone(name: str) -> UUID:
    return uuid5(NAMES, name)


# counting back


@pytest.mark.feature("P3", "Y11")
@pytest.mark.parametrize(
    "months, days, doer, wanted",
    [
        (0, 1, OFFICE, date(2027, 12, 17)),
        (0, 10, OFFICE, date(2027, 12, 6)),
        (2, 0, OFFICE, date(2027, 10, 21)),
        (1, 0, OFFICE, date(2027, 11, 19)),
        (1, 0, US, date(2027, 11, 21)),
        (0, 1, US, date(2027, 12, 20)),
        (0, 0, OFFICE, J),
        (0, -5, US, date(2027, 12, 26)),
    ],
)
def test_the_table_of_dates_before_a_tuesday_after_20_december(months, days, doer, wanted):
    assert Offset(months, days, doer).from_day(J) == wanted


def test_two_months_before_the_31st_is_held_within_its_month():
    assert Offset(2, 0, US).from_day(date(2027, 4, 30)) == date(2027, 2, 28)
    assert Offset(2, 0, US).from_day(date(2028, 4, 30)) == date(2028, 2, 29)
    assert Offset(2, 0, OFFICE).from_day(date(2027, 4, 30)) == date(2027, 2, 26)


@pytest.mark.feature("X15")
def test_the_eve_of_a_saturday_is_its_friday_for_an_office():
    saturday, sunday = date(2027, 9, 18), date(2027, 9, 19)
    assert Offset(0, 1, OFFICE).from_day(saturday) == date(2027, 9, 17)
    assert Offset(0, 1, OFFICE).from_day(sunday) == date(2027, 9, 17)
    assert Offset(0, 0, OFFICE).from_day(saturday) == date(2027, 9, 17)
    assert Offset(0, 2, OFFICE).from_day(saturday) == date(2027, 9, 16)


@given(OFFSETS, DAYS)
def test_nothing_is_due_after_the_day(offset, day):
    assert offset.from_day(day) <= day


@given(OFFSETS, DAYS)
def test_an_office_is_never_due_on_a_day_it_does_not_work(offset, day):
    assert calendar.is_worked(replace(offset, doer=OFFICE).from_day(day))


@given(OFFSETS, DAYS, st.integers(0, 400))
def test_a_later_day_never_makes_anything_due_earlier(offset, day, later):
    assert offset.from_day(day) <= offset.from_day(day + timedelta(later))


@given(OFFSETS, DAYS)
def test_more_days_before_is_never_later(offset, day):
    assert replace(offset, days=offset.days + 1).from_day(day) <= offset.from_day(day)


@given(st.lists(OFFSETS, max_size=6), DAYS, DAYS)
def test_a_day_moved_there_and_back_restores_every_date(offsets, day, other):
    tasks = [a_task(offset, day) for offset in offsets]
    before = [task.due for task in tasks]
    replan(tasks, other)
    replan(tasks, day)
    assert [task.due for task in tasks] == before


@given(DAYS, st.integers(0, 120), DOERS)
def test_a_date_typed_by_somebody_is_the_one_counted_back(day, before, doer):
    due = day - timedelta(before)
    kept = offset_of(due, day, doer).from_day(day)
    assert kept == (due if doer is US else calendar.last_worked(due))


@given(DAYS, DAYS)
def test_the_wished_day_is_in_the_period_and_a_saturday_if_it_holds_one(one, other):
    first, last = min(one, other), max(one, other)
    day = wished_day(first, last)
    assert first <= day <= last
    if (last - first).days >= 6:
        assert day.weekday() == 5


@given(DAYS, DAYS)
def test_the_usual_date_of_a_need_is_to_come_and_not_after_the_day(day, today):
    usual = usual_date(day, today)
    assert usual <= day or day <= today
    assert usual > today or day <= today


def test_a_day_says_what_a_group_should_know_of_it():
    assert "férié" in warnings(date(2027, 12, 20))[0]
    assert any("cyclone" in text for text in warnings(date(2027, 11, 2)))
    assert warnings(date(2027, 9, 18), date(2027, 9, 11)) == []
    assert "2027" in warnings(date(2028, 5, 6), date(2027, 12, 31))[0]


@pytest.mark.feature("P17")
def test_the_template_is_in_the_order_of_its_dates_and_has_the_two_gates_of_the_guide():
    dates = [Offset(m.months, m.days, m.doer).from_day(J) for m in TEMPLATE]
    assert dates == sorted(dates)
    keys = [m.key for m in TEMPLATE]
    assert len(set(keys)) == len(keys)
    assert {DAY, REVIEW, "together"} < set(keys)
    gates = {(m.months, m.days) for m in TEMPLATE if m.milestone and m.doer is OFFICE}
    assert gates == {(2, 0), (1, 0)}


# tasks


def a_task(offset: Offset | None = None, day: date = J, **values: Any) -> Task:
    offset = offset or Offset(0, 10, US)
    known: dict[str, Any] = {
        "id": uuid4(),
        "action_id": someone("action"),
        "committee_id": someone("committee"),
        "title": "Prévenir les voisins",
        "due": offset.from_day(day),
        "months": offset.months,
        "days": offset.days,
        "doer": offset.doer,
    }
    return Task(**(known | values))


def facts(aggregate: Any) -> list[str]:
    return [type(event).__name__ for _, event in aggregate.take_recorded()]


ME, YOU = Who(someone("me")), Who(someone("you"))
LEAD = Who(someone("lead"), lead=True)


def test_a_task_has_one_person_who_does_it():
    task = a_task()
    task.take(ME.person)
    task.take(ME.person)
    with pytest.raises(TaskTaken) as refused:
        task.take(YOU.person)
    assert refused.value.details["holder"] == ME.person
    assert facts(task) == ["TaskAssigned"]


@pytest.mark.feature("P15")
def test_a_task_handed_back_looks_for_somebody_and_a_stand_in_is_told():
    task = a_task()
    task.take(ME.person)
    task.hand_back(ME)
    assert (task.holder, task.left_by) == (None, ME.person)
    task.take(YOU.person)
    assert task.left_by is None
    assert facts(task) == ["TaskAssigned", "TaskHandedBack", "TaskAssigned", "StandInFound"]


def test_who_takes_back_their_own_task_is_no_stand_in():
    task = a_task()
    task.take(ME.person)
    task.hand_back(ME)
    task.take(ME.person)
    assert "StandInFound" not in facts(task)


def test_only_its_holder_or_the_lead_says_how_a_task_goes():
    task = a_task()
    task.take(ME.person)
    for deed in (task.hand_back, lambda who: task.finish(who, NOW), task.reopen):
        with pytest.raises(TaskNotYours):
            deed(YOU)
    task.finish(LEAD, NOW)
    assert task.done
    assert task.holder == ME.person


def test_what_is_done_does_not_change_until_somebody_says_it_is_not():
    task = a_task()
    task.finish(ME, NOW)
    task.finish(ME, NOW)
    assert task.holder == ME.person
    for deed in (
        lambda: task.take(YOU.person),
        lambda: task.block("Pluie", "Personne"),
        lambda: task.want_hands(2, "Porter"),
        lambda: task.entrust(YOU.person),
        lambda: task.change("Autre", task.due, US, 2, J),
    ):
        with pytest.raises(TaskFinished):
            deed()
    task.reopen(ME)
    task.reopen(ME)
    assert facts(task) == ["TaskDone", "TaskReopened"]


def test_a_done_task_never_moves():
    task = a_task()
    task.finish(ME, NOW)
    was = task.due
    replan([task], J + timedelta(30))
    assert task.due == was


def test_a_task_that_others_have_heard_of_says_its_other_day_once():
    taken, unknown = a_task(), a_task()
    taken.take(ME.person)
    for _ in range(2):
        replan([taken, unknown], J + timedelta(30))
    assert facts(taken) == ["TaskAssigned", "TaskMoved"]
    assert facts(unknown) == []
    assert unknown.due == taken.due


@pytest.mark.feature("P14")
def test_a_blocked_task_says_why_and_who_unblocks_it():
    task = a_task()
    task.block("Les clés manquent", "Le club")
    assert (task.why, task.unblocks) == ("Les clés manquent", "Le club")
    task.unblock()
    task.unblock()
    assert (task.why, task.unblocks) == ("", "")
    assert facts(task) == ["TaskBlocked", "TaskUnblocked"]


def test_a_hand_is_lent_once_and_not_by_the_one_who_does_it():
    task = a_task()
    task.take(ME.person)
    task.want_hands(3, "Porter les tables")
    for person in (YOU.person, YOU.person, ME.person):
        task.lend_a_hand(person)
    assert [hand.person for hand in task.helpers] == [YOU.person]
    assert task.hands_missing == 2


def test_a_task_said_for_another_date_keeps_it_when_the_day_moves_and_comes_back():
    task = a_task()
    task.change("Autrement", date(2027, 12, 1), OFFICE, 1, J)
    assert (task.due, task.title, task.priority) == (date(2027, 12, 1), "Autrement", 1)
    replan([task], J + timedelta(7))
    assert task.due > date(2027, 12, 1)
    replan([task], J)
    assert task.due == date(2027, 12, 1)


def test_what_no_longer_fits_is_to_do_and_due_before_today():
    late, due, done = a_task(), a_task(Offset(0, 5, US)), a_task()
    done.finish(ME, NOW)
    assert tight([late, due, done], date(2027, 12, 13)) == [late]


# the plan


def a_plan(**values: Any) -> ActionPlan:
    known: dict[str, Any] = {
        "id": someone("action"),
        "committee_id": someone("committee"),
        "title": "Fête de quartier",
        "aims": "Se rencontrer",
        "wished_from": date(2027, 9, 1),
        "wished_to": date(2027, 9, 30),
        "day": date(2027, 9, 18),
        "place": "Le Chaudron",
    }
    return ActionPlan(**(known | values))


def the_day(day: date = date(2027, 9, 18), fallback: date | None = None) -> Day:
    return Day(day=day, fallback_day=fallback, place="Place", lead=LEAD.person)


def adopted(**values: Any) -> ActionPlan:
    plan = a_plan(**values)
    plan.adopt(the_day(fallback=date(2027, 9, 25)), "À main levée", TODAY)
    return plan


def test_a_plan_is_adopted_once():
    plan = adopted()
    with pytest.raises(PlanAlreadyAdopted):
        plan.adopt(the_day(), "Encore", TODAY)
    assert facts(plan) == ["PlanAdopted"]


@pytest.mark.parametrize(
    "day, fallback, field",
    [
        (TODAY, None, "day"),
        (TODAY - timedelta(1), None, "day"),
        (TODAY + timedelta(731), None, "day"),
        (date(2027, 11, 20), None, "fallback_day"),
        (date(2028, 4, 1), None, "fallback_day"),
        (date(2027, 9, 18), date(2027, 9, 18), "fallback_day"),
        (date(2027, 9, 18), date(2027, 9, 11), "fallback_day"),
        (date(2027, 9, 18), date(2030, 9, 18), "fallback_day"),
    ],
)
def test_a_day_is_to_come_and_has_a_way_out_in_the_season_of_cyclones(day, fallback, field):
    plan = a_plan()
    with pytest.raises(Invalid) as refused:
        plan.adopt(the_day(day, fallback), "À main levée", TODAY)
    assert list(refused.value.fields) == [field]
    assert plan.state is PlanState.DRAFT


def test_outside_the_season_of_cyclones_no_fallback_is_asked_for():
    plan = a_plan()
    plan.adopt(the_day(), "À main levée", TODAY)
    with pytest.raises(NoFallbackDay):
        plan.day_to_fall_back_on()


def test_a_moved_day_says_from_when_to_when_why_and_what_no_longer_fits():
    plan = adopted()
    facts(plan)
    plan.move(date(2027, 9, 25), None, WhyMoved.CYCLONE, "Alerte orange", 2)
    fact: Any = plan.take_recorded()[0][1]
    assert (fact.was, fact.day, fact.tight) == (date(2027, 9, 18), date(2027, 9, 25), 2)
    with pytest.raises(Invalid):
        plan.move(date(2027, 9, 25), None, WhyMoved.OTHER, "Encore", 0)


def test_a_place_looked_at_for_another_day_is_looked_at_again():
    plan = adopted()
    sign(plan, date(2027, 9, 17))
    plan.move(date(2027, 9, 25), None, WhyMoved.WEATHER, "Pluie", 0)
    assert plan.installed_at is None


def sign(plan: ActionPlan, today: date, seen: Any = INSTALLATION, reserves: str = "") -> None:
    plan.sign_installation(seen, reserves, ME.person, NOW, today)


@pytest.mark.feature("J1")
def test_an_installation_is_signed_near_the_day_and_what_is_missing_is_said():
    plan = adopted()
    with pytest.raises(TooEarly):
        sign(plan, date(2027, 9, 14))
    with pytest.raises(Invalid, match="premiers secours"):
        sign(plan, date(2027, 9, 17), INSTALLATION[:4])
    sign(plan, date(2027, 9, 17), INSTALLATION[:5], "Un poste est vide")
    assert plan.reserves == "Un poste est vide"
    sign(plan, date(2027, 9, 18))
    assert plan.reserves == ""
    with pytest.raises(AlreadySigned):
        sign(plan, date(2027, 9, 18))


def test_a_day_is_held_on_the_day_or_after_and_once():
    plan = adopted()
    with pytest.raises(TooEarly):
        plan.hold(80, "", date(2027, 9, 17))
    plan.hold(80, "Une chute, soignée sur place", date(2027, 9, 20))
    assert plan.held_on == date(2027, 9, 18)
    with pytest.raises(PlanOver):
        plan.hold(80, "", date(2027, 9, 20))


BILAN = Bilan(
    attendance=80,
    volunteers=9,
    volunteer_hours=30,
    spent_incl_tax=Decimal("120.00"),
    worked="Tout",
    to_improve="Rien",
    do_again=True,
)


def test_a_bilan_comes_after_the_day_and_once():
    plan = adopted()
    with pytest.raises(NotHeldYet):
        plan.review(BILAN, {}, date(2027, 9, 20))
    plan.hold(80, "", date(2027, 9, 18))
    plan.review(BILAN, {}, date(2027, 9, 20))
    with pytest.raises(PlanOver):
        plan.review(BILAN, {}, date(2027, 9, 21))


def test_a_draft_is_not_moved_nor_held():
    plan = a_plan()
    for deed in (
        plan.check_ahead,
        plan.day_to_fall_back_on,
        lambda: plan.hold(1, "", date(2027, 9, 18)),
        lambda: sign(plan, date(2027, 9, 18)),
    ):
        with pytest.raises(PlanNotAdopted):
            deed()


def test_an_action_is_not_closed_while_something_is_open_and_says_who_ends_it():
    plan = adopted()
    left = [{"text": "Achat à solder : Sono", "href": "/x", "who": "le service des finances"}]
    with pytest.raises(SomethingOpen) as refused:
        plan.close(left, TODAY)
    assert refused.value.missing == "Achat à solder : Sono (le service des finances)"
    assert refused.value.details["open"] == left
    plan.close([], TODAY)
    assert plan.state is PlanState.CLOSED
    for deed in (plan.check_alive, lambda: plan.close([], TODAY)):
        with pytest.raises(PlanOver):
            deed()


def test_what_was_held_is_not_cancelled():
    plan = adopted()
    plan.hold(80, "", date(2027, 9, 18))
    with pytest.raises(PlanOver):
        plan.stop("Trop tard", TODAY, told=True)


# needs


def a_need(kind: NeedKind = NeedKind.SERVICE, **values: Any) -> Need:
    known: dict[str, Any] = {
        "id": uuid4(),
        "action_id": someone("action"),
        "committee_id": someone("committee"),
        "kind": kind,
        "title": "Fermer la rue",
        "needed_by": date(2027, 9, 18),
        "place": "Place",
        "requested_by": ME.person,
        "asked_at": NOW,
    }
    if kind is NeedKind.SERVICE:
        known |= {"department": "Voirie", "answer_by": date(2027, 8, 1)}
    if kind is NeedKind.RELAY:
        known |= {"relay_id": uuid4(), "organisation": "Club", "answer_by": date(2027, 8, 1)}
        known |= {"until": date(2027, 9, 18)}
    return Need(**(known | values))


@pytest.mark.parametrize(
    "kind, values, field",
    [
        (NeedKind.SUPPLIER, {"needed_by": TODAY}, "needed_by"),
        (NeedKind.PRINT, {"needed_by": date(2027, 9, 19)}, "needed_by"),
        (NeedKind.SERVICE, {"needed_by": TODAY}, "on"),
        (NeedKind.SERVICE, {"answer_by": TODAY}, "answer_by"),
        (NeedKind.SERVICE, {"answer_by": date(2027, 9, 19)}, "answer_by"),
        (NeedKind.RELAY, {"needed_by": TODAY}, "window_from"),
        (NeedKind.RELAY, {"until": date(2027, 9, 17)}, "window_to"),
    ],
)
def test_a_need_is_for_a_day_to_come_and_answered_before(kind, values, field):
    with pytest.raises(Invalid) as refused:
        a_need(kind, **values).check_dates(date(2027, 9, 18), TODAY)
    assert list(refused.value.fields) == [field]


@pytest.mark.feature("P19")
def test_a_department_accepts_on_its_conditions_or_says_why_not():
    need = a_need()
    need.accept("Avec deux bénévoles", NOW)
    assert (need.state, need.words) == (NeedState.ACCEPTED, "Avec deux bénévoles")
    with pytest.raises(Invalid):
        need.decline("", NOW)
    need.decline("Une autre fête", NOW)
    assert need.state is NeedState.DECLINED
    assert facts(need) == ["ServiceAccepted", "ServiceDeclined"]


@pytest.mark.feature("A4")
@pytest.mark.parametrize(
    "answer, words, state",
    [
        (RelayAnswer.YES, "", NeedState.ACCEPTED),
        (RelayAnswer.NO, "", NeedState.DECLINED),
        (RelayAnswer.LATER, "Samedi", NeedState.ANSWERED),
        (RelayAnswer.OTHER, "Des ballons", NeedState.ANSWERED),
    ],
)
def test_an_organisation_says_yes_no_later_or_something_else(answer, words, state):
    need = a_need(NeedKind.RELAY)
    if words:
        with pytest.raises(Invalid):
            need.answer_relay(answer, "", NOW)
    need.answer_relay(answer, words, NOW)
    assert need.state is state


def test_only_who_is_asked_here_answers_here():
    with pytest.raises(NotAsked):
        a_need(NeedKind.SUPPLIER).accept("", NOW)
    with pytest.raises(NotAsked):
        a_need(NeedKind.RELAY).decline("Non", NOW)
    with pytest.raises(NotAsked):
        a_need(NeedKind.PRINT).check_asked_here()
    a_need().check_asked_here()
    a_need(NeedKind.RELAY).check_asked_here()


def test_what_is_withdrawn_is_not_answered_and_withdrawn_once():
    need = a_need()
    need.withdraw("On s’en passe")
    need.withdraw("On s’en passe")
    with pytest.raises(NeedOver):
        need.accept("", NOW)
    assert facts(need) == ["NeedWithdrawn"]


def test_silence_is_told_once_and_never_after_an_answer():
    need = a_need()
    assert need.overdue(NOW)
    assert not need.overdue(NOW)
    answered = a_need()
    answered.accept("", NOW)
    assert not answered.overdue(NOW)
    assert facts(need) == ["AnswerOverdue"]


@given(st.dates(date(2027, 6, 3), date(2028, 12, 31)), st.integers(1, 90), st.integers(1, 30))
def test_whoever_answered_for_another_day_is_asked_again_with_time_to_answer(day, before, lead):
    was = date(2027, 9, 18)
    needed_by = max(was - timedelta(before), TODAY + timedelta(2))
    answer_by = max(needed_by - timedelta(lead), TODAY + timedelta(1))
    need = a_need(needed_by=needed_by, answer_by=answer_by)
    need.accept("D’accord", NOW)
    need.move(was, day, TODAY, "Alerte")
    assert need.state is NeedState.ASKED
    assert TODAY < need.answer_by <= need.needed_by
    assert facts(need)[1:] == ["NeedChanged", "ServiceNeeded"]


@given(st.dates(date(2027, 6, 3), date(2028, 12, 31)), st.integers(0, 60))
def test_what_is_bought_follows_the_day_and_is_never_due_after_it(day, before):
    was = date(2027, 9, 18)
    need = a_need(NeedKind.SUPPLIER, needed_by=was - timedelta(before))
    need.move(was, day, TODAY, "Alerte")
    assert TODAY < need.needed_by <= day
    assert facts(need) == ["NeedChanged"]
