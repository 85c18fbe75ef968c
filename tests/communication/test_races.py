"""Many at once: a week holds what it holds, copies are handed out once, one proof is signed."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from services.communication import commands
from services.communication.model import Support
from services.communication.model.refusals import (
    FitsNowhere,
    ProofReplaced,
    StockShort,
    WeekFull,
)
from tests.communication.world import ACTION, PNG, World

TOGETHER = 6


def all_at_once(deeds: list) -> tuple[list, list[BaseException]]:
    """What they gave, and what they were refused for."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        futures: list[Future] = [pool.submit(deed) for deed in deeds]
    errors = [future.exception() for future in futures]
    given = [f.result() for f, error in zip(futures, errors, strict=True) if error is None]
    return given, [error for error in errors if error is not None]


def race_for_a_week(world: World, week: date, requests: list[UUID]) -> list[BaseException]:
    def place(request: UUID):
        return lambda: world.place(request, week)

    _, refused = all_at_once([place(request) for request in requests])
    return refused


def test_the_last_hours_of_a_week_go_to_as_many_as_fit(world: World):
    requests = [world.accepted("10") for _ in range(TOGETHER)]
    refused = race_for_a_week(world, world.first_week(requests[0]), requests)
    assert len(refused) == TOGETHER - 3
    assert all(isinstance(error, WeekFull | FitsNowhere) for error in refused)
    (week,) = world.weeks().values()
    assert week["held"] == Decimal(30) == sum(slot["hours"] for slot in world.slots())


def test_the_last_copies_are_handed_out_once(world: World):
    request = world.delivered(quantity=250)
    report = {"campaign_id": ACTION, "request_id": request, "zone": "Marché", "count": 100}

    def hand_out():
        return world.do(commands.report_distribution, "member", **report)

    left, refused = all_at_once([hand_out] * TOGETHER)
    assert sorted(left) == [50, 150]
    assert all(isinstance(error, StockShort) for error in refused)


def sign_and_replace(world: World) -> None:
    """The lead signs a proof while the workshop replaces it."""
    request = world.proofed()
    seen = world.seen(request)

    def sign():
        return world.do(commands.approve_proof, "lead", request_id=request, seen=seen)

    def replace():
        return world.do(commands.publish_proof, "printer", request_id=request, file=PNG)

    _, refused = all_at_once([sign, replace])
    assert all(isinstance(error, ProofReplaced) for error in refused)
    # Whoever came first, the last proof is the new one, and nobody has signed it.
    assert world.seen(request) != seen
    assert world.state(request) == "proof"
    assert [slot["firm"] for slot in world.slots()] == [False]
    signed = world.facts().count("proof-approved")
    assert signed + len(refused) == 1


@pytest.mark.feature("K12")
def test_a_proof_replaced_while_it_is_signed_is_not_the_one_that_is_signed(world: World):
    sign_and_replace(world)


def test_two_deliveries_at_once_launch_the_campaign_once(world: World):
    wanted = [{"support": s, "quantity": 300} for s in (Support.FLYER, Support.POSTER)]
    world.strategy(supports=wanted, gates=["flyer", "poster"])
    both = [world.proofed(), world.proofed(support=Support.POSTER)]
    for request in both:
        world.approve(request)

    def bring(request: UUID):
        return lambda: world.deliver(request)

    _, refused = all_at_once([bring(request) for request in both])
    for request in both:
        if world.state(request) == "approved" and refused:
            world.deliver(request)
    assert world.campaign()["state"] == "launched"
    assert world.facts().count("campaign-launched") == 1
