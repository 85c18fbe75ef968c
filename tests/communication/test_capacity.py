"""Whatever is accepted, placed, moved, signed or given up: no week holds more than its hours."""

import contextlib
import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.communication import commands
from shared.kernel.refusals import Refusal
from shared.run.settings import Settings
from tests.communication.world import PNG, World, world_of

PLACES = 4
HOURS = st.integers(2, 70).map(lambda halves: str(Decimal(halves) / 2))
DEEDS = st.one_of(
    st.tuples(st.just("accept"), st.integers(0, PLACES - 1), HOURS),
    st.tuples(st.just("place"), st.integers(0, PLACES - 1), st.integers(3, 8)),
    st.tuples(st.just("urgent"), st.integers(0, PLACES - 1), st.integers(3, 8)),
    st.tuples(st.just("move"), st.integers(0, PLACES - 1), st.integers(20, 95)),
    st.tuples(st.just("proof"), st.integers(0, PLACES - 1), st.just(0)),
    st.tuples(st.just("sign"), st.integers(0, PLACES - 1), st.just(0)),
    st.tuples(st.just("correct"), st.integers(0, PLACES - 1), st.just(0)),
    st.tuples(st.just("free"), st.integers(0, PLACES - 1), st.just(0)),
    st.tuples(st.just("outside"), st.integers(0, PLACES - 1), st.just(0)),
    st.tuples(st.just("cancel"), st.integers(0, PLACES - 1), st.just(0)),
)


@pytest.mark.feature("K13", "M6")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DEEDS, min_size=5, max_size=25))
def test_no_sequence_of_deeds_fills_a_week_beyond_its_hours(prepared: Path, deeds):
    with TemporaryDirectory() as folder:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        world = world_of(Settings(data=Path(folder)))
        world.do(commands.set_capacity, None, hours=Decimal(35), reserve=Decimal(5))
        requests = [world.requested(title=f"Flyers {n}") for n in range(PLACES)]
        for deed, place, value in deeds:
            with contextlib.suppress(Refusal):
                done(world, deed, requests[place], value)
            weeks_hold(world)
        world.runtime.close()


def done(world: World, deed: str, request: UUID, value: Any) -> None:
    here = {"request_id": request}
    monday = world.today + timedelta(7 * int(Decimal(value)))
    simple: dict[str, tuple[Any, str, dict[str, Any]]] = {
        "accept": (commands.accept_print, "printer", {"hours": Decimal(value)}),
        "place": (commands.schedule_print, "printer", {"week": monday}),
        "urgent": (commands.schedule_print, "printer", {"week": monday, "urgent": True}),
        "move": (commands.change_date, "lead", {"needed_by": world.day(int(Decimal(value)))}),
        "proof": (commands.publish_proof, "printer", {"file": PNG}),
        "free": (commands.free_slot, "printer", {"reason": "Panne"}),
        "outside": (commands.send_outside, "printer", {"reason": "Grand format"}),
        "cancel": (commands.cancel_print, "lead", {"reason": "On s’en passe"}),
    }
    if deed in simple:
        command, who, said = simple[deed]
        world.do(command, who, **here, **said)
    elif world.state(request) == "proof" and deed == "sign":
        world.approve(request)
    elif world.state(request) == "proof":
        said = {"seen": world.seen(request), "reason": "Le logo", "date_moves": True}
        world.do(commands.ask_corrections, "lead", **here, **said)


def weeks_hold(world: World) -> None:
    """Each week holds what its slots hold, no more than its hours; one slot a placed request."""
    slots = world.slots()
    for week in world.weeks().values():
        mine = [slot["hours"] for slot in slots if slot["week_id"] == week["id"]]
        assert week["held"] == sum(mine, Decimal(0)) <= Decimal(35)
    with_a_slot = {slot["request_id"] for slot in slots}
    for request in with_a_slot:
        assert world.row(request)["week"] is not None
    assert len(slots) == len(with_a_slot)
