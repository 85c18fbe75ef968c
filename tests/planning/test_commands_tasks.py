"""Tasks: taken by one, handed back, blocked, done; who needs to know is told."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.directory.mirror.views import names_view
from services.planning import commands, queries
from services.planning.model import Doer
from services.planning.model.refusals import NotInTheGroup, PlanOver, TaskNotYours, TaskTaken
from shared.kernel.refusals import Forbidden, NotFound
from tests.planning.world import ACTION, DAY, World, person_id


def take(world: World, who: str, key: str = "spread") -> UUID:
    task = world.task(key)
    world.do(commands.take_task, who, task_id=task)
    return task


def test_a_task_is_taken_by_one_and_the_other_is_told_who(world: World):
    task = take(world, "member")
    take(world, "member")
    with pytest.raises(TaskTaken) as refused:
        take(world, "second")
    assert refused.value.text == "Jean-Marc Démo s’en charge déjà."
    assert world.facts().count("task-assigned") == 1
    assert world.last("task-assigned")["person"] == str(person_id("member"))
    card = world.ask(queries.task_card, "second", task_id=task)
    assert (card["name"], card["mine"]) == ("Jean-Marc Démo", False)


@pytest.mark.parametrize("who", ["stranger", "dpc", "sector", "elu", "agent", "auditor"])
@pytest.mark.feature("P20")
def test_nobody_from_outside_the_group_does_its_tasks_or_shares_them(world: World, who: str):
    task = world.task("spread")
    for command, more in (
        (commands.take_task, {}),
        (commands.finish_task, {}),
        (commands.hand_back_task, {}),
        (commands.lend_a_hand, {}),
        (commands.assign_task, {"person": person_id("member")}),
        (commands.block_task, {"why": "x", "unblocks": "y"}),
    ):
        with pytest.raises(Forbidden):
            world.do(command, who, task_id=task, **more)
    assert world.tasks()["spread"]["holder"] is None


@pytest.mark.feature("P15")
def test_a_task_handed_back_tells_the_lead_and_is_offered_to_the_others(world: World):
    task = take(world, "member")
    with pytest.raises(TaskNotYours):
        world.do(commands.hand_back_task, "second", task_id=task)
    world.do(commands.hand_back_task, "member", task_id=task)
    assert any("cherche quelqu’un" in text for text in world.told("lead"))
    left = world.ask(queries.my_tasks, "second")["left"]
    assert [(row["id"], row["left_name"]) for row in left] == [(task, "Jean-Marc Démo")]
    take(world, "second")
    assert world.facts()[-2:] == ["task-assigned", "stand-in-found"]


def test_the_lead_frees_and_entrusts_a_task_within_the_group(world: World):
    task = take(world, "member")
    world.do(commands.assign_task, "lead", task_id=task, person=person_id("second"))
    assert any("Une tâche est à vous" in text for text in world.told("second"))
    with pytest.raises(NotInTheGroup):
        world.do(commands.assign_task, "lead", task_id=task, person=person_id("stranger"))
    with pytest.raises(Forbidden):
        world.do(commands.assign_task, "member", task_id=task, person=person_id("member"))
    world.do(commands.hand_back_task, "lead", task_id=task)
    assert world.tasks()["spread"]["holder"] is None


@pytest.mark.feature("P14")
def test_a_blocked_task_tells_the_lead_and_its_holder(world: World):
    task = take(world, "member")
    said = {"task_id": task, "why": "Les flyers ne sont pas là", "unblocks": "Le service com"}
    world.do(commands.block_task, "second", **said)
    for who in ("lead", "member"):
        assert any("bloquée" in text for text in world.told(who))
    assert world.last("task-blocked")["unblocks"] == "Le service com"
    plans = world.ask(queries.plans_list, "dpc")["items"]
    assert plans[0]["blocked"] == 1
    world.do(commands.unblock_task, "second", task_id=task)
    assert any("plus bloquée" in text for text in world.told("member"))


def test_done_and_not_done_after_all(world: World):
    task = take(world, "member")
    world.do(commands.finish_task, "member", task_id=task)
    world.do(commands.finish_task, "member", task_id=task)
    assert world.facts().count("task-done") == 1
    world.do(commands.reopen_task, "member", task_id=task)
    assert world.tasks()["spread"]["state"] == "todo"


def test_hands_are_called_for_and_lent(world: World):
    task = take(world, "lead", "day")
    said = {"hands": 2, "what": "Monter les tables"}
    world.do(commands.ask_for_hands, "lead", task_id=task, **said)
    assert any("des bras" in text for text in world.told("member"))
    assert world.told("lead") == [text for text in world.told("lead") if "bras" not in text]
    for _ in range(2):
        world.do(commands.lend_a_hand, "member", task_id=task)
    card = world.ask(queries.task_card, "lead", task_id=task)
    assert (card["helper_names"], card["hands_missing"]) == (["Jean-Marc Démo"], 1)
    assert [row["id"] for row in world.ask(queries.my_tasks, "second")["help"]] == [task]
    assert world.ask(queries.my_tasks, "member")["help"] == []
    assert sum("vient aider" in text for text in world.told("lead")) == 1


@pytest.mark.feature("P2")
def test_a_task_that_the_group_adds_follows_the_day(world: World):
    due = DAY - timedelta(10)
    said = {"action_id": ACTION, "title": "Répéter la chorale", "due": due}
    task = world.do(commands.add_task, "member", **said)
    sunday = {"action_id": ACTION, "title": "Commander", "due": date(2027, 9, 5)}
    office = world.do(commands.add_task, "member", doer=Doer.OFFICE, **sunday)
    assert world.tasks()[str(office)]["due"] == date(2027, 9, 3)
    world.adopted(day=DAY + timedelta(7), fallback_day=None)
    assert world.tasks()[str(task)]["due"] == due + timedelta(7)
    assert world.tasks()[str(office)]["due"] == date(2027, 9, 10)


def test_a_task_is_changed_by_the_group_and_removed_by_its_lead(world: World):
    task = world.task("together")
    said = {"title": "Autour d’un café", "due": date(2027, 8, 1), "doer": Doer.VOLUNTEERS}
    world.do(commands.change_task, "member", task_id=task, priority=3, **said)
    assert world.tasks()["together"]["title"] == "Autour d’un café"
    with pytest.raises(Forbidden):
        world.do(commands.remove_task, "member", task_id=task)
    assert world.do(commands.remove_task, "lead", task_id=task) == ACTION
    with pytest.raises(NotFound):
        world.ask(queries.task_card, "member", task_id=task)


def test_nothing_is_done_for_an_action_that_is_cancelled(world: World):
    world.do(commands.cancel_action, "lead", action_id=ACTION, reason="Non")
    with pytest.raises(PlanOver):
        take(world, "member")
    assert world.ask(queries.my_tasks, "member")["plans"] == []
    assert world.ask(queries.tasks_count, "member") == 0


@pytest.mark.feature("P10", "P11", "X14")
def test_the_load_is_shown_and_an_action_that_hangs_on_one_person_says_so(world: World):
    keys = list(world.tasks())
    for key in keys[:8]:
        take(world, "member", key)
    take(world, "second", keys[8])
    card = world.ask(queries.plan_card, "lead", action_id=ACTION)
    assert card["load"][0] == {"name": "Jean-Marc Démo", "todo": 8, "done": 0}
    assert card["hangs_on"] == "Jean-Marc Démo"
    world.do(commands.hand_back_task, "member", task_id=world.task(keys[0]))
    world.do(commands.hand_back_task, "member", task_id=world.task(keys[1]))
    assert world.ask(queries.plan_card, "lead", action_id=ACTION)["hangs_on"] == ""


@pytest.mark.feature("P4")
def test_mine_come_first_and_the_soonest_is_next(world: World):
    take(world, "member", "day")
    take(world, "member", "spread")
    mine = world.ask(queries.my_tasks, "member")
    assert [row["key"] for row in mine["mine"]] == ["spread", "day"]
    assert mine["next"]["key"] == "spread"
    assert world.ask(queries.tasks_count, "member") == 2
    assert {row["key"] for row in mine["free"]} == set(world.tasks()) - {"day", "spread"}


def test_a_member_whose_name_was_erased_leaves_tasks_that_read(world: World):
    task = take(world, "member")
    with world.database.write() as connection:
        connection.execute(names_view.delete().where(names_view.c.person == person_id("member")))
    assert world.ask(queries.task_card, "lead", task_id=task)["name"] == "Personne effacée"
    with pytest.raises(TaskTaken) as refused:
        take(world, "second")
    assert refused.value.text == "Personne effacée s’en charge déjà."
