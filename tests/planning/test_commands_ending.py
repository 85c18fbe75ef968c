"""The day, its bilan and the end: nothing is invented, nothing is left open."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.communication import events as communication
from services.planning import commands, queries
from services.planning.model import INSTALLATION
from services.planning.model.refusals import (
    AlreadySigned,
    NotHeldYet,
    PlanOver,
    SomethingOpen,
    TooEarly,
)
from services.procurement import events as procurement
from shared.kernel.refusals import Forbidden, Invalid, NotFound
from tests.planning.world import ACTION, DAY, OF_ACTION, World


@pytest.fixture(autouse=True)
def plan(world: World) -> None:
    world.adopted()


def sign(world: World, seen: list[str], reserves: str = "", who: str = "member") -> None:
    said = {"action_id": ACTION, "seen": seen, "reserves": reserves}
    world.do(commands.sign_installation, who, **said)


@pytest.mark.feature("J1")
def test_the_place_is_signed_for_with_reserves_then_without(world: World):
    with pytest.raises(TooEarly):
        sign(world, list(INSTALLATION))
    world.until(DAY - timedelta(1))
    with pytest.raises(Invalid, match="premiers secours"):
        sign(world, [p for p in INSTALLATION if "secours" not in p or "accès" in p])
    sign(world, list(INSTALLATION[:4]), "Le poste de secours arrive à midi")
    assert world.last("installation-signed")["reserves"] == "Le poste de secours arrive à midi"
    sign(world, list(INSTALLATION), who="second")
    with pytest.raises(AlreadySigned):
        sign(world, list(INSTALLATION))
    assert world.facts().count("installation-signed") == 2
    for who in ("stranger", "dpc", "agent"):
        with pytest.raises(Forbidden):
            sign(world, list(INSTALLATION), who=who)


@pytest.mark.feature("J6")
def test_the_day_is_held_on_the_day_with_its_attendance_and_incidents(world: World):
    with pytest.raises(TooEarly):
        world.do(commands.hold_action, "member", action_id=ACTION, attendance=10)
    world.held(incidents="Une coupure de courant")
    fact = world.last("action-held")
    assert (fact["on"], fact["attendance"]) == ("2027-09-18", 120)
    assert fact["incidents"] == "Une coupure de courant"
    assert world.tasks()["day"]["state"] == "done"
    assert any("bilan" in text for text in world.told("lead"))
    with pytest.raises(PlanOver):
        world.do(commands.hold_action, "member", action_id=ACTION, attendance=10)


def test_a_held_day_is_neither_moved_nor_cancelled(world: World):
    world.held()
    with pytest.raises(PlanOver):
        world.do(commands.cancel_action, "lead", action_id=ACTION, reason="Trop tard")
    with pytest.raises(PlanOver):
        world.do(commands.fall_back, "lead", action_id=ACTION, why="other", reason="Trop tard")


def campaign(world: World, campaign_id: UUID) -> None:
    where = {**OF_ACTION, "campaign_id": campaign_id}
    world.hears(
        communication.StrategyAdopted(**where, targets=(), channels=(), supports=(), gates=())
    )
    for count in (30, 45):
        said: dict[str, Any] = {
            "need_id": uuid4(),
            "support": "flyer",
            "zone": "Marché",
            "left": 10,
        }
        world.hears(communication.DistributionReported(**where, **said, count=count))


@pytest.mark.feature("B2")
def test_the_bilan_is_prefilled_from_what_the_facts_say(world: World):
    campaign(world, ACTION)
    world.money("412.50")
    world.do(commands.finish_task, "member", task_id=world.task("roles"))
    task = world.task("day")
    world.do(commands.take_task, "lead", task_id=task)
    world.do(commands.lend_a_hand, "second", task_id=task)
    club, street = world.relay(), world.street()
    world.do(commands.answer_by_link, None, secret=world.link(club), answer="yes", words="À trois")
    world.do(commands.accept_service, "agent", need_id=street)
    world.held(attendance=120)
    card = world.ask(queries.review_card, "lead", action_id=ACTION)
    assert (card["done"], card["people"], card["attendance"]) == (2, 3, 120)
    assert card["spent"] == Decimal("412.50")
    assert card["campaign"]["handed_out"] == 75
    assert (card["secured"], card["asked"]) == (2, 2)
    assert [need["words"] for need in card["relays"]] == ["À trois"]


@pytest.mark.feature("B3", "X18")
def test_the_bilan_is_kept_once_with_what_was_counted_and_a_document(world: World):
    world.money("412.50")
    with pytest.raises(NotHeldYet):
        world.reviewed()
    world.held()
    for who in ("member", "dpc", "sector"):
        with pytest.raises(Forbidden):
            world.reviewed(who)
    world.reviewed()
    fact = world.last("action-reviewed")
    assert (fact["spent_incl_tax"], fact["attendance"]) == ("412.50", 125)
    assert (fact["volunteers"], fact["volunteer_hours"], fact["do_again"]) == (12, 40, True)
    assert world.tasks()["review"]["state"] == "done"
    with pytest.raises(PlanOver):
        world.reviewed()
    for who in ("member", "dpc", "elu", "auditor"):
        file = world.ask(queries.review_file, who, action_id=ACTION)
        assert (file.media_type, file.size > 1000) == ("application/pdf", True)


def test_there_is_no_document_before_the_bilan(world: World):
    with pytest.raises(NotFound):
        world.ask(queries.review_file, "lead", action_id=ACTION)


def test_money_that_nobody_knows_is_unknown_in_the_bilan_and_not_zero(world: World):
    world.held()
    world.reviewed()
    data = world.cases.operate(
        queries._review_data,
        action_id=ACTION,
        said=dict.fromkeys(("attendance", "volunteers", "volunteer_hours", "do_again"), 1)
        | {"spent_incl_tax": Decimal(0), "worked": "", "to_improve": ""},
    )
    facts = {row["label"]: row["value"] for row in data["facts"]}
    assert facts["Dépensé"] == facts["Budget accordé"] == "inconnu"
    assert facts["Supports distribués"] == "inconnu"
    assert "dépense inconnue" in world.page("member", f"/actions/{ACTION}/bilan")


# closing


@pytest.mark.feature("B4", "X18")
def test_an_action_is_closed_when_nothing_is_left_open_and_lists_what_is(world: World):
    sono, street, poster = world.buy(), world.street(), world.print()
    purchase = world.opened(sono)
    request = uuid4()
    printed = {**OF_ACTION, "need_id": poster, "request_id": request}
    asked: dict[str, Any] = {
        "title": "Affiches",
        "support": "poster",
        "quantity": 80,
        "needed_by": DAY,
    }
    world.hears(communication.PrintRequested(**printed, **asked))
    campaign(world, ACTION)
    world.held()
    with pytest.raises(SomethingOpen) as refused:
        world.do(commands.close_action, "lead", action_id=ACTION)
    left = {each["text"]: each for each in refused.value.details["open"]}
    assert left["Le bilan n’est pas fait"]["href"] == f"/planning/actions/{ACTION}/bilan"
    assert left["Achat à solder : Sonorisation"]["href"] == f"/procurement/achats/{purchase}"
    assert left["Impression à livrer : Affiches"]["href"] == f"/communication/demandes/{request}"
    assert "Voirie" in left["Besoin sans réponse : Fermer la rue"]["who"]
    assert left["Besoin sans réponse : Fermer la rue"]["href"].endswith(str(street))
    assert left["Campagne de communication à finir"]["who"]
    assert any(text.startswith("Tâche à finir") for text in left)

    world.reviewed()
    world.all_done()
    world.do(commands.withdraw_need, "member", need_id=street, why="La rue était libre")
    world.hears(communication.PrintDelivered(**printed, quantity=80, on=DAY))
    over: dict[str, Any] = {"channels": (), "zones": (), "starts": DAY, "ends": DAY, "ready": ()}
    world.hears(communication.CampaignLaunched(**OF_ACTION, campaign_id=ACTION, **over))
    world.hears(communication.CampaignEnded(**OF_ACTION, campaign_id=ACTION, reach=75))
    assert world.left_open() == ["Achat à solder : Sonorisation"]
    step = {"step": procurement.Step.PAY, "next_step": None}
    world.purchase(procurement.PurchaseStepPassed, sono, purchase, **step)
    assert world.left_open() == []
    for who in ("member", "dpc", "stranger"):
        with pytest.raises(Forbidden):
            world.do(commands.close_action, who, action_id=ACTION)
    world.do(commands.close_action, "lead", action_id=ACTION)
    assert world.facts()[-1] == "action-closed"
    assert world.plan()["ended_on"] == DAY
    with pytest.raises(PlanOver):
        world.do(commands.close_action, "lead", action_id=ACTION)
    assert any("est close" in text for text in world.told("member"))


def test_a_cancelled_purchase_and_a_declined_need_keep_nothing_open(world: World):
    sono, street = world.buy(), world.street()
    purchase = world.opened(sono)
    world.purchase(procurement.PurchaseCancelled, sono, purchase, why="Trop cher")
    world.do(commands.decline_service, "agent", need_id=street, why="Travaux")
    world.held()
    world.reviewed()
    world.all_done()
    assert world.left_open() == []


def test_an_open_task_names_who_has_it(world: World):
    world.do(commands.take_task, "member", task_id=world.task("thanks"))
    said = {"why": "Pas d’adresses", "unblocks": "La présidente du club"}
    world.do(commands.block_task, "member", task_id=world.task("spread"), **said)
    card = world.ask(queries.closing_card, "lead", action_id=ACTION)
    who = {each["text"].partition(" : ")[2]: each["who"] for each in card["left_open"]}
    assert who["Remercier les bénévoles et les relais"] == "Jean-Marc Démo"
    assert who["Commencer la distribution et l’affichage"] == "La présidente du club"
    assert who["Se répartir les rôles selon ce que chacun sait et peut faire"] == "le comité"


def test_a_department_may_still_answer_for_what_comes_after_the_day(world: World):
    need = world.street(title="Rendre la rue", on=DAY + timedelta(2), answer_by=date(2027, 9, 19))
    world.held()
    world.do(commands.accept_service, "agent", need_id=need)
    assert world.standing(need) == "secured"
