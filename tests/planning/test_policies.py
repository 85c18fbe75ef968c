"""What others say is followed once, and never refused."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4, uuid5

import pytest

from services.communication import events as communication
from services.decision import events as decision
from services.planning import commands, queries
from services.planning.model import TEMPLATE
from services.planning.service import service
from services.procurement import events as procurement
from shared.store.tables import outbox
from tests.planning.world import (
    ACTION,
    DAY,
    JOURNEY,
    OF_ACTION,
    OTHER_ACTION,
    World,
    person_id,
)


def test_an_action_chosen_twice_has_one_plan(world: World):
    world.chosen()
    world.chosen(title="Autre titre")
    assert len(world.tasks()) == len(TEMPLATE)
    assert world.plan()["title"] == "Fête de quartier"
    assert world.plan()["conditions"][0]["by"] == "Voirie"
    assert sum("choisie" in text for text in world.told("member")) == 1


def test_a_plan_drafted_again_after_a_restored_backup_has_the_same_tasks(world: World):
    event = uuid4()
    world.hears(world.choice(action_id=OTHER_ACTION), event)
    made = {task["id"] for task in world.tasks(OTHER_ACTION).values()}
    # The first id of the event is that of its plan’s first task.
    assert uuid5(event, "planning:1") in made


def test_a_wish_of_one_day_is_that_day(world: World):
    world.chosen(action_id=OTHER_ACTION, wished_from=date(2027, 10, 6), wished_to=date(2027, 10, 6))
    assert world.plan(OTHER_ACTION)["day"] == date(2027, 10, 6)


@pytest.mark.parametrize("adopted", [False, True])
def test_an_annulled_choice_gives_the_plan_up_once(world: World, adopted: bool):
    needs = []
    if adopted:
        world.adopted()
        needs = [world.buy(), world.street()]
    annulled = decision.ChoiceAnnulled(**OF_ACTION, round_id=uuid4(), why="Vice de forme")
    world.hears(annulled)
    world.hears(annulled)
    assert (world.plan()["state"], world.plan()["why_ended"]) == ("cancelled", "Vice de forme")
    assert {world.need(need)["state"] for need in needs} <= {"withdrawn"}
    assert world.facts().count("need-withdrawn") == len(needs)
    assert "action-cancelled" not in world.facts()


def test_a_choice_annulled_of_an_action_that_has_no_plan_changes_nothing(world: World):
    where = {**OF_ACTION, "action_id": OTHER_ACTION}
    world.hears(decision.ChoiceAnnulled(**where, round_id=uuid4(), why="Vice de forme"))
    assert world.plan()["state"] == "draft"


def test_an_annulled_choice_of_a_day_that_was_held_changes_nothing(world: World):
    world.adopted()
    world.held()
    world.hears(decision.ChoiceAnnulled(**OF_ACTION, round_id=uuid4(), why="Trop tard"))
    assert world.plan()["state"] == "held"


def test_facts_follow_the_journey_of_the_action(world: World):
    world.adopted()
    world.buy()
    world.do(commands.take_task, "member", task_id=world.task("day"))
    with world.database.read() as connection:
        headers = [row.headers for row in connection.execute(outbox.select())]
    assert headers
    assert all(str(JOURNEY).encode() in header for header in headers)


# what becomes of needs


def validated(world: World, need_id, purchase_id) -> procurement.QuoteValidated:
    return procurement.QuoteValidated(
        **OF_ACTION,
        need_id=need_id,
        purchase_id=purchase_id,
        quote_id=uuid4(),
        kind=procurement.NeedKind.HIRE,
        category=procurement.Category.SERVICES,
        supplier_id=uuid4(),
        supplier="Démo Sono",
        lines=(),
        amount_excl_tax=Decimal("300.00"),
        vat=Decimal("25.50"),
        amount_incl_tax=Decimal("325.50"),
        line_id=uuid4(),
        content_hash="0",
    )


@pytest.mark.feature("A15")
def test_a_purchase_shows_in_the_plan_who_is_awaited_and_until_when(world: World):
    world.adopted()
    need = world.buy()
    assert world.standing(need) == "asked"
    purchase = world.opened(need)
    step = {
        "step": procurement.Step.CHECK,
        "next_step": procurement.Step.VALIDATE,
        "awaited_role": "delegate",
        "due": date(2027, 6, 18),
    }
    world.purchase(procurement.PurchaseStepPassed, need, purchase, **step)
    card = world.ask(queries.need_card, "member", need_id=need)
    assert (card["says"], card["awaited"]) == ("Devis à valider", "une personne délégataire")
    assert (card["by"], card["href"]) == (date(2027, 6, 18), f"/procurement/achats/{purchase}")
    world.hears(validated(world, need, purchase))
    assert world.standing(need) == "secured"
    assert any("est assuré" in text for text in world.told("member"))
    for total in (False, True):
        came = {"delivery_id": uuid4(), "delivered_on": DAY, "amount_incl_tax": Decimal(9)}
        world.purchase(procurement.DeliveryCertified, need, purchase, total=total, **came)
        assert world.standing(need) == ("over" if total else "secured")


@pytest.mark.parametrize("cls", [procurement.QuoteRefused, procurement.PurchaseCancelled])
@pytest.mark.feature("A17")
def test_a_purchase_that_stops_tells_who_asked_to_find_another_way(world: World, cls):
    world.adopted()
    need = world.buy(owner=person_id("lead"))
    world.purchase(cls, need, world.opened(need), why="Trop cher")
    assert world.standing(need) == "lost"
    for who in ("member", "lead"):
        assert any("trouver autrement" in text for text in world.told(who))


def test_a_print_shows_in_the_plan_how_far_it_is(world: World):
    world.adopted()
    need, request = world.print(), uuid4()
    where = {**OF_ACTION, "need_id": need, "request_id": request}
    asked: dict[str, Any] = {
        "title": "Affiches",
        "support": "poster",
        "quantity": 80,
        "needed_by": DAY,
    }
    slot: dict[str, Any] = {"week": date(2027, 8, 2), "ready_by": date(2027, 8, 6)}

    def says() -> tuple[str, str]:
        card = world.ask(queries.need_card, "member", need_id=need)
        return card["standing"], card["says"]

    world.hears(communication.PrintRequested(**where, **asked))
    assert says() == ("asked", "Demande à examiner")
    world.hears(communication.PrintAccepted(**where, hours=Decimal(4)))
    world.hears(communication.PrintScheduled(**where, **slot))
    assert says() == ("secured", "Créneau réservé")
    world.hears(communication.PrintUnscheduled(**where, why="Machine en panne"))
    assert says() == ("asked", "Créneau à trouver")
    world.hears(communication.PrintRefused(**where, why="Format inconnu"))
    assert says() == ("lost", "Refusée")
    assert any("trouver autrement" in text for text in world.told("member"))


def test_what_is_no_need_of_ours_tells_nobody(world: World):
    before = world.outbox()
    world.purchase(procurement.PurchaseCancelled, uuid4(), uuid4(), why="Autre service")
    world.hears(validated(world, uuid4(), uuid4()))
    where = {**OF_ACTION, "need_id": uuid4(), "request_id": uuid4()}
    world.hears(communication.PrintCancelled(**where, why="Autre"))
    assert world.outbox() == before


def test_an_older_balance_told_late_does_not_go_over_a_newer_one(world: World):
    world.money("300.00", seq=2)
    world.money("100.00", seq=1)
    card = world.ask(queries.plan_card, "lead", action_id=ACTION)
    assert card["money"]["paid"] == Decimal("300.00")
    assert card["money"]["available"] == Decimal("1200.00")


def test_every_reaction_may_come_twice(world: World):
    """Each fact that planning reacts to, heard twice under its own id, changes things once."""
    world.adopted()
    need = world.buy()
    purchase, request = world.opened(need), {**OF_ACTION, "need_id": need, "request_id": uuid4()}
    stop = {**OF_ACTION, "need_id": need, "purchase_id": purchase, "why": "Trop cher"}
    said = {
        decision.ActionChosen: world.choice(),
        procurement.QuoteValidated: validated(world, need, purchase),
        procurement.QuoteRefused: procurement.QuoteRefused(**stop),
        procurement.PurchaseCancelled: procurement.PurchaseCancelled(**stop),
        communication.PrintScheduled: communication.PrintScheduled(
            **request, week=date(2027, 8, 2), ready_by=date(2027, 8, 6)
        ),
        communication.PrintRefused: communication.PrintRefused(**request, why="Non"),
        communication.PrintCancelled: communication.PrintCancelled(**request, why="Non"),
        decision.ChoiceAnnulled: decision.ChoiceAnnulled(
            **OF_ACTION, round_id=uuid4(), why="Vice de forme"
        ),
    }
    assert set(said) == set(service.reacts)
    for fact in said.values():
        world.hears(fact)
        plan, facts = world.plan(), world.facts()
        world.hears(fact)
        assert (world.plan(), world.facts()) == (plan, facts)
