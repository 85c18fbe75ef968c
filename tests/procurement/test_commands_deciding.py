"""Decisions on a real database: money in the same transaction, delegations, cancelling."""

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from services.procurement import commands, queries
from services.procurement.model import refusals
from shared.kernel.refusals import Forbidden, Refusal
from tests.procurement.world import OTHER_COMMITTEE, World, actor


def test_a_purchase_walks_from_the_need_to_its_end_and_each_document_counts_once(world: World):
    line = world.line("3200.00")
    purchase = world.checked(line)
    assert world.balances(line)["available"] == Decimal("3200.00")
    world.validate(purchase)
    assert world.balances(line) == {
        "reserved": Decimal("1974.70"),
        "committed": Decimal(0),
        "paid": Decimal(0),
        "available": Decimal("1225.30"),
    }
    world.do(commands.record_commitment, "clerk", purchase_id=purchase, number="E-7")
    seen = world.seen(purchase)
    number = world.do(commands.sign_order, "signer", purchase_id=purchase, seen=seen)
    assert number == f"BC-{world.today.year}-0001"
    came = world.do(
        commands.certify_delivery,
        "lead",
        purchase_id=purchase,
        delivered_on=world.today,
        quantities={1: Decimal(1)},
        was_there=True,
    )
    assert came["total"]
    invoice = world.do(
        commands.record_invoice,
        "clerk",
        purchase_id=purchase,
        number="F-1",
        siret="73282932000074",
        received_on=world.today,
        amount_incl_tax=Decimal("1974.70"),
    )
    state = world.do(
        commands.record_payment,
        "clerk",
        purchase_id=purchase,
        invoice_id=invoice,
        paid_on=world.today,
    )
    assert state == "settled"
    assert world.balances(line) == {
        "reserved": Decimal(0),
        "committed": Decimal(0),
        "paid": Decimal("1974.70"),
        "available": Decimal("1225.30"),
    }
    facts = world.facts()
    for fact in ("invoice-received", "invoice-paid", "delivery-certified", "quote-validated"):
        assert facts.count(fact) == 1


@pytest.mark.feature("A16", "Y4")
def test_reserving_and_validating_are_one_transaction(world: World):
    line = world.line("1974.69")
    purchase = world.checked(line)
    with pytest.raises(refusals.BudgetShort) as refused:
        world.validate(purchase)
    assert refused.value.text.startswith("Il manque 0,01")
    assert "Lucette Modèle" in refused.value.unblocks
    assert world.state(purchase) == "checked"
    assert "quote-validated" not in world.facts()


def test_the_api_cannot_skip_the_check(world: World):
    purchase, _ = world.compared(world.line())
    with pytest.raises(refusals.StepNotAllowed):
        world.validate(purchase, seen="0" * 64)


def test_who_has_both_roles_and_checked_does_not_validate(world: World):
    purchase = world.checked(world.line())
    both = actor("buyer")
    grants = both.grants + actor("delegate").grants
    same = type(both)(both.person, grants)
    with pytest.raises(Refusal) as refused:
        world.cases.perform(
            commands.validate_quote,
            actor=same,
            purchase_id=purchase,
            seen=world.seen(purchase),
            no_interest=True,
        )
    assert isinstance(refused.value, Forbidden)


def test_an_amount_changed_after_validation_gives_the_money_back(world: World):
    line = world.line()
    purchase = world.checked(line)
    world.validate(purchase)
    quote = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)["chosen_id"]
    world.typed(purchase, quote, "1819.99")
    assert world.state(purchase) == "comparing"
    assert world.balances(line)["reserved"] == 0


def test_two_clicks_reserve_once_and_the_other_decision_says_who_decided(world: World):
    line = world.line()
    purchase = world.checked(line)
    seen = world.seen(purchase)
    world.validate(purchase, seen=seen)
    world.validate(purchase, seen=seen)
    assert world.balances(line)["reserved"] == Decimal("1974.70")
    with pytest.raises(refusals.StepNotAllowed) as refused:
        world.do(commands.refuse_purchase, "signer", purchase_id=purchase, reason="Non", seen=seen)
    assert "Éva Délégation a validé ce devis" in refused.value.missing


@pytest.mark.parametrize(
    "changes",
    [{"until": "yesterday"}, {"since": "tomorrow"}, {"scope": f"committee:{OTHER_COMMITTEE}"}],
)
def test_a_delegation_out_of_date_or_of_scope_is_refused_at_that_moment(world: World, changes):
    purchase = world.checked(world.line())
    days = {"yesterday": -1, "tomorrow": 1}
    values = {
        name: world.today + timedelta(days[value]) if value in days else value
        for name, value in changes.items()
    }
    world.change_delegation("delegate", **values)
    with pytest.raises(refusals.DelegationMissing):
        world.validate(purchase)
    assert world.validate(purchase, "signer") == "validated"


def test_a_delegation_covers_its_families(world: World):
    purchase = world.checked(world.line())
    world.change_delegation("delegate", families=["impression"])
    with pytest.raises(refusals.DelegationMissing):
        world.validate(purchase)
    world.change_delegation("delegate", families=["impression", "sonorisation"])
    assert world.validate(purchase) == "validated"


def test_the_facts_of_a_signature_say_under_which_delegation(world: World):
    import json

    from shared.store.tables import outbox

    purchase = world.checked(world.line())
    world.validate(purchase)
    with world.database.read() as connection:
        rows = connection.execute(sa.select(outbox)).mappings()
        [fact] = [json.loads(r["payload"]) for r in rows if "quote-validated" in r["type"]]
    assert fact["by"]["quality"] == "delegate"
    assert fact["by"]["delegation"]
    assert fact["amount_incl_tax"] == "1974.70"


@pytest.mark.feature("A17")
@pytest.mark.parametrize("step", ["quoting", "checked", "validated", "ordered"])
def test_a_cancellation_passes_and_gives_back_even_on_an_empty_line(world: World, step):
    line = world.line("1974.70")
    if step == "quoting":
        purchase = world.need(line)
        world.asked(purchase, world.suppliers())
    elif step == "ordered":
        purchase = world.ordered(line)
    else:
        purchase = world.checked(line)
        if step == "validated":
            world.validate(purchase)
    world.do(commands.cancel_purchase, "dpc", purchase_id=purchase, reason="Plus de jour")
    assert world.balances(line)["available"] == Decimal("1974.70")
    assert world.facts().count("purchase-cancelled") == 1


def test_stopping_after_a_part_keeps_what_was_delivered(world: World):
    line = world.line()
    purchase = world.ordered(line)
    world.do(
        commands.certify_delivery,
        "lead",
        purchase_id=purchase,
        delivered_on=world.today,
        quantities={1: Decimal("0.5")},
        was_there=True,
    )
    world.do(commands.stop_order, "buyer", purchase_id=purchase, reason="Le reste est inutile")
    held = world.balances(line)
    assert held["committed"] == Decimal("987.35")
    assert held["available"] == Decimal("3200.00") - Decimal("987.35")
