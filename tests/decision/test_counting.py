"""The count is pure and exact: it agrees with a naive one, whatever the order and the ways."""

from collections import Counter
from fractions import Fraction
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.decision.events import Method
from services.decision.model import (
    InARoom,
    ballot_of,
    count,
    drawn,
    heaviest,
    needed_for_quorum,
    quorum_met,
    shares_of,
)
from shared.kernel.refusals import Invalid

_NAMES = UUID("c7c3e6b6-7a0a-4e4b-8ac2-2f1d3f4d6a10")
IDEAS = [uuid5(_NAMES, name) for name in "abcd"]
A, B, C, D = IDEAS
ballots = st.lists(st.sets(st.sampled_from(IDEAS)).map(tuple))


@given(ballots, st.integers(0, 20))
def test_the_count_equals_a_naive_one(box, in_the_room):
    """Voices counted one by one on fingers, a ballot and a hand at a time."""
    room = InARoom(in_the_room, {A: in_the_room}, 0)
    found = count(IDEAS, box, [room] if in_the_room else [])
    naive = Counter(idea for ballot in box for idea in ballot)
    naive[A] += in_the_room
    assert found.voices == {idea: naive[idea] for idea in IDEAS}
    assert found.voted == len(box) + in_the_room
    assert found.blank == len([ballot for ballot in box if not ballot])
    most = max(naive.values(), default=0)
    assert set(found.leaders()) == {i for i in IDEAS if most and naive[i] == most}


@given(ballots)
def test_the_order_of_ballots_changes_nothing(box):
    assert count(IDEAS, box, []) == count(IDEAS, reversed(box), [])


@pytest.mark.feature("C20")
@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100))
def test_a_quorum_is_compared_as_fractions_never_rounded(voted, electors, percent):
    met = quorum_met(voted, electors, percent)
    assert met == (Fraction(voted, electors) >= Fraction(percent, 100))
    assert met == (voted >= needed_for_quorum(electors, percent))


@pytest.mark.parametrize(
    "voted, electors, percent, met",
    [
        (1, 3, 33, True),
        (1, 3, 34, False),
        (27, 41, 65, True),
        (26, 41, 65, False),
        (0, 0, 0, False),
    ],
)
def test_one_third_is_more_than_33_percent_and_less_than_34(voted, electors, percent, met):
    assert quorum_met(voted, electors, percent) is met


def test_a_blank_ballot_is_no_voice_and_an_empty_form_is_no_ballot():
    assert ballot_of(Method.PLURALITY, IDEAS, [], blank=True) == ()
    with pytest.raises(Invalid, match="votez blanc"):
        ballot_of(Method.PLURALITY, IDEAS, [], blank=False)
    with pytest.raises(Invalid, match="pas les deux"):
        ballot_of(Method.APPROVAL, IDEAS, [A], blank=True)


def test_plurality_takes_one_idea_and_approval_several_each_once():
    assert ballot_of(Method.APPROVAL, IDEAS, [A, B, A], blank=False) == (A, B)
    with pytest.raises(Invalid, match="une seule"):
        ballot_of(Method.PLURALITY, IDEAS, [A, B], blank=False)
    with pytest.raises(Invalid, match="pas sur le bulletin"):
        ballot_of(Method.APPROVAL, [A, B], [A, C], blank=False)


@pytest.mark.feature("C14")
@pytest.mark.parametrize(
    "method, present, voices, blank, right",
    [
        (Method.PLURALITY, 5, {A: 3, B: 1}, 1, True),
        (Method.PLURALITY, 5, {A: 3, B: 1}, 0, False),
        (Method.PLURALITY, 5, {A: 6}, 0, False),
        (Method.PLURALITY, 0, {}, 0, False),
        (Method.PLURALITY, 2, {}, 2, True),
        (Method.PLURALITY, 2, {}, 3, False),
        (Method.APPROVAL, 4, {A: 4, B: 3}, 0, True),
        (Method.APPROVAL, 4, {A: 5}, 0, False),
        (Method.APPROVAL, 4, {A: 1, B: 1}, 1, False),
        (Method.APPROVAL, 4, {A: 4}, 1, False),
    ],
)
def test_a_room_cannot_give_more_voices_than_people(method, present, voices, blank, right):
    room = InARoom(present, voices, blank)
    if right:
        room.check(method, IDEAS)
    else:
        with pytest.raises(Invalid):
            room.check(method, IDEAS)


def test_the_heaviest_need_decides_then_the_next_heaviest():
    weights = {A: [10, 40], B: [40, 30], C: [39, 39]}
    assert heaviest([A, B, C], weights) == [B]
    assert heaviest([A, C], {A: [5], C: [5]}) == [A, C]
    assert heaviest([A, D], {A: [5]}) == [A]


@pytest.mark.feature("C20", "X12")
def test_a_draw_can_be_done_again_by_anybody_from_its_seed():
    import hashlib

    seed = "0f" * 16
    by_hand = min([A, B], key=lambda i: hashlib.sha256(f"{seed}:{i}".encode()).hexdigest())
    assert drawn([A, B], seed) == drawn([B, A], seed) == by_hand
    assert {drawn(IDEAS, str(seed)) for seed in range(60)} == set(IDEAS)


@pytest.mark.parametrize(
    "given, kept",
    [
        ({"members": "40", "elus": "60 %"}, {"members": "2/5", "elus": "3/5"}),
        ({"members": "1/3", "elus": "2/3"}, {"members": "1/3", "elus": "2/3"}),
        ({"members": "33,5", "elus": "66,5"}, {"members": "67/200", "elus": "133/200"}),
        ({"members": "", "elus": " "}, {}),
    ],
)
def test_shares_of_colleges_are_kept_as_exact_fractions(given, kept):
    assert shares_of(given) == kept


@pytest.mark.parametrize(
    "given",
    [{"members": "40"}, {"members": "120", "elus": "-20"}, {"members": "beaucoup"}, {"a": "1/0"}],
)
def test_shares_that_are_not_a_whole_are_refused(given):
    with pytest.raises(Invalid):
        shares_of(given)
