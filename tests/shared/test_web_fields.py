"""What people and programs write: understood one way, or refused with a sentence in French."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum

import marshmallow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.web import fields
from shared.web.api import Input
from shared.web.formats import euros as written
from shared.web.problems import first_messages

CENTS = st.integers(0, 10**14 - 1).map(lambda cents: Decimal(cents) / 100)


def refused(field, value):
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value)
    return first_messages(caught.value.messages)[""]


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Inner(Input):
    count = fields.Number()


ALL = [
    fields.Text(required=True, most=20),
    fields.Amount(required=True),
    fields.Amount(required=True, positive=True),
    fields.Quantity(required=True),
    fields.Day(required=True),
    fields.Number(required=True),
    fields.Id(required=True),
    fields.Choice(Size, required=True),
    fields.Choice({"a": "Un"}, required=True),
    fields.Yes(required=True),
    fields.Nested(Inner(), required=True),
    fields.List(fields.Nested(Inner()), required=True),
    fields.List(fields.Text(), required=True),
]


@given(CENTS)
def test_an_amount_comes_back_as_it_went(amount):
    field = fields.Amount()
    said = field.serialize("x", {"x": amount})
    assert isinstance(said, str)
    assert field.deserialize(json.loads(json.dumps(said))) == amount


@given(CENTS)
def test_an_amount_as_we_write_it_to_people_is_understood_again(amount):
    assert fields.Amount().deserialize(str(written(amount))) == amount


@given(st.integers(0, 10**8), st.sampled_from(["", ",5", ".50"]), st.sampled_from(" \u00a0\u202f"))
def test_groups_of_three_figures_change_nothing(whole, decimals, blank):
    grouped = f"{whole:,}".replace(",", blank) + decimals
    plain = Decimal(f"{whole}{decimals.replace(',', '.')}")
    assert fields.Amount().deserialize(grouped) == plain


@given(st.text(alphabet="0123456789 ,.-€\u00a0\u202fe+", max_size=14))
def test_an_amount_is_two_decimals_above_zero_or_a_sentence(text):
    try:
        found = fields.Amount().deserialize(text)
    except ValidationError as error:
        assert error.messages[0] in fields.Amount.default_error_messages.values()  # noqa: PT017
    else:
        assert found >= 0
        assert not found.is_signed()
        assert found.as_tuple().exponent == -2


@pytest.mark.parametrize(
    "value, says",
    [
        (12.5, "entre guillemets"),
        (12, "entre guillemets"),
        (True, "entre guillemets"),
        ("-1", "négatif"),
        ("\u22123,50", "négatif"),
        ("-0", "négatif"),
        ("12.345", "deux décimales"),
        ("1,974", "deux décimales"),
        ("9" * 13, "trop grand"),
        ("9" * 4999, "trop grand"),
        ("12€50", "par exemple"),
        ("12 50", "par exemple"),
        ("1.974,70", "par exemple"),
        ("NaN", "par exemple"),
        ("1e3", "par exemple"),
        ("0x10", "par exemple"),
        ("", "Répondez"),
        (None, "Répondez"),
        ([], "entre guillemets"),
    ],
)
def test_an_amount_that_is_not_one_is_told_why(value, says):
    assert says in refused(fields.Amount(required=True), value)


def test_an_amount_above_zero_is_not_zero():
    assert "plus grand que zéro" in refused(fields.Amount(positive=True), "0,00")


@pytest.mark.parametrize("text, worth", [("12", "12"), ("2,5", "2.5"), ("1 200", "1200")])
def test_a_quantity_is_read_as_written(text, worth):
    assert fields.Quantity().deserialize(text) == Decimal(worth)


@pytest.mark.parametrize("value", ["2 5", "-1", "1,2345", "9999999999", True, 1.5, "x", [], {}])
def test_a_quantity_that_is_not_one_is_told_so(value):
    assert "quantité" in refused(fields.Quantity(required=True), value)


def test_no_quantity_is_zero():
    assert "plus grande que zéro" in refused(fields.Quantity(), "0,000")
    assert fields.Quantity(zero=True).deserialize("0,000") == 0
    assert "Deux décimales" in refused(fields.Quantity(decimals=2), "2,125")


@given(st.dates())
def test_a_day_comes_back_as_it_went(day):
    assert fields.Day().deserialize(fields.Day().serialize("x", {"x": day})) == day


@pytest.mark.parametrize(
    "text, says",
    [
        ("2027-02-29", "Le 29 février 2027 n’existe pas."),
        ("2027-04-31", "Le 31 avril 2027 n’existe pas."),
        ("31/04/2027", "Le 31 avril 2027 n’existe pas."),
        ("2027-13-01", "Écrivez une date"),
        ("20/03/27", "Écrivez une date"),
        ("2027/03/20", "Écrivez une date"),
        ("2027-3-2", "Écrivez une date"),
        ("20270320", "Écrivez une date"),
        ("", "Répondez"),
        (20270320, "Écrivez une date"),
        ("٢٠٢٧-٠٣-٢٠", "Écrivez une date"),
    ],
)
def test_a_day_that_no_calendar_has_is_named_back(text, says):
    assert says in refused(fields.Day(required=True), text)


@pytest.mark.parametrize("text", ["2028-02-29", "29/02/2028", " 29/2/2028 "])
def test_the_29th_of_february_of_a_leap_year_exists(text):
    assert fields.Day().deserialize(text) == date(2028, 2, 29)


@pytest.mark.parametrize("value", ["12.7", 12.7, "1e3", "9" * 5000, True, "", [], "1_000"])
def test_a_number_is_whole(value):
    assert refused(fields.Number(required=True), value)


def test_a_number_has_bounds_that_are_told():
    field = fields.Number(least=1, most=12)
    assert field.deserialize("12") == 12
    assert refused(field, "13") == refused(field, 0) == "Écrivez un nombre entre 1 et 12."


def test_a_text_is_bounded_and_says_how_long_it_is():
    assert fields.Text(most=3).deserialize("  abc ") == "abc"
    assert refused(fields.Text(most=3), "abcd") == "Écrivez 3 caractères au plus (vous en avez 4)."


@pytest.mark.parametrize("value", ["a\0b", "\ud800", 12, [], {}, True])
def test_a_text_is_text(value):
    assert refused(fields.Text(required=True), value) == "Écrivez du texte."


def test_a_choice_is_one_of_those_offered():
    assert fields.Choice(Size).deserialize("large") is Size.LARGE
    assert fields.Choice({"a": "Un"}).deserialize("a") == "a"
    values: tuple[object, ...] = ("huge", 3, [], {}, None)
    for value in values:
        assert refused(fields.Choice(Size, required=True), value)
        assert refused(fields.Choice({"a": "Un"}, required=True), value)


def english_sentences():
    said = {
        str(message)
        for kind in vars(marshmallow.fields).values()
        if isinstance(kind, type) and issubclass(kind, marshmallow.fields.Field)
        for message in kind.default_error_messages.values()
    }
    return said | {str(m) for m in marshmallow.Schema().error_messages.values()}


@pytest.mark.parametrize("field", ALL, ids=lambda field: type(field).__name__)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    )
)
def test_whatever_is_given_is_understood_or_refused_in_french(field, value):
    try:
        field.deserialize(value)
    except ValidationError as error:
        told = first_messages(error.messages)
        assert told
        assert not set(told.values()) & english_sentences()
