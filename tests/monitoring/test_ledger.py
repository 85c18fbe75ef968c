"""What monitoring shows of money and purchases equals what procurement keeps, to the cent."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.directory.events import CommitteeCreated
from services.monitoring import queries as monitoring
from services.procurement import commands
from services.procurement import queries as procurement
from shared.log import wire
from shared.log.event_log import Message
from shared.log.rebuild import Rebuild
from shared.store.workplace import Envelope
from shared.testing.product import client, opened, settle
from tests.monitoring.told import OFFICER, PRODUCT, named
from tests.procurement.world import COMMITTEE, OTHER_COMMITTEE, SECTOR, World

AMOUNTS = ("voted", "transferred", "reserved", "committed", "paid", "available")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Procurement and monitoring side by side, on one log."""
    world = World(opened(PRODUCT, tmp_path, ["procurement", "monitoring"]))
    world.people()
    for number, committee in ((17, COMMITTEE), (18, OTHER_COMMITTEE)):
        _tell(
            world,
            CommitteeCreated(
                committee_id=committee,
                name=f"CAC {number}",
                quartier="Sainte-Clotilde",
                sector=SECTOR,
                number=number,
            ),
        )
    return world


def _tell(world: World, event: Any) -> None:
    """As directory would have."""
    envelope = Envelope(
        named(repr(event)), event.type, "test", world.runtime.clock.now(), event.key(),
        event.thread(), event,
    )  # fmt: skip
    sealed = wire.seal(envelope)
    headers = wire.unpack_headers(sealed.headers)
    message = Message(sealed.stream, sealed.key.encode(), sealed.payload, headers)
    world.runtime.log.send([message]).wait(10)


def _ask(world: World, query: Any, **arguments: Any) -> Any:
    return world.runtime.use_cases["monitoring"].ask(query, actor=OFFICER, **arguments)


def a_year_of_purchases(world: World) -> list[UUID]:
    """One paid in full, one ordered, one reserved, one cancelled after a reservation, one open."""
    first, second = world.line("3200.00"), world.line("2500.00")
    third = world.line("1500.00", OTHER_COMMITTEE)
    world.ordered(first)
    world.validate(world.checked(second, prices=("91.13", "95.00")))
    cancelled = world.checked(second, prices=("311.11", "400.00"))
    world.validate(cancelled)
    world.do(commands.cancel_purchase, "dpc", purchase_id=cancelled, reason="Plus besoin")
    world.need(third, committee_id=OTHER_COMMITTEE, who="stranger")
    return [first, second, third]


@pytest.mark.feature("M2", "M10", "Y10")
def test_once_all_is_settled_every_line_equals_the_ledger_to_the_cent(world: World):
    lines = a_year_of_purchases(world)
    settle(world.runtime)
    shown = {
        line["id"]: line
        for committee in (COMMITTEE, OTHER_COMMITTEE)
        for line in _ask(world, monitoring.committee, committee_id=committee)["lines"]
    }
    assert set(shown) == set(lines)
    for line_id in lines:
        kept = world.ask(procurement.budget_line, "dpc", line_id=line_id)
        assert {n: shown[line_id][n] for n in AMOUNTS} == {n: kept[n] for n in AMOUNTS}


@pytest.mark.feature("M2", "M10")
def test_the_board_is_the_sum_of_the_ledger_over_http(world: World):
    lines = a_year_of_purchases(world)
    settle(world.runtime)
    kept = [world.ask(procurement.budget_line, "dpc", line_id=line_id) for line_id in lines]
    totals = client(world.runtime, "monitoring", OFFICER).get("/api/v1/board").json["totals"]
    for name in AMOUNTS[:-1]:
        assert Decimal(totals[name]) == sum(line[name] for line in kept)
    spoken_for = sum(line["reserved"] + line["committed"] + line["paid"] for line in kept)
    assert spoken_for > 0
    assert Decimal(totals["available"]) == 2 * Decimal(7000) - spoken_for


def test_each_open_purchase_waits_on_the_board_as_it_does_in_procurement(world: World):
    a_year_of_purchases(world)
    settle(world.runtime)
    items = _ask(world, monitoring.purchases)["items"]
    assert len(items) == 3
    for item in items:
        kept = world.ask(procurement.purchase_card, "buyer", purchase_id=item["id"])
        assert item["slack"] == kept["slack"]
        assert item["awaited_role"] == kept["awaited_role"]
        assert item["next_step"] == kept["awaited_step"]
    board = _ask(world, monitoring.board)
    assert board["counts"]["purchases"] == 3


@pytest.mark.feature("Y10")
def test_a_rebuild_leaves_the_figures_as_they_were(world: World):
    a_year_of_purchases(world)
    settle(world.runtime)
    before = _ask(world, monitoring.board)
    runtime = world.runtime
    service = next(s for s in runtime.services if s.name == "monitoring")
    Rebuild(service, runtime.workplaces["monitoring"].database, runtime.log, runtime.registry).run()
    after = _ask(world, monitoring.board)
    assert (after["totals"], after["counts"]) == (before["totals"], before["counts"])
