"""Pages: where a need comes from, what a line lacks, what is to decide or to settle."""

from datetime import date

import pytest

from services.procurement import queries
from tests.procurement.browsing import as_, page
from tests.procurement.road import (
    ACTION,
    chosen,
    in_days,
    lines,
    moved,
    needed,
    open_years,
    purchase_of,
)
from tests.procurement.world import COMMITTEE, World


@pytest.fixture
def year(world: World) -> int:
    """The year after this one."""
    return world.today.year + 1


def test_a_need_shows_where_it_comes_from_and_leads_back(world: World):
    fact = needed(in_days(world, 90))
    world.hears(fact)
    purchase = purchase_of(world, fact.need_id)["id"]
    back = f'href="/planning/besoins/{fact.need_id}"'
    for who, path, follows in (
        ("member", f"/besoins/{COMMITTEE}", True),
        ("member", f"/achats/{purchase}", True),
        # Whose page it is not: said, without a link to a refusal.
        ("buyer", f"/consultations/{purchase}", False),
    ):
        shown = page(world, who, path)
        assert "Vient du plan d’action" in shown
        assert (back in shown) == follows
    assert "Avec un technicien" in page(world, "member", f"/achats/{purchase}")


def test_deliveries_are_reached_from_the_needs_with_their_count(world: World):
    shown = page(world, "member", f"/besoins/{COMMITTEE}")
    assert 'href="/procurement/livraisons"' in shown
    assert "Livraisons à certifier" in shown
    world.ordered(world.line())
    assert "Livraisons à certifier\u00a0: 1" in page(world, "member", f"/besoins/{COMMITTEE}")
    assert "Livraisons à certifier" not in page(world, "auditor", f"/besoins/{COMMITTEE}")


def test_a_line_that_lacks_money_says_how_much(world: World, year: int):
    open_years(world, year)
    world.hears(chosen(date(year, 6, 1), "9000.00"))
    line = lines(world)[0]["id"]
    for path in (f"/lignes/{line}", f"/besoins/{COMMITTEE}"):
        assert "Il manque 2\u00a0000,00\u00a0€ sur 9\u00a0000,00\u00a0€" in page(
            world, "member", path
        )
    assert "manque 2\u00a0000,00\u00a0€" in page(world, "dpc", f"/lignes?annee={year}")


def test_a_line_of_nothing_says_that_nobody_knew_how_much(world: World, year: int):
    open_years(world, year)
    world.hears(chosen(date(year, 6, 1), None))
    assert "Ouverte à zéro" in page(world, "member", f"/lignes/{lines(world)[0]['id']}")


def test_an_action_that_waits_for_an_envelope_is_said_where_it_is_opened(world: World, year: int):
    world.hears(chosen(date(year, 6, 1)))
    said = f"attend l’enveloppe {year}"
    for who, path in (
        ("member", f"/besoins/{COMMITTEE}"),
        ("dpc", f"/enveloppes?annee={year}"),
        ("dpc", "/lignes"),
    ):
        assert said in page(world, who, path)
    sent = as_(world, "dpc").post(
        f"/enveloppes?annee={year}", data={"year": year, "amount": "7000"}
    )
    assert sent.status_code == 303
    assert said not in page(world, "member", f"/besoins/{COMMITTEE}")


@pytest.fixture
def held(world: World, year: int) -> World:
    """An action of this year with an order, moved to the next."""
    open_years(world, year - 1, year)
    day = min(in_days(world, 60), date(year - 1, 12, 31))
    world.hears(chosen(day))
    world.ordered(lines(world)[0]["id"], action_id=ACTION)
    world.hears(moved(day, date(year, 6, 1)))
    return world


def test_the_dpc_reads_both_ways_before_it_decides_on_a_carry_over(held: World, year: int):
    path = f"/reports/{ACTION}"
    assert f'href="/procurement{path}"' in page(held, "dpc", "/lignes")
    shown = page(held, "dpc", path)
    assert "8\u00a0225,30\u00a0€" in shown
    assert "Reporter 1\u00a0225,30\u00a0€" in shown
    page(held, "member", path, 403)
    assert "Reporter 1" not in page(held, "auditor", path)
    refused = as_(held, "dpc").post(f"{path}/laisser", data={"reason": " "})
    assert refused.status_code == 422
    done = as_(held, "dpc").post(f"{path}/reporter", data={})
    assert done.status_code == 303
    assert [line["year"] for line in lines(held)] == [year - 1, year]
    page(held, "dpc", path, 404)


def test_the_member_reads_that_the_dpc_has_to_decide_without_the_button(held: World):
    shown = page(held, "member", f"/besoins/{COMMITTEE}")
    assert "report à décider" in shown
    assert "Décider du report" not in shown


def test_what_was_agreed_with_a_supplier_is_noted_on_the_order(held: World):
    orders = held.ask(queries.orders_list, "buyer")["items"]
    path = f"/achats/{orders[0]['id']}"
    assert "convenez du jour" in page(held, "buyer", path)
    assert "Noter ce qui est convenu" not in page(held, "member", path)
    browser = as_(held, "buyer")
    refused = browser.post(f"{path}/convenu", data={"needed_by": "2027-02-30", "note": "Vu"})
    assert refused.status_code == 422
    agreed = {"needed_by": str(in_days(held, 200)), "note": "Convenu par téléphone"}
    assert browser.post(f"{path}/convenu", data=agreed).status_code == 303
    shown = page(held, "member", path)
    assert "convenez du jour" not in shown.split("Ce qui s’est passé")[0]
    assert "Convenu par téléphone" in shown


def test_procurement_classes_a_need_from_its_page(world: World):
    fact = needed(in_days(world, 90))
    world.hears(fact)
    path = f"/consultations/{purchase_of(world, fact.need_id)['id']}"
    sent = as_(world, "buyer").post(
        f"{path}/classer", data={"category": "services", "family": "Sonorisation"}
    )
    assert sent.status_code == 303
    assert "sonorisation" in page(world, "buyer", path)
