"""The line of an action: opens by itself, follows the year of its day, ends with the action."""

from datetime import date
from decimal import Decimal

import pytest

from services.procurement import commands, queries, tables
from services.procurement.model import in_euros
from services.procurement.model.refusals import ReasonNeeded
from shared.kernel.refusals import Forbidden, NotFound
from tests.procurement.road import (
    ACTION,
    adopted,
    annulled,
    cancelled,
    chosen,
    closed,
    count,
    envelope,
    in_days,
    lines,
    money_is_all_there,
    moved,
    needed,
    notices,
    open_years,
    purchase_of,
)
from tests.procurement.world import COMMITTEE, World


@pytest.fixture
def year(world: World) -> int:
    """A year in which nothing happened yet, after this one."""
    return world.today.year + 1


def day_of(year: int, month: int = 6) -> date:
    return date(year, month, 12)


def test_a_chosen_action_has_its_line_in_the_year_of_its_wished_day(world: World, year: int):
    open_years(world, year, year + 1)
    world.hears_twice(chosen(day_of(year)))
    (line,) = lines(world)
    assert (line["year"], line["voted"], line["asked"]) == (year, Decimal(3200), Decimal(3200))
    assert line["title"] == "Kabar lakour"
    assert envelope(world, year) == (Decimal(7000), Decimal(3200))
    assert world.facts().count("budget-opened") == 1


def test_short_of_money_it_opens_with_what_there_is_and_says_so(world: World, year: int):
    open_years(world, year)
    world.hears_twice(chosen(day_of(year), "9000.00"))
    (line,) = lines(world)
    assert (line["voted"], line["asked"]) == (Decimal(7000), Decimal(9000))
    assert world.facts().count("budget-shortfall") == 1
    (dpc, lead) = notices(world)
    assert f"{in_euros(Decimal(7000))} sur {in_euros(Decimal(9000))}" in dpc
    assert lead == dpc


def test_an_empty_envelope_gives_a_line_of_nothing_that_says_so(world: World, year: int):
    open_years(world, year, amount=1000)
    world.hears(chosen(day_of(year), "1000.00", action=COMMITTEE))
    world.hears(chosen(day_of(year)))
    (line,) = lines(world)
    assert (line["voted"], line["asked"]) == (Decimal(0), Decimal(3200))


def test_without_an_estimate_the_line_opens_at_zero_and_the_dpc_is_told(world: World, year: int):
    open_years(world, year)
    world.hears_twice(chosen(day_of(year), None))
    (line,) = lines(world)
    assert (line["voted"], line["asked"]) == (Decimal(0), None)
    assert "budget-shortfall" not in world.facts()
    assert "ouverte à zéro" in notices(world)[0]


def test_without_an_envelope_it_waits_and_opens_with_the_envelopes(world: World, year: int):
    world.hears_twice(chosen(day_of(year)))
    assert lines(world) == []
    assert count(world, tables.awaited_lines) == 1
    assert notices(world) == [f"« Kabar lakour » attend l’enveloppe {year} de son comité."]
    (waits,) = world.ask(queries.awaited_lines, "member")
    assert (waits["year"], waits["waits_for"]) == (year, "envelope")
    assert world.ask(queries.awaited_lines, "stranger") == []
    open_years(world, year)
    (line,) = lines(world)
    assert line["voted"] == Decimal(3200)
    assert world.ask(queries.awaited_lines, "member") == []


def test_an_envelope_opened_at_the_very_moment_is_looked_at_again(world: World, year: int):
    world.hears(chosen(day_of(year)))
    with world.database.write() as connection:
        connection.execute(
            tables.envelopes.insert(),
            {
                "id": ACTION,
                "version": 1,
                "committee_id": COMMITTEE,
                "year": year,
                "amount": Decimal(7000),
                "allotted": Decimal(0),
            },
        )
    world.do(commands.open_awaited_line, None, subject=ACTION)
    world.do(commands.open_awaited_line, None, subject=ACTION)
    assert len(lines(world)) == 1


def test_a_line_opened_by_hand_before_is_the_line(world: World, year: int):
    open_years(world, year)
    world.do(
        commands.open_budget_line,
        "dpc",
        committee_id=COMMITTEE,
        title="Kabar",
        amount=Decimal(100),
        year=year,
        action_id=ACTION,
    )
    world.hears(chosen(day_of(year)))
    assert len(lines(world)) == 1


def test_a_need_said_before_the_line_is_paid_by_it(world: World, year: int):
    asked = needed(day_of(year))
    world.hears(asked)
    assert purchase_of(world, asked.need_id)["line_id"] is None
    open_years(world, year)
    world.hears(chosen(day_of(year)))
    assert purchase_of(world, asked.need_id)["line_id"] == lines(world)[0]["id"]


# another year


def test_a_day_moved_over_new_year_moves_the_line_when_nothing_is_held(world: World, year: int):
    open_years(world, year, year + 1)
    world.hears(chosen(day_of(year)))
    asked = needed(day_of(year))
    world.hears(asked)
    world.hears(adopted(day_of(year)))
    assert len(lines(world)) == 1
    world.hears_twice(moved(day_of(year), day_of(year + 1)))
    old, new = lines(world)
    assert (old["year"], old["voted"], old["ended"]) == (year, Decimal(0), True)
    assert (new["year"], new["voted"], new["ended"]) == (year + 1, Decimal(3200), False)
    assert purchase_of(world, asked.need_id)["line_id"] == new["id"]
    assert envelope(world, year) == (Decimal(7000), Decimal(0))
    money_is_all_there(world, year, year + 1)
    # and back again: the line of that year is taken up.
    world.hears_twice(moved(day_of(year + 1), day_of(year, 9)))
    old, new = lines(world)
    assert (old["voted"], old["ended"], new["voted"], new["ended"]) == (3200, False, 0, True)
    assert purchase_of(world, asked.need_id)["line_id"] == old["id"]
    money_is_all_there(world, year, year + 1)


def test_the_last_day_of_a_year_and_the_first_of_the_next(world: World, year: int):
    open_years(world, year, year + 1)
    world.hears(chosen(date(year, 12, 31)))
    world.hears(moved(date(year, 12, 31), date(year, 12, 30)))
    assert [line["year"] for line in lines(world)] == [year]
    world.hears(moved(date(year, 12, 30), date(year + 1, 1, 1)))
    assert [line["ended"] for line in lines(world)] == [True, False]


def test_a_line_moved_to_a_year_without_envelope_waits(world: World, year: int):
    open_years(world, year)
    world.hears(chosen(day_of(year)))
    world.hears_twice(moved(day_of(year), day_of(year + 1)))
    assert [line["voted"] for line in lines(world)] == [Decimal(3200)]
    assert world.ask(queries.awaited_lines, "dpc")[0]["year"] == year + 1
    open_years(world, year + 1)
    assert [line["voted"] for line in lines(world)] == [Decimal(0), Decimal(3200)]
    money_is_all_there(world, year, year + 1)


def test_an_action_that_waits_for_an_envelope_may_move_meanwhile(world: World, year: int):
    world.hears(chosen(day_of(year)))
    world.hears(adopted(day_of(year + 1)))
    open_years(world, year)
    assert lines(world) == []
    open_years(world, year + 1)
    assert [line["year"] for line in lines(world)] == [year + 1]


def this_year(world: World) -> date:
    """A day of this year, that an order can be ready for."""
    return min(in_days(world, 60), date(world.today.year, 12, 31))


@pytest.fixture
def committed(world: World, year: int) -> World:
    """An action of this year, moved to the next once something is ordered for it."""
    open_years(world, year - 1, year)
    day = this_year(world)
    world.hears(chosen(day))
    world.ordered(lines(world)[0]["id"], action_id=ACTION)
    world.need(None, action_id=ACTION, title="Repas")
    world.hears_twice(moved(day, day_of(year)))
    return world


def test_money_held_on_the_line_leaves_the_carry_over_to_the_dpc(committed: World, year: int):
    (line,) = lines(committed)
    assert line["committed"] == Decimal("1974.70")
    (waits,) = committed.ask(queries.awaited_lines, "dpc")
    assert waits["waits_for"] == "carry-over"
    assert any("report" in text for text in notices(committed))
    found = committed.ask(queries.carry_over, "dpc", action_id=ACTION)
    assert found["line"]["available"] == Decimal("1225.30")
    assert found["left"] == Decimal(7000)
    for who in ("member", "lead", "buyer"):
        with pytest.raises(Forbidden):
            committed.do(commands.carry_over_line, who, action_id=ACTION)


def test_carried_over_the_rest_comes_on_top_of_the_next_envelope(committed: World, year: int):
    committed.do(commands.carry_over_line, "dpc", action_id=ACTION)
    old, new = lines(committed)
    assert (old["voted"], old["committed"]) == (Decimal("1974.70"), Decimal("1974.70"))
    assert new["voted"] == Decimal("1225.30")
    assert envelope(committed, year - 1) == (Decimal("5774.70"), Decimal("1974.70"))
    assert envelope(committed, year) == (Decimal("8225.30"), Decimal("1225.30"))
    assert committed.facts().count("envelope-changed") == 2
    money_is_all_there(committed, year - 1, year)
    paid_by = {row["title"]: row["line_id"] for row in purchases(committed)}
    assert paid_by == {"Sonorisation": old["id"], "Repas": new["id"]}
    with pytest.raises(NotFound):
        committed.do(commands.carry_over_line, "dpc", action_id=ACTION)


def test_not_carried_over_the_rest_goes_back_and_the_next_envelope_pays(
    committed: World, year: int
):
    with pytest.raises(ReasonNeeded):
        committed.do(commands.leave_line, "dpc", action_id=ACTION, reason=" ")
    committed.do(commands.leave_line, "dpc", action_id=ACTION, reason="L’enveloppe suffit")
    old, new = lines(committed)
    assert (old["voted"], new["voted"]) == (Decimal("1974.70"), Decimal("1225.30"))
    assert envelope(committed, year - 1) == (Decimal(7000), Decimal("1974.70"))
    assert envelope(committed, year) == (Decimal(7000), Decimal("1225.30"))
    money_is_all_there(committed, year - 1, year)


def test_a_carry_over_waits_for_the_envelope_it_goes_to(world: World, year: int):
    open_years(world, year - 1)
    day = this_year(world)
    world.hears(chosen(day))
    world.ordered(lines(world)[0]["id"], action_id=ACTION)
    world.hears(moved(day, day_of(year)))
    with pytest.raises(NotFound) as refused:
        world.do(commands.carry_over_line, "dpc", action_id=ACTION)
    assert "Enveloppes" in refused.value.unblocks
    assert lines(world)[0]["voted"] == Decimal(3200)


def test_a_day_that_comes_back_leaves_nothing_to_decide(committed: World, year: int):
    committed.hears(moved(day_of(year), date(year - 1, 12, 31)))
    assert committed.ask(queries.awaited_lines, "dpc") == []
    assert [line["voted"] for line in lines(committed)] == [Decimal(3200)]


def test_what_comes_back_to_a_line_that_was_carried_over_goes_to_its_envelope(
    committed: World, year: int
):
    committed.do(commands.carry_over_line, "dpc", action_id=ACTION)
    ordered = next(row for row in purchases(committed) if row["title"] == "Sonorisation")
    committed.do(
        commands.cancel_purchase, "dpc", purchase_id=ordered["id"], reason="Fournisseur parti"
    )
    assert lines(committed)[0]["voted"] == Decimal(0)
    money_is_all_there(committed, year - 1, year)


def purchases(world: World) -> list[dict]:
    return world.ask(queries.purchases_list, "dpc", closed=True)["items"]


# the end


@pytest.mark.parametrize("end", [cancelled, annulled])
def test_a_cancelled_action_gives_its_money_back(world: World, year: int, end):
    open_years(world, year)
    world.hears(chosen(day_of(year)))
    world.hears_twice(end())
    (line,) = lines(world)
    assert (line["voted"], line["ended"]) == (Decimal(0), True)
    assert envelope(world, year) == (Decimal(7000), Decimal(0))
    assert world.facts().count("budget-changed") == 1
    money_is_all_there(world, year)


def test_an_action_cancelled_while_it_waits_for_an_envelope_never_has_a_line(
    world: World, year: int
):
    world.hears(chosen(day_of(year)))
    world.hears_twice(cancelled())
    open_years(world, year)
    assert lines(world) == []
    assert world.ask(queries.awaited_lines, "dpc") == []


def test_a_closed_action_gives_back_what_it_did_not_spend(world: World, year: int):
    open_years(world, year - 1)
    world.hears(chosen(this_year(world)))
    world.hears_twice(closed(world.today))
    assert lines(world)[0]["voted"] == Decimal(0)
    money_is_all_there(world, year - 1)


def test_what_an_action_was_chosen_for_begins_the_journey_of_its_line(world: World, year: int):
    from shared.store.tables import outbox
    from tests.procurement.world import JOURNEY

    open_years(world, year)
    world.hears(chosen(day_of(year)))
    with world.database.read() as connection:
        rows = connection.execute(outbox.select()).all()
    opened = next(r for r in rows if "budget-opened" in r.type)
    assert str(JOURNEY) in str(opened.headers)


def test_a_wished_period_over_new_year_counts_for_the_year_of_its_middle(world: World, year: int):
    open_years(world, year, year + 1)
    fact = chosen(date(year, 12, 20))
    later = type(fact)(**{**fact.__dict__, "wished_to": date(year + 1, 2, 1)})
    world.hears(later)
    assert [line["year"] for line in lines(world)] == [year + 1]
