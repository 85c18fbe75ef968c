"""Suppliers, rules, families, the inbox and the ledger on a real database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from services.procurement import commands, queries, tables
from services.procurement.model import refusals
from tests.procurement.world import COMMITTEE, OTHER_COMMITTEE, World


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


@pytest.mark.feature("M13", "Y5")
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


@pytest.mark.feature("Y1")
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
