"""Who sees what; purchases, one committee, a thread, the flow."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring import queries
from services.monitoring.queries.words import SERVICES
from services.procurement.events import BudgetMove, PurchaseCancelled, QuotesRequested, Step
from shared.kernel.refusals import Forbidden, NotFound
from tests.monitoring.asking import a_city, awaiting
from tests.monitoring.told import NOW, TODAY, Told, named, who

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
    assert [c["committee"]["number"] for c in told.ask(queries.my_committees, somebody)] == [1]
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
    assert (awaited["kind"], awaited["slack"]) == ("request-quotes", 0)
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


def test_a_service_that_has_been_silent_for_more_than_45_seconds_is_without_news(told: Told):
    told.report("directory", 44)
    told.report("procurement", 46, lag=3, dead=1)
    told.report("communication", 5)
    told.settle()
    said = {row["service"]: row for row in told.ask(queries.flow)["services"]}
    assert list(said) == list(SERVICES)
    heard = [name for name in said if not said[name]["silent"]]
    assert heard == ["directory", "communication"]
    assert (said["procurement"]["lag"], said["procurement"]["dead"]) == (3, 1)
    assert said["monitoring"]["lag"] is said["monitoring"]["dead"] is None
