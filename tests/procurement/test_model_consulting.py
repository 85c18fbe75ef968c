"""A purchase up to its quotes: sealed until closing, asked alike, under the rule of the day."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from services.procurement import events, model
from services.procurement.events import Category
from services.procurement.model import Decider, Regime, State, refusals
from shared.kernel.aggregate import recorded
from tests.procurement.procurement_files import (
    NOW,
    TODAY,
    at,
    facts,
    file_ref,
    later,
    needed,
    priced,
    request,
    rules,
)


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
