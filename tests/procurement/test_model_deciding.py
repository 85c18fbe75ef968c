"""A decision: its reasons, what visas bind to, duties separated, a delegation that goes that high."""

from decimal import Decimal
from uuid import uuid4

import pytest

from services.procurement import events, model
from services.procurement.model import Decider, State, refusals
from tests.procurement.procurement_files import (
    NOW,
    at,
    compared,
    deliver,
    facts,
    person,
    priced,
    sign,
    validate,
)


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


@pytest.mark.feature("A16")
def test_validating_says_everything_another_service_needs(actors):
    purchase = at(State.VALIDATED, actors)
    [fact] = facts(purchase, events.QuoteValidated)
    assert fact.amount_incl_tax == Decimal("1909.60")
    assert fact.amount_excl_tax + fact.vat == fact.amount_incl_tax
    assert fact.content_hash == purchase.content_hash()
    assert fact.lines[0].amount_excl_tax == Decimal("1760.00")


@pytest.mark.feature("Y4")
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
