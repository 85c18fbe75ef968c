"""Rights and scopes, needs, envelopes and lines on a real database."""

from decimal import Decimal
from uuid import uuid4

import pytest

from services.procurement import commands, queries
from services.procurement.model import refusals
from shared.kernel.refusals import Forbidden, NotFound
from tests.procurement.world import OTHER_COMMITTEE, World, person_id


def test_a_member_of_another_committee_sees_and_does_nothing(world: World):
    purchase = world.need(world.line())
    for query in (queries.purchase_card, queries.decision):
        with pytest.raises(Forbidden):
            world.ask(query, "stranger", purchase_id=purchase)
    with pytest.raises(Forbidden):
        world.do(commands.cancel_purchase, "stranger", purchase_id=purchase, reason="Non")
    assert world.ask(queries.purchases_list, "stranger")["items"] == []
    assert len(world.ask(queries.purchases_list, "member")["items"]) == 1


@pytest.mark.parametrize("who", ["member", "lead", "clerk", "auditor", "dpc", "buyer"])
def test_only_a_delegate_validates(world: World, who):
    purchase = world.checked(world.line())
    with pytest.raises(Forbidden):
        world.validate(purchase, who)


def test_a_line_of_another_committee_does_not_pay(world: World):
    other = world.line(committee=OTHER_COMMITTEE)
    with pytest.raises(NotFound):
        world.need(other)


def test_the_same_need_asked_twice_is_one_file(world: World):
    need_id = uuid4()
    first = world.need(who=None, need_id=need_id, requested_by=person_id("member"))
    again = world.need(who=None, need_id=need_id, requested_by=person_id("member"))
    assert first == again
    assert world.facts().count("purchase-opened") == 1


def test_a_need_of_a_policy_keeps_who_asked_for_the_separation_of_duties(world: World):
    purchase = world.need(who=None, need_id=uuid4(), requested_by=person_id("buyer"))
    card = world.ask(queries.purchase_card, "dpc", purchase_id=purchase)
    assert card["acts"][0]["person"] == person_id("buyer")


def test_envelopes_of_a_year_open_once_for_every_committee(world: World):
    year = world.today.year + 1
    opened = world.do(commands.open_envelopes, "dpc", year=year, amount=Decimal(7000))
    assert opened == {"year": year, "opened": 2}
    with pytest.raises(refusals.EnvelopeAlreadyOpen):
        world.do(commands.open_envelopes, "dpc", year=year, amount=Decimal(7000))


def test_short_of_money_a_line_opens_with_what_there_is(world: World):
    world.line("6000")
    line = world.line("3000")
    assert world.balances(line)["available"] == 1000
    assert world.facts()[-1] == "budget-shortfall"


def test_money_moves_between_lines_of_one_envelope_with_a_reason(world: World):
    giver, taker = world.line("2000"), world.line("1000")
    with pytest.raises(refusals.ReasonNeeded):
        world.do(
            commands.transfer_between_lines,
            "dpc",
            from_id=giver,
            to_id=taker,
            amount=Decimal(500),
            reason=" ",
        )
    world.do(
        commands.transfer_between_lines,
        "dpc",
        from_id=giver,
        to_id=taker,
        amount=Decimal(500),
        reason="Plus de monde que prévu",
    )
    assert world.balances(giver)["available"] == world.balances(taker)["available"] == 1500
    with pytest.raises(refusals.BudgetShort):
        world.do(
            commands.transfer_between_lines,
            "dpc",
            from_id=giver,
            to_id=taker,
            amount=Decimal("1500.01"),
            reason="Trop",
        )
