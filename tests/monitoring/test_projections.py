"""What folds make of facts: in any order, twice or again from the log, the same views."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.monitoring.projections import budget_changed, budget_opened, purchase_opened
from services.monitoring.projections.money import LineNotKnown
from services.monitoring.service import service
from services.monitoring.tables import (
    facts_view,
    flow_view,
    lines_view,
    pulse_view,
    purchases_view,
    years_view,
)
from services.procurement import events as procurement
from services.procurement.events import (
    BudgetChanged,
    BudgetMove,
    BudgetOpened,
    BudgetShortfall,
    Step,
)
from shared.kernel.event import Event
from shared.log.rebuild import Rebuild
from shared.store.views import Views
from shared.store.workplace import Envelope
from tests.monitoring.told import NOW, TODAY, Told, balances, named


def test_a_fact_keeps_what_caused_it_who_decided_and_its_place_in_the_log(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    first = told.last
    cause = told.tell(
        procurement.PurchaseCancelled(
            committee_id=cac,
            action_id=named("action"),
            purchase_id=named("p"),
            need_id=named("n"),
            why="Plus besoin",
        ),
        by="Rita Fictif",
        quality="lead",
        cause=first,
    )
    told.settle()
    [kept] = [r for r in told.rows(facts_view) if r["id"] == cause]
    assert kept["type"] == "cac.procurement.purchase-cancelled.v1"
    assert (kept["committee_id"], kept["action_id"]) == (cac, named("action"))
    assert (kept["cause"], kept["correlation"]) == (first, named("action"))
    assert (kept["person"], kept["quality"]) == (named("Rita Fictif"), "lead")
    assert kept["place"] == 2


def test_balances_come_from_the_fact_and_the_year_takes_the_difference(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac, "3200.00")
    told.line(cac, "1000.00", title="Jardin")
    told.move(cac, line, 2, amount="1974.70", after={"reserved": "1974.70"})
    told.move(cac, line, 3, BudgetMove.COMMIT, "1900.00", after={"committed": "1900.00"})
    told.settle()
    [year] = told.rows(years_view)
    assert year["envelope"] == Decimal("7000.00")
    assert (year["voted"], year["reserved"], year["committed"], year["paid"]) == (
        Decimal("4200.00"),
        Decimal(0),
        Decimal("1900.00"),
        Decimal(0),
    )


def test_an_older_move_never_overwrites_a_newer_one(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac)
    told.move(cac, line, 3, BudgetMove.SPEND, "100.00", after={"paid": "100.00"})
    told.move(cac, line, 2, amount="100.00", after={"reserved": "100.00"})
    told.settle()
    [kept] = told.rows(lines_view)
    assert (kept["ledger_seq"], kept["paid"], kept["reserved"]) == (3, Decimal(100), Decimal(0))
    [year] = told.rows(years_view)
    assert (year["paid"], year["reserved"]) == (Decimal(100), Decimal(0))


def test_a_line_that_moves_without_having_been_opened_stops_its_thread(told: Told):
    cac = told.committee(17)
    told.move(cac, named("nowhere"), 2, amount="1.00", after={"reserved": "1.00"})
    told.settle()
    assert told.rows(lines_view) == []
    report = told.runtime.workers["monitoring"].flow()
    assert report.dead == 1
    with told.database.write() as connection:
        views, fact = Views(connection), _move(2, Decimal(1))
        views.cause = _envelope(fact)
        with pytest.raises(LineNotKnown):
            budget_changed(views, fact)


def test_what_an_envelope_could_not_give_stays_missing_until_it_is_found(told: Told):
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac, "2000.00")
    told.tell(
        BudgetShortfall(
            committee_id=cac, line_id=line, year=2027, asked=Decimal(3200), granted=Decimal(2000)
        )
    )
    told.settle()
    assert told.rows(years_view)[0]["short"] == Decimal(1200)
    after = {"voted": "2000.00", "transferred": "700.00"}
    told.move(cac, line, 2, BudgetMove.TRANSFER, "700.00", after=after)
    told.settle()
    assert told.rows(years_view)[0]["short"] == Decimal(500)
    told.move(cac, line, 3, BudgetMove.VOTE, "900.00", after=after | {"voted": "2900.00"})
    told.settle()
    assert told.rows(years_view)[0]["short"] == Decimal(0)


def test_a_purchase_waits_for_its_next_step_and_for_nothing_once_it_has_ended(told: Told):
    cac = told.committee(17)
    purchase = told.purchase(cac, days_ago=9)
    told.step(cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", date(2027, 1, 20), days_ago=3)
    told.settle()
    [kept] = told.rows(purchases_view)
    assert (kept["next_step"], kept["awaited_role"]) == ("validate", "delegate")
    assert kept["queue"] == kept["due"] == date(2027, 1, 20)
    assert kept["since"].date() == TODAY - timedelta(3)
    told.step(cac, purchase, Step.CANCEL)
    told.settle()
    [kept] = told.rows(purchases_view)
    assert (kept["next_step"], kept["queue"]) == (None, None)
    [pulse] = told.rows(pulse_view)
    assert (pulse["opened"], pulse["ended"]) == (1, 1)


@pytest.mark.parametrize("step", [Step.RECEIVE, Step.INVOICE, Step.PAY])
def test_a_step_that_changes_nothing_awaited_does_not_make_it_younger(told: Told, step: Step):
    cac = told.committee(17)
    purchase = told.purchase(cac, days_ago=9)
    told.step(cac, purchase, Step.SIGN_ORDER, Step.CERTIFY, "lead", days_ago=6)
    told.step(cac, purchase, step, Step.CERTIFY, "lead", days_ago=1)
    told.settle()
    [kept] = told.rows(purchases_view)
    assert kept["since"].date() == TODAY - timedelta(6)


def test_an_open_purchase_without_a_day_queues_after_all_others(told: Told):
    cac = told.committee(17)
    purchase = told.purchase(cac)
    told.step(cac, purchase, Step.SIGN_ORDER, Step.CERTIFY, "lead")
    told.settle()
    assert told.rows(purchases_view)[0]["queue"] == date.max


def test_the_last_report_of_a_service_is_the_one_that_counts(told: Told):
    told.report("procurement", 60, lag=12, outbox_depth=3)
    told.report("procurement", 5, dead=1)
    told.settle()
    [row] = told.rows(flow_view)
    assert (row["lags"], row["outbox_depth"], row["dead"]) == ({"cac.facts": 0}, 0, 1)


def _history(told: Told) -> list[UUID]:
    cac = told.committee(17)
    told.envelope(cac)
    line = told.line(cac, action_id=named("action"))
    purchase = told.purchase(cac, action_id=named("action"))
    told.step(cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", date(2027, 1, 20))
    told.move(cac, line, 2, amount="50.00", after={"reserved": "50.00"}, purchase_id=purchase)
    told.step(cac, purchase, Step.CANCEL)
    told.report("procurement", 3)
    return [cac, line, purchase]


@pytest.mark.feature("M10")
def test_a_fact_that_comes_twice_counts_once(told: Told):
    cac, line, purchase = _history(told)
    told.settle()
    before = told.views()
    opened = next(r["id"] for r in told.rows(facts_view) if "purchase-opened" in r["type"])
    moved = next(r["id"] for r in told.rows(facts_view) if "budget-changed" in r["type"])
    told.tell(_opened_again(told, cac, purchase), again=opened)
    told.move(cac, line, 2, amount="50.00", after={"reserved": "50.00"}, again=moved)
    told.settle()
    assert told.views() == before


def _opened_again(told: Told, cac: UUID, purchase: UUID) -> Event:
    return procurement.PurchaseOpened(
        committee_id=cac,
        purchase_id=purchase,
        need_id=named("n"),
        title="Sonorisation",
        category=procurement.Category.SERVICES,
        kind=procurement.NeedKind.HIRE,
        family="f",
        lines=(),
        place="p",
        needed_by=TODAY,
        priority=1,
    )


@pytest.mark.feature("M10")
def test_a_rebuild_from_the_log_gives_the_same_views(told: Told):
    _history(told)
    told.settle()
    before = told.views()
    runtime = told.runtime
    Rebuild(service, told.database, runtime.log, runtime.registry).run()
    assert told.views() == before
    Rebuild(service, told.database, runtime.log, runtime.registry).run()
    assert told.views() == before


CENTS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)


MOVES = st.lists(st.tuples(st.integers(1, 12), CENTS, CENTS, CENTS, CENTS), min_size=1, max_size=12)


@given(opened=CENTS, moves=MOVES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_year_equals_the_balances_of_the_newest_move_whatever_the_order(
    told: Told, opened: Decimal, moves: list[tuple[int, Decimal, Decimal, Decimal, Decimal]]
):
    facts: list[Any] = [_opening(opened)]
    facts += [_move(1 + seq, *amounts) for seq, *amounts in moves]
    with told.database.write() as connection:
        views = Views(connection)
        _fold(views, facts)
        year = views.row(years_view, (named("c"), 2027))
        line = views.row(lines_view, named("line"))
        newest = max(moves, key=lambda m: m[0])[0]
        first = next(m for m in moves if m[0] == newest)
        assert line is not None
        assert year is not None
        names = ("voted", "reserved", "committed", "paid")
        assert [line[n] for n in names] == [year[n] for n in names] == list(first[1:])


def _opening(voted: Decimal) -> BudgetOpened:
    return BudgetOpened(
        committee_id=named("c"),
        line_id=named("line"),
        envelope_id=named("e"),
        year=2027,
        title="Ligne",
        balances=balances(voted=str(voted)),
        ledger_seq=1,
    )


def _move(seq: int, *amounts: Decimal) -> BudgetChanged:
    names = ("voted", "reserved", "committed", "paid")
    after = {name: str(amount) for name, amount in zip(names, amounts, strict=False)}
    return BudgetChanged(
        committee_id=named("c"),
        line_id=named("line"),
        move=BudgetMove.RESERVE,
        amount=Decimal(1),
        balances=balances(**after),
        ledger_seq=seq,
    )


def _envelope(fact: Event) -> Envelope:
    return Envelope(named(repr(fact)), fact.type, "test", NOW, fact.key(), fact.thread(), fact)


def _fold(views: Views, facts: Iterable[Any]) -> None:
    for fact in facts:
        views.cause = _envelope(fact)
        if isinstance(fact, BudgetOpened):
            budget_opened(views, fact)
        else:
            budget_changed(views, fact)


def test_folding_a_purchase_reads_nothing_from_the_database(told: Told):
    class Counted:
        reads = 0

        def execute(self, *given: Any, **named: Any) -> Any:
            self.reads += 1
            raise AssertionError("a fold of purchases asked the database")

    connection = Counted()
    views = Views(connection)  # type: ignore[arg-type]
    fact: Any = _opened_again(told, named("c"), named("p"))
    views.cause = _envelope(fact)
    purchase_opened(views, fact)
    assert connection.reads == 0
