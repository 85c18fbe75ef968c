"""The rules of the annuaire, without a database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.directory import events, model
from services.directory.events import CITY, RelayKind, Role, WhyEnded, committee_scope
from services.directory.model.grant import GRANTED_BY, SCOPE_KIND, NotYoursToGrant
from services.directory.model.person import normal_email, normal_phone
from services.directory.model.relay import normal_identifier
from services.directory.model.text import clean, folded
from shared.kernel import aggregate
from shared.kernel.refusals import Invalid
from shared.kernel.rights import SYSTEM, Actor, Grant


def recorded(root: Any) -> list[Any]:
    """What ``root`` has recorded, whatever its type."""
    return list(aggregate.recorded(root))


NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ANNA, BEN = UUID(int=1), UUID(int=2)
CAC = UUID(int=17)


OF_CAC = committee_scope(CAC)


def give(role=Role.MEMBER, scope=OF_CAC, giver=BEN, **dates):
    return model.RoleGrant.give(uuid4(), ANNA, role, scope, today=TODAY, giver=giver, **dates)


def scope_for(role):
    return {
        "city": CITY,
        "committee": committee_scope(CAC),
        "sector": "sector:Secteur Est",
        "department": "department:Voirie",
    }[SCOPE_KIND[role]]


# Committees


def test_a_committee_says_it_was_created():
    committee = model.Committee.create(CAC, 17, " CAC 17 ", "Le Butor", "Secteur Centre")
    assert recorded(committee) == [
        events.CommitteeCreated(
            committee_id=CAC, name="CAC 17", quartier="Le Butor", sector="Secteur Centre", number=17
        )
    ]


@pytest.mark.parametrize("number,name", [(0, "CAC"), (-3, "CAC"), (1, "  "), (1, "\u200b")])
def test_a_committee_needs_a_number_from_one_and_a_name(number, name):
    with pytest.raises(Invalid):
        model.Committee.create(CAC, number, name, "Le Butor", "Secteur Centre")


def test_a_committee_closes_once_and_with_a_reason():
    committee = model.Committee.create(CAC, 17, "CAC 17", "Le Butor", "Secteur Centre")
    with pytest.raises(Invalid):
        committee.close(TODAY, " ")
    committee.close(TODAY, "Fusion avec le CAC 18")
    with pytest.raises(model.CommitteeClosedAlready):
        committee.close(TODAY, "Encore")
    assert [type(e) for e in recorded(committee)][-1] is events.CommitteeClosed


# People


@pytest.mark.parametrize(
    "name", ["Éva Délégation", "தமிழ் பெயர்", "李小龙", "محمد", "O’Brien-N’Diaye", "क्\u200dष"]
)
def test_a_name_may_be_in_any_script(name):
    person = model.Person.welcome(ANNA, name)
    assert person.name == name
    assert recorded(person) == [events.PersonNamed(person=ANNA, name=name)]


def test_what_cannot_be_seen_is_taken_out_of_names():
    assert model.Person.welcome(ANNA, "Aline\u202e\n Exemple\x00").name == "Aline Exemple"


@given(st.text())
def test_cleaning_a_text_again_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("typed", ["EVA", "éva", "Évà", "e\u0301va"])
def test_a_search_does_not_mind_accents_nor_capitals(typed):
    assert folded(typed) == "eva"


@pytest.mark.feature("A14")
def test_people_without_address_nor_phone_are_in_the_annuaire():
    person = model.Person.welcome(ANNA, "Aline Exemple")
    assert (person.email, person.phone, person.wants_mail()) == (None, None, False)


@pytest.mark.parametrize("typed", [" Aline@Exemple.RE ", "aline@exemple.re"])
def test_an_address_is_kept_in_one_form(typed):
    assert normal_email(typed) == "aline@exemple.re"


@pytest.mark.parametrize(
    "typed", ["aline", "aline@", "@exemple.re", "a b@exemple.re", "a@b", "a@b.re\nBcc: c@d.re"]
)
def test_what_cannot_be_an_address_is_refused_on_its_field(typed):
    with pytest.raises(Invalid) as refusal:
        normal_email(typed)
    assert "email" in refusal.value.fields


@pytest.mark.parametrize(
    "typed,kept",
    [("0692 12 34 56", "0692123456"), ("+262 692.123456", "+262692123456"), ("", None)],
)
def test_a_phone_is_kept_as_digits(typed, kept):
    assert normal_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "0692 12 34 5x", "1" * 16])
def test_an_incomplete_phone_is_refused(typed):
    with pytest.raises(Invalid):
        normal_phone(typed)


def test_mail_as_a_channel_needs_an_address():
    with pytest.raises(Invalid):
        model.Person.welcome(ANNA, "Aline Exemple").choose(model.Channel.EMAIL)


def test_naming_somebody_the_same_again_is_not_said():
    person = model.Person.welcome(ANNA, "Aline Exemple")
    person.rename("Aline  Exemple")
    assert len(recorded(person)) == 1


def test_erasing_a_person_leaves_only_the_id():
    person = model.Person.welcome(ANNA, "Aline Exemple", "aline@exemple.re", "0692123456")
    person.erase(NOW)
    left = {value for value in vars(person).values() if isinstance(value, str)}
    assert left == {model.Channel.PAGE}
    event = recorded(person)[-1]
    assert event == events.PersonErased(person=ANNA)
    assert event.tombstone()
    assert event.key() == recorded(person)[0].key()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.rename("Aline"),
        lambda p: p.change_contacts("", ""),
        lambda p: p.choose(model.Channel.PAGE),
        lambda p: p.erase(NOW),
    ],
)
def test_an_erased_person_does_not_come_back(change):
    person = model.Person.welcome(ANNA, "Aline Exemple")
    person.erase(NOW)
    with pytest.raises(model.PersonGone):
        change(person)


# Roles


def test_nobody_gives_themselves_a_role():
    with pytest.raises(model.GrantToOneself):
        give(giver=ANNA)


def test_a_role_of_a_committee_is_a_fact_of_that_committee():
    (event,) = recorded(give())
    assert event.committee_id == CAC
    assert event.key() == str(CAC)
    assert recorded(give(Role.DPC_OFFICER, CITY))[0].key() == "city"


@pytest.mark.parametrize("role", list(SCOPE_KIND))
@pytest.mark.parametrize(
    "scope", ["city", f"committee:{CAC}", "sector:Est", "department:Voirie", "", "sector:"]
)
def test_a_role_is_held_only_on_the_kind_of_scope_that_suits_it(role, scope):
    suits = scope.partition(":")[0] == SCOPE_KIND[role] and not scope.endswith(":")
    until = TODAY + timedelta(days=30)
    if suits:
        assert give(role, scope, until=until).scope == scope
    else:
        with pytest.raises(Invalid):
            give(role, scope, until=until)


def test_being_a_resident_is_not_given():
    with pytest.raises(Invalid):
        give(Role.RESIDENT, CITY)


@pytest.mark.parametrize(
    "dates",
    [
        {"until": TODAY - timedelta(days=1)},
        {"since": TODAY + timedelta(days=9), "until": TODAY + timedelta(days=8)},
    ],
)
def test_a_role_does_not_end_before_it_begins_nor_in_the_past(dates):
    with pytest.raises(Invalid):
        give(**dates)


def test_an_auditor_is_always_dated():
    with pytest.raises(Invalid):
        give(Role.AUDITOR, CITY)
    assert give(Role.AUDITOR, CITY, until=TODAY).in_force(TODAY)


def test_a_role_is_withdrawn_once_and_at_once():
    grant = give()
    assert grant.in_force(TODAY)
    grant.revoke(NOW, WhyEnded.WITHDRAWN)
    assert not grant.in_force(TODAY)
    with pytest.raises(model.RoleEnded):
        grant.revoke(NOW, WhyEnded.WITHDRAWN)


_days = st.none() | st.integers(0, 30).map(lambda n: TODAY + timedelta(days=n))


@given(_days, _days, _days, _days)
def test_two_periods_overlap_exactly_when_they_share_a_day(a, b, c, d):
    held = model.RoleGrant(id=uuid4(), person=ANNA, role=Role.MEMBER, scope="x", since=a, until=b)
    window = [TODAY + timedelta(days=n) for n in range(-1, 32)]
    mine = {day for day in window if (a is None or a <= day) and (b is None or day <= b)}
    other = {day for day in window if (c is None or c <= day) and (d is None or day <= d)}
    if mine and other:
        assert held.overlaps(c, d) == bool(mine & other)


def actor(*grants):
    return Actor(person=BEN, grants=tuple(Grant(str(r), s) for r, s in grants))


@pytest.mark.parametrize("held", list(Role))
@pytest.mark.parametrize("role", list(SCOPE_KIND))
def test_each_role_is_given_only_by_those_the_table_names(role, held):
    allowed = held in GRANTED_BY[role]
    scope = scope_for(role)
    who = actor((held, scope))
    if allowed:
        model.check_right_to_grant(who, role, {scope, CITY}, TODAY)
    else:
        with pytest.raises((NotYoursToGrant, model.DelegateNeedsAnAct)):
            model.check_right_to_grant(who, role, {scope, CITY}, TODAY)


def test_a_lead_invites_members_of_their_own_committee_only():
    lead = actor((Role.LEAD, committee_scope(CAC)))
    model.check_right_to_grant(lead, Role.MEMBER, {committee_scope(CAC), CITY}, TODAY)
    with pytest.raises(NotYoursToGrant):
        model.check_right_to_grant(lead, Role.MEMBER, {"committee:other", CITY}, TODAY)
    with pytest.raises(NotYoursToGrant):
        model.check_right_to_grant(lead, Role.LEAD, {committee_scope(CAC), CITY}, TODAY)


@pytest.mark.feature("A5")
def test_no_role_lets_anyone_name_a_delegate_without_an_act():
    everything = actor(*((role, CITY) for role in Role))
    with pytest.raises(model.DelegateNeedsAnAct):
        model.check_right_to_grant(everything, Role.DELEGATE, {CITY}, TODAY)


def test_an_administrator_is_named_on_the_command_line_only():
    everything = actor(*((role, CITY) for role in Role))
    with pytest.raises(NotYoursToGrant):
        model.check_right_to_grant(everything, Role.ADMINISTRATOR, {CITY}, TODAY)
    model.check_right_to_grant(SYSTEM, Role.ADMINISTRATOR, {CITY}, TODAY)


# Delegations


def enact(**changes):
    act: dict[str, Any] = {
        "on_behalf_of": "le maire",
        "act_reference": "Arrêté 2026-117",
        "ceiling_incl_tax": Decimal("25000.00"),
        "since": TODAY,
        "until": None,
        "recorder": BEN,
    } | changes
    return model.Delegation.enact(uuid4(), ANNA, uuid4(), **act)


def test_a_delegation_says_its_act_its_ceiling_and_its_dates():
    (event,) = recorded(enact(families=("Impression",)))
    assert event.ceiling_incl_tax == Decimal("25000.00")
    assert (event.act_reference, event.families) == ("Arrêté 2026-117", ("Impression",))
    assert event.key() == "city"


@pytest.mark.parametrize("ceiling", ["0", "-1", "NaN", "Infinity", "10.005"])
def test_a_ceiling_is_a_positive_amount_in_cents(ceiling):
    with pytest.raises(Invalid):
        enact(ceiling_incl_tax=Decimal(ceiling))


def test_nobody_records_their_own_delegation():
    with pytest.raises(model.GrantToOneself):
        enact(recorder=ANNA)


def test_a_delegation_does_not_end_before_it_begins():
    with pytest.raises(Invalid):
        enact(until=TODAY - timedelta(days=1))


def test_a_delegation_stands_on_its_days_only():
    delegation = enact(until=TODAY + timedelta(days=1))
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [delegation.in_force(day) for day in days] == [False, True, True, False]
    delegation.revoke(NOW, WhyEnded.MANDATE_ENDED)
    assert not delegation.in_force(TODAY)
    with pytest.raises(model.DelegationEnded):
        delegation.revoke(NOW, WhyEnded.WITHDRAWN)


# Organisations


def card(**changes):
    return {
        "organisation": "Association Exemple",
        "kind": RelayKind.ASSOCIATION,
        "sector": "Secteur Est",
        "brings": "Une salle et deux barnums",
    } | changes


@pytest.mark.feature("A14", "D5")
def test_an_organisation_keeps_its_id_and_says_each_change_whole():
    relay = model.Relay.list_it(CAC, **card())
    relay.update(**card(brings="Une salle", active=False))
    listed, updated = recorded(relay)
    assert listed.relay_id == updated.relay_id == CAC
    assert (updated.brings, updated.active) == ("Une salle", False)


def test_contacts_of_an_organisation_are_in_no_fact():
    relay = model.Relay.list_it(CAC, **card(email="salle@exemple.re", phone="0262000000"))
    assert "exemple.re" not in repr(recorded(relay))
    assert "0262000000" not in repr(recorded(relay))


# INSEE's check digit; the second is La Poste's head office, the third one of its post offices,
# which only the rule of the sum of digits accepts.
@pytest.mark.feature("A14")
@pytest.mark.parametrize(
    "typed",
    ["732 829 320 00074", "35600000000048", "35600000049837", "732829320", "W974001234", ""],
)
def test_identifiers_whose_check_digit_holds_are_kept(typed):
    assert normal_identifier(typed) == typed.replace(" ", "")


@pytest.mark.parametrize("typed", ["73282932000075", "732829321", "35600000049838", "123", "W12"])
def test_a_wrong_digit_is_said_on_its_field(typed):
    with pytest.raises(Invalid) as refusal:
        normal_identifier(typed)
    assert "identifier" in refusal.value.fields


@given(st.integers(0, 10**13 - 1), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_in_a_siret_is_always_noticed(body, place, shift):
    digits = f"{body:013}"
    assume(not digits.startswith("356000000"))
    right = next(f"{digits}{key}" for key in range(10) if accepted(f"{digits}{key}"))
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assume(not wrong.startswith("356000000"))
    assert not accepted(wrong)


def accepted(siret):
    try:
        normal_identifier(siret)
    except Invalid:
        return False
    return True


def test_the_same_number_on_two_cards_warns_and_forbids_nothing():
    assert model.warnings_about("73282932000074", ["Exemple SARL"])
    assert not model.warnings_about("73282932000074", [])
    assert model.warnings_about("732829320", [])


# Signing in


def issue(person=ANNA):
    return model.SignInCode.issue(uuid4(), "f" * 64, person, "123456", NOW)


def test_the_right_code_lets_in_once():
    code = issue()
    assert code.attempt("123456", NOW) is model.CodeOutcome.ENTERED
    assert code.attempt("123456", NOW) is model.CodeOutcome.OVER


def test_a_code_lives_ten_minutes():
    assert issue().attempt("123456", NOW + timedelta(minutes=9, seconds=59)) == "entered"
    assert issue().attempt("123456", NOW + timedelta(minutes=10)) == "over"


def test_after_five_wrong_tries_even_the_right_code_is_refused():
    code = issue()
    outcomes = [code.attempt("000000", NOW) for _ in range(5)]
    assert outcomes == ["wrong"] * 4 + ["over"]
    assert code.attempt("123456", NOW) is model.CodeOutcome.OVER


def test_a_code_for_nobody_answers_like_any_other():
    nobody, somebody = issue(person=None), issue()
    tries = ["000000", "123456", "", "999999", "1", "2"]
    told = [nobody.attempt(code, NOW) for code in tries]
    assert told == [somebody.attempt("000000", NOW) for _ in tries]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["123456", "000000", ""]), st.integers(0, 4)), max_size=9)
)
def test_whatever_is_tried_a_code_enters_once_in_five_tries_and_ten_minutes(tries):
    code, minutes, counted, entered = issue(), 0, 0, 0
    for typed, later in tries:
        minutes += later
        outcome = code.attempt(typed, NOW + timedelta(minutes=minutes))
        open_still = entered == 0 and counted < 5 and minutes < 10
        counted += open_still
        assert (outcome == "entered") == (open_still and typed == "123456")
        entered += outcome == "entered"
        assert code.tries_left() == 5 - counted


def test_neither_code_nor_secret_is_kept():
    assert "123456" not in repr(issue())
    session = model.Session.open(uuid4(), ANNA, model.fingerprint("secret"), "Firefox", NOW)
    assert "'secret'" not in repr(session)
    assert session.expires_at == NOW + timedelta(days=30)


# Mails and messages


def letter():
    return model.Mail(
        id=uuid4(), person=ANNA, address="a@b.re", subject="s", text="t", written_at=NOW
    )


@given(st.integers(1, 60))
def test_a_mail_that_fails_is_tried_again_ever_later_within_six_hours(times):
    mail = letter()
    waits = [mail.failed(NOW) - NOW for _ in range(times)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] <= timedelta(hours=6)


def test_a_mail_that_left_keeps_neither_address_nor_words():
    mail = letter()
    mail.sent(NOW)
    assert (mail.address, mail.text) == ("", "")


def test_a_message_is_delivered_and_read_once():
    message = model.Message(id=uuid4(), person=ANNA, text="t", link="/", due=NOW)
    assert [message.deliver(NOW), message.deliver(NOW)] == [True, False]
    message.read(NOW)
    message.read(NOW + timedelta(days=1))
    assert message.read_at == NOW
