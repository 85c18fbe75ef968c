"""From the signature to the end: orders, certified deliveries, invoices paid after the service."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from services.procurement import events, model
from services.procurement.model import State, refusals
from shared.kernel import calendar
from tests.procurement.procurement_files import (
    TODAY,
    at,
    deliver,
    facts,
    sign,
)


@pytest.mark.feature("A5")
@pytest.mark.parametrize(
    "state",
    [
        s
        for s in State
        if s not in {State.ORDERED, State.PARTLY_DELIVERED, State.DELIVERED, State.SETTLED}
    ],
)
def test_no_order_number_exists_before_the_last_signature(actors, state):
    purchase = at(state, actors)
    assert purchase.order_number is None
    assert purchase.order_sha256 is None
    if state is not State.COMMITTED:
        with pytest.raises(refusals.StepNotAllowed):
            sign(purchase, actors.signer)


def test_a_delivery_is_certified_by_somebody_who_was_there(actors):
    purchase = at(State.ORDERED, actors)
    seen = model.Seen(TODAY, {1: Decimal(1)}, was_there=False)
    with pytest.raises(refusals.WrongValue):
        purchase.certify(actors.lead, uuid4(), seen, TODAY)


def test_nobody_certifies_more_than_ordered(actors):
    purchase = at(State.PARTLY_DELIVERED, actors)
    with pytest.raises(refusals.MoreThanOrdered):
        deliver(purchase, actors.lead, "0.51")


def test_partial_deliveries_add_up_to_the_order_to_the_cent(actors):
    purchase = at(State.ORDERED, actors)
    for part in ("0.333", "0.333", "0.334"):
        deliver(purchase, actors.lead, part)
    assert purchase.state is State.DELIVERED
    assert purchase.certified == purchase.order.totals.incl_tax


def invoice(amount: str, number: str = "F-1", siret: str = "73282932000074") -> model.Invoice:
    return model.Invoice(uuid4(), number, siret, TODAY, Decimal(amount))


def test_no_payment_before_the_service_was_seen(actors):
    purchase = at(State.PARTLY_DELIVERED, actors)
    bill = invoice("1909.60")
    purchase.receive_invoice(actors.clerk, bill, 30)
    with pytest.raises(refusals.NotCertified):
        purchase.pay(actors.clerk, bill.id, TODAY)
    deliver(purchase, actors.lead, "0.5")
    assert purchase.pay(actors.clerk, bill.id, TODAY)
    assert purchase.all_paid


@pytest.mark.parametrize(
    "bill",
    [invoice("1909.61"), invoice("1", siret="35600000000048")],
    ids=["more than ordered", "another supplier"],
)
def test_an_invoice_matches_its_order(actors, bill):
    with pytest.raises(refusals.InvoiceNotAccepted):
        at(State.ORDERED, actors).receive_invoice(actors.clerk, bill, 30)


def test_an_invoice_is_recorded_once(actors):
    purchase = at(State.ORDERED, actors)
    purchase.receive_invoice(actors.clerk, invoice("1"), 30)
    with pytest.raises(refusals.InvoiceNotAccepted):
        purchase.receive_invoice(actors.clerk, invoice("1"), 30)


def test_the_clock_of_payment_starts_when_bill_and_service_are_there(actors):
    purchase = at(State.DELIVERED, actors)
    early = model.Invoice(uuid4(), "F", "73282932000074", date(2026, 10, 1), Decimal(1))
    purchase.deliveries[0].delivered_on = date(2026, 10, 9)
    purchase.deliveries[1].delivered_on = date(2026, 10, 10)
    assert purchase.payment_due(early, 30) == date(2026, 11, 9)


def test_a_file_is_not_settled_while_an_invoice_waits(actors):
    purchase = at(State.DELIVERED, actors)
    purchase.receive_invoice(actors.clerk, invoice("1"), 30)
    with pytest.raises(refusals.InvoicesOpen):
        purchase.settle(actors.clerk)


@pytest.mark.parametrize("decision", ["refuse", "cancel"])
def test_stopping_a_purchase_needs_a_reason_and_says_it(actors, decision):
    purchase = at(State.COMPARING, actors)
    with pytest.raises(refusals.ReasonNeeded):
        getattr(purchase, decision)(actors.buyer, "  ")
    getattr(purchase, decision)(actors.buyer, "Plus de jour")
    [stopped] = facts(purchase, (events.QuoteRefused, events.PurchaseCancelled))
    assert stopped.why == "Plus de jour"


@pytest.mark.feature("A15")
def test_each_step_says_who_is_awaited_and_until_when(actors):
    purchase = at(State.CHECKED, actors)
    last = facts(purchase, events.PurchaseStepPassed)[-1]
    assert (last.step, last.next_step) == (events.Step.CHECK, events.Step.VALIDATE)
    assert last.awaited_role == "delegate"
    assert last.due == calendar.before(purchase.order_before, 3)


def test_a_siren_alone_needs_a_sentence():
    with pytest.raises(refusals.WrongValue):
        model.Supplier.name_one(model.Supplier(uuid4(), "Asso", "356000000"))
    named = model.Supplier(uuid4(), "Asso", "356000000", None, "Association sans établissement")
    assert model.Supplier.name_one(named) is named
