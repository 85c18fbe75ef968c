"""What others say is followed once, and never refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from services.communication import commands, queries
from services.communication.events import Channel
from services.communication.model import State, Support
from services.decision import events as decision
from services.language import Fact
from services.planning import events as planning
from services.procurement import events as procurement
from shared.store.tables import outbox
from tests.communication.world import ACTION, COMMITTEE, JOURNEY, World, person_id

OF_ACTION: dict[str, Any] = {"committee_id": COMMITTEE, "action_id": ACTION}


def moved(world: World, was: date, day: date) -> None:
    world.hears(
        planning.ActionDayMoved(
            **OF_ACTION,
            was=was,
            day=day,
            fallback_day=None,
            why=planning.WhyMoved.CYCLONE,
            reason="Alerte",
        )
    )


def outside(world: World) -> tuple[UUID, UUID]:
    """A planned print sent outside: its request and its need."""
    need = uuid4()
    request = world.needed(need)
    world.do(commands.complete_brief, "member", request_id=request, send=True, brief=world.brief())
    world.do(commands.send_outside, "printer", request_id=request, reason="Grand format")
    return request, need


def validated(world: World, need: UUID, delivery: date | None = None) -> None:
    world.need_fact(
        procurement.QuoteValidated,
        need,
        purchase_id=uuid4(),
        quote_id=uuid4(),
        kind=procurement.NeedKind.PRINT,
        category=procurement.Category.SUPPLIES,
        supplier_id=uuid4(),
        supplier="Imprimerie Témoin",
        lines=(),
        amount_excl_tax=Decimal(200),
        vat=Decimal(17),
        amount_incl_tax=Decimal(217),
        line_id=uuid4(),
        content_hash="0" * 64,
        delivery_date=delivery,
    )


def test_a_chosen_action_has_one_campaign_with_a_proposal(world: World):
    world.chosen()
    campaign = world.campaign()
    assert campaign["state"] == "drafted"
    assert campaign["edition"] == 0
    assert "plan" in campaign["gates"]
    assert world.facts() == []


@pytest.mark.feature("K18")
@pytest.mark.parametrize(
    "day, needs, distribution",
    [
        (date(2027, 12, 21), date(2027, 10, 21), date(2027, 11, 19)),
        (date(2028, 3, 31), date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_days_are_counted_back_in_calendar_months(world: World, day, needs, distribution):
    world.planned(day)
    card = world.page("member", f"/campagnes/{ACTION}")
    shown = world.ask(queries.campaign, "member", campaign_id=ACTION)
    assert (shown["needs_due"], shown["starts"]) == (needs, distribution)
    assert "J − 2 mois" in card


def test_an_adopted_plan_may_be_all_that_a_campaign_waits_for(world: World):
    other = uuid5(ACTION, "other")
    world.chosen(action=other)
    values = {
        "targets": [{"public": "Tous", "place": "", "message": ""}],
        "channels": [Channel.WHATSAPP],
        "supports": [{"support": Support.FLYER, "quantity": 1}],
        "gates": ["plan"],
        "agreed": "À main levée",
    }
    world.do(commands.adopt_strategy, "lead", campaign_id=other, **values)
    assert "campaign-launched" not in world.facts()
    world.planned(action=other)
    assert world.facts()[-1] == "campaign-launched"


def test_a_print_that_the_plan_needs_is_a_draft_with_what_is_known(world: World):
    need = uuid4()
    request = world.needed(need, quantity=450)
    again = world.needed(need, quantity=450)
    row = world.row(request)
    assert request == again
    assert (row["state"], row["quantity"], row["needed_by"]) == ("draft", 450, world.day(70))
    assert row["need_id"] == need
    assert row["planned"]


def test_a_support_that_is_not_known_is_another_one(world: World):
    request = world.needed(support=planning.Support.CARD)
    assert world.row(request)["support"] == "card"


def test_facts_follow_the_journey_of_the_action(world: World):
    world.requested()
    with world.database.read() as connection:
        headers = [row.headers for row in connection.execute(outbox.select())]
    assert headers
    assert all(str(JOURNEY).encode() in header for header in headers)


def test_a_moved_need_keeps_its_slot_if_it_can(world: World):
    need = uuid4()
    request = world.needed(need)
    world.do(commands.complete_brief, "member", request_id=request, send=True, brief=world.brief())
    world.do(commands.accept_print, "printer", request_id=request, hours=Decimal(8))
    world.place(request)
    world.need_fact(planning.NeedChanged, need, needed_by=world.day(80), why="Le jour a changé")
    assert world.row(request)["week"] is not None
    change = {"needed_by": world.day(20), "why": "Le jour a changé"}
    world.need_fact(planning.NeedChanged, need, **change)
    world.need_fact(planning.NeedChanged, need, **change)
    row = world.row(request)
    assert (row["week"], row["state"], row["needed_by"]) == (None, "accepted", world.day(20))
    assert world.slots() == []
    assert world.facts().count("print-unscheduled") == 1


@pytest.mark.parametrize("ordered", [False, True])
def test_a_print_bought_outside_is_wanted_for_the_new_day_too(world: World, ordered: bool):
    request, need = outside(world)
    if ordered:
        validated(world, need, world.day(50))
    change = {"needed_by": world.day(20), "why": "Le jour a changé"}
    for _ in range(2):
        world.need_fact(planning.NeedChanged, need, **change)
    row = world.row(request)
    assert row["needed_by"] == world.day(20)
    assert row["state"] == ("ordered" if ordered else "outside")
    assert "print-unscheduled" not in world.facts()


def test_a_moved_day_is_followed_in_every_state(world: World):
    prints = [world.requested(), world.accepted(), world.placed(), world.proofed()]
    bought = world.requested()
    world.do(commands.send_outside, "printer", request_id=bought, reason="Grand format")
    prints += [bought, outside(world)[0], world.delivered()]
    pressed = world.proofed()
    world.approve(pressed)
    world.do(commands.start_printing, "printer", request_id=pressed)
    for was, day in ((100, 60), (60, 130), (130, 131)):
        moved(world, world.day(was), world.day(day))
    wanted = {world.row(request)["needed_by"] for request in (*prints[:5], pressed)}
    assert wanted == {world.day(101)}
    assert world.state(pressed) == State.PRINTING


def test_a_need_that_is_no_print_changes_nothing(world: World):
    world.need_fact(planning.NeedChanged, uuid4(), needed_by=world.day(9), why="")
    world.need_fact(planning.NeedWithdrawn, uuid4(), why="")
    validated(world, uuid4())
    assert world.facts() == []


def test_a_withdrawn_need_cancels_its_print_once(world: World):
    need = uuid4()
    request = world.needed(need)
    for _ in range(2):
        world.need_fact(planning.NeedWithdrawn, need, why="On s’en passe")
    assert world.state(request) == State.CANCELLED
    assert world.facts() == ["print-cancelled"]


def test_a_moved_day_moves_what_the_group_asked_for_here(world: World):
    mine, planned = world.requested(), world.needed()
    moved(world, world.day(100), world.day(110))
    moved(world, world.day(100), world.day(110))
    assert world.row(mine)["needed_by"] == world.day(80)
    assert world.row(planned)["needed_by"] == world.day(70)
    assert world.campaign()["day"] == world.day(110)


def test_dates_that_the_group_chose_move_with_the_day(world: World):
    world.strategy(starts_on=world.day(60), ends_on=world.day(95))
    moved(world, world.day(100), world.day(93))
    campaign = world.campaign()
    assert (campaign["starts_on"], campaign["ends_on"]) == (world.day(53), world.day(88))


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_cancelled_action_frees_everything(world: World, cancelled: bool):
    placed, away = world.placed(), outside(world)[0]
    done = world.delivered()
    fact: Fact
    if cancelled:
        fact = planning.ActionCancelled(**OF_ACTION, reason="Cyclone")
    else:
        fact = decision.ChoiceAnnulled(**OF_ACTION, round_id=uuid4(), why="Vice de forme")
    world.hears(fact)
    world.hears(fact)
    assert [world.state(r) for r in (placed, away, done)] == ["cancelled", "cancelled", "delivered"]
    assert [slot["request_id"] for slot in world.slots()] == [done]
    assert world.campaign()["state"] == "cancelled"
    assert world.facts().count("print-cancelled") == 2
    assert world.facts().count("campaign-ended") == 1


def test_the_day_ends_the_campaign_with_what_was_handed_out(world: World):
    world.strategy()
    request = world.delivered()
    late, bought = world.placed(), outside(world)[0]
    report = {"campaign_id": ACTION, "request_id": request, "zone": "Marché", "count": 90}
    world.do(commands.report_distribution, "member", **report)
    held = planning.ActionHeld(**OF_ACTION, on=world.today, attendance=120)
    world.hears(held)
    world.hears(held)
    campaign = world.campaign()
    assert (campaign["state"], campaign["reach"]) == ("ended", 90)
    assert world.state(late) == State.CANCELLED
    assert world.state(bought) == State.OUTSIDE
    assert world.facts().count("campaign-ended") == 1


@pytest.mark.feature("K11", "Y2")
def test_a_validated_quote_books_the_slot_of_a_print_bought_outside(world: World):
    request, need = outside(world)
    validated(world, need, world.day(50))
    validated(world, need, world.day(50))
    row = world.row(request)
    assert (row["state"], row["ready_by"]) == ("ordered", world.day(50))
    assert world.facts().count("print-scheduled") == 1
    assert world.weeks() == {}


def test_a_quote_without_day_is_for_the_day_wanted(world: World):
    request, need = outside(world)
    validated(world, need)
    assert world.row(request)["ready_by"] == world.row(request)["needed_by"]


@pytest.mark.feature("Y2")
def test_a_purchase_that_stops_brings_the_request_back(world: World):
    request, need = outside(world)
    stop = {"purchase_id": uuid4(), "why": "Trop cher"}
    world.need_fact(procurement.QuoteRefused, need, **stop)
    assert world.state(request) == State.REQUESTED
    world.need_fact(procurement.PurchaseCancelled, need, **stop)
    assert world.state(request) == State.REQUESTED
    world.do(commands.accept_print, "printer", request_id=request, hours=Decimal(8))
    world.place(request)
    assert world.state(request) == State.SCHEDULED


def test_a_purchase_that_stops_after_the_day_ends_its_request(world: World):
    request, need = outside(world)
    world.hears(planning.ActionHeld(**OF_ACTION, on=world.today, attendance=120))
    for _ in range(2):
        world.need_fact(procurement.PurchaseCancelled, need, purchase_id=uuid4(), why="")
    assert world.state(request) == State.CANCELLED


def test_a_certified_delivery_is_the_delivery_of_the_print(world: World):
    world.strategy()
    request, need = outside(world)
    validated(world, need, world.day(50))
    certificate = {
        "purchase_id": uuid4(),
        "delivery_id": uuid4(),
        "delivered_on": world.today,
        "amount_incl_tax": Decimal(217),
    }
    world.need_fact(procurement.DeliveryCertified, need, total=False, **certificate)
    assert world.state(request) == State.ORDERED
    for _ in range(2):
        world.need_fact(procurement.DeliveryCertified, need, total=True, **certificate)
    assert world.state(request) == State.DELIVERED
    assert world.facts().count("print-delivered") == 1
    assert world.facts()[-1] == "campaign-launched"


def test_who_is_awaited_is_told_without_any_name(world: World):
    request = world.proofed()
    with world.database.read() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.aggregatetype == "cac.notices"))
        notices = [row.payload.decode() for row in rows]
    assert any(str(person_id("lead")) in text and "BAT" in text for text in notices)
    assert not any("Rita" in text for text in notices)
    assert any(f"/communication/demandes/{request}" in text for text in notices)


def test_a_policy_done_again_after_a_restored_backup_makes_the_same_things(world: World):
    event, need = uuid4(), uuid4()
    fact = planning.PrintNeeded(
        **OF_ACTION,
        need_id=need,
        title="Banderole",
        support=planning.Support.BANNER,
        quantity=1,
        page_format="2 × 1 m",
        place="Case",
        needed_by=world.today + timedelta(70),
        requested_by=person_id("member"),
    )
    world.hears(fact, event)
    assert world.request_of(need) == uuid5(event, "communication:1")
