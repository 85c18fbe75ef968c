"""Rules of the model that need no database: the text of a charter, numbers of cards."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.decision.events import CharterAdopted, Method, NoQuorum, TieRule
from services.decision.model import (
    BODY,
    LETTERS,
    CardUnknown,
    Charter,
    CharterFrozen,
    box_id,
    numbered,
    read_number,
)
from shared.kernel.aggregate import recorded

NOW = datetime(2027, 3, 20, 6, tzinfo=UTC)
TODAY = date(2027, 3, 20)
RULES: dict[str, Any] = {
    "method": Method.PLURALITY,
    "voters": ["members"],
    "quorum_percent": 50,
    "no_quorum": NoQuorum.EXTEND_ONCE,
    "tie": TieRule.RUN_OFF,
    "opens_on": TODAY,
    "closes_at": NOW + timedelta(7),
    "seed": "0f" * 16,
    "meeting_on": TODAY,
    "extra_days": 7,
    "shares": {},
    "criteria": "Faisable par le comité",
}
OTHERWISE = {
    "method": Method.APPROVAL,
    "voters": ["members", "elus"],
    "quorum_percent": 51,
    "no_quorum": NoQuorum.SECOND_CALL,
    "tie": TieRule.DRAW,
    "opens_on": TODAY + timedelta(1),
    "seed": "1f" * 16,
    "meeting_on": None,
    "extra_days": 8,
    "shares": {"members": "1"},
    "criteria": "Utile à tous",
}


def charter(**changes) -> Charter:
    made: dict[str, Any] = {
        "id": uuid4(),
        "round_id": uuid4(),
        "committee_id": uuid4(),
        "journey": None,
    }
    return Charter(**made, **(RULES | changes))


def adopted(found: Charter, agreed="Réunion", closing="27/03/2027 à 20 h") -> Charter:
    found.adopt(agreed, TODAY, ["Comité : CAC 25"], closing, NOW)
    return found


@pytest.mark.feature("C11")
@pytest.mark.parametrize("rule", OTHERWISE)
def test_another_rule_anywhere_is_another_hash(rule):
    assert adopted(charter()).hash != adopted(charter(**{rule: OTHERWISE[rule]})).hash


def test_the_same_rules_have_the_same_hash_and_it_is_that_of_the_text():
    one, other = adopted(charter()), adopted(charter())
    assert one.hash == other.hash == hashlib.sha256(one.text.encode()).hexdigest()
    told = recorded(one)[0]
    assert isinstance(told, CharterAdopted)
    assert told.hash == one.hash
    assert adopted(charter(), agreed="Rond kozé").hash != one.hash
    assert adopted(charter(), closing="28/03/2027 à 20 h").hash != one.hash


def test_the_text_shows_the_hash_of_the_seed_and_never_the_seed():
    found = adopted(charter())
    assert found.seed_hash in found.text
    assert found.seed not in found.text


@pytest.mark.feature("C11")
def test_an_adopted_charter_is_not_adopted_again():
    found = adopted(charter())
    with pytest.raises(CharterFrozen):
        adopted(found)


@pytest.mark.feature("C10")
@given(
    st.sampled_from(list(Method)),
    st.sampled_from(list(NoQuorum)),
    st.sampled_from(list(TieRule)),
    st.integers(0, 100),
)
def test_every_charter_says_each_of_its_rules_in_words(method, no_quorum, tie, percent):
    found = charter(method=method, no_quorum=no_quorum, tie=tie, quorum_percent=percent)
    text = adopted(found).text
    for word in (
        "Méthode : ",
        "Votent : ",
        f"Quorum : {percent} %",
        "Égalité en tête : ",
        "Poids : ",
    ):
        assert text.count(word) == 1
    assert "{" not in text


bodies = st.text(st.sampled_from(LETTERS), min_size=BODY, max_size=BODY)


@pytest.mark.feature("C15")
@given(bodies, st.integers(0, BODY - 1), st.sampled_from(LETTERS))
def test_one_wrong_character_of_a_card_is_seen(body, place, letter):
    number = numbered(body)
    wrong = number[:place] + letter + number[place + 1 :]
    if wrong != number:
        with pytest.raises(CardUnknown):
            read_number(wrong)


@given(bodies, st.integers(0, BODY - 2))
def test_two_neighbours_in_the_wrong_order_are_seen(body, place):
    number = numbered(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(CardUnknown):
            read_number(swapped)


@given(bodies)
def test_a_number_is_read_as_people_type_it(body):
    number = numbered(body)
    typed = f" {number[:3].lower()}-{number[3:6]} {number[6:]} "
    assert read_number(typed) == number


@pytest.mark.parametrize("text", ["", "ABC", "A" * 200, "éèà ûîô ñçß", "مرحبا", "0O1IL0O1I"])
def test_what_is_no_number_of_a_card_is_refused_in_a_sentence(text):
    with pytest.raises(CardUnknown) as refused:
        read_number(text)
    assert refused.value.fields["number"]


def test_where_a_ballot_lies_is_known_with_the_key_only():
    elector, key = uuid4(), b"k" * 32
    assert box_id(key, elector) == box_id(key, elector)
    assert box_id(key, elector) != box_id(b"l" * 32, elector)
    assert str(elector) not in box_id(key, elector)
