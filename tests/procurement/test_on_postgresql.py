"""Lists and conditions on PostgreSQL: what they say does not depend on the database."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.procurement import commands, queries
from tests.procurement.world import COMMITTEE, PDF, World, a_world


def a_year(world: World) -> None:
    """Two purchases of each sort, one of a family whose need wants a contract."""
    line = world.line("6000.00")
    for price in ("100.00", "200.00"):
        world.ordered(line, prices=(price, "900.00"))
        world.validate(world.checked(line, prices=(price, "910.00")))
        world.checked(line, prices=(price, "920.00"), family="repas")
        world.need(line, estimate_incl_tax=Decimal(24000), title=f"Grand besoin {price}")
    purchase, quotes = world.compared(line, ("310.00", "320.00"))
    world.do(
        commands.confirm_quote,
        "buyer",
        purchase_id=purchase,
        quote_id=quotes[0],
        confirmed_on=world.today,
        valid_until=world.today + timedelta(9),
    )


PAGES: tuple[tuple[Any, str, dict[str, Any]], ...] = (
    (queries.purchases_list, "auditor", {"closed": True}),
    (queries.committee_needs, "member", {"committee_id": COMMITTEE}),
    (queries.consultations, "buyer", {}),
    (queries.orders_list, "clerk", {"billable": True}),
    (queries.deliveries_awaited, "lead", {}),
    (queries.to_number, "clerk", {}),
    (queries.invoices_list, "clerk", {}),
    (queries.budget_lines, "dpc", {}),
    (queries.families, "buyer", {}),
    (queries.suppliers_list, "buyer", {}),
)


def said(world: World) -> dict[str, list[Any]]:
    """Every list, a row at a time, by what does not depend on chance: titles, names, amounts."""
    words = ("title", "name", "family", "order_number", "need_excl_tax", "amount_incl_tax")
    answers: dict[str, list[Any]] = {}
    for query, who, arguments in PAGES:
        rows, after = [], None
        while True:
            found = world.ask(query, who, **arguments, after=after, limit=1)
            rows += [[row.get(word) for word in words] for row in found["items"]]
            after = found["next"]
            if after is None:
                break
        answers[query.__name__] = rows
    inbox = world.ask(queries.awaiting_decision, "delegate")
    answers["inbox"] = [[row["title"], row["exceptions"]] for row in inbox]
    return answers


def test_both_databases_give_the_same_lists(tmp_path: Path, on_postgresql: World):
    here = a_world(tmp_path / "sqlite")
    for world in (here, on_postgresql):
        a_year(world)
    mine, theirs = said(here), said(on_postgresql)
    for name, rows in mine.items():
        assert sorted(map(repr, theirs[name])) == sorted(map(repr, rows)), name
    assert len(mine["purchases_list"]) == 9


def test_a_contract_is_kept_and_bound_on_postgresql(on_postgresql: World):
    world = on_postgresql
    purchase = world.checked(world.line())
    world.need(world.line("100"), estimate_incl_tax=Decimal(24000))
    world.validate(purchase)
    world.do(commands.record_commitment, "clerk", purchase_id=purchase, number="E-7")
    world.do(commands.record_contract, "dpc", purchase_id=purchase, file=PDF)
    seen = world.seen(purchase, "signer")
    world.do(commands.sign_order, "signer", purchase_id=purchase, seen=seen)
    assert world.state(purchase) == "ordered"
