"""What spreadsheets get of monitoring: the rows of the page, no formula, the same scope."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.exports import as_csv, cell
from tests.monitoring.browsing import ACTION, get
from tests.monitoring.told import NOW, TODAY, Told, who


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
