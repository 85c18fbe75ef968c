"""The rules of a purchase: sealed until closing, bound visas, separated duties, certified money."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from services.procurement import events, model
from services.procurement.events import Category
from services.procurement.model import Decider, Purchase, Regime, State, refusals
from shared.kernel import calendar
from shared.kernel.aggregate import recorded
from tests.procurement.procurement_files import (
    NOW,
    TODAY,
    Actors,
    at,
    compared,
    deliver,
    file_ref,
    later,
    needed,
    person,
    priced,
    request,
    rules,
    sign,
    validate,
)


def facts(purchase: Purchase, kind: type) -> list:
    return [event for event in recorded(purchase) if isinstance(event, kind)]


@pytest.fixture
def actors() -> Actors:
    return Actors()


# sealed quotes


def test_nobody_opens_a_quote_before_closing(actors):
    purchase = at(State.QUOTING, actors)
    for who in (actors.buyer, Decider.system(NOW)):
        with pytest.raises(refusals.QuotesStillSealed):
            purchase.open_quotes(who)


def test_amounts_are_typed_only_once_quotes_are_open(actors):
    purchase = at(State.QUOTING, actors)
    quote = purchase.receive(actors.buyer, uuid4(), purchase.invitations[0].supplier_id, file_ref())
    with pytest.raises(refusals.StepNotAllowed):
        purchase.type_amounts(actors.buyer, quote.id, model.QuoteContent(priced("10")))


def test_no_event_says_an_amount_or_a_supplier_before_opening(actors):
    purchase = at(State.QUOTING, actors)
    supplier = purchase.invitations[0].supplier_id
    purchase.receive(actors.buyer, uuid4(), supplier, file_ref())
    assert str(supplier) not in repr(recorded(purchase))
    assert facts(purchase, events.QuoteReceived)[0].count == 1


def test_a_late_quote_is_kept_but_does_not_count(actors):
    purchase = at(State.QUOTING, actors)
    asked = purchase.invitations[0].supplier_id
    quote = purchase.receive(later(actors.buyer, days=11), uuid4(), asked, file_ref())
    assert quote.set_aside == "late"
    assert purchase.kept() == []
    purchase.open_quotes(Decider.system(NOW + timedelta(days=11)))
    with pytest.raises(refusals.QuoteNotReceived):
        purchase.type_amounts(actors.buyer, quote.id, model.QuoteContent(priced("10")))


def test_a_second_quote_of_a_supplier_before_closing_replaces_the_first(actors):
    purchase = at(State.QUOTING, actors)
    asked = purchase.invitations[0].supplier_id
    first = purchase.receive(actors.buyer, uuid4(), asked, file_ref("a"))
    second = purchase.receive(actors.buyer, uuid4(), asked, file_ref("c"))
    assert purchase.kept() == [second]
    assert first.set_aside == "replaced"


@pytest.mark.feature("A7")
def test_only_a_supplier_that_was_asked_sends_a_quote(actors):
    purchase = at(State.QUOTING, actors)
    with pytest.raises(refusals.NotInvited):
        purchase.receive(actors.buyer, uuid4(), uuid4(), file_ref())


@pytest.mark.parametrize(
    "changes",
    [
        {"cost": 100, "delay": 0, "environment": 0},
        {"cost": 50, "delay": 20, "environment": 20},
        {"cost": 130, "delay": -50, "environment": 20},
        {"suppliers": ()},
    ],
)
def test_the_grid_is_whole_and_weighs_the_environment(actors, changes):
    with pytest.raises(refusals.RequestIncomplete):
        needed(actors).request_quotes(actors.buyer, request(**changes), rules(), Decimal(2000))


def test_price_alone_was_allowed_before_the_environmental_criterion(actors):
    asked = request(cost=100, delay=0, environment=0)
    purchase = needed(actors)
    purchase.request_quotes(actors.buyer, asked, rules(date(2026, 8, 20)), Decimal(2000))
    assert purchase.state is State.QUOTING


def test_fewer_suppliers_than_the_grid_wants_need_a_reason(actors):
    with pytest.raises(refusals.RequestIncomplete) as refused:
        needed(actors).request_quotes(actors.buyer, request(1), rules(), Decimal(2000))
    assert "3 fournisseurs" in refused.value.fields["ground"]
    with_reason = request(1, ground="Seul artiste possible")
    needed(actors).request_quotes(actors.buyer, with_reason, rules(), Decimal(2000))


def test_a_closing_in_the_past_is_refused(actors):
    with pytest.raises(refusals.ClosingPast):
        needed(actors).request_quotes(actors.buyer, request(closes_at=NOW), rules(), Decimal(2000))


# procedure rules


@pytest.mark.feature("A10")
@pytest.mark.parametrize(
    "category, need, day, regime",
    [
        ("services", "45000", date(2026, 3, 31), Regime.FREE_PUBLICITY),
        ("services", "45000", date(2026, 4, 1), Regime.DISPENSE),
        ("services", "59999.99", TODAY, Regime.DISPENSE),
        ("services", "60000.00", TODAY, Regime.FREE_PUBLICITY),
        ("supplies", "90000.00", TODAY, Regime.NOTICE),
        ("supplies", "216000.00", TODAY, Regime.FORMAL),
        ("works", "99999.99", TODAY, Regime.DISPENSE),
        ("works", "100000.00", TODAY, Regime.NOTICE),
    ],
)
def test_the_regime_is_that_of_the_day(category, need, day, regime):
    assert rules(day).regime(Category(category), Decimal(need)).regime is regime


def test_a_missing_rule_stops_the_step(actors):
    with pytest.raises(refusals.RuleUnknown):
        rules(date(2028, 1, 1)).regime(Category.SUPPLIES, Decimal(100000))


def test_rules_of_one_key_do_not_overlap():
    first, second = (
        model.ProcedureRule(
            id=uuid4(),
            key=model.Key.DISPENSE,
            category="services",
            value=Decimal(1),
            unit="EUR",
            text="",
            source="",
            valid_from=since,
        )
        for since in (date(2026, 1, 1), date(2027, 1, 1))
    )
    with pytest.raises(refusals.RulesOverlap):
        second.refuse_overlap([first])
    first.valid_to = date(2026, 12, 31)
    second.refuse_overlap([first])


def test_nine_committees_buying_the_same_are_one_need(actors):
    with pytest.raises(refusals.ProcedureHeavier):
        needed(actors).request_quotes(actors.buyer, request(), rules(), Decimal(9 * 7000))


def test_a_need_that_hardened_since_the_request_is_sent_back(actors):
    purchase = at(State.CHECKED, actors)
    applied = rules().regime(purchase.category, Decimal(63000))
    with pytest.raises(refusals.ProcedureHeavier):
        purchase.validate(actors.delegate, purchase.content_hash(), True, applied, TODAY)
    assert purchase.state is State.CHECKED


# comparison


@pytest.mark.feature("A9")
def test_another_choice_than_the_first_needs_its_reason(actors):
    purchase = compared(actors)
    dearer = purchase.ranking()[-1]
    with pytest.raises(refusals.ReasonNeeded):
        purchase.check(actors.buyer, model.Proposal(dearer.id, no_interest=True))
    purchase.check(actors.buyer, model.Proposal(dearer.id, "Livre à temps", no_interest=True))
    assert purchase.chosen is dearer


def test_a_tie_needs_a_reason(actors):
    purchase = compared(actors, ("100.00", "100.00"))
    first = purchase.ranking()[0]
    with pytest.raises(refusals.ReasonNeeded):
        purchase.check(actors.buyer, model.Proposal(first.id, no_interest=True))


def test_the_same_supplier_again_needs_a_reason(actors):
    purchase = compared(actors)
    first = purchase.ranking()[0]
    with pytest.raises(refusals.ReasonNeeded) as refused:
        purchase.check(
            actors.buyer, model.Proposal(first.id, no_interest=True), "Trois fois de suite."
        )
    assert refused.value.fields == {"why_supplier": "Trois fois de suite."}


def test_no_quote_is_proposed_while_another_is_not_typed(actors):
    purchase = compared(actors)
    purchase.kept()[1].lines.clear()
    with pytest.raises(refusals.ComparisonIncomplete):
        purchase.check(actors.buyer, model.Proposal(purchase.kept()[0].id, no_interest=True))


def test_no_tax_needs_the_text_that_exempts(actors):
    purchase = compared(actors, ("100.00",))
    quote = purchase.kept()[0]
    untaxed = model.QuoteContent(priced("100.00", rate="0"))
    purchase.type_amounts(actors.buyer, quote.id, untaxed)
    with pytest.raises(refusals.ComparisonIncomplete):
        purchase.check(actors.buyer, model.Proposal(quote.id, no_interest=True))


def test_who_decides_first_says_to_have_no_interest(actors):
    purchase = compared(actors)
    with pytest.raises(refusals.InterestNotExcluded):
        purchase.check(actors.buyer, model.Proposal(purchase.ranking()[0].id))


# binding


@pytest.mark.feature("A16")
def test_validating_says_everything_another_service_needs(actors):
    purchase = at(State.VALIDATED, actors)
    [fact] = facts(purchase, events.QuoteValidated)
    assert fact.amount_incl_tax == Decimal("1909.60")
    assert fact.amount_excl_tax + fact.vat == fact.amount_incl_tax
    assert fact.content_hash == purchase.content_hash()
    assert fact.lines[0].amount_excl_tax == Decimal("1760.00")


@pytest.mark.parametrize("price", ["1759.99", "1760.01"])
@pytest.mark.parametrize("state", [State.CHECKED, State.VALIDATED])
def test_a_changed_amount_up_or_down_voids_the_visas(actors, state, price):
    purchase = at(state, actors)
    seen = purchase.content_hash()
    changed = model.QuoteContent(priced(price))
    purchase.type_amounts(actors.buyer, purchase.order.id, changed)
    assert purchase.state is State.COMPARING
    assert purchase.content_hash() != seen
    with pytest.raises(refusals.StepNotAllowed):
        validate(purchase, actors.delegate, seen)


def test_another_budget_line_voids_the_visas(actors):
    purchase = at(State.CHECKED, actors)
    purchase.charge(actors.buyer, uuid4())
    assert (purchase.state, purchase.chosen) == (State.COMPARING, None)


def test_a_decision_on_another_content_than_the_one_seen_is_refused(actors):
    purchase = at(State.CHECKED, actors)
    seen = purchase.content_hash()
    chosen = purchase.order.id
    purchase.type_amounts(actors.buyer, chosen, model.QuoteContent(priced("1.00")))
    purchase.check(actors.buyer, model.Proposal(chosen, "Baisse", no_interest=True))
    for decide in (
        lambda: validate(purchase, actors.delegate, seen),
        lambda: purchase.refuse(actors.delegate, "non", seen),
        lambda: purchase.ask_more(actors.delegate, "pourquoi ?", seen),
    ):
        with pytest.raises(refusals.SeenOutdated):
            decide()


def test_a_value_put_back_does_not_revive_a_visa(actors):
    purchase = at(State.CHECKED, actors)
    seen, chosen = purchase.content_hash(), purchase.order.id
    for price in ("1.00", "1760.00"):
        purchase.type_amounts(
            actors.buyer,
            chosen,
            model.QuoteContent(priced(price), score_delay=10, score_environment=10),
        )
    purchase.check(actors.buyer, model.Proposal(chosen, no_interest=True))
    with pytest.raises(refusals.SeenOutdated):
        validate(purchase, actors.delegate, seen)


def test_the_second_click_changes_nothing_and_the_other_decision_is_refused(actors):
    purchase = at(State.CHECKED, actors)
    seen = purchase.content_hash()
    assert validate(purchase, actors.delegate, seen)
    before = len(purchase.acts)
    assert validate(purchase, actors.delegate, seen) is None
    assert len(purchase.acts) == before
    with pytest.raises(refusals.StepNotAllowed):
        purchase.refuse(actors.signer, "Trop cher", seen)


def test_visas_stay_after_everything(actors):
    purchase = at(State.VALIDATED, actors)
    kept = [(a.step, a.person, a.content_hash) for a in purchase.acts]
    purchase.type_amounts(actors.buyer, purchase.order.id, model.QuoteContent(priced("5")))
    purchase.cancel(actors.buyer, "Plus de jour")
    assert [(a.step, a.person, a.content_hash) for a in purchase.acts][: len(kept)] == kept


# separation of duties


def test_who_asked_does_not_check(actors):
    purchase = compared(actors)
    asker = Decider(actors.member.person, frozenset({"procurement_officer"}), NOW)
    with pytest.raises(refusals.DutiesNotSeparated):
        purchase.check(asker, model.Proposal(purchase.ranking()[0].id, no_interest=True))


@pytest.mark.parametrize("part", ["member", "buyer"])
def test_who_asked_edited_or_checked_does_not_validate_even_with_both_roles(actors, part):
    purchase = at(State.CHECKED, actors)
    same = Decider(
        getattr(actors, part).person, actors.delegate.roles, NOW, actors.delegate.delegations
    )
    with pytest.raises(refusals.DutiesNotSeparated):
        validate(purchase, same)


def test_who_validated_does_not_sign(actors):
    purchase = at(State.COMMITTED, actors)
    with pytest.raises(refusals.DutiesNotSeparated):
        sign(purchase, actors.delegate)
    assert purchase.order_number is None


def test_who_signed_does_not_certify(actors):
    purchase = at(State.ORDERED, actors)
    with pytest.raises(refusals.DutiesNotSeparated):
        deliver(purchase, Decider(actors.signer.person, frozenset({"lead"}), NOW))


def test_who_declared_an_interest_takes_no_part(actors):
    purchase = at(State.CHECKED, actors)
    assert actors.delegate.person
    purchase.declare_interest(actors.delegate.person, actors.delegate, "Mon frère y travaille")
    with pytest.raises(refusals.InterestDeclared):
        validate(purchase, actors.delegate)
    assert validate(purchase, actors.signer)


def test_without_a_delegation_in_force_nobody_validates(actors):
    with pytest.raises(refusals.DelegationMissing):
        validate(at(State.CHECKED, actors), person("delegate"))


@pytest.mark.parametrize("ceiling, passes", [("1909.60", True), ("1909.59", False)])
def test_a_delegation_goes_up_to_its_ceiling_tax_included(actors, ceiling, passes):
    purchase = at(State.CHECKED, actors)
    delegate = person("delegate", ceiling=ceiling)
    if passes:
        assert validate(purchase, delegate)
    else:
        with pytest.raises(refusals.CeilingExceeded):
            validate(purchase, delegate)


# order, delivery, invoices


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
    [stopped] = facts(purchase, (events.QuoteRefused, events.PurchaseCancelled))  # type: ignore[arg-type]
    assert stopped.why == "Plus de jour"


@pytest.mark.feature("A15")
def test_each_step_says_who_is_awaited_and_until_when(actors):
    purchase = at(State.CHECKED, actors)
    last = facts(purchase, events.PurchaseStepPassed)[-1]
    assert (last.step, last.next_step) == (events.Step.CHECK, events.Step.VALIDATE)
    assert last.awaited_role == "delegate"
    assert last.due == calendar.before(purchase.order_before, 3)


# suppliers


def test_a_siren_alone_needs_a_sentence():
    with pytest.raises(refusals.WrongValue):
        model.Supplier.name_one(model.Supplier(uuid4(), "Asso", "356000000"))
    named = model.Supplier(uuid4(), "Asso", "356000000", None, "Association sans établissement")
    assert model.Supplier.name_one(named) is named
