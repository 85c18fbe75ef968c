"""Purchases follow what planning and communication say of a need, and of the day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.communication import events as communication
from services.procurement import commands, queries, tables
from services.procurement.model.refusals import (
    DutiesNotSeparated,
    ReasonNeeded,
    StepNotAllowed,
)
from shared.kernel.refusals import Forbidden, NotFound
from tests.procurement.road import (
    ACTION,
    OF_ACTION,
    adopted,
    cancelled,
    changed,
    chosen,
    count,
    in_days,
    lines,
    money_is_all_there,
    moved,
    needed,
    notices,
    open_years,
    print_needed,
    purchase_of,
    withdrawn,
)
from tests.procurement.world import PDF, World, person_id


@pytest.fixture
def road(world: World) -> World:
    """An action whose day is in a hundred days, with its line."""
    day = in_days(world, 100)
    open_years(world, *sorted({world.today.year, day.year, in_days(world, 200).year}))
    world.hears(chosen(day))
    world.hears(adopted(day))
    return world


def asked(world: World, **changes: Any) -> UUID:
    fact = needed(in_days(world, 90), **changes)
    world.hears_twice(fact)
    return fact.need_id


def as_far_as(world: World, purchase_id: UUID, state: str) -> None:
    """Walk the purchase of a need to a state."""
    if state == "needed":
        return
    if state == "incomplete":
        world.do(commands.ask_about_need, "buyer", purchase_id=purchase_id, reason="Combien ?")
        return
    suppliers = world.suppliers()
    world.asked(purchase_id, suppliers)
    quote = world.register(purchase_id, suppliers[0])
    if state == "quoting":
        return
    world.close(purchase_id)
    world.typed(purchase_id, quote, "1820.00")
    if state == "comparing":
        return
    check = {"purchase_id": purchase_id, "quote_id": quote, "no_interest": True}
    world.do(commands.check_quote, "buyer", **check)
    if state == "checked":
        return
    if state == "questioned":
        seen = world.seen(purchase_id)
        world.do(commands.ask_more, "delegate", purchase_id=purchase_id, seen=seen, reason="?")
        return
    world.validate(purchase_id)
    if state == "validated":
        return
    world.do(commands.record_commitment, "clerk", purchase_id=purchase_id, number="E-1")
    if state == "committed":
        return
    seen = world.seen(purchase_id)
    world.do(commands.sign_order, "signer", purchase_id=purchase_id, seen=seen)


BEFORE_THE_ORDER = (
    *("needed", "incomplete", "quoting", "comparing"),
    *("checked", "questioned", "validated", "committed"),
)


@pytest.mark.feature("A1")
def test_a_need_of_a_plan_opens_one_purchase_for_who_asked(road: World):
    need = asked(road)
    assert count(road, tables.purchases) == 1
    row = purchase_of(road, need)
    assert (row["origin"], row["origin_id"]) == ("planning", need)
    assert (row["kind"], row["category"], row["family"]) == ("hire", "services", "location")
    assert (row["priority"], row["owner"]) == (1, person_id("lead"))
    assert row["estimate_incl_tax"] == Decimal(2000)
    assert row["details"] == "Avec un technicien"
    assert row["line_id"] == lines(road)[0]["id"]
    card = road.ask(queries.purchase_card, "member", purchase_id=row["id"])
    assert card["acts"][0]["person"] == person_id("member")
    assert card["origin_href"] == f"/planning/besoins/{need}"


def test_who_asked_in_a_plan_does_not_check_the_quotes(road: World):
    need = asked(road, requested_by=person_id("buyer"))
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, "comparing")
    quote = road.ask(queries.decision, "buyer", purchase_id=purchase)["quotes"][0]
    check = {"purchase_id": purchase, "quote_id": quote["id"], "no_interest": True}
    with pytest.raises(DutiesNotSeparated):
        road.do(commands.check_quote, "buyer", **check)


def test_a_need_that_comes_too_late_is_opened_all_the_same(road: World):
    fact = needed(in_days(road, -3))
    road.hears(fact)
    assert purchase_of(road, fact.need_id)["state"] == "needed"


def test_procurement_classes_a_need_before_it_asks_suppliers(road: World):
    purchase = purchase_of(road, asked(road))["id"]
    given = {"category": "services", "family": " Sonorisation "}
    with pytest.raises(Forbidden):
        road.do(commands.classify_need, "member", purchase_id=purchase, **given)
    road.do(commands.classify_need, "buyer", purchase_id=purchase, **given)
    card = road.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    assert card["family"] == "sonorisation"
    as_far_as(road, purchase, "quoting")
    with pytest.raises(StepNotAllowed):
        road.do(commands.classify_need, "buyer", purchase_id=purchase, **given)


def test_a_print_made_outside_opens_a_purchase_once(road: World):
    need = uuid4()
    road.hears_twice(print_needed(in_days(road, 60), need))
    row = purchase_of(road, need)
    assert (row["kind"], row["family"], row["origin"]) == ("print", "impression", "communication")
    assert road.facts().count("purchase-opened") == 1


def test_a_print_asked_again_after_its_purchase_was_stopped_begins_again(road: World):
    need = uuid4()
    road.hears(print_needed(in_days(road, 60), need))
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, "checked")
    road.do(commands.cancel_purchase, "dpc", purchase_id=purchase, reason="Imprimé à la Ville")
    road.hears_twice(print_needed(in_days(road, 70), need))
    row = purchase_of(road, need)
    assert (row["id"], row["state"], row["chosen_id"]) == (purchase, "needed", None)
    assert row["needed_by"] == in_days(road, 70)


# another day


@pytest.mark.parametrize("state", BEFORE_THE_ORDER)
def test_a_need_for_another_day_counts_back_again(road: World, state: str):
    need = asked(road)
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, state)
    before = purchase_of(road, need)
    fact = changed(need, before["needed_by"] + timedelta(14))
    road.hears_twice(fact)
    after = purchase_of(road, need)
    assert after["state"] == before["state"]
    assert after["needed_by"] == fact.needed_by
    assert after["order_before"] > before["order_before"]
    assert after["due"] > before["due"]
    card = road.ask(queries.purchase_card, "member", purchase_id=purchase)
    assert len([a for a in card["acts"] if a["step"] == "reschedule"]) == 1


def test_a_visa_given_stands_when_only_the_day_changes(road: World):
    need = asked(road)
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, "checked")
    seen = road.seen(purchase)
    road.hears(changed(need, in_days(road, 95)))
    road.validate(purchase, seen=seen)
    assert road.state(purchase) == "validated"


@pytest.fixture
def ordered(road: World) -> tuple[World, UUID, UUID]:
    need = asked(road)
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, "ordered")
    return road, need, purchase


def test_what_is_ordered_keeps_its_day_until_the_supplier_agrees(ordered):
    road, need, purchase = ordered
    before = purchase_of(road, need)
    fact = changed(need, before["needed_by"] + timedelta(14))
    road.hears_twice(fact)
    row = purchase_of(road, need)
    assert (row["needed_by"], row["wanted_by"]) == (before["needed_by"], fact.needed_by)
    assert "convenez du jour" in row["overtaken"]
    assert len([text for text in notices(road) if "convenez" in text]) == 1
    given: dict[str, Any] = {"purchase_id": purchase, "needed_by": fact.needed_by}
    with pytest.raises(ReasonNeeded):
        road.do(commands.amend_order, "buyer", note=" ", **given)
    with pytest.raises(Forbidden):
        road.do(commands.amend_order, "member", note="Convenu", **given)
    road.do(commands.amend_order, "buyer", note="Convenu par téléphone", **given)
    row = purchase_of(road, need)
    assert (row["needed_by"], row["overtaken"], row["wanted_by"]) == (fact.needed_by, "", None)
    assert "purchase-order-amended" in road.facts()


def test_what_a_person_asked_here_moves_with_the_day(road: World):
    by_hand = road.need(None, action_id=ACTION, needed_by=in_days(road, 95))
    from_plan = asked(road)
    road.hears_twice(moved(in_days(road, 100), in_days(road, 130)))
    card = road.ask(queries.purchase_card, "member", purchase_id=by_hand)
    assert card["needed_by"] == in_days(road, 125)
    assert purchase_of(road, from_plan)["needed_by"] == in_days(road, 90)


def test_nothing_is_needed_after_the_day(road: World):
    need = uuid4()
    road.hears(print_needed(in_days(road, 90), need))
    by_hand = road.need(None, action_id=ACTION, needed_by=in_days(road, 98))
    road.hears_twice(adopted(in_days(road, 50)))
    card = road.ask(queries.purchase_card, "member", purchase_id=by_hand)
    assert card["needed_by"] == purchase_of(road, need)["needed_by"] == in_days(road, 50)


# no longer


@pytest.mark.parametrize("state", BEFORE_THE_ORDER)
@pytest.mark.parametrize("end", ["withdrawn", "cancelled"])
def test_what_is_not_ordered_is_cancelled_and_its_money_comes_back(
    road: World, state: str, end: str
):
    need = asked(road)
    purchase = purchase_of(road, need)["id"]
    as_far_as(road, purchase, state)
    road.hears_twice(withdrawn(need) if end == "withdrawn" else cancelled())
    assert road.state(purchase) == "cancelled"
    assert road.facts().count("purchase-cancelled") == 1
    (line,) = lines(road)
    assert (line["reserved"], line["committed"]) == (0, 0)
    assert line["voted"] == (Decimal(3200) if end == "withdrawn" else 0)
    card = road.ask(queries.purchase_card, "member", purchase_id=purchase)
    begins = "Le besoin est retiré" if end == "withdrawn" else "L’action est annulée"
    assert card["acts"][-1]["reason"].startswith(begins)
    money_is_all_there(road, line["year"])


@pytest.mark.parametrize("end", ["withdrawn", "cancelled"])
def test_what_is_ordered_stays_owed_until_a_person_settles_it(ordered, end: str):
    road, need, purchase = ordered
    road.hears_twice(withdrawn(need) if end == "withdrawn" else cancelled())
    row = purchase_of(road, need)
    assert row["state"] == "ordered"
    assert "reste due" in row["overtaken"]
    assert len([text for text in notices(road) if "reste due" in text]) == 1
    (line,) = lines(road)
    assert line["committed"] == Decimal("1974.70")
    road.do(commands.cancel_purchase, "buyer", purchase_id=purchase, reason="Annulé, sans frais")
    (line,) = lines(road)
    assert line["committed"] == 0
    assert line["voted"] == (Decimal(3200) if end == "withdrawn" else 0)
    money_is_all_there(road, line["year"])


def test_a_cancelled_print_stops_its_purchase(road: World):
    need = uuid4()
    fact = print_needed(in_days(road, 60), need)
    road.hears(fact)
    cancel = communication.PrintCancelled(
        **OF_ACTION, request_id=fact.request_id, need_id=need, why="Plus de flyers"
    )
    road.hears_twice(cancel)
    assert purchase_of(road, need)["state"] == "cancelled"


def test_a_need_that_nobody_buys_is_none_of_our_business(road: World):
    road.hears(changed(uuid4(), in_days(road, 40)))
    road.hears(withdrawn(uuid4()))
    assert count(road, tables.purchases) == 0


def test_sealed_quotes_of_a_cancelled_purchase_stay_sealed(road: World):
    need = asked(road)
    purchase = purchase_of(road, need)["id"]
    suppliers = road.suppliers()
    road.asked(purchase, suppliers)
    quote = road.register(purchase, suppliers[0], PDF)
    road.hears(withdrawn(need))
    with pytest.raises(NotFound):
        road.ask(queries.quote_file, "buyer", purchase_id=purchase, quote_id=quote)
