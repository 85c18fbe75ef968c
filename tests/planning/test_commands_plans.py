"""Plans: drafted when an action is chosen, adopted, moved, given up; tasks follow."""

from datetime import date, timedelta

import pytest

from services.planning import commands, queries
from services.planning.events import WhyMoved
from services.planning.model import TEMPLATE
from services.planning.model.refusals import (
    NoFallbackDay,
    NotInTheGroup,
    PlanAlreadyAdopted,
    PlanNotAdopted,
    PlanOver,
)
from shared.kernel.refusals import Forbidden, Invalid, VersionOutdated
from tests.planning.world import (
    ACTION,
    DAY,
    FALLBACK,
    JOURNEY,
    OTHER_ACTION,
    OTHER_COMMITTEE,
    READERS,
    World,
    person_id,
)


def test_a_chosen_action_has_a_plan_counted_back_from_a_wished_saturday(world: World):
    plan, tasks = world.plan(), world.tasks()
    assert (plan["state"], plan["day"]) == ("draft", DAY)
    assert plan["lead"] == person_id("lead")
    assert plan["journey"] == JOURNEY
    assert set(tasks) == {model.key for model in TEMPLATE}
    assert tasks["needs"]["due"] == date(2027, 7, 16)  # two months before is a Sunday
    assert tasks["spread"]["due"] == date(2027, 8, 18)
    assert tasks["install"]["due"] == date(2027, 9, 17)
    assert tasks["day"]["due"] == DAY
    assert "choisie" in world.told("member")[0]


@pytest.mark.feature("P3")
def test_a_plan_that_is_adopted_is_counted_back_from_its_day(world: World):
    world.adopted(day=date(2027, 12, 21), fallback_day=date(2028, 1, 8))
    due = {key: task["due"] for key, task in world.tasks().items()}
    assert due["install"] == date(2027, 12, 17)
    assert due["secured"] == date(2027, 12, 6)
    assert due["needs"] == date(2027, 10, 21)
    assert due["spread"] == date(2027, 11, 19)
    assert world.last("plan-adopted")["fallback_day"] == "2028-01-08"
    assert world.plan()["agreed"] == "Réunion à la case, à main levée"


def test_only_the_lead_speaks_for_the_group(world: World):
    for who in ("member", "stranger", "dpc", "sector", "elu", "agent"):
        with pytest.raises(Forbidden):
            world.adopted(who)
    assert world.plan()["state"] == "draft"


def test_a_plan_is_carried_by_somebody_of_the_committee(world: World):
    with pytest.raises(NotInTheGroup):
        world.adopted(lead=person_id("stranger"))
    world.adopted(lead=person_id("member"))


def test_a_plan_adopted_twice_is_adopted_once(world: World):
    world.adopted()
    with pytest.raises(PlanAlreadyAdopted):
        world.adopted()
    assert world.facts().count("plan-adopted") == 1


def test_who_had_not_seen_the_last_version_reads_it_first(world: World):
    world.do(
        commands.add_task, "member", action_id=ACTION, title="Un gâteau", due=DAY - timedelta(1)
    )
    version = world.plan()["version"]
    world.adopted(version=version)
    with pytest.raises(VersionOutdated):
        world.do(
            commands.move_day,
            "lead",
            action_id=ACTION,
            day=FALLBACK,
            why=WhyMoved.OTHER,
            reason="Autre",
            version=version,
        )


@pytest.mark.parametrize("day", [date(2027, 5, 31), date(2027, 6, 1), date(2030, 1, 1)])
def test_a_day_in_the_past_or_too_far_is_refused(world: World, day: date):
    with pytest.raises(Invalid):
        world.adopted(day=day, fallback_day=day + timedelta(7))
    assert world.plan()["state"] == "draft"


def test_a_sunday_is_a_day_like_another_and_offices_come_before_it(world: World):
    world.adopted(day=date(2027, 9, 19))
    due = {key: task["due"] for key, task in world.tasks().items()}
    assert (due["day"], due["install"]) == (date(2027, 9, 19), date(2027, 9, 17))
    assert due["neighbours"] == date(2027, 9, 15)


# moving


def move(world: World, day: date, fallback: date | None = None, who: str = "lead") -> int:
    tight: int = world.do(
        commands.move_day,
        who,
        action_id=ACTION,
        day=day,
        fallback_day=fallback,
        why=WhyMoved.PLACE,
        reason="La place est en travaux",
    )
    return tight


def fall_back(world: World, who: str = "lead") -> int:
    said = {"why": WhyMoved.CYCLONE, "reason": "Alerte orange"}
    tight: int = world.do(commands.fall_back, who, action_id=ACTION, **said)
    return tight


@pytest.mark.feature("J8", "X17")
def test_what_is_not_done_follows_a_moved_day_and_what_is_done_stays(world: World):
    world.adopted()
    world.do(commands.finish_task, "member", task_id=world.task("roles"))
    before = {key: task["due"] for key, task in world.tasks().items()}
    assert move(world, FALLBACK) == 0
    after = {key: task["due"] for key, task in world.tasks().items()}
    assert after["roles"] == before["roles"]
    assert after["day"] == FALLBACK
    assert all(after[key] > before[key] for key in before if key != "roles")
    move(world, DAY)
    assert {key: task["due"] for key, task in world.tasks().items()} == before


def test_a_day_moved_nearer_says_how_many_tasks_no_longer_fit_and_which(world: World):
    world.adopted()
    near = date(2027, 7, 10)
    tried = world.ask(queries.plan_on, "lead", action_id=ACTION, day=near)
    late = [row["key"] for row in tried["tasks"] if row["tight"]]
    assert sorted(late) == ["needs", "relays", "resources", "roles"]
    assert move(world, near) == tried["tight"] == len(late)
    assert world.last("action-day-moved")["tight"] == 4
    card = world.ask(queries.plan_card, "member", action_id=ACTION)
    assert sorted(row["key"] for row in card["tasks"] if row["late"]) == sorted(late)


def test_trying_a_day_changes_nothing(world: World):
    world.adopted()
    before, tasks = world.plan(), world.tasks()
    world.ask(queries.plan_on, "lead", action_id=ACTION, day=FALLBACK)
    assert (world.plan(), world.tasks()) == (before, tasks)


def test_one_falls_back_in_one_gesture_on_the_day_that_was_adopted(world: World):
    world.adopted()
    fall_back(world)
    plan = world.plan()
    assert (plan["day"], plan["fallback_day"], plan["moves"]) == (FALLBACK, None, 1)
    fact = world.last("action-day-moved")
    assert (fact["was"], fact["day"], fact["why"]) == ("2027-09-18", "2027-09-25", "cyclone")
    with pytest.raises(NoFallbackDay):
        fall_back(world)


def test_a_fallback_day_that_is_over_is_no_way_out(world: World):
    world.adopted()
    world.until(FALLBACK)
    with pytest.raises(Invalid):
        fall_back(world)


def test_a_day_moved_over_31_december_warns_of_the_budget_and_moves(world: World):
    world.adopted(day=date(2027, 12, 18), fallback_day=date(2027, 12, 26))
    tried = world.ask(queries.plan_on, "lead", action_id=ACTION, day=date(2028, 1, 8))
    assert any("ligne de budget est celle de 2027" in text for text in tried["warnings"])
    with pytest.raises(Invalid, match="cyclone"):
        move(world, date(2028, 1, 8))
    move(world, date(2028, 1, 8), date(2028, 1, 15))
    assert world.last("action-day-moved")["day"] == "2028-01-08"
    assert world.plan()["day"] == date(2028, 1, 8)


def test_the_29_february_of_a_leap_year_is_a_day(world: World):
    world.adopted(day=date(2028, 2, 29), fallback_day=date(2028, 3, 4))
    assert world.tasks()["spread"]["due"] == date(2028, 1, 28)
    assert world.tasks()["needs"]["due"] == date(2027, 12, 29)


def test_a_draft_is_not_moved_and_only_the_lead_moves(world: World):
    with pytest.raises(PlanNotAdopted):
        move(world, FALLBACK)
    world.adopted()
    for who in ("member", "dpc", "sector", "stranger"):
        with pytest.raises(Forbidden):
            move(world, FALLBACK, who=who)
        with pytest.raises(Forbidden):
            fall_back(world, who)


def test_a_moved_day_moves_needs_and_asks_again_who_had_answered(world: World):
    world.adopted()
    sono, street, club = world.buy(), world.street(), world.relay()
    world.do(commands.accept_service, "agent", need_id=street, conditions="Deux bénévoles")
    world.do(commands.answer_by_link, None, secret=world.link(club), answer="yes")
    before = world.need(sono)["needed_by"]
    fall_back(world)
    assert world.need(sono)["needed_by"] == before + timedelta(7)
    assert world.need(street)["needed_by"] == FALLBACK
    assert world.need(street)["answer_by"] == date(2027, 8, 6)
    assert {world.need(need)["state"] for need in (street, club)} == {"asked"}
    assert world.facts().count("need-changed") == 3
    assert world.facts()[-1] in ("relay-asked", "service-needed", "need-changed")
    assert any("autre jour" in text for text in world.told("agent"))
    assert any("nouveau lien" in text for text in world.told("member"))


@pytest.mark.feature("J8", "X17")
def test_two_days_before_everybody_hears_at_once_of_a_cyclone(world: World):
    world.adopted()
    street = world.street()
    world.do(commands.accept_service, "agent", need_id=street, conditions="")
    world.until(DAY - timedelta(2))
    fall_back(world)
    for who in ("member", "agent"):
        assert world.told_at_once(who), who
    assert any("a changé" in text for text in world.told_at_once("member"))


def test_earlier_it_waits_for_the_mail_of_the_next_morning(world: World):
    world.adopted()
    world.until(DAY - timedelta(3))
    fall_back(world)
    assert world.told_at_once("member") == []


def test_a_settled_or_lost_need_does_not_follow_the_day(world: World):
    world.adopted()
    street, sono = world.street(), world.buy()
    world.do(commands.decline_service, "agent", need_id=street, why="Une autre fête")
    world.do(commands.withdraw_need, "member", need_id=sono, why="On nous la prête")
    fall_back(world)
    assert world.facts().count("need-changed") == 0


# giving up


def test_a_cancelled_action_withdraws_what_it_asked_for(world: World):
    world.adopted()
    needs = (world.buy(), world.print(), world.street(), world.relay())
    secret = world.link(needs[3])
    world.do(commands.cancel_action, "lead", action_id=ACTION, reason="La place est en travaux")
    assert {world.need(need)["state"] for need in needs} == {"withdrawn"}
    assert world.facts().count("need-withdrawn") == 4
    assert world.facts().count("action-cancelled") == 1
    assert any("n’est plus demandé" in text for text in world.told("agent"))
    world.page(None, f"/lien/{secret}", 404)
    with pytest.raises(PlanOver):
        world.do(commands.cancel_action, "lead", action_id=ACTION, reason="Encore")
    assert world.told_at_once("member") == []


def test_an_action_given_up_on_its_eve_is_told_at_once(world: World):
    world.adopted()
    world.street()
    world.until(DAY - timedelta(1))
    world.do(commands.cancel_action, "lead", action_id=ACTION, reason="Alerte rouge")
    assert any("est annulée" in text for text in world.told_at_once("member"))
    assert any("n’est plus demandé" in text for text in world.told_at_once("agent"))


def test_the_dpc_may_cancel_and_a_member_may_not(world: World):
    with pytest.raises(Forbidden):
        world.do(commands.cancel_action, "member", action_id=ACTION, reason="Non")
    world.do(commands.cancel_action, "dpc", action_id=ACTION, reason="Le comité s’arrête")
    assert world.plan()["state"] == "cancelled"


def test_everybody_reads_what_they_follow_and_nothing_else(world: World):
    world.chosen(committee_id=OTHER_COMMITTEE, action_id=OTHER_ACTION)
    for who in READERS:
        items = world.ask(queries.plans_list, who)["items"]
        wanted = {ACTION, OTHER_ACTION} if who in ("dpc", "auditor", "sector") else {ACTION}
        assert {row["id"] for row in items} == wanted
        world.ask(queries.plan_card, who, action_id=ACTION)
    for query in (queries.plan_card, queries.review_card, queries.closing_card):
        with pytest.raises(Forbidden):
            world.ask(query, "stranger", action_id=ACTION)
