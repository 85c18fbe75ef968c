"""The rules alone: what a grant covers, what a key is, how a page is taken."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.integration.model import (
    MOST_EVENTS,
    Bound,
    Cursor,
    CursorNotOurs,
    FeedGrant,
    GrantEnded,
    KeyUnknown,
    Sandbox,
    SandboxFull,
    Terms,
    TwoKeysAlready,
    covers,
    is_trial,
    mint,
    prefix_of,
    same,
    take,
)
from shared.kernel.refusals import Invalid

NOW = datetime(2027, 3, 20, 6, 0, tzinfo=UTC)
TODAY = date(2027, 3, 20)
KNOWN = ["cac.planning.task-done.v1", "cac.procurement.invoice-paid.v1"]


def grant() -> FeedGrant:
    return FeedGrant(
        id=uuid4(),
        name="Progiciel",
        department="Finances",
        contact=None,
        types=["cac.planning.*"],
        scopes=["city"],
        since=TODAY,
        until=None,
        made_at=NOW,
    )


def terms(**changes) -> Terms:
    values: Any = {"types": [KNOWN[0]], "scopes": ["city"], "since": TODAY, "until": None}
    return Terms(**(values | changes))


@pytest.mark.parametrize(
    "granted, kind, wanted",
    [
        (["cac.planning.*"], "cac.planning.task-done.v1", True),
        (["cac.planning.*"], "cac.procurement.invoice-paid.v1", False),
        (["cac.planning.task-done.v1"], "cac.planning.task-done.v1", True),
        (["cac.planning.task-done.v1"], "cac.planning.task-done.v2", False),
        (["cac.planning.*"], "cac.planning.*", True),
        (["cac.planning.task-done.v1"], "cac.planning.*", False),
        (["cac.planning.*"], "planning", False),
        (["cac.planning.*"], "", False),
    ],
)
def test_a_grant_covers_a_type_by_its_name_or_with_all_of_its_service(granted, kind, wanted):
    assert covers(granted, kind) is wanted


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"types": []}, "types"),
        ({"types": ["cac.planning.unheard-of.v1"]}, "types"),
        ({"types": ["cac.nowhere.*"]}, "types"),
        ({"types": ["*"]}, "types"),
        ({"scopes": []}, "scopes"),
        ({"until": TODAY - timedelta(1)}, "until"),
    ],
)
def test_terms_that_open_nothing_or_the_unknown_are_refused(changes, field):
    with pytest.raises(Invalid) as refused:
        terms(**changes).check(KNOWN)
    assert field in refused.value.fields


def test_terms_may_name_types_and_whole_services():
    terms(types=["cac.planning.*", KNOWN[1]], until=TODAY).check(KNOWN)


def test_a_key_is_known_by_its_fingerprint_only():
    minted = mint("rk")
    assert same(minted.fingerprint, minted.key)
    assert not same(minted.fingerprint, mint("rk").key)
    assert prefix_of(minted.key) == minted.prefix
    assert minted.key.startswith(minted.prefix + "_")
    assert len(minted.key) - len(minted.prefix) == 44
    assert is_trial(mint("rke").prefix)
    assert not is_trial(minted.prefix)


@given(st.text())
def test_what_is_not_formed_like_a_key_is_unknown(text):
    with pytest.raises(KeyUnknown):
        prefix_of(text)


def test_two_keys_are_valid_at_most_and_the_older_one_for_a_while():
    one = grant()
    first = one.issue(uuid4(), mint("rk"), NOW, 7)
    second = one.issue(uuid4(), mint("rk"), NOW, 7)
    assert first.until == NOW + timedelta(days=7)
    assert second.until is None
    with pytest.raises(TwoKeysAlready):
        one.issue(uuid4(), mint("rk"), NOW, 7)
    later = NOW + timedelta(days=8)
    assert not first.valid(later)
    one.issue(uuid4(), mint("rk"), later, 0)
    assert not second.valid(later)


def test_a_revoked_grant_takes_its_keys_along_and_changes_no_more():
    one = grant()
    key = one.issue(uuid4(), mint("rk"), NOW, 7)
    one.end("Le marché est fini", NOW)
    assert not key.valid(NOW)
    for deed in (
        lambda: one.issue(uuid4(), mint("rk"), NOW, 7),
        lambda: one.change(terms(), None),
        lambda: one.end("encore", NOW),
    ):
        with pytest.raises(GrantEnded):
            deed()


def test_a_sandbox_takes_so_many_events():
    sandbox = Sandbox(id=uuid4(), prefix="", fingerprint="", address="", made_at=NOW, until=NOW)
    assert [sandbox.take() for _ in range(MOST_EVENTS)] == list(range(MOST_EVENTS))
    with pytest.raises(SandboxFull):
        sandbox.take()


# cursors

cursors = st.builds(
    lambda places, marked: Cursor(
        "abc", places, {p: "0a1b2c3d" if p in marked else "" for p in places}
    ),
    st.dictionaries(st.integers(0, 64), st.integers(0, 2**61), max_size=12),
    st.sets(st.integers(0, 64)),
)


@given(cursors)
def test_a_cursor_says_the_same_once_written_and_read(cursor):
    assert Cursor.read(cursor.text(), "abc") == cursor
    with pytest.raises(CursorNotOurs):
        Cursor.read(cursor.text(), "abd")


@given(st.one_of(st.text(), st.text("ABCabc012=-_", max_size=80)))
def test_any_other_text_is_refused(text):
    with pytest.raises(CursorNotOurs):
        Cursor.read(text, "abc")


def row(partition: int, offset: int, minute: int) -> dict:
    return {"partition": partition, "offset": offset, "at": NOW + timedelta(minutes=minute)}


logs = st.lists(st.lists(st.integers(0, 50), max_size=25), min_size=1, max_size=4)


@given(logs, st.lists(st.integers(1, 9), min_size=1, max_size=40), st.integers(1, 3))
def test_pages_of_any_sizes_are_all_rows_once_each_partition_in_its_order(log, sizes, every):
    """Times of a partition go back and forth, as clocks do; some rows are not granted."""
    rows = {p: [row(p, o, at) for o, at in enumerate(times)] for p, times in enumerate(log)}
    bounds = {p: Bound(len(there), "") for p, there in rows.items()}
    granted = {p: [r for r in there if r["offset"] % every == 0] for p, there in rows.items()}
    cursor, found = Cursor("abc"), []
    for size in sizes * 100:
        next_ones = {
            p: [r for r in there if r["offset"] >= cursor.place(p)][:size]
            for p, there in granted.items()
        }
        taken = take(cursor, bounds, next_ones, size)
        assert len(taken.rows) <= size
        found += taken.rows
        cursor = Cursor.read(taken.cursor.text(), "abc")
        if not taken.more:
            break
    for partition, there in granted.items():
        assert [r for r in found if r["partition"] == partition] == there
    assert {p: cursor.place(p) for p in rows} == {p: bound.end for p, bound in bounds.items()}


def test_rows_of_several_partitions_are_mixed_by_time():
    rows = {0: [row(0, 0, 1), row(0, 1, 5)], 1: [row(1, 0, 2), row(1, 1, 3)]}
    bounds = {0: Bound(2, ""), 1: Bound(2, "")}
    taken = take(Cursor("abc"), bounds, rows, 10)
    assert [(r["partition"], r["offset"]) for r in taken.rows] == [(0, 0), (1, 0), (1, 1), (0, 1)]


def test_nothing_beyond_a_bound_is_passed():
    taken = take(Cursor("abc"), {0: Bound(3, "")}, {0: []}, 10)
    assert taken.cursor.place(0) == 3
    again = take(taken.cursor, {0: Bound(1, "")}, {0: []}, 10)
    assert again.cursor.place(0) == 3
