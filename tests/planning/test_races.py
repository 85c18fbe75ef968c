"""Many at once: a task has one person, a plan is adopted once, a link answers once."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from services.planning import commands
from services.planning.events import WhyMoved
from services.planning.model.refusals import PlanAlreadyAdopted, TaskTaken
from shared.kernel.refusals import ChangedMeanwhile, Refusal
from shared.store.links import LinkUsed
from tests.planning.world import ACTION, DAY, FALLBACK, World, person_id

ROUNDS = 5


def all_at_once(deeds: list[Any]) -> list[Any]:
    """What they were refused for."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        futures: list[Future] = [pool.submit(deed) for deed in deeds]
    return [error for error in (f.exception() for f in futures) if error is not None]


def race_for_a_task(world: World, key: str) -> None:
    task = world.task(key)

    def take(who: str):
        return lambda: world.do(commands.take_task, who, task_id=task)

    refused = all_at_once([take(who) for who in ("member", "second", "lead")])
    first = next(
        name for name in ("member", "second", "lead")
        if person_id(name) == world.tasks()[key]["holder"]
    )  # fmt: skip
    names = {"member": "Jean-Marc Démo", "second": "Pia Essai", "lead": "Rita Modèle"}
    assert len(refused) == 2
    assert all(isinstance(error, TaskTaken) for error in refused)
    assert {error.text for error in refused} == {f"{names[first]} s’en charge déjà."}


def race_to_adopt(world: World) -> None:
    refused = all_at_once([world.adopted] * 3)
    assert [type(error) for error in refused] == [PlanAlreadyAdopted] * 2
    assert world.facts().count("plan-adopted") == 1


def race_for_a_link(world: World) -> None:
    need = world.relay()
    said = {"secret": world.link(need), "answer": "yes"}
    refused = all_at_once([lambda: world.do(commands.answer_by_link, None, **said)] * 3)
    assert len(refused) == 2
    assert all(isinstance(error, LinkUsed | ChangedMeanwhile) for error in refused)
    assert world.facts().count("relay-answered") == 1


def race_of_a_moved_day(world: World) -> None:
    """The day moves while somebody finishes a task and another asks for something."""
    task = world.task("secured")
    move = {"day": FALLBACK, "why": WhyMoved.WEATHER, "reason": "Pluie"}
    refused = all_at_once(
        [
            lambda: world.do(commands.move_day, "lead", action_id=ACTION, **move),
            lambda: world.do(commands.finish_task, "member", task_id=task),
            world.street,
        ]
    )
    assert all(isinstance(error, Refusal) for error in refused)
    assert world.plan()["day"] in (DAY, FALLBACK)
    if not refused:
        assert world.plan()["day"] == FALLBACK
        assert world.tasks()["day"]["due"] == FALLBACK
        assert world.tasks()["secured"]["state"] == "done"


def test_a_task_taken_by_three_in_the_same_second_is_one_person_s(world: World):
    for key in list(world.tasks())[:ROUNDS]:
        race_for_a_task(world, key)


def test_a_plan_adopted_by_three_clicks_is_adopted_once(world: World):
    race_to_adopt(world)


def test_a_link_sent_three_times_answers_once(world: World):
    world.adopted()
    race_for_a_link(world)


def test_a_day_that_moves_while_others_work_loses_nothing(world: World):
    world.adopted()
    race_of_a_moved_day(world)
