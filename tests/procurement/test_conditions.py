"""What a choice and an order wait for: an offer that holds, a written contract, no interest."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.procurement import commands, model, queries
from services.procurement.model import Purchase, State, offer_holds, refusals
from shared.kernel.refusals import Forbidden, NotFound
from tests.procurement.browsing import as_
from tests.procurement.procurement_files import (
    TODAY,
    Actors,
    at,
    file_ref,
    later,
    rules,
    sign,
    validate,
)
from tests.procurement.world import PDF, World

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


# an offer that holds


@given(until=DAYS, day=DAYS)
def test_an_offer_holds_to_its_last_day_included(until: date, day: date):
    assert offer_holds(until, None, day) == (day <= until)


@given(until=DAYS, confirmed=DAYS, day=DAYS)
def test_only_an_answer_given_after_the_last_day_holds_beyond_it(until, confirmed, day):
    assert offer_holds(until, confirmed, day) == (day <= until or confirmed > until)


@given(confirmed=st.none() | DAYS, day=DAYS)
def test_an_offer_without_a_last_day_holds(confirmed: date | None, day: date):
    assert offer_holds(None, confirmed, day)


def lapsed(actors: Actors, state: State = State.CHECKED) -> Purchase:
    purchase = at(state, actors)
    purchase.order.valid_until = TODAY - timedelta(1)
    return purchase


def test_a_quote_past_its_last_day_is_not_validated_and_the_refusal_says_who_unblocks(actors):
    purchase = lapsed(actors)
    with pytest.raises(refusals.QuoteExpired) as refused:
        validate(purchase, actors.delegate)
    assert f"{TODAY - timedelta(1):%d/%m/%Y}" in refused.value.text
    assert refused.value.rule
    assert "confirmation" in refused.value.missing
    assert "service achats" in refused.value.unblocks
    assert purchase.state is State.CHECKED


@pytest.mark.parametrize("until", [None, TODAY + timedelta(20)])
def test_once_confirmed_it_is_validated_and_visas_stayed(actors, until: date | None):
    purchase = lapsed(actors)
    seen = purchase.content_hash()
    said = model.Confirmation(purchase.order.id, TODAY, until)
    purchase.confirm(actors.buyer, said, TODAY)
    assert purchase.content_hash() == seen
    assert "confirme le 23/11/2026" in purchase.acts[-1].reason
    assert validate(purchase, actors.delegate, seen)


@pytest.mark.parametrize(
    "confirmed, until, field",
    [
        (TODAY + timedelta(1), None, "confirmed_on"),
        (TODAY - timedelta(1), None, "valid_until"),
        (TODAY - timedelta(9), TODAY - timedelta(2), "valid_until"),
    ],
    ids=["a day to come", "before it ended", "still out of date"],
)
def test_an_answer_that_confirms_nothing_is_refused(actors, confirmed, until, field):
    purchase = lapsed(actors)
    purchase.order.valid_until = TODAY - timedelta(1)
    with pytest.raises(refusals.WrongValue) as refused:
        purchase.confirm(
            actors.buyer, model.Confirmation(purchase.order.id, confirmed, until), TODAY
        )
    assert field in refused.value.fields


def test_who_noted_the_confirmation_does_not_validate(actors):
    purchase = lapsed(actors)
    confirmed = later(actors.buyer, days=0)
    purchase.confirm(confirmed, model.Confirmation(purchase.order.id, TODAY), TODAY)
    same = model.Decider(
        confirmed.person, actors.delegate.roles, confirmed.at, actors.delegate.delegations
    )
    with pytest.raises(refusals.DutiesNotSeparated):
        validate(purchase, same)


def test_a_quote_typed_again_is_no_longer_confirmed(actors):
    purchase = lapsed(actors)
    quote = purchase.order
    purchase.confirm(actors.buyer, model.Confirmation(quote.id, TODAY), TODAY)
    content = model.QuoteContent(tuple(quote.lines), valid_until=TODAY - timedelta(1))
    purchase.type_amounts(actors.buyer, quote.id, content)
    assert not quote.holds_on(TODAY)


def expired_in(world: World) -> UUID:
    """A purchase proposed for validation whose quote has gone out of date since."""
    purchase, quotes = world.compared(world.line())
    world.do(
        commands.confirm_quote,
        "buyer",
        purchase_id=purchase,
        quote_id=quotes[0],
        confirmed_on=world.today,
        valid_until=world.today + timedelta(2),
    )
    world.do(
        commands.check_quote,
        "buyer",
        purchase_id=purchase,
        quote_id=quotes[0],
        no_interest=True,
    )
    world.runtime.clock.advance(timedelta(days=4))
    return purchase


@pytest.mark.feature("A19", "Y9")
def test_the_screens_say_that_a_quote_has_expired_and_how_to_go_on(world: World):
    purchase = expired_in(world)
    inbox = as_(world, "delegate").get("/a-approuver").text
    assert "Devis expiré" in inbox
    form = {"seen": world.seen(purchase), "no_interest": "1"}
    path = f"/a-approuver/{purchase}/valider"
    refused = as_(world, "delegate").post(path, data=form)
    assert refused.status_code == 409
    assert "Aline Exemple" in refused.text
    buyer, here = as_(world, "buyer"), f"/consultations/{purchase}"
    assert "Un devis a expiré" in buyer.get(here).text
    quote = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)["chosen_id"]
    answer = {"quote_id": str(quote), "confirmed_on": world.today.isoformat()}
    again = buyer.post(f"{here}/confirmer", data=answer | {"confirmed_on": ""})
    assert again.status_code == 422
    assert buyer.post(f"{here}/confirmer", data=answer).status_code == 303
    assert "Un devis a expiré" not in buyer.get(here).text
    assert as_(world, "delegate").post(path, data=form).status_code == 303
    assert world.state(purchase) == "validated"


def test_a_program_notes_a_confirmation(world: World):
    purchase = expired_in(world)
    quote = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)["chosen_id"]
    path = f"/api/v1/purchases/{purchase}/quotes/{quote}/confirmation"
    body = {"confirmed_on": world.today.isoformat()}
    key = {"Idempotency-Key": str(uuid4())}
    assert as_(world, "delegate").post(path, json=body, headers=key).status_code == 403
    assert as_(world, "buyer").post(path, json=body, headers=key).status_code == 204
    assert world.validate(purchase) == "validated"


# a written contract


@pytest.mark.parametrize("need, wanted", [("24999.99", False), ("25000.00", True)])
def test_a_written_contract_is_wanted_from_the_threshold_of_the_day(need: str, wanted: bool):
    assert bool(rules().written_contract(Decimal(need))) is wanted


def test_without_a_dated_threshold_nothing_is_assumed():
    with pytest.raises(refusals.RuleUnknown):
        rules(date(2019, 12, 31)).written_contract(Decimal(1))


def test_an_order_that_needs_a_contract_is_not_signed_without_it(actors):
    purchase = at(State.COMMITTED, actors)
    rule = rules().written_contract(Decimal(25000))
    with pytest.raises(refusals.ContractMissing) as refused:
        sign(purchase, actors.signer, rule)
    assert purchase.order_number is None
    assert "R2112-1" in refused.value.rule
    purchase.record_contract(actors.buyer, file_ref("c"))
    sign(purchase, actors.signer, rule)
    assert purchase.state is State.ORDERED


def test_the_signature_binds_to_the_contract_that_was_seen(actors):
    purchase = at(State.COMMITTED, actors)
    purchase.record_contract(actors.buyer, file_ref("c"))
    seen = purchase.content_hash()
    purchase.record_contract(actors.buyer, file_ref("d"))
    order = model.SignedOrder("BC-1", file_ref("b"), TODAY)
    with pytest.raises(refusals.SeenOutdated):
        purchase.sign(actors.signer, seen, order, None)
    purchase.sign(actors.signer, purchase.content_hash(), order, None)
    assert purchase.acts[-1].content["contract"] == "d" * 64


def test_who_put_the_contract_in_the_file_does_not_sign(actors):
    purchase = at(State.COMMITTED, actors)
    purchase.record_contract(
        model.Decider(actors.signer.person, frozenset({"dpc_officer"}), actors.signer.at),
        file_ref("c"),
    )
    with pytest.raises(refusals.DutiesNotSeparated):
        sign(purchase, actors.signer)


def test_another_choice_is_another_contract(actors):
    purchase = at(State.VALIDATED, actors)
    purchase.record_contract(actors.buyer, file_ref("c"))
    purchase.amend(actors.buyer, "Montant changé")
    assert purchase.contract is None


def committed(world: World) -> UUID:
    """A small purchase of a family whose need is large, ready for the signature."""
    purchase = world.checked(world.line())
    world.need(world.line("100"), estimate_incl_tax=Decimal(24000))
    world.validate(purchase)
    world.do(commands.record_commitment, "clerk", purchase_id=purchase, number="E-7")
    return purchase


@pytest.mark.feature("A19", "Y9")
def test_a_need_of_the_city_above_the_threshold_wants_a_contract_for_each_order(world: World):
    purchase = committed(world)
    form = {"seen": world.seen(purchase, "signer")}
    refused = as_(world, "signer").post(f"/a-approuver/{purchase}/signer", data=form)
    assert refused.status_code == 409
    assert "contrat écrit" in refused.text
    assert (
        "Contrat écrit à déposer avant la commande" in as_(world, "signer").get("/a-approuver").text
    )
    assert "Déposer le contrat" in as_(world, "dpc").get(f"/achats/{purchase}").text
    here = f"/consultations/{purchase}/contrat"
    wrong: dict[str, Any] = {"contract": (io.BytesIO(b"<svg/>"), "contrat.pdf")}
    assert as_(world, "buyer").post(here, data=wrong).status_code == 422
    sent: dict[str, Any] = {"contract": (io.BytesIO(PDF), "../contrat.pdf")}
    assert as_(world, "buyer").post(here, data=sent).status_code == 303
    form = {"seen": world.seen(purchase, "signer")}
    signed = as_(world, "signer").post(f"/a-approuver/{purchase}/signer", data=form)
    assert signed.status_code == 303
    assert world.state(purchase) == "ordered"


def test_who_checked_is_told_on_the_day_of_the_choice_that_a_contract_is_wanted(world: World):
    from shared.store.tables import outbox

    committed(world)
    with world.database.read() as connection:
        said = [str(row.payload) for row in connection.execute(outbox.select())]
    assert [text for text in said if "contrat" in text]


def test_the_contract_is_read_by_buyers_and_by_nobody_else(world: World):
    purchase = committed(world)
    with pytest.raises(NotFound):
        world.ask(queries.contract_file, "buyer", purchase_id=purchase)
    world.do(commands.record_contract, "dpc", purchase_id=purchase, file=PDF)
    opened = as_(world, "signer").get(f"/achats/{purchase}/contrat")
    assert opened.data == PDF
    assert opened.headers["Content-Disposition"].startswith("attachment;")
    assert as_(world, "member").get(f"/achats/{purchase}/contrat").status_code == 404
    with pytest.raises(Forbidden):
        world.ask(queries.contract_file, "stranger", purchase_id=purchase)


# interests


def test_a_declared_interest_is_read_by_the_dpc_and_only_known_to_a_delegate(world: World):
    purchase = world.checked(world.line())
    world.do(commands.declare_interest, "lead", purchase_id=purchase, text="Ma sœur y travaille")
    for path in (f"/achats/{purchase}", f"/a-approuver/{purchase}"):
        assert "Ma sœur y travaille" in as_(world, "dpc").get(path).text
        delegate = as_(world, "delegate").get(path).text
        assert "Intérêt déclaré par Rita Modèle" in delegate
        assert "Ma sœur" not in delegate
        for who in ("member", "buyer", "auditor"):
            assert "Intérêt déclaré" not in as_(world, who).get(path).text


# words


def test_one_quote_is_said_in_the_singular(world: World):
    purchase = world.checked(world.line(), prices=("100.00",))
    text = as_(world, "delegate").get(f"/a-approuver/{purchase}").text
    assert "1\u00a0devis, ouvert le" in text


def test_a_delegate_is_not_asked_for_the_reason_that_the_check_gives(world: World):
    for _ in range(3):
        world.validate(world.checked(world.line("500"), prices=("100.00",)))
    again = world.checked(world.line("500"))
    text = as_(world, "delegate").get(f"/a-approuver/{again}").text
    assert "3 derniers achats" in text
    assert "dites pourquoi lui" not in text
    assert "Seul disponible ce jour-là" in text
    compared, _ = world.compared(world.line("100"), ("50.00",))
    asked = as_(world, "buyer").get(f"/a-approuver/{compared}").text
    assert "dites pourquoi lui" in asked
    assert 'name="why_supplier"' in asked
