"""Rules of weeks, briefs, proofs and stock, whatever is done in whatever order."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.communication.model import (
    Answer,
    Brief,
    Delays,
    Doer,
    Load,
    PrintRequest,
    State,
    Step,
    Support,
    Week,
    Workshop,
    first_fit,
    loads_from,
)
from services.communication.model.delays import due
from services.communication.model.refusals import PrintStepNotAllowed, StockShort, WeekFull
from services.communication.model.steps import AWAITED, FINAL, PASSAGES, STATE_NAMES, STEP_VERBS
from services.language import FileRef
from shared.kernel import calendar
from shared.kernel.refusals import Refusal

FEW = settings(max_examples=60, deadline=None)
AT = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
TODAY = date(2027, 3, 1)
WHO = Doer(uuid4(), AT, TODAY)
HOURS = st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4)


def a_request(**values: object) -> PrintRequest:
    facts: dict[str, Any] = {
        "id": uuid4(),
        "need_id": uuid4(),
        "committee_id": uuid4(),
        "action_id": uuid4(),
        "title": "Flyers",
        "support": Support.FLYER,
        "opened_at": AT,
        "requested_by": uuid4(),
        "quantity": 300,
        "needed_by": TODAY + timedelta(90),
    }
    return PrintRequest(**(facts | values))


def file(number: int) -> FileRef:
    sha256 = f"{number:064x}"
    return FileRef(owner="communication", sha256=sha256, size=9, media_type="image/png")


@pytest.mark.feature("M6")
@FEW
@given(
    st.lists(
        st.tuples(st.sampled_from(["hold", "release"]), st.integers(0, 7), HOURS, st.booleans()),
        max_size=40,
    ),
    HOURS,
    HOURS,
)
def test_no_week_is_ever_filled_beyond_its_hours(deeds, hours, reserve):
    workshop = Workshop(uuid4(), "Communication", hours, min(reserve, hours))
    week, ids = Week(uuid4(), "Communication", TODAY), [uuid4() for _ in range(8)]
    held: dict[UUID, Decimal] = {}
    for deed, place, amount, urgent in deeds:
        who = ids[place]
        if deed == "release":
            week.release(who)
            held.pop(who, None)
        elif who not in held:
            try:
                week.hold(workshop, who, amount, urgent)
                held[who] = amount
            except WeekFull:
                room = week.load(workshop).room(urgent)
                assert amount > room
        assert week.held == sum(held.values(), Decimal(0)) <= hours
        assert {slot.request_id: slot.hours for slot in week.slots} == held


@FEW
@given(st.dictionaries(st.integers(0, 25), HOURS, max_size=12), HOURS, st.integers(0, 60))
def test_the_first_week_that_fits_is_the_first_with_room(filled, hours, after):
    mondays = {TODAY + timedelta(7 * n): (None, held) for n, held in filled.items()}
    loads = loads_from((Decimal(35), Decimal(3)), mondays, TODAY)
    start = TODAY + timedelta(after)
    found = first_fit(loads, Delays(), hours, start)
    fitting = [
        load.monday
        for load in loads
        if load.monday + timedelta(6) >= start and load.held + hours <= Decimal(32)
    ]
    assert (found.monday if found else None) == (fitting[0] if fitting else None)
    if found:
        assert found.ready_by >= max(found.monday, start)
        assert calendar.is_worked(found.ready_by)


def test_a_week_full_of_holidays_prints_on_the_next_day_worked():
    """Copies printed from the Monday of 20 December 2027, not worked here, take a day longer."""
    assert Delays().ready(date(2027, 12, 20), TODAY) == date(2027, 12, 27)
    assert Delays().ready(date(2027, 12, 13), TODAY) == date(2027, 12, 17)


@FEW
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sampled_from(list(State)))
def test_what_is_awaited_is_due_before_the_day_it_is_wanted_for(needed_by, state):
    last = due(state, needed_by, Delays())
    assert last is not None
    assert last <= needed_by
    assert calendar.is_worked(last)


@FEW
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 200)), max_size=20), st.integers(1, 500))
def test_stock_is_what_was_delivered_less_what_was_handed_out(reports, delivered):
    request = a_request(state=State.DELIVERED, delivered=delivered)
    for _, count in reports:
        before = request.left
        try:
            handout = request.hand_out(WHO, uuid4(), "Marché", count)
            assert handout.left == before - count
        except StockShort:
            assert count > before
        assert request.left + sum(h.count for h in request.handouts) == delivered
        assert request.left >= 0


@pytest.mark.feature("K12")
@FEW
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("publish"), st.integers(0, 3)),
            st.tuples(st.just("approve"), st.integers(0, 3)),
            st.tuples(st.just("correct"), st.integers(0, 3)),
        ),
        max_size=12,
    )
)
def test_what_is_printed_is_always_what_was_signed_last(deeds):
    request = a_request(state=State.SCHEDULED)
    for deed, number in deeds:
        current = request.current
        try:
            if deed == "publish":
                request.publish(WHO, file(number))
            elif deed == "approve":
                request.approve(WHO, file(number).sha256)
                assert current is not None
                assert current.sha256 == file(number).sha256
            else:
                request.correct(WHO, file(number).sha256, "Le logo", True)
        except Refusal:
            assert request.current is current
        if request.state is State.APPROVED:
            assert request.current is not None
            assert request.current.answer is Answer.APPROVED


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_a_step_that_the_table_does_not_list_is_refused(state: State, step: Step):
    if step is Step.OPEN:
        return
    request = a_request(state=state)
    listed = state in PASSAGES[step].sources
    if listed:
        request.passage(step, Doer(None, AT, TODAY))
        return
    with pytest.raises(PrintStepNotAllowed) as refused:
        request.passage(step, Doer(None, AT, TODAY))
    assert refused.value.rule
    assert refused.value.missing


def test_every_state_and_step_has_its_words_and_its_owner():
    assert set(STATE_NAMES) == set(State)
    assert set(STEP_VERBS) == set(Step)
    assert set(AWAITED) | FINAL == set(State)


def test_a_brief_lacks_nothing_once_all_is_said():
    assert Brief(title="", support=Support.FLYER).missing().keys() >= {"title", "quantity"}


def test_a_load_never_gives_more_room_than_there_is():
    load = Load(TODAY, Decimal(10), Decimal(4), Decimal(7))
    assert (load.room(), load.room(urgent=True)) == (Decimal(-1), Decimal(3))
