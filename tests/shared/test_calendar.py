"""Working days of La Réunion: holidays as an independent list has them, slack that never jumps."""

from datetime import date, timedelta

import holidays as independent
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel import calendar

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("year", range(2020, 2061))
def test_holidays_are_those_of_an_independent_list(year):
    wanted = independent.country_holidays("FR", subdiv="974", years=year)
    assert calendar.holidays(year) == frozenset(wanted)


@pytest.mark.feature("A3")
@pytest.mark.parametrize(
    "day, worked",
    [
        (date(2027, 12, 20), False),  # the abolition of slavery, a Monday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 3, 30), True),
        (date(2027, 1, 9), False),  # a Saturday
    ],
)
def test_the_offices_are_closed_on_weekends_and_on_20_december(day, worked):
    assert calendar.is_worked(day) is worked


@pytest.mark.parametrize(
    "day, count, wanted",
    [
        (date(2027, 12, 21), 0, date(2027, 12, 21)),
        (date(2027, 12, 20), 0, date(2027, 12, 17)),
        (date(2027, 12, 21), 1, date(2027, 12, 17)),
        (date(2027, 12, 21), 10, date(2027, 12, 6)),
    ],
)
def test_counting_back_skips_20_december(day, count, wanted):
    assert calendar.before(day, count) == wanted


@pytest.mark.parametrize(
    "due, days",
    [
        (date(2027, 1, 12), 0),
        (date(2027, 1, 13), 1),
        (date(2027, 1, 18), 4),
        (date(2027, 1, 11), -1),
        (date(2027, 1, 8), -2),
        (date(2027, 1, 10), -2),
    ],
)
def test_slack_counts_working_days_to_the_last_useful_one(due, days):
    assert calendar.slack(date(2027, 1, 12), due) == days


def test_slack_counts_across_20_december_both_ways():
    assert calendar.slack(date(2027, 12, 17), date(2027, 12, 21)) == 1
    assert calendar.slack(date(2027, 12, 21), date(2027, 12, 17)) == -1


@given(today=DAYS, due=DAYS)
def test_a_later_day_never_leaves_less_slack(today, due):
    assert calendar.slack(today, due) <= calendar.slack(today, due + timedelta(1))
    assert calendar.slack(today, due) >= calendar.slack(today + timedelta(1), due)


@given(day=DAYS, count=st.integers(0, 60))
def test_counting_back_then_forth_comes_to_the_same_day(day, count):
    earlier = calendar.before(day, count)
    assert calendar.is_worked(earlier)
    assert calendar.slack(earlier, calendar.last_worked(day)) == count


@given(today=DAYS, due=DAYS)
def test_late_is_what_was_due_before_the_last_day_worked(today, due):
    assert (calendar.slack(today, due) < 0) == (due < calendar.last_worked(today))


@pytest.mark.parametrize(
    "day, count, wanted",
    [
        (date(2027, 12, 17), 0, date(2027, 12, 17)),
        (date(2027, 12, 18), 0, date(2027, 12, 21)),
        (date(2027, 12, 17), 1, date(2027, 12, 21)),
        (date(2027, 12, 17), 4, date(2027, 12, 24)),
    ],
)
def test_working_days_after_a_day_pass_over_what_is_not_worked(day, count, wanted):
    assert calendar.after(day, count) == wanted


@given(DAYS, st.integers(0, 40))
def test_what_is_counted_forward_is_counted_back(day, count):
    assert calendar.before(calendar.after(day, count), count) == calendar.after(day, 0)
