"""What people and facts do in the same second about one action: one effect, on both databases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from services.procurement import commands, queries, tables
from services.procurement.model.refusals import BudgetShort, StepNotAllowed
from shared.kernel.refusals import ChangedMeanwhile, NotFound, Refusal
from shared.kernel.rights import ANONYMOUS
from shared.store.links import LinkUsed
from shared.store.timers import fire_due
from tests.procurement.road import (
    ACTION,
    cancelled,
    chosen,
    count,
    in_days,
    lines,
    money_is_all_there,
    moved,
    needed,
    open_years,
    purchase_of,
)
from tests.procurement.world import COMMITTEE, PDF, World


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> World:
    name = "world" if request.param == "sqlite" else "on_postgresql"
    found: World = request.getfixturevalue(name)
    return found


def at_once(*deeds: Callable[[], Any]) -> Sequence[Any]:
    """Do all of it in the same moment; a refusal is a result."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        together.wait(20)
        try:
            return deed()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def hears(world: World, fact: Any) -> Callable[[], None]:
    """As the worker: a lost race is done again."""

    def react() -> None:
        event = uuid4()
        for _ in range(8):
            try:
                world.hears(fact, event)
                return
            except ChangedMeanwhile:
                continue

    return react


def test_a_choice_and_a_person_open_one_line(either: World):
    year = either.today.year + 1
    open_years(either, year)
    by_hand: dict[str, Any] = {
        "committee_id": COMMITTEE,
        "action_id": ACTION,
        "title": "Kabar",
        "amount": Decimal(900),
        "year": year,
    }
    at_once(
        hears(either, chosen(date(year, 6, 1))),
        lambda: either.do(commands.open_budget_line, "dpc", **by_hand),
    )
    assert len(lines(either)) == 1
    money_is_all_there(either, year)


def test_an_envelope_opened_while_an_action_is_chosen_gives_it_its_line(either: World):
    year = either.today.year + 1
    at_once(hears(either, chosen(date(year, 6, 1))), lambda: open_years(either, year))
    from services.procurement.service import service

    either.runtime.clock.advance(timedelta(minutes=2))
    fire_due(either.runtime.workplaces["procurement"], service.timers)
    assert len(lines(either)) == 1
    assert either.ask(queries.awaited_lines, "dpc") == []
    money_is_all_there(either, year)


def test_two_officers_decide_one_carry_over_once(either: World):
    this, following = either.today.year, either.today.year + 1
    open_years(either, this, following)
    day = min(in_days(either, 60), date(this, 12, 31))
    either.hears(chosen(day))
    either.ordered(lines(either)[0]["id"], action_id=ACTION)
    either.hears(moved(day, date(following, 6, 1)))
    said = at_once(
        lambda: either.do(commands.carry_over_line, "dpc", action_id=ACTION),
        lambda: either.do(commands.leave_line, "dpc", action_id=ACTION, reason="Non"),
    )
    assert len([s for s in said if isinstance(s, NotFound | ChangedMeanwhile)]) == 1
    assert len(lines(either)) == 2
    money_is_all_there(either, this, following)


def test_an_action_is_cancelled_while_a_quote_is_validated(either: World):
    """Either the purchase stops, or its money stays held: never both, never neither."""
    day = in_days(either, 100)
    open_years(either, *sorted({either.today.year, day.year}))
    either.hears(chosen(day))
    purchase = either.checked(lines(either)[0]["id"], action_id=ACTION)
    seen = either.seen(purchase)
    at_once(
        hears(either, cancelled()),
        lambda: either.validate(purchase, seen=seen),
    )
    (line,) = lines(either)
    assert either.state(purchase) == "cancelled"
    assert (line["reserved"], line["voted"]) == (0, 0)
    money_is_all_there(either, line["year"])


def test_one_need_told_twice_at_once_is_one_purchase(either: World):
    fact = needed(in_days(either, 90))
    event = uuid4()

    def told() -> None:
        import sqlalchemy as sa

        try:
            either.hears(fact, event)
        except sa.exc.IntegrityError:
            either.hears(fact, event)

    at_once(told, told)
    assert count(either, tables.purchases) == 1
    assert purchase_of(either, fact.need_id)["state"] == "needed"


def test_a_link_used_twice_in_the_same_second_sends_one_quote(either: World):
    purchase = either.need(either.line())
    suppliers = either.suppliers()
    either.asked(purchase, suppliers)
    given = {"purchase_id": purchase, "supplier_id": suppliers[0]}
    secret = either.do(commands.issue_quote_link, "buyer", **given)

    def send() -> Any:
        return either.cases.perform(
            commands.send_quote,
            actor=ANONYMOUS,
            secret=secret,
            prices=[{"unit_price_excl_tax": Decimal(100), "vat_rate": Decimal("8.5")}],
            file=PDF,
        )

    said = at_once(send, send, send)
    assert len([s for s in said if isinstance(s, LinkUsed | ChangedMeanwhile)]) == 2
    assert count(either, tables.quotes) == 1


def test_the_last_money_of_a_line_goes_to_one_of_two_that_want_it(either: World):
    day = in_days(either, 100)
    open_years(either, *sorted({either.today.year, day.year}))
    either.hears(chosen(day, "3000.00"))
    line = lines(either)[0]["id"]
    files = [either.checked(line, action_id=ACTION, title=f"Achat {n}") for n in (1, 2)]
    seen = {file: either.seen(file) for file in files}
    said = at_once(*(lambda f=f: either.validate(f, seen=seen[f]) for f in files))
    assert len([s for s in said if isinstance(s, BudgetShort | StepNotAllowed)]) == 1
    money_is_all_there(either, lines(either)[0]["year"])
