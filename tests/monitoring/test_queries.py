"""What monitoring answers: the board, a committee, a thread, lists, the flow; and to whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.directory.events import CommitteeClosed
from services.monitoring import queries
from services.monitoring.queries.slack import level
from services.procurement.events import BudgetMove, PurchaseCancelled, QuotesRequested, Step
from shared.kernel.refusals import Forbidden, NotFound
from tests.monitoring.told import NOW, TODAY, Told, named, who


def awaiting(
    told: Told,
    cac: UUID,
    due: date | None,
    title: str = "Sonorisation",
    step: Step = Step.VALIDATE,
    awaited: str = "delegate",
    **options: Any,
) -> UUID:
    purchase = told.purchase(cac, title, **options)
    told.step(cac, purchase, Step.CHECK, step, awaited, due, **options)
    return purchase


def row_of(board: dict[str, Any], number: int) -> dict[str, Any]:
    return next(row for row in board["committees"] if row["committee"]["number"] == number)


@pytest.mark.parametrize(
    "days, name", [(None, "unknown"), (-1, "late"), (0, "soon"), (5, "soon"), (6, "calm")]
)
def test_five_working_days_or_less_are_soon(days: int | None, name: str):
    assert level(days) == name


# the board


@pytest.mark.feature("M1")
def test_the_board_shows_of_each_committee_what_is_awaited_of_whom_since_when(told: Told):
    cac = told.committee(17)
    awaiting(told, cac, date(2027, 1, 29), "Collations")
    purchase = awaiting(told, cac, date(2027, 1, 14), days_ago=4)
    told.settle()
    row = row_of(told.ask(queries.board), 17)
    assert row["purchase"]["id"] == purchase
    assert (row["purchase"]["awaited_role"], row["purchase"]["place"]) == ("delegate", 5)
    assert row["purchase"]["since"].date() == TODAY - timedelta(4)
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


def a_city(told: Told) -> None:
    late, soon, calm, quiet, idle = (told.committee(n, days_ago=60) for n in range(1, 6))
    awaiting(told, late, TODAY - timedelta(4))
    awaiting(told, soon, TODAY + timedelta(2), step=Step.COMMIT, awaited="finance_clerk")
    awaiting(told, calm, TODAY + timedelta(40), step=Step.COMPLETE_NEED, awaited="member")
    told.envelope(quiet, days_ago=41)
    told.envelope(idle, days_ago=1)
    told.settle()


@pytest.mark.parametrize(
    "wanted, numbers",
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"level": "late"}, [1]),
        ({"level": "soon"}, [2]),
        ({"level": "calm"}, [3]),
        ({"level": "unknown"}, [4, 5]),
        ({"level": "quiet"}, [4]),
        ({"blocked": True}, [1, 3]),
        ({"step": "commit"}, [2]),
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


def test_the_most_urgent_purchase_is_found_by_an_index(told: Told):
    seen: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        seen.append((given[2], given[3]))

    sa.event.listen(told.database.engine, "before_cursor_execute", note)
    told.ask(queries.board)
    sa.event.remove(told.database.engine, "before_cursor_execute", note)
    [(statement, parameters)] = [s for s in seen if "pulse_view" in s[0] and "urgent" in s[0]]
    with told.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    steps = " ".join(str(row[3]) for row in plan)
    assert "SCAN purchases_view" not in steps
    assert "ix_purchases_view_committee" in steps


# freshness


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


# who sees what

ROLES = (
    ("dpc_officer", "city"),
    ("procurement_officer", "city"),
    ("finance_clerk", "city"),
    ("delegate", "city"),
    ("auditor", "city"),
    ("sector_officer", "sector:Secteur Est"),
)


@pytest.mark.feature("M11")
@pytest.mark.parametrize("role, scope", ROLES)
def test_each_role_sees_the_committees_of_its_scope_on_boards_and_lists(
    told: Told, role: str, scope: str
):
    for number in (1, 2, 3, 4):
        awaiting(told, told.committee(number), TODAY - timedelta(9))
    told.settle()
    expected = [1, 2, 3, 4] if scope == "city" else [3, 4]
    someone = who(role, scope)
    rows = told.ask(queries.board, someone)["committees"]
    assert sorted(row["committee"]["number"] for row in rows) == expected
    items = told.ask(queries.purchases, someone)["items"]
    assert sorted(item["committee"]["number"] for item in items) == expected
    [line] = told.ask(queries.awaited, someone)["items"]
    assert (line["count"], line["late"]) == (len(expected), len(expected))
    assert told.ask(queries.committees_behind, someone) == len(expected)


@pytest.mark.feature("M11")
@pytest.mark.parametrize("role", ["member", "lead", "elu"])
def test_a_neighbour_reads_their_committee_and_its_threads_and_no_other(told: Told, role: str):
    mine, other = told.committee(1), told.committee(2)
    told.line(mine, action_id=named("mine"))
    told.line(other, action_id=named("theirs"))
    told.settle()
    somebody = who(role, f"committee:{mine}")
    assert told.ask(queries.committee, somebody, committee_id=mine)["committee"]["number"] == 1
    assert told.ask(queries.thread, somebody, action_id=named("mine"))["facts"]
    assert [c["number"] for c in told.ask(queries.my_committees, somebody)] == [1]
    with pytest.raises(NotFound):
        told.ask(queries.committee, somebody, committee_id=other)
    with pytest.raises(NotFound):
        told.ask(queries.thread, somebody, action_id=named("theirs"))
    with pytest.raises(Forbidden):
        told.ask(queries.board, somebody)


def test_a_sector_officer_finds_no_thread_of_another_sector(told: Told):
    cac = told.committee(1)
    told.line(cac, action_id=named("a"))
    told.settle()
    assert told.ask(
        queries.thread, who("sector_officer", "sector:Secteur Haut"), action_id=named("a")
    )
    with pytest.raises(NotFound):
        told.ask(queries.thread, who("sector_officer", "sector:Secteur Est"), action_id=named("a"))


@pytest.mark.parametrize("role", ["resident", "relay", "department_agent", "administrator"])
def test_who_oversees_nothing_sees_no_board(told: Told, role: str):
    with pytest.raises(Forbidden):
        told.ask(queries.board, who(role))


def test_only_those_who_keep_the_installation_see_the_flow(told: Told):
    for role in ("administrator", "dpc_officer"):
        assert told.ask(queries.flow, who(role))["services"]
    with pytest.raises(Forbidden):
        told.ask(queries.flow, who("auditor"))


# lists


def test_purchases_come_page_after_page_the_most_urgent_first(told: Told):
    cac = told.committee(1)
    dues = [TODAY + timedelta(n) for n in (9, -2, 4)]
    for place, due in enumerate([*dues, None]):
        awaiting(told, cac, due, f"Achat {place}")
    told.settle()
    first = told.ask(queries.purchases, limit=3)
    assert [item["due"] for item in first["items"]] == sorted(dues)
    rest = told.ask(queries.purchases, limit=3, after=first["next"])
    assert [item["due"] for item in rest["items"]] == [None]
    assert rest["items"][0]["slack"] is None
    assert rest["next"] is None


def test_a_purchase_that_has_ended_awaits_nobody(told: Told):
    cac = told.committee(1)
    purchase = awaiting(told, cac, TODAY)
    told.step(cac, purchase, Step.CANCEL)
    told.settle()
    assert told.ask(queries.purchases)["items"] == told.ask(queries.awaited)["items"] == []
    card = told.ask(queries.committee, committee_id=cac)
    assert [p["step_name"] for p in card["ended"]] == ["Annulé"]
    assert card["ended_count"] == 1


def test_lists_narrow_to_a_step_a_committee_and_whom_it_awaits(told: Told):
    a_city(told)
    for wanted, count in (
        ({"step": "commit"}, 1),
        ({"awaited": "member"}, 1),
        ({"committee": 1}, 1),
        ({"committee": 1, "awaited": "member"}, 0),
        ({"committee": 99}, 0),
    ):
        assert len(told.ask(queries.purchases, **wanted)["items"]) == count


# one committee


@pytest.mark.feature("M2")
def test_a_committee_shows_its_lines_and_what_they_miss(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac, action_id=named("a"))
    told.move(cac, line, 2, BudgetMove.SPEND, "300.00", after={"paid": "300.00"})
    told.settle()
    card = told.ask(queries.committee, committee_id=cac)
    [shown] = card["lines"]
    assert (shown["voted"], shown["paid"], shown["available"]) == (
        Decimal(3200),
        Decimal(300),
        Decimal(2900),
    )
    assert shown["short"] is None
    assert [action["title"] for action in card["actions"]] == ["Kabar lakour"]


def test_facts_of_a_committee_come_recent_first_page_after_page(told: Told):
    cac = told.committee(17, days_ago=99)
    for n in range(35):
        told.purchase(cac, f"Achat {n}", days_ago=90 - n)
    told.settle()
    card = told.ask(queries.committee, committee_id=cac)
    assert card["facts"][0]["sentence"].endswith("Achat 34")
    rest = told.ask(queries.committee, committee_id=cac, after=card["next"])["facts"]
    assert len(card["facts"]) + len(rest) == 36
    assert rest[-1]["event"] == "CommitteeCreated"


# the thread


@pytest.mark.feature("M1")
def test_a_thread_holds_the_facts_of_the_action_in_order_and_what_led_to_it(told: Told):
    cac, action = told.committee(17, days_ago=9), named("a")
    told.envelope(cac, days_ago=8)
    first = told.last
    told.line(cac, action_id=action, days_ago=7, cause=first)
    told.line(cac, action_id=named("other"), title="Autre", days_ago=7)
    purchase = told.purchase(cac, action_id=action, days_ago=6, by="Rita Fictif", quality="lead")
    told.person("Rita Fictif")
    told.step(
        cac, purchase, Step.OPEN, Step.REQUEST_QUOTES, "procurement_officer", TODAY,
        action_id=action, days_ago=5,
    )  # fmt: skip
    told.settle()
    thread = told.ask(queries.thread, action_id=action)
    events = [fact["event"] for fact in thread["facts"]]
    assert events == ["EnvelopeOpened", "BudgetOpened", "PurchaseOpened", "PurchaseStepPassed"]
    assert thread["facts"][1]["cause"] == first
    assert thread["facts"][2]["decided_by"] == "Rita Fictif"
    [awaited] = thread["awaited"]
    assert (awaited["next_step"], awaited["slack"]) == ("request-quotes", 0)
    assert awaited["last_fact"] == thread["facts"][3]["id"]


def test_a_decision_follows_the_one_before_on_its_purchase_and_a_step_may_repeat_it(told: Told):
    cac, action = told.committee(17), named("a")
    purchase = told.purchase(cac, action_id=action, days_ago=3)
    base: dict[str, Any] = {"committee_id": cac, "action_id": action, "purchase_id": purchase}
    told.clock.moment = NOW - timedelta(days=2)
    count = told._count
    asked = told.tell(
        QuotesRequested(**base, need_id=named("n"), round=1, count=3, closes_at=NOW), by="Aline"
    )
    told._count = count
    step = told.step(
        cac, purchase, Step.REQUEST_QUOTES, Step.OPEN_QUOTES, "system", TODAY,
        action_id=action, by="Aline", again=named("said together"),
    )  # fmt: skip
    told.clock.moment = NOW
    told._count += 1
    stopped = told.tell(PurchaseCancelled(**base, need_id=named("n"), why="Plus besoin"))
    told.settle()
    facts = {f["id"]: f for f in told.ask(queries.thread, action_id=action)["facts"]}
    opened = next(f["id"] for f in facts.values() if f["event"] == "PurchaseOpened")
    assert facts[opened]["follows"] is None
    assert facts[asked]["follows"] == facts[step]["follows"] == opened
    assert facts[stopped]["follows"] == asked
    assert (facts[step]["repeats"], facts[asked]["repeats"]) == (asked, None)


def test_the_thread_of_an_unknown_action_is_not_found(told: Told):
    with pytest.raises(NotFound):
        told.ask(queries.thread, action_id=named("nobody"))


# the flow


def test_a_service_that_has_been_silent_for_more_than_45_seconds_is_without_news(told: Told):
    told.report("directory", 44)
    told.report("procurement", 46, lag=3, dead=1)
    told.report("communication", 5)
    told.settle()
    said = {row["service"]: row for row in told.ask(queries.flow)["services"]}
    assert list(said) == ["directory", "procurement", "communication", "monitoring"]
    assert [said[name]["silent"] for name in said] == [False, True, False, True]
    assert (said["procurement"]["lag"], said["procurement"]["dead"]) == (3, 1)
    assert said["monitoring"]["lag"] is said["monitoring"]["dead"] is None
