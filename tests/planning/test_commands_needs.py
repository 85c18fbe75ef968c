"""Needs: asked of suppliers, printers, departments, organisations; answered, reminded, withdrawn."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from services.planning import commands, queries
from services.planning.model.refusals import (
    NeedOver,
    NotAsked,
    NotInTheGroup,
    PlanNotAdopted,
    PlanOver,
)
from shared.kernel.refusals import Forbidden, Invalid
from shared.store.links import LinkUnknown, LinkUsed
from tests.planning.world import (
    ACTION,
    DAY,
    OTHER_ACTION,
    OTHER_COMMITTEE,
    RELAY,
    World,
    person_id,
)


@pytest.fixture(autouse=True)
def plan(world: World) -> None:
    world.adopted()


@pytest.mark.feature("A1", "A2")
def test_something_to_buy_is_told_whole_and_for_the_usual_date(world: World):
    need = world.buy(owner=person_id("elu"), priority=1, estimate_incl_tax=Decimal("400.00"))
    fact = world.last("supplier-needed")
    assert fact["need_id"] == str(need)
    assert fact["lines"] == [{"label": "Sono", "quantity": "1", "unit": "jour"}]
    assert (fact["needed_by"], fact["place"]) == ("2027-09-13", "Place du marché")
    assert (fact["owner"], fact["priority"]) == (str(person_id("elu")), 1)
    assert (fact["kind"], fact["estimate_incl_tax"]) == ("hire", "400.00")
    assert world.standing(need) == "asked"


def test_a_print_goes_through_the_communication(world: World):
    world.print(details="Avec le jour de repli")
    fact = world.last("print-needed")
    assert (fact["support"], fact["quantity"], fact["page_format"]) == ("poster", 80, "A3")


def test_nothing_is_asked_before_the_plan_is_adopted_nor_after_the_day(world: World):
    world.chosen(action_id=OTHER_ACTION, committee_id=OTHER_COMMITTEE)
    with pytest.raises(PlanNotAdopted):
        world.buy("stranger", action_id=OTHER_ACTION)
    world.held()
    with pytest.raises(PlanOver):
        world.buy()


@pytest.mark.feature("A5")
@pytest.mark.parametrize("who", ["stranger", "dpc", "sector", "elu", "agent", "auditor"])
def test_only_the_group_asks_for_its_action(world: World, who: str):
    with pytest.raises(Forbidden):
        world.buy(who)


def test_a_need_is_followed_by_somebody_of_the_committee_or_its_elu(world: World):
    with pytest.raises(NotInTheGroup):
        world.buy(owner=person_id("stranger"))


@pytest.mark.parametrize("needed_by", [date(2027, 6, 1), date(2027, 5, 1), DAY + timedelta(1)])
def test_what_is_bought_is_for_a_day_to_come_and_not_after_the_day(world: World, needed_by: date):
    with pytest.raises(Invalid):
        world.buy(needed_by=needed_by)
    assert "supplier-needed" not in world.facts()


def test_a_need_said_a_few_days_before_the_day_is_for_tomorrow_at_the_soonest(world: World):
    world.until(DAY - timedelta(3))
    assert world.need(world.buy())["needed_by"] == DAY - timedelta(2)


def test_nothing_is_bought_without_a_line(world: World):
    with pytest.raises(Invalid, match="une chose"):
        world.buy(lines=[])


# departments


@pytest.mark.feature("P19")
def test_a_department_is_asked_and_accepts_with_its_conditions(world: World):
    need = world.street()
    assert any("Fermer la rue" in text for text in world.told("agent"))
    assert [row["id"] for row in world.ask(queries.asked_of_department, "agent")["items"]] == [need]
    assert world.ask(queries.asked_count, "agent") == 1
    world.do(commands.accept_service, "agent", need_id=need, conditions="Deux bénévoles")
    assert world.last("service-accepted")["conditions"] == "Deux bénévoles"
    assert world.standing(need) == "secured"
    assert world.ask(queries.asked_count, "agent") == 0
    done = world.ask(queries.asked_of_department, "agent", answered=True)["items"]
    assert [row["words"] for row in done] == ["Deux bénévoles"]
    assert any("une réponse" in text for text in world.told("member"))


def test_a_department_declines_with_a_reason(world: World):
    need = world.street()
    with pytest.raises(Invalid):
        world.do(commands.decline_service, "agent", need_id=need, why="")
    world.do(commands.decline_service, "agent", need_id=need, why="Une autre fête")
    assert world.last("service-declined")["why"] == "Une autre fête"
    assert world.standing(need) == "lost"
    assert world.left_open()[0] == "La journée n’a pas eu lieu"
    assert not any("Fermer la rue" in text for text in world.left_open())


@pytest.mark.parametrize("who", ["logistics", "member", "lead", "dpc", "stranger"])
def test_only_the_department_that_is_asked_answers(world: World, who: str):
    need = world.street()
    with pytest.raises(Forbidden):
        world.do(commands.accept_service, who, need_id=need)
    with pytest.raises(Forbidden):
        world.ask(queries.service_need, who, need_id=need)


def test_a_department_where_nobody_can_answer_is_not_asked(world: World):
    with pytest.raises(Invalid, match="quelqu’un peut répondre"):
        world.street(department="Astronomie")


# silence


@pytest.mark.feature("A4")
def test_silence_is_reminded_of_the_working_day_before_then_told_to_the_dpc(world: World):
    need = world.street(answer_by=date(2027, 7, 19))  # a Monday
    world.until(date(2027, 7, 15))
    assert not any("demain" in text for text in world.told("agent"))
    world.until(date(2027, 7, 17))
    assert any("attendue demain" in text for text in world.told("agent"))
    assert any("n’a pas encore répondu" in text for text in world.told("member"))
    world.until(date(2027, 7, 20))
    world.until(date(2027, 7, 21))
    fact = world.last("answer-overdue")
    assert (fact["asked"], fact["need_id"]) == ("Voirie", str(need))
    assert any("débloquer" in text for text in world.told("dpc"))
    world.until(date(2027, 8, 30))
    assert world.facts().count("answer-overdue") == 1
    card = world.ask(queries.need_card, "lead", need_id=need)
    assert card["overdue"]
    assert card["late"]


def test_who_answered_is_neither_reminded_nor_told_late(world: World):
    need = world.street()
    world.do(commands.accept_service, "agent", need_id=need)
    world.until(DAY)
    assert "answer-overdue" not in world.facts()
    assert not any("demain" in text for text in world.told("agent"))


def test_a_withdrawn_need_awaits_nobody(world: World):
    need = world.street()
    world.do(commands.withdraw_need, "lead", need_id=need, why="La rue est piétonne")
    world.do(commands.withdraw_need, "lead", need_id=need, why="La rue est piétonne")
    assert world.facts().count("need-withdrawn") == 1
    assert any("n’est plus demandé" in text for text in world.told("agent"))
    with pytest.raises(NeedOver):
        world.do(commands.accept_service, "agent", need_id=need)
    world.until(DAY)
    assert "answer-overdue" not in world.facts()


def test_a_need_for_another_date_asks_again_who_had_answered(world: World):
    need = world.street()
    world.do(commands.accept_service, "agent", need_id=need)
    change = {"need_id": need, "needed_by": DAY - timedelta(1), "why": "On monte la veille"}
    world.do(commands.change_need_date, "member", **change)
    assert world.need(need)["state"] == "asked"
    assert world.facts()[-2:] == ["need-changed", "service-needed"]
    assert world.ask(queries.asked_count, "agent") == 1
    with pytest.raises(Invalid):
        world.do(commands.change_need_date, "member", **(change | {"needed_by": world.today}))


# organisations


@pytest.mark.feature("D6")
def test_an_organisation_answers_once_by_its_link(world: World):
    need = world.relay()
    assert world.last("relay-asked")["organisation"] == "Club Démo"
    secret = world.link(need)
    said = {"secret": secret, "answer": "later", "words": "Après la réunion de samedi"}
    world.do(commands.answer_by_link, None, **said)
    assert world.last("relay-answered")["words"] == "Après la réunion de samedi"
    assert world.standing(need) == "other"
    with pytest.raises(LinkUsed):
        world.do(commands.answer_by_link, None, **said)
    assert world.facts().count("relay-answered") == 1


def test_a_new_link_replaces_the_one_before(world: World):
    need = world.relay()
    first, second = world.link(need), world.link(need)
    with pytest.raises(LinkUnknown):
        world.do(commands.answer_by_link, None, secret=first, answer="yes")
    world.do(commands.answer_by_link, None, secret=second, answer="yes")
    assert world.standing(need) == "secured"


def test_an_answer_written_down_makes_the_link_useless(world: World):
    need = world.relay()
    secret = world.link(need)
    world.do(commands.record_relay_answer, "member", need_id=need, answer="no")
    assert world.standing(need) == "lost"
    with pytest.raises(LinkUnknown):
        world.do(commands.answer_by_link, None, secret=secret, answer="yes")


def test_a_department_may_answer_by_a_link_yes_or_why_not(world: World):
    need = world.street()
    secret = world.link(need)
    with pytest.raises(Invalid):
        world.do(commands.answer_by_link, None, secret=secret, answer="no")
    world.do(commands.answer_by_link, None, secret=secret, answer="no", words="Travaux")
    assert world.need(need)["state"] == "declined"


def test_suppliers_and_printers_are_not_answered_for_here(world: World):
    for need in (world.buy(), world.print()):
        with pytest.raises(NotAsked):
            world.link(need)


def test_only_an_organisation_of_the_list_is_asked(world: World):
    with pytest.raises(Invalid, match="liste"):
        world.relay(relay_id=uuid4())
    choices = world.ask(queries.plan_choices, "member", action_id=ACTION)
    assert [row["id"] for row in choices["relays"]] == [RELAY]
    assert choices["departments"] == ["Fêtes et logistique", "Voirie"]


def test_whoever_holds_a_link_sees_that_request_and_nothing_else(world: World):
    world.street()
    shown = world.ask(queries.need_of_link, None, secret=world.link(world.relay()))
    assert shown["organisation"] == "Club Démo"
    assert not {"requested_by", "owner", "words", "lines", "estimate_incl_tax"} & set(shown)


def test_words_in_creole_and_with_tags_are_kept_as_they_are(world: World):
    words = "Nou lé partan <b>mi di aou</b> & « oté »"
    need = world.relay()
    said = {"secret": world.link(need), "answer": "something-else", "words": words}
    world.do(commands.answer_by_link, None, **said)
    assert world.need(need)["words"] == words
    page = world.page("lead", f"/besoins/{need}")
    assert "<b>mi di aou</b>" not in page
    assert "&lt;b&gt;mi di aou" in page
