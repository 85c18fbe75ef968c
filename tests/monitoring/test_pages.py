"""The pages of monitoring, over HTTP."""

import re
from datetime import timedelta

import pytest

from services.procurement.events import Step
from tests.monitoring.browsing import ACTION, get, page
from tests.monitoring.told import TODAY, Told, named, who


@pytest.mark.feature("M1", "M10")
def test_the_board_says_who_is_awaited_since_when_and_when_it_was_true(city: Told):
    text = page(city, "/")
    assert "2 comités, mardi 12 janvier 2027." in text
    assert "Vrai à 8 h 04" in text
    assert "2 j de retard" in text
    assert "depuis le 8 janv." in text
    assert "6 360,00 €" in text
    assert "Aucune nouvelle depuis 49 jours" in text or "Aucune nouvelle depuis 50 jours" in text
    assert 'class="rk-unknown">inconnu' in text


def test_each_number_of_the_board_leads_to_a_list_that_opens(city: Told):
    text = get(city, "/").text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/monitoring/[^"#]*)', text)}
    assert len(links) > 15
    for link in sorted(links):
        response = get(city, link.removeprefix("/monitoring"))
        assert response.status_code == 200, link


@pytest.mark.feature("M2", "B6")
def test_the_view_of_money_shows_every_amount_of_the_year(city: Told):
    text = page(city, "/?vue=argent")
    for head in ("Enveloppe", "Réservé", "Engagé", "Payé", "Disponible"):
        assert f'data-label="{head}"' in text
    assert "640,00 €" in text


def test_filters_and_sort_stay_in_the_address(city: Told):
    text = get(city, "/?marge=late&secteur=Secteur+Haut&tri=-due").text.replace("&amp;", "&")
    assert "/monitoring/?secteur=Secteur+Haut&marge=late&tri=due" in text
    assert 'aria-sort="descending"' in text
    assert '<input type="hidden" name="marge" value="late">' in text


@pytest.mark.parametrize(
    "path", ["/?annee=abc&etape=nope&marge=1&tri=%27", "/achats?comite=-1&etape=x", "/?annee=99999"]
)
def test_an_address_written_by_hand_is_never_an_error(city: Told, path: str):
    assert get(city, path).status_code == 200


def test_a_board_without_committee_says_what_to_do_next(city: Told):
    text = page(city, "/?marge=calm")
    assert "Aucun comité ici." in text
    assert "Tout montrer" in text


def test_a_neighbour_who_opens_the_city_is_shown_their_committee(city: Told):
    response = get(city, "/", who("lead", f"committee:{named('committee 17')}"))
    assert response.status_code == 303
    assert response.location.endswith("/monitoring/mon-comite")


def test_who_follows_no_committee_is_told_that_the_board_is_not_theirs(city: Told):
    assert get(city, "/", who("relay")).status_code == 403
    assert get(city, "/", None).status_code == 401


@pytest.mark.feature("M2")
def test_the_page_of_a_committee_goes_from_the_sum_down_to_the_fact(city: Told):
    text = page(city, f"/comites/{named('committee 17')}")
    assert "Disponible <b>6 360,00 €</b>" in text
    assert "Lignes de 2027" in text
    assert "Achat ouvert : Sonorisation" in text
    assert "Rita Fictif, Référent·e du comité" in text
    assert f'href="/monitoring/actions/{ACTION}/fil"' in text


def test_a_committee_whose_envelope_nobody_opened_says_so(city: Told):
    text = page(city, f"/comites/{named('committee 2')}")
    assert "Enveloppe inconnue." in text
    assert "Rien n’est attendu." in text


def test_a_committee_out_of_reach_is_not_found(city: Told):
    path = f"/comites/{named('committee 2')}"
    assert get(city, path, who("lead", f"committee:{named('committee 17')}")).status_code == 404


@pytest.mark.feature("M1")
def test_the_thread_is_a_picture_with_its_table_and_the_awaited_step_dashed(city: Told):
    text = page(city, f"/actions/{ACTION}/fil")
    assert 'class="rk-thread"' in text
    assert "rk-t-awaited" in text
    assert "Valider le devis : Sonorisation" in text
    assert "<b>attendu</b> de Délégataire" in text
    assert "Ligne ouverte : Kabar lakour" in text
    assert 'href="#fait-' in text


def test_what_awaits_me_is_marked_as_mine_in_the_thread(city: Told):
    text = page(city, f"/actions/{ACTION}/fil", who("delegate"))
    assert "rk-t-yours" in text
    assert "À vous, Délégataire" in text


@pytest.mark.feature("M3")
def test_what_should_begin_first_stands_first_with_its_slack(city: Told):
    cac = named("committee 17")
    for days, step, role in ((3, Step.COMMIT, "finance_clerk"), (30, Step.PAY, "finance_clerk")):
        purchase = city.purchase(cac, f"Achat {days}")
        city.step(cac, purchase, Step.CHECK, step, role, TODAY + timedelta(days))
    city.settle()
    text = page(city, "/attentes")
    in_order = ("Valider le devis", "2 j de retard", "Engager la dépense", "Payer la facture")
    places = [text.index(words) for words in in_order]
    assert places == sorted(places)


@pytest.mark.feature("X21")
def test_what_awaits_whom_leads_to_its_purchases(city: Told):
    text = page(city, "/attentes").replace("&amp;", "&")
    assert "/monitoring/attendu?attend=delegate&quoi=validate" in text
    assert "Sonorisation" in page(city, "/attendu?attend=delegate&quoi=validate")
    assert "Rien d’attendu ici." in page(city, "/attendu?quoi=pay")
    assert "Aucun achat en cours ici." in page(city, "/achats?etape=pay")


def test_a_step_said_together_with_its_fact_is_read_once_on_the_page_of_the_committee(told: Told):
    cac = told.committee(17, days_ago=9)
    purchase = told.purchase(cac)
    told._count -= 1
    told.step(
        cac, purchase, Step.OPEN, Step.REQUEST_QUOTES, "procurement_officer", TODAY,
        again=named("said together"),
    )  # fmt: skip
    told.settle()
    text = page(told, f"/comites/{cac}")
    assert "Achat ouvert : Sonorisation" in text
    assert "Besoin reçu" not in text
    types = [f["type"] for f in get(told, f"/api/v1/committees/{cac}").json["facts"]]
    assert "cac.procurement.purchase-step-passed.v1" in types
