"""The races again where two transactions really run at once."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from services.communication import commands, queries
from services.communication.events import Channel
from services.communication.model import Support
from services.communication.model.refusals import FitsNowhere, WeekFull
from shared.run.settings import Settings
from tests.communication.test_races import (
    TOGETHER,
    all_at_once,
    race_for_a_week,
    sign_and_replace,
)
from tests.communication.world import ACTION, World, world_of


@pytest.fixture
def world(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("directory", "communication"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    runtime = world_of(settings).runtime
    runtime.migrate()
    world = World(runtime)
    world.people()
    world.chosen()
    world.planned()
    yield world
    runtime.close()


def test_a_week_that_nobody_asked_for_yet_is_filled_once(world: World):
    requests = [world.accepted("10") for _ in range(TOGETHER)]
    refused = race_for_a_week(world, world.first_week(requests[0]), requests)
    assert all(isinstance(error, WeekFull | FitsNowhere) for error in refused)
    (week,) = world.weeks().values()
    assert week["held"] == Decimal(30) == sum(slot["hours"] for slot in world.slots())


@pytest.mark.parametrize("attempt", range(4))
def test_a_proof_replaced_while_it_is_signed_is_not_signed(world: World, attempt: int):
    sign_and_replace(world)


def test_two_deliveries_at_once_launch_the_campaign(world: World):
    wanted = [{"support": s, "quantity": 300} for s in (Support.FLYER, Support.POSTER)]
    world.strategy(supports=wanted, gates=["flyer", "poster"])
    both = [world.proofed(), world.proofed(support=Support.POSTER)]
    for request in both:
        world.approve(request)

    def bring(request):
        return lambda: world.deliver(request)

    _, refused = all_at_once([bring(request) for request in both])
    assert refused == []
    assert world.facts().count("campaign-launched") == 1


def test_lists_are_the_same_read(world: World):
    for title in ("Flyers A", "Flyers B", "Flyers C"):
        world.accepted(title=title)
    rows, after = [], None
    while True:
        found = world.ask(queries.inbox, "printer", after=after, limit=1)
        rows += [row["title"] for row in found["items"]]
        after = found["next"]
        if after is None:
            break
    assert sorted(rows) == ["Flyers A", "Flyers B", "Flyers C"]
    assert world.ask(queries.campaigns_list, "auditor")["count"] == 1
    seen = world.ask(queries.print_plan, "printer")
    assert len(seen["weeks"]) == 8
    world.do(commands.adopt_strategy, "lead", campaign_id=ACTION, **_a_strategy())


def _a_strategy():
    return {
        "targets": [{"public": "Tous", "place": "", "message": ""}],
        "channels": [Channel.RADIO],
        "supports": [],
        "gates": [],
        "agreed": "À main levée",
    }
