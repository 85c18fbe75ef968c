"""The races again where two transactions really run at once, and the same reads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.planning import commands, queries
from shared.run.settings import Settings
from tests.planning.test_races import (
    race_for_a_link,
    race_for_a_task,
    race_of_a_moved_day,
    race_to_adopt,
)
from tests.planning.world import ACTION, World, world_of


@pytest.fixture
def world(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("directory", "planning"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    world = world_of(settings)
    world.runtime.migrate()
    world.people()
    world.chosen()
    yield world
    world.runtime.close()


def test_a_task_taken_in_the_same_second_is_one_person_s(world: World):
    for key in list(world.tasks())[:5]:
        race_for_a_task(world, key)


def test_a_plan_is_adopted_once_and_a_link_answers_once(world: World):
    race_to_adopt(world)
    race_for_a_link(world)
    race_of_a_moved_day(world)


def test_a_plan_reads_the_same_from_its_draft_to_its_end(world: World):
    world.adopted()
    street = world.street()
    world.do(commands.accept_service, "agent", need_id=street, conditions="Deux bénévoles")
    world.money("10.00")
    assert len(world.ask(queries.plans_list, "dpc", limit=1)["items"]) == 1
    mine = world.ask(queries.my_tasks, "member")
    assert len(mine["free"]) == 13
    world.held()
    world.reviewed()
    world.all_done()
    assert world.left_open() == []
    world.do(commands.close_action, "lead", action_id=ACTION)
    assert world.plan()["state"] == "closed"
