"""The board: what is awaited of whom, money, filters and sorts, and when figures were true."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from services.directory.events import CommitteeClosed
from services.monitoring import queries
from services.monitoring.queries.slack import level
from tests.monitoring.asking import a_city, awaiting, row_of
from tests.monitoring.told import NOW, TODAY, Told, named


@pytest.mark.parametrize(
    "days, name", [(None, "unknown"), (-1, "late"), (0, "soon"), (5, "soon"), (6, "calm")]
)
def test_five_working_days_or_less_are_soon(days: int | None, name: str):
    assert level(days) == name


@pytest.mark.feature("M1")
def test_the_board_shows_of_each_committee_what_is_awaited_of_whom_since_when(told: Told):
    cac = told.committee(17)
    awaiting(told, cac, date(2027, 1, 29), "Collations")
    purchase = awaiting(told, cac, date(2027, 1, 14), days_ago=4)
    told.settle()
    row = row_of(told.ask(queries.board), 17)
    assert row["urgent"]["subject_id"] == purchase
    assert (row["urgent"]["awaited_role"], row["urgent"]["kind"]) == ("delegate", "validate")
    assert row["urgent"]["since"].date() == TODAY - timedelta(4)
    assert (row["slack"], row["level"], row["blocked"], row["open"]) == (2, "soon", False, 2)


@pytest.mark.feature("M2")
def test_money_of_the_year_is_the_envelope_less_what_is_spoken_for(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac)
    after = {"transferred": "200.00", "reserved": "640.00", "committed": "410.00", "paid": "300.00"}
    told.move(cac, line, 2, after=after)
    told.envelope(cac, "6000.00", year=2026)
    told.settle()
    row = row_of(told.ask(queries.board), 17)
    assert row["available"] == Decimal("5850.00")
    assert row_of(told.ask(queries.board, year=2026), 17)["available"] == Decimal("6000.00")


@pytest.mark.feature("M10")
def test_what_nobody_said_is_unknown_and_never_zero(told: Told):
    told.committee(17)
    told.settle()
    board = told.ask(queries.board)
    row = row_of(board, 17)
    for name in ("envelope", "reserved", "committed", "paid", "available", "slack"):
        assert row[name] is None
    assert board["totals"]["available"] is board["totals"]["paid"] is None
    assert board["totals"]["without_envelope"] == 1
    assert board["freshness"]["lag"] is None


def test_totals_are_the_sums_of_the_rows(told: Told):
    for number in (1, 2, 3):
        cac = told.committee(number)
        told.envelope(cac)
        line = told.line(cac)
        told.move(cac, line, 2, after={"paid": f"{number}.10"})
    told.committee(4)
    told.settle()
    board = told.ask(queries.board)
    known = [row for row in board["committees"] if row["available"] is not None]
    for name in ("envelope", "paid", "available"):
        assert board["totals"][name] == sum(row[name] for row in known)
    assert board["totals"]["paid"] == Decimal("6.30")


@pytest.mark.parametrize(
    "wanted, numbers",
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"level": "late"}, [1]),
        ({"level": "soon"}, [2]),
        ({"level": "calm"}, [3]),
        ({"level": "unknown"}, [4, 5]),
        ({"level": "quiet"}, [4]),
        ({"blocked": True}, [3]),
        ({"step": 2}, []),
        ({"awaited": "member"}, [3]),
        ({"sector": "Secteur Haut"}, [1, 5]),
        ({"sort": "-committee"}, [5, 4, 3, 2, 1]),
        ({"sort": "-slack"}, [3, 2, 1, 4, 5]),
        ({"sort": "available"}, [4, 5, 1, 2, 3]),
        ({"sort": "nonsense"}, [1, 2, 3, 4, 5]),
    ],
)
def test_filters_narrow_and_sorts_order_the_unknown_always_last(
    told: Told, wanted: dict[str, Any], numbers: list[int]
):
    a_city(told)
    rows = told.ask(queries.board, **wanted)["committees"]
    assert [row["committee"]["number"] for row in rows] == numbers


@pytest.mark.feature("X21")
def test_each_number_of_the_head_is_the_length_of_the_list_it_leads_to(told: Told):
    a_city(told)
    counts = told.ask(queries.board, blocked=True)["counts"]
    for name in ("late", "soon", "calm", "unknown", "quiet"):
        assert counts[name] == len(told.ask(queries.board, level=name)["committees"])
    assert counts["blocked"] == len(told.ask(queries.board, blocked=True)["committees"])
    assert told.ask(queries.committees_behind) == counts["late"] == 1


def test_a_closed_committee_stays_on_the_board_of_a_year_in_which_it_had_money(told: Told):
    for number in (1, 2):
        cac = told.committee(number)
        told.tell(CommitteeClosed(committee_id=cac, on=TODAY, reason="Fusion"))
    told.envelope(named("committee 1"))
    told.settle()
    rows = told.ask(queries.board)["committees"]
    assert [row["committee"]["number"] for row in rows] == [1]


def test_the_board_asks_the_database_the_same_number_of_times_however_much_there_is(told: Told):
    def statements() -> int:
        seen: list[str] = []

        def note(*given: Any) -> None:
            seen.append(given[2])

        sa.event.listen(told.database.engine, "before_cursor_execute", note)
        told.ask(queries.board)
        sa.event.remove(told.database.engine, "before_cursor_execute", note)
        assert not any("facts_view" in statement for statement in seen)
        return len(seen)

    a_city(told)
    before = statements()
    for number in range(6, 12):
        cac = told.committee(number)
        for title in ("a", "b", "c"):
            awaiting(told, cac, TODAY, title)
    told.settle()
    assert statements() == before


def test_where_a_committee_stands_is_found_by_indexes(told: Told):
    told.committee(17)
    told.settle()
    seen: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        seen.append((given[2], given[3]))

    sa.event.listen(told.database.engine, "before_cursor_execute", note)
    told.ask(queries.board)
    sa.event.remove(told.database.engine, "before_cursor_execute", note)
    [(statement, parameters)] = [s for s in seen if "legs_view" in s[0] and "pulse_view" in s[0]]
    with told.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    steps = " ".join(str(row[3]) for row in plan)
    assert "SCAN" not in steps
    for index in ("ix_legs_view_rank", "ix_waits_view_committee", "ix_waits_view_blocked"):
        assert index in steps


def test_figures_are_true_when_the_reader_had_read_all(told: Told):
    cac = told.committee(17, days_ago=1)
    told.settle()
    told.report("monitoring", 10)
    told.settle()
    fresh = told.ask(queries.board)["freshness"]
    assert fresh["true_at"] == NOW - timedelta(seconds=10)
    assert (fresh["lag"], fresh["stale"]) == (0, False)
    assert cac


def test_behind_figures_are_those_of_the_last_fact_read(told: Told):
    told.committee(17, days_ago=1)
    told.report("monitoring", 10, lag=500)
    told.settle()
    fresh = told.ask(queries.board)["freshness"]
    assert fresh["true_at"] == fresh["last_fact_at"]
    assert (fresh["lag"], fresh["stale"]) == (500, True)
