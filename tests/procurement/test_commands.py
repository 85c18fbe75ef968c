"""The use cases on a real database: money in the same transaction, rights, sealed files."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.procurement import commands, queries, tables
from services.procurement.commands.support import FileNotAccepted
from services.procurement.model import refusals
from shared.kernel.refusals import Forbidden, NotFound, Refusal
from shared.store.tables import audit
from tests.procurement.world import COMMITTEE, OTHER_COMMITTEE, PDF, World, actor, person_id


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


@pytest.mark.feature("A16")
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


# sealed


def test_nobody_reads_a_quote_before_closing(world: World):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    quote = world.register(purchase, suppliers[0])
    for who in ("buyer", "dpc", "delegate", "auditor", "member"):
        with pytest.raises(NotFound):
            world.ask(queries.quote_file, who, purchase_id=purchase, quote_id=quote)
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    assert set(card["quotes"][0]) == {
        "id",
        "supplier",
        "supplier_id",
        "received_at",
        "set_aside",
        "round",
    }
    assert world.ask(queries.purchase_card, "member", purchase_id=purchase)["quotes"] == []


def test_members_read_amounts_after_the_award_only(world: World):
    purchase = world.checked(world.line())
    before = world.ask(queries.purchase_card, "member", purchase_id=purchase)
    assert (before["amount_incl_tax"], before["supplier"], before["quotes"]) == (None, None, [])
    world.validate(purchase)
    after = world.ask(queries.purchase_card, "member", purchase_id=purchase)
    assert after["amount_incl_tax"] == Decimal("1974.70")
    assert len(after["quotes"]) == 1


def test_the_timer_opens_once_and_never_early(world: World):
    purchase = world.need(world.line())
    world.asked(purchase, world.suppliers())
    world.do(commands.close_the_request, None, subject=purchase)
    assert world.state(purchase) == "quoting"
    world.close(purchase)
    world.do(commands.close_the_request, None, subject=purchase)
    assert world.state(purchase) == "comparing"
    world.do(commands.close_the_request, None, subject=uuid4())


def test_the_audit_keeps_no_copy_of_what_is_sealed_or_of_an_interest(world: World):
    purchase = world.checked(world.line())
    world.do(
        commands.declare_interest, "signer", purchase_id=purchase, text="Ma sœur y est associée"
    )
    with world.database.read() as connection:
        noted = repr(connection.execute(sa.select(audit)).all())
    assert "Ma sœur" not in noted
    assert "1900.00" not in noted


def test_an_interest_closes_the_file_to_who_declared_it(world: World):
    purchase = world.checked(world.line())
    world.do(commands.declare_interest, "delegate", purchase_id=purchase, text="Mon frère")
    for query in (queries.decision, queries.purchase_card):
        with pytest.raises(Forbidden):
            world.ask(query, "delegate", purchase_id=purchase)
    with pytest.raises(refusals.InterestDeclared):
        world.validate(purchase, seen=world.seen(purchase, "signer"))


# files


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90", b"", b"%PDF-" + bytes(10_000_001)],
    ids=["svg named pdf", "program", "empty", "too large"],
)
def test_a_file_is_known_by_what_it_holds(world: World, data):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    with pytest.raises(FileNotAccepted):
        world.register(purchase, suppliers[0], data)


@pytest.mark.parametrize("data", [PDF, b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n image"])
def test_pdf_jpeg_and_png_are_kept(world: World, data):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    assert world.register(purchase, suppliers[0], data)


def test_the_order_is_a_tagged_pdf_that_exists_from_the_signature_on(world: World):
    line = world.line()
    purchase = world.checked(line)
    with pytest.raises(NotFound):
        world.ask(queries.order_file, "buyer", purchase_id=purchase)
    ordered = world.ordered(world.line())
    found = world.ask(queries.order_file, "member", purchase_id=ordered)
    data = world.runtime.workplaces["procurement"].files.open(found["file"])
    assert data.startswith(b"%PDF-")
    assert b"fr-RE" in data
    assert b"pdfaid" in data
    assert b"pdfuaid" in data


def test_order_numbers_have_no_gap_even_after_a_refused_signature(world: World):
    first = world.ordered(world.line("3000"))
    waiting = world.checked(world.line("3000"))
    world.validate(waiting)
    world.do(commands.record_commitment, "clerk", purchase_id=waiting, number="E-8")
    with pytest.raises(refusals.DutiesNotSeparated):
        world.do(commands.sign_order, "delegate", purchase_id=waiting, seen=world.seen(waiting))
    seen = world.seen(waiting)
    number = world.do(commands.sign_order, "signer", purchase_id=waiting, seen=seen)
    assert number.endswith("-0002")
    assert world.ask(queries.order_file, "buyer", purchase_id=first)["number"].endswith("-0001")


# rights and scopes


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


# needs, money, lists


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


@pytest.mark.feature("A14")
@pytest.mark.parametrize("number", ["35600000000048", "35600000009075", "732 829 320 00074"])
def test_a_siret_is_checked_with_the_rule_of_la_poste(world: World, number):
    assert world.do(commands.name_supplier, "buyer", name="Essai", identifier=number)["id"]


@pytest.mark.parametrize("number", ["35600000009076", "12345678901234", "1234", ""])
def test_a_wrong_siret_is_refused(world: World, number):
    with pytest.raises(refusals.WrongValue):
        world.do(commands.name_supplier, "buyer", name="Essai", identifier=number)


def test_a_duplicate_supplier_warns_and_keeps_its_id(world: World):
    first = world.do(commands.name_supplier, "buyer", name="Essai", identifier=SIRET)
    again = world.do(commands.name_supplier, "buyer", name="Essai bis", identifier=SIRET)
    assert again["id"] == first["id"]
    assert "déjà connu : Essai" in again["warning"]
    alone = world.do(
        commands.name_supplier,
        "buyer",
        name="Siège",
        identifier=SIRET[:9],
        why_no_siret="Le SIRET n’est pas encore donné",
    )
    assert "même SIREN" in alone["warning"]


SIRET = "73282932000074"


@pytest.mark.feature("A10")
def test_the_need_of_a_family_adds_up_all_committees(world: World):
    world.validate(world.checked(world.line()))
    world.need(
        world.line(committee=OTHER_COMMITTEE),
        who="dpc",
        committee_id=OTHER_COMMITTEE,
        estimate_incl_tax=Decimal(500),
    )
    [family] = world.ask(queries.families, "dpc")["items"]
    assert family["need_excl_tax"] == Decimal("2320.00")
    assert family["limit"] == 60000


def test_the_third_purchase_in_a_row_from_one_supplier_asks_why(world: World):
    for _ in range(3):
        world.validate(world.checked(world.line("2000"), prices=("100.00",)))
    purchase, quotes = world.compared(world.line("100"), ("50.00",))
    with pytest.raises(refusals.ReasonNeeded) as refused:
        world.do(
            commands.check_quote,
            "buyer",
            purchase_id=purchase,
            quote_id=quotes[0],
            no_interest=True,
        )
    assert "3 derniers achats" in refused.value.fields["why_supplier"]


def test_an_invoice_number_is_taken_once_a_year_for_a_supplier(world: World):
    for expected in (None, refusals.InvoiceNotAccepted):
        purchase = world.ordered(world.line("2000"), prices=("100.00",))
        bill = {
            "purchase_id": purchase,
            "number": "F-1",
            "siret": SIRET,
            "received_on": world.today,
            "amount_incl_tax": Decimal("108.50"),
        }
        if expected is None:
            world.do(commands.record_invoice, "clerk", **bill)
        else:
            with pytest.raises(expected):
                world.do(commands.record_invoice, "clerk", **bill)


def test_rules_are_rows_that_a_person_dates(world: World):
    rule = {
        "key": "dispense",
        "category": "services",
        "value": Decimal(70000),
        "unit": "EUR HT",
        "text": "Moins de 70 000 € HT",
        "source": "Décret à venir",
        "valid_from": world.today + timedelta(30),
    }
    from services.procurement.model import Key

    rule["key"] = Key.DISPENSE
    with pytest.raises(refusals.RulesOverlap):
        world.do(commands.record_rule, "dpc", **rule)
    now = world.ask(queries.rules_in_force, "buyer")["rules"]
    [old] = [r for r in now if (r["key"], r["category"]) == ("dispense", "services")]
    world.do(commands.end_rule, "dpc", rule_id=old["id"], valid_to=world.today + timedelta(29))
    world.do(commands.record_rule, "dpc", **rule)
    later = world.ask(queries.rules_in_force, "buyer", day=world.today + timedelta(31))["rules"]
    [new] = [r for r in later if (r["key"], r["category"]) == ("dispense", "services")]
    assert new["value"] == 70000


def test_the_inbox_is_sorted_by_slack_and_says_what_to_look_at(world: World):
    line = world.line("1974.70")
    far = world.checked(line)
    near = world.checked(line, needed_by=world.today + timedelta(20))
    rows = world.ask(queries.awaiting_decision, "delegate")
    assert [row["id"] for row in rows] == [near, far]
    world.validate(near)
    [row] = world.ask(queries.awaiting_decision, "delegate")
    assert row["after"] == Decimal("-1974.70")
    assert row["exceptions"][0]["kind"] == "blocked"
    assert "1\u00a0974,70" in row["exceptions"][0]["text"]


def test_what_changed_since_the_last_visa_is_shown_field_by_field(world: World):
    purchase = world.checked(world.line())
    quote = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)["chosen_id"]
    world.typed(purchase, quote, "1700.00")
    world.do(
        commands.check_quote,
        "buyer",
        purchase_id=purchase,
        quote_id=quote,
        why_supplier="Seul",
        no_interest=True,
    )
    changes = world.ask(queries.decision, "delegate", purchase_id=purchase)["changes"]
    total = next(change for change in changes if change["field"] == "Total TTC")
    assert (total["before"], total["after"]) == ("1974.70", "1844.50")


def test_committees_follow_their_purchases(world: World):
    purchase = world.need(world.line())
    found = world.ask(queries.committee_needs, "member", committee_id=COMMITTEE)
    assert [row["id"] for row in found["items"]] == [purchase]
    assert found["items"][0]["awaited_name"] == "le service achats"


@pytest.mark.feature("A13")
def test_the_ledger_alone_says_what_the_counters_say(world: World):
    line = world.line("7000")
    world.ordered(line)
    cancelled = world.checked(line, prices=("100.00", "120.00"))
    world.validate(cancelled)
    world.do(commands.cancel_purchase, "dpc", purchase_id=cancelled, reason="Pluie")
    assert world.ask(queries.ledger_differences, "auditor") == []
    row = tables.budget_lines.c.id == line
    with world.database.write() as connection:
        connection.execute(tables.budget_lines.update().where(row).values(paid=Decimal(1)))
    assert [d["id"] for d in world.ask(queries.ledger_differences, "auditor")] == [line]
