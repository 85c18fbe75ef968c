"""Pages of money and of what goes wrong: forecast and choice, invoices, families, another supplier."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from services.procurement import commands, queries
from services.procurement.model import refusals
from tests.procurement.browsing import as_, page
from tests.procurement.world import COMMITTEE, OTHER_COMMITTEE, World


@pytest.mark.feature("A11")
def test_the_clerk_notes_the_commitment_the_invoice_and_its_payment(world: World):
    purchase = world.checked(world.line())
    world.validate(purchase)
    clerk = as_(world, "clerk")
    assert "1\u00a0974,70" in clerk.get("/a-numeroter").text
    assert clerk.post(f"/a-numeroter/{purchase}", data={"number": " "}).status_code == 422
    refused = clerk.post(f"/a-numeroter/{purchase}", data={"number": "à venir"})
    assert refused.status_code == 422
    assert "Un numéro d’engagement a des chiffres" in refused.text
    assert 'value="à venir"' in refused.text
    numbered = clerk.post(f"/a-numeroter/{purchase}", data={"number": "E-2026-7"})
    assert numbered.status_code == 303
    world.do(commands.sign_order, "signer", purchase_id=purchase, seen=world.seen(purchase))
    assert "E-2026-7" in page(world, "clerk", "/commandes")
    world.do(
        commands.certify_delivery,
        "lead",
        purchase_id=purchase,
        delivered_on=world.today,
        quantities={1: Decimal(1)},
        was_there=True,
    )
    bill = {
        "number": "F-1",
        "siret": "732 829 320 00074",
        "received_on": world.today.isoformat(),
        "amount_incl_tax": "1 974,70",
    }
    here = f"/factures/{purchase}"
    assert clerk.post(here, data=bill).status_code == 303
    again = clerk.post(here, data=bill)
    assert (again.status_code, "déjà enregistrée" in again.text) == (409, True)
    [due] = world.ask(queries.invoices_list, "clerk")["items"]
    assert due["due"] == world.today + timedelta(30)
    paid = clerk.post(f"{here}/{due['id']}/payer", data={"paid_on": world.today.isoformat()})
    assert paid.status_code == 303
    assert world.state(purchase) == "settled"
    assert "payée le" in page(world, "clerk", "/factures?toutes=1")


@pytest.mark.feature("A12")
def test_the_decision_shows_the_forecast_the_choice_and_what_is_left(world: World):
    line = world.line("3200.00")
    purchase = world.checked(line, estimate_incl_tax=Decimal(2000))
    text = page(world, "delegate", f"/a-approuver/{purchase}")
    assert "Écart à la prévision" in text
    assert re.search("\u2212\u00a0?25,30", text)
    assert "3\u00a0200,00" in text
    assert "1\u00a0225,30" in text
    world.validate(purchase)
    world.do(commands.record_commitment, "clerk", purchase_id=purchase, number="E-7")
    assert "Engagé" in page(world, "dpc", f"/lignes/{line}")


@pytest.mark.feature("A17")
def test_after_an_exclusion_the_same_lines_are_asked_again_and_the_old_quotes_count_no_more(
    world: World,
):
    purchase, quotes = world.compared(world.line())
    world.asked(purchase, world.suppliers())
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    assert (card["state"], card["round"], card["quotes"]) == ("quoting", 2, [])
    assert [line["label"] for line in card["lines"]] == ["Sono"]
    world.close(purchase)
    with pytest.raises(refusals.QuoteNotReceived):
        world.typed(purchase, quotes[0], "1.00")


@pytest.mark.feature("M13", "A10")
def test_families_near_a_threshold_are_shown_over_all_committees(world: World):
    for who, committee, amount in (
        ("member", COMMITTEE, 25000),
        ("stranger", OTHER_COMMITTEE, 24000),
    ):
        world.need(
            world.line("100", committee),
            who=who,
            committee_id=committee,
            estimate_incl_tax=Decimal(amount),
        )
    text = page(world, "buyer", "/familles")
    assert "49\u00a0000,00" in text
    assert "proche du seuil ou au-delà" in text


@pytest.mark.feature("Y5")
def test_the_need_of_all_committees_is_counted_when_quotes_are_asked(world: World):
    world.need(
        world.line("100", OTHER_COMMITTEE),
        who="stranger",
        committee_id=OTHER_COMMITTEE,
        estimate_incl_tax=Decimal(59000),
    )
    purchase = world.need(world.line(), estimate_incl_tax=Decimal(1000))
    with pytest.raises(refusals.ProcedureHeavier) as refused:
        world.asked(purchase, world.suppliers())
    assert "60\u00a0000,00" in refused.value.text


@pytest.mark.feature("X20")
@pytest.mark.parametrize(
    "who, path, said",
    [
        ("delegate", "/a-approuver", "trié par marge"),
        ("buyer", "/consultations", "trié par date limite de commande"),
    ],
)
def test_a_printed_list_says_who_printed_it_when_and_in_which_order(
    world: World, who: str, path: str, said: str
):
    text = page(world, who, path)
    printed = re.search(r'<p class="rk-printed">(.*?)</p>', text, re.DOTALL)
    assert printed
    assert "imprimé le" in printed[1]
    assert said in printed[1]
    assert "rk-landscape" in text
