"""The pages and the API of monitoring, over HTTP."""

import csv
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.pages.exports import as_csv, cell
from services.procurement.events import Step
from shared.kernel.rights import Actor
from shared.testing.product import client
from tests.monitoring.told import NOW, OFFICER, TODAY, Told, named, who

ACTION = named("action")


def get(told: Told, path: str, actor: Actor | None = OFFICER, **options: Any) -> Any:
    return client(told.runtime, "monitoring", actor).get(path, **options)


def page(told: Told, path: str, actor: Actor | None = OFFICER) -> str:
    response = get(told, path, actor)
    assert response.status_code == 200, response.text
    return " ".join(response.text.replace("\u00a0", " ").split())


@pytest.fixture
def city(told: Told) -> Told:
    """Two committees: one late with money, one of which nothing is known but its name."""
    cac = told.committee(17, days_ago=9)
    told.envelope(cac, days_ago=8)
    line = told.line(cac, action_id=ACTION, days_ago=7)
    told.person("Rita Fictif")
    purchase = told.purchase(cac, action_id=ACTION, by="Rita Fictif", quality="lead", days_ago=6)
    told.step(
        cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", TODAY.replace(day=8),
        action_id=ACTION, days_ago=4,
    )  # fmt: skip
    told.move(cac, line, 2, after={"reserved": "640.00"}, action_id=ACTION, days_ago=3)
    told.committee(2, days_ago=50)
    told.report("monitoring", 0)
    told.settle()
    return told


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


@pytest.mark.feature("M2")
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
    assert response.location.endswith(f"/monitoring/comites/{named('committee 17')}")


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
    assert "Aucun achat en cours." in text


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


def test_what_awaits_whom_leads_to_its_purchases(city: Told):
    text = page(city, "/attentes").replace("&amp;", "&")
    assert "/monitoring/achats?attend=delegate&etape=validate" in text
    assert "Sonorisation" in page(city, "/achats?attend=delegate&etape=validate")
    assert "Aucun achat en cours ici." in page(city, "/achats?etape=pay")


# CSV


def test_the_board_as_csv_has_the_rows_of_the_page_and_says_unknown(city: Told):
    response = get(city, "/ville.csv?tri=-committee")
    assert response.mimetype == "text/csv"
    assert 'filename="ville-2027.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows] == ["Comité", "CAC 17", "CAC 02"]
    assert rows[1][-2] == "6360,00"
    assert rows[2][-2] == "inconnu"


def test_a_thread_and_purchases_are_also_csv(city: Told):
    thread = get(city, f"/actions/{ACTION}/fil.csv").text
    assert "BudgetOpened;Ligne ouverte\u00a0: Kabar lakour" in thread
    assert "Rita Fictif;Référent·e du comité" in thread
    purchases = get(city, "/achats.csv").text
    assert "CAC 17;Sonorisation;Valider le devis;Délégataire" in purchases


def test_csv_obeys_the_scope_like_the_page(city: Told):
    text = get(city, "/ville.csv", who("sector_officer", "sector:Secteur Centre")).text
    assert "CAC 02" in text
    assert "CAC 17" not in text


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "＝1"]
)
def test_no_text_becomes_a_formula_in_a_spreadsheet(text: str):
    assert cell(text) == f"'{text}"


@given(st.text())
def test_a_cell_of_text_never_begins_like_a_formula(text: str):
    assert not cell(text).lstrip(" \u00a0\u202f").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_amounts_keep_their_sign_and_their_comma():
    assert cell(Decimal("-1974.7")) == "-1974,70"
    assert (cell(None), cell(True), cell(TODAY), cell(NOW)) == (
        "inconnu",
        "oui",
        "2027-01-12",
        "2027-01-12 08:04",
    )


def test_the_name_of_a_file_holds_nothing_that_a_header_would_read():
    answer = as_csv('a"b\r\nSet-Cookie: x', ["h"], [])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a-b--set-cookie--x.csv"'


# the flow


def test_the_flow_says_what_is_late_silent_or_never_heard_of(city: Told):
    city.report("procurement", 60, lag=12, outbox_depth=2, outbox_age_seconds=31.0)
    city.settle()
    text = page(city, "/flux")
    assert "Sans nouvelles" in text
    assert "31 s" in text
    assert '<span class="rk-unknown">jamais</span>' in text
    assert "dead-letters list" in text


def a_dead_letter(told: Told) -> None:
    told.move(named("committee 17"), named("nowhere"), 2, after={"reserved": "1.00"})
    told.settle()


def test_a_dead_letter_is_dropped_with_a_reason_and_what_was_behind_it_goes_on(city: Told):
    a_dead_letter(city)
    city.purchase(named("committee 17"), "Derrière")
    city.settle()
    assert "Attend derrière un autre" in page(city, "/flux")
    browser = client(city.runtime, "monitoring", OFFICER)
    done = browser.post("/flux/lettres/1/ecarter", data={"reason": "Ligne d’essai"})
    assert done.status_code == 303
    assert "Demandé : écarter." in page(city, "/flux")
    city.settle()
    assert "Aucun fait n’attend ici." in page(city, "/flux")
    assert "Achat ouvert : Derrière" in page(city, f"/comites/{named('committee 17')}")


def test_a_dead_letter_is_not_dropped_without_a_reason_and_the_page_says_why(city: Told):
    a_dead_letter(city)
    browser = client(city.runtime, "monitoring", OFFICER)
    again = browser.post("/flux/lettres/1/ecarter", data={"reason": " "})
    assert again.status_code == 422
    assert "Répondez à cette question." in again.text
    assert "Demandé" not in page(city, "/flux")


def test_a_dead_letter_is_replayed_once_its_cause_is_mended(city: Told):
    cac = named("committee 17")
    late = named(f"line {cac} Jardin 2027")
    city.move(cac, late, 2, after={"reserved": "1.00"}, action_id=named("jardin"))
    city.settle()
    city.line(cac, title="Jardin")
    city.settle()
    browser = client(city.runtime, "monitoring", OFFICER)
    assert browser.post("/flux/lettres/1/rejouer").status_code == 303
    city.settle()
    assert "Aucun fait n’attend ici." in page(city, "/flux")
    assert "1,00 €" in page(city, f"/comites/{cac}")


def test_only_those_who_keep_the_installation_touch_a_dead_letter(city: Told):
    a_dead_letter(city)
    for actor, status in ((who("auditor"), 403), (who("delegate"), 403), (None, 401)):
        browser = client(city.runtime, "monitoring", actor)
        assert browser.post("/flux/lettres/1/rejouer").status_code == status
        assert browser.get("/flux").status_code == status


def test_a_letter_that_does_not_exist_is_not_found(city: Told):
    browser = client(city.runtime, "monitoring", OFFICER)
    assert browser.post("/flux/lettres/99/rejouer").status_code == 404


# API


def test_the_api_gives_amounts_as_texts_and_unknown_as_null(city: Told):
    board = get(city, "/api/v1/board?sort=committee").json
    unknown, known = board["committees"]
    assert known["available"] == "6360.00"
    assert known["purchase"]["slack"] == -2
    assert unknown["available"] is None
    assert board["totals"]["reserved"] == "640.00"
    assert board["freshness"]["true_at"] == NOW.isoformat()


def test_the_api_gives_a_committee_a_thread_and_the_flow(city: Told):
    card = get(city, f"/api/v1/committees/{named('committee 17')}").json
    assert card["lines"][0]["available"] == "2560.00"
    assert card["facts"][0]["type"] == "cac.procurement.budget-changed.v1"
    thread = get(city, f"/api/v1/actions/{ACTION}/thread").json
    assert [fact["person"] for fact in thread["facts"]].count(str(named("Rita Fictif"))) == 1
    assert "Rita Fictif" not in str(thread)
    assert thread["awaited"][0]["next_step"] == "validate"
    assert {row["service"] for row in get(city, "/api/v1/flow").json["services"]} >= {"monitoring"}


def test_the_api_refuses_an_answer_it_does_not_understand(city: Told):
    assert get(city, "/api/v1/board?level=loud").status_code == 422
    assert get(city, f"/api/v1/actions/{named('nobody')}/thread").status_code == 404
    assert get(city, "/api/v1/board", who("relay")).status_code == 403


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
