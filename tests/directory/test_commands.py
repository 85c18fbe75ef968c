"""What may be done in the annuaire, by whom, on a real database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.directory import commands, queries
from services.directory.commands.committees import NumberTaken
from services.directory.commands.people import AddressTaken
from services.directory.events import CITY, Role, WhyEnded, committee_scope
from services.directory.model import (
    DelegateNeedsAnAct,
    GrantToOneself,
    LastOfficer,
    PersonGone,
    RoleAlreadyHeld,
)
from services.directory.model.grant import NotYoursToGrant
from shared.kernel.refusals import Forbidden, Invalid, NotFound, SignInNeeded, VersionOutdated
from shared.kernel.rights import ANONYMOUS


def types_of(directory):
    return [dict(r.headers)["ce_type"].decode() for r in directory.facts()]


# Committees


def test_two_committees_never_carry_the_same_number(directory, city):
    with pytest.raises(NumberTaken) as refusal:
        directory.do(commands.create_committee, number=1, name="CAC 01", quartier="Q", sector="S")
    assert "number" in refusal.value.fields


def test_only_an_officer_creates_committees(directory, city):
    card = {"number": 3, "name": "CAC 03", "quartier": "Q", "sector": "S"}
    for person in (city.lead, city.sector, city.member, city.nobody):
        with pytest.raises(Forbidden):
            directory.do(commands.create_committee, as_=person, **card)
    assert directory.do(commands.create_committee, as_=city.officer, **card)


def test_no_role_is_given_in_a_closed_committee(directory, city):
    directory.do(commands.close_committee, as_=city.officer, committee_id=city.two, reason="Fusion")
    with pytest.raises(Invalid):
        directory.do(
            commands.grant_role,
            as_=city.officer,
            person_id=city.nobody,
            role=Role.MEMBER,
            scope=committee_scope(city.two),
        )


# Invitations


def test_an_invitation_writes_to_the_person_and_gives_the_role(directory, city):
    person = directory.do(
        commands.invite_person,
        as_=city.lead,
        name="Ida Essai",
        email="Ida@Exemple.re",
        role=Role.MEMBER,
        scope=committee_scope(city.one),
    )
    card = directory.ask(queries.person_card, as_=city.officer, person_id=person)
    assert [(r["role"], r["scope_label"]) for r in card["roles"]] == [("member", "CAC 01")]
    assert [m.address for m in directory.mails()][-1] == "ida@exemple.re"


@pytest.mark.feature("A14")
def test_somebody_without_address_is_taken_in_and_nothing_is_sent(directory, city):
    before = len(directory.mails())
    directory.do(commands.invite_person, as_=city.officer, name="தமிழ் பெயர்")
    assert len(directory.mails()) == before


def test_who_already_has_the_address_keeps_their_name_and_receives_the_role(directory, city):
    person = directory.do(
        commands.invite_person,
        as_=city.lead,
        name="Quelqu’un d’autre",
        email="rien@exemple.re",
        role=Role.MEMBER,
        scope=committee_scope(city.one),
    )
    assert person == city.nobody
    card = directory.ask(queries.person_card, as_=city.officer, person_id=person)
    assert card["name"] == "Rien"


def test_a_known_address_without_a_role_is_refused(directory, city):
    with pytest.raises(AddressTaken):
        directory.do(commands.invite_person, as_=city.officer, name="Rien", email="rien@exemple.re")


def test_a_lead_invites_into_their_own_committee_only(directory, city):
    for scope in (committee_scope(city.two), "sector:Secteur A", CITY):
        with pytest.raises(Forbidden):
            directory.do(
                commands.invite_person,
                as_=city.lead,
                name="Ida",
                role=Role.MEMBER,
                scope=scope,
            )


@pytest.mark.feature("A5")
def test_a_member_gives_no_role_at_all(directory, city):
    for role in Role:
        with pytest.raises(Forbidden):
            directory.do(
                commands.grant_role,
                as_=city.member,
                person_id=city.nobody,
                role=role,
                scope=committee_scope(city.one),
            )


def test_a_refused_invitation_leaves_nobody_behind(directory, city):
    before = len(directory.rows("people"))
    with pytest.raises(Invalid):
        directory.do(
            commands.invite_person,
            as_=city.officer,
            name="Ida",
            role=Role.AUDITOR,
            scope=CITY,
        )
    assert len(directory.rows("people")) == before


def test_the_first_officer_is_made_once_and_written_to_again(directory):
    first = directory.do(commands.invite_first_officer, email="a@exemple.re", name="Aline")
    again = directory.do(commands.invite_first_officer, email="A@exemple.re", name="Aline")
    assert first == again
    assert len(directory.rows("grants")) == 1
    assert len(directory.mails()) == 2


def test_an_administrator_is_made_from_the_command_line(directory):
    made = {"email": "t@exemple.re", "name": "Guy", "role": Role.ADMINISTRATOR}
    first = directory.do(commands.invite_first_officer, **made)
    assert directory.do(commands.invite_first_officer, **made) == first
    assert [row["role"] for row in directory.rows("grants")] == [Role.ADMINISTRATOR]


def test_nobody_makes_a_first_officer_from_a_page(directory, city):
    with pytest.raises(Forbidden):
        directory.do(
            commands.invite_first_officer, as_=city.officer, email="b@exemple.re", name="B"
        )


# Roles


def test_an_officer_does_not_give_themselves_a_role(directory, city):
    with pytest.raises(GrantToOneself):
        directory.do(
            commands.grant_role,
            as_=city.officer,
            person_id=city.officer,
            role=Role.FINANCE_CLERK,
            scope=CITY,
        )


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADMINISTRATOR])
def test_an_officer_gives_neither_signature_nor_administration(directory, city, role):
    with pytest.raises((DelegateNeedsAnAct, NotYoursToGrant)):
        directory.do(
            commands.grant_role, as_=city.officer, person_id=city.nobody, role=role, scope=CITY
        )


def test_the_same_role_is_not_held_twice_on_the_same_days(directory, city):
    lead = {"person_id": city.lead, "role": Role.LEAD, "scope": committee_scope(city.one)}
    with pytest.raises(RoleAlreadyHeld):
        directory.do(commands.grant_role, as_=city.officer, **lead)


def test_a_role_for_later_follows_one_that_ends(directory, city):
    day = directory.clock.today() + timedelta(days=10)
    member = {"person_id": city.nobody, "role": Role.MEMBER, "scope": committee_scope(city.one)}
    directory.do(commands.grant_role, as_=city.officer, **member, until=day)
    directory.do(commands.grant_role, as_=city.officer, **member, since=day + timedelta(days=1))
    with pytest.raises(RoleAlreadyHeld):
        directory.do(commands.grant_role, as_=city.officer, **member, since=day)


@pytest.mark.parametrize(
    "scope", ["committee:not-an-id", "committee:" + "0" * 32, "sector:Ailleurs", "", "planet:1"]
)
def test_a_role_is_given_only_on_what_exists(directory, city, scope):
    with pytest.raises(Invalid):
        directory.do(
            commands.grant_role,
            as_=city.officer,
            person_id=city.nobody,
            role=Role.MEMBER,
            scope=scope,
        )


def test_the_sector_officer_gives_member_in_their_sector_only(directory, city):
    give = {"person_id": city.nobody, "role": Role.MEMBER}
    directory.do(commands.grant_role, as_=city.sector, scope=committee_scope(city.one), **give)
    with pytest.raises(Forbidden):
        directory.do(commands.grant_role, as_=city.sector, scope=committee_scope(city.two), **give)


def grant_of(directory, person):
    return directory.ask(queries.person_card, person_id=person)["roles"][0]


def test_a_lead_withdraws_a_member_but_not_the_lead(directory, city):
    directory.do(
        commands.revoke_role, as_=city.lead, grant_id=grant_of(directory, city.member)["id"]
    )
    assert directory.ask(queries.person_card, person_id=city.member)["roles"] == []
    with pytest.raises(Forbidden):
        directory.do(
            commands.revoke_role, as_=city.lead, grant_id=grant_of(directory, city.lead)["id"]
        )


def test_a_role_changed_meanwhile_is_not_withdrawn(directory, city):
    grant = grant_of(directory, city.member)
    with pytest.raises(VersionOutdated):
        directory.do(
            commands.revoke_role,
            as_=city.officer,
            grant_id=grant["id"],
            version=grant["version"] + 1,
        )


def test_one_gives_back_ones_own_role_and_nobody_elses(directory, city):
    grant = grant_of(directory, city.member)
    with pytest.raises(NotFound):
        directory.do(commands.give_role_back, as_=city.lead, grant_id=grant["id"])
    directory.do(commands.give_role_back, as_=city.member, grant_id=grant["id"])
    assert directory.ask(queries.person_card, person_id=city.member)["roles"] == []


def test_the_last_officer_cannot_leave(directory, city):
    mine = grant_of(directory, city.officer)["id"]
    for attempt in (
        lambda: directory.do(commands.give_role_back, as_=city.officer, grant_id=mine),
        lambda: directory.do(commands.erase_me, as_=city.officer),
    ):
        with pytest.raises(LastOfficer):
            attempt()
    city.invite("Rose", Role.DPC_OFFICER, CITY)
    directory.do(commands.give_role_back, as_=city.officer, grant_id=mine)


def test_an_officer_for_a_time_does_not_count_as_a_successor(directory, city):
    other = city.invite("Rose")
    directory.do(
        commands.grant_role,
        as_=city.officer,
        person_id=other,
        role=Role.DPC_OFFICER,
        scope=CITY,
        until=directory.clock.today() + timedelta(days=7),
    )
    with pytest.raises(LastOfficer):
        directory.do(commands.erase_me, as_=city.officer)


# Delegations


def record(directory, city, **changes):
    act = {
        "delegate": city.nobody,
        "on_behalf_of": "le maire",
        "act_reference": "Arrêté 2026-117",
        "ceiling_incl_tax": Decimal("25000.00"),
        "since": date(2026, 4, 1),
    } | changes
    return directory.do(commands.record_delegation, as_=city.officer, **act)


def test_an_act_gives_the_role_of_delegate_and_its_end_takes_it(directory, city):
    delegation = record(directory, city)
    assert grant_of(directory, city.nobody)["role"] == Role.DELEGATE
    directory.do(commands.revoke_delegation, as_=city.officer, delegation_id=delegation)
    card = directory.ask(queries.person_card, person_id=city.nobody)
    assert card["roles"] == []
    assert card["delegations"][0]["state"] == "ended"


def test_nobody_records_their_own_act(directory, city):
    with pytest.raises(GrantToOneself):
        record(directory, city, delegate=city.officer)


def test_what_an_act_gave_is_not_given_back_alone(directory, city):
    record(directory, city)
    with pytest.raises(Invalid):
        directory.do(
            commands.give_role_back,
            as_=city.nobody,
            grant_id=grant_of(directory, city.nobody)["id"],
        )


def test_the_renewal_of_the_council_ends_every_delegation(directory, city):
    record(directory, city)
    record(directory, city, delegate=city.member, act_reference="Arrêté 2026-118")
    assert directory.do(commands.end_delegations_of_the_mandate, as_=city.officer) == 2
    states = {d["state"] for d in directory.ask(queries.delegations_list)["items"]}
    assert states == {"ended"}
    assert types_of(directory).count("cac.directory.delegation-revoked.v1") == 2


# Organisations


def card(**changes):
    return {"organisation": "Asso Démo", "kind": "association", "sector": "Secteur A"} | changes


@pytest.mark.feature("A14", "D5")
def test_members_and_officers_enrich_the_list_of_their_sector(directory, city):
    for person in (city.member, city.lead, city.sector, city.officer):
        directory.do(commands.list_relay, as_=person, **card())
    with pytest.raises(Forbidden):
        directory.do(commands.list_relay, as_=city.member, **card(sector="Secteur B"))
    with pytest.raises(Forbidden):
        directory.do(commands.list_relay, as_=city.nobody, **card())


@pytest.mark.feature("A14")
def test_the_same_siret_twice_warns_by_the_name_of_the_other(directory, city):
    siret = "73282932000074"
    first = directory.do(commands.list_relay, **card(identifier=siret))
    second = directory.do(commands.list_relay, **card(organisation="Autre", identifier=siret))
    assert first["warnings"] == []
    assert "Asso Démo" in second["warnings"][0]


def test_an_organisation_of_another_sector_is_not_taken_over(directory, city):
    relay = directory.do(commands.list_relay, **card(sector="Secteur B"))["id"]
    with pytest.raises(Forbidden):
        directory.do(commands.update_relay, as_=city.member, relay_id=relay, **card())


def test_a_card_is_not_moved_into_a_sector_where_one_has_no_part(directory, city):
    relay = directory.do(commands.list_relay, **card())["id"]
    with pytest.raises(Forbidden):
        directory.do(
            commands.update_relay, as_=city.member, relay_id=relay, **card(sector="Secteur B")
        )


# Erasure


def bytes_kept(directory):
    """Everything that this installation has written, after it came to rest."""
    directory.settle()
    directory.workplace.database.forget_erased()
    folder = directory.runtime.settings.data
    return b"".join(p.read_bytes() for p in folder.rglob("directory.sqlite*") if p.is_file())


def test_erasing_leaves_the_name_in_no_table_and_in_no_file(directory, city):
    person = directory.do(
        commands.invite_person,
        as_=city.officer,
        name="Nomquidisparait",
        email="nomquidisparait@exemple.re",
        phone="0692987654",
        role=Role.LEAD,
        scope=committee_scope(city.two),
    )
    directory.do(commands.ask_for_code, as_=ANONYMOUS, email="nomquidisparait@exemple.re")
    directory.do(commands.keep_message, person_id=person, text="Bonjour", link="/")
    directory.do(commands.enter_as, as_=ANONYMOUS, person_id=person)
    assert b"omquidisparait" in bytes_kept(directory)
    directory.do(commands.erase_me, as_=person)
    kept = bytes_kept(directory)
    for trace in (b"omquidisparait", b"0692987654"):
        assert trace not in kept
    types = types_of(directory)
    assert types.count("cac.directory.person-erased.v1") == 1
    assert "cac.directory.role-revoked.v1" in types
    for table in ("sessions", "codes", "messages"):
        column = [row["person"] for row in directory.rows(table)]
        assert person.hex not in column


def test_the_erased_are_sent_as_a_tombstone_under_their_own_key(directory, city):
    directory.do(commands.erase_me, as_=city.nobody)
    mine = [r for r in directory.facts() if r.key == str(city.nobody).encode()]
    assert [dict(r.headers)["ce_type"] for r in mine][-1] == b"cac.directory.person-erased.v1"
    assert mine[-1].value is None


def test_the_erased_neither_enter_nor_receive_anything(directory, city):
    directory.do(commands.erase_person, as_=city.officer, person_id=city.member)
    with pytest.raises(PersonGone):
        directory.do(commands.enter_as, as_=ANONYMOUS, person_id=city.member)
    before = len(directory.rows("messages"))
    directory.do(commands.keep_message, person_id=city.member, text="x", link="/")
    assert len(directory.rows("messages")) == before
    with pytest.raises(PersonGone):
        directory.do(
            commands.grant_role,
            as_=city.officer,
            person_id=city.member,
            role=Role.MEMBER,
            scope=committee_scope(city.one),
        )


def test_names_and_contacts_are_in_no_fact_and_in_no_audit(directory, city):
    secret = {"name": "Nomsecret", "email": "nomsecret@exemple.re", "phone": "0692987654"}
    person = directory.do(commands.invite_person, as_=city.officer, **secret)
    directory.do(
        commands.change_contacts,
        as_=city.officer,
        person_id=person,
        name="Nomsecret Deux",
        email="nomsecret2@exemple.re",
        phone="",
    )
    facts = [r for r in directory.facts() if r.stream == "cac.facts"]
    assert facts
    assert not any(b"omsecret" in (r.value or b"") for r in facts)
    audit = repr(directory.rows("audit"))
    assert "omsecret" not in audit
    assert "0692987654" not in audit
    assert "person" in audit


def test_an_officer_sees_what_ended_and_why_in_the_log(directory, city):
    directory.do(commands.erase_person, as_=city.officer, person_id=city.member)
    values = [r.value for r in directory.facts() if b"role-revoked" in dict(r.headers)["ce_type"]]
    assert any(str(WhyEnded.ERASED).encode() in value for value in values)


# Who reads what


def test_contacts_are_shown_only_to_those_who_keep_the_annuaire(directory, city):
    for person in (city.member, city.lead, city.sector, city.nobody):
        with pytest.raises(Forbidden):
            directory.ask(queries.people_list, as_=person)
        with pytest.raises(Forbidden):
            directory.ask(queries.person_card, as_=person, person_id=city.officer)
    assert directory.ask(queries.people_list, as_=city.officer)["items"]


def test_members_names_are_for_those_who_act_in_the_committee(directory, city):
    def names(as_):
        card = directory.ask(queries.committee_card, as_=as_, committee_id=city.one)
        return {person["name"] for person in card["people"]}

    for inside in (city.member, city.lead, city.sector, city.officer):
        assert names(inside) == {"Max", "Zoe"}
    assert names(city.nobody) == {"Max"}
    with pytest.raises(SignInNeeded):
        directory.ask(queries.committee_card, as_=ANONYMOUS, committee_id=city.one)


@pytest.mark.parametrize("search", ["eva", "ÉVA", "dele", "eva@"])
def test_a_search_finds_a_name_whatever_its_accents(directory, city, search):
    directory.do(commands.invite_person, name="Éva Délégation", email="eva@exemple.re")
    found = directory.ask(queries.people_list, as_=city.officer, search=search)["items"]
    assert [p["name"] for p in found] == ["Éva Délégation"]


@pytest.mark.parametrize("search", ["%", "_", "x' OR 1=1 --", "\\"])
def test_a_search_takes_nothing_as_a_command(directory, city, search):
    assert directory.ask(queries.people_list, as_=city.officer, search=search)["items"] == []


def test_pages_of_people_follow_each_other_without_gap_nor_repeat(directory, city):
    for n in range(70):
        directory.do(commands.invite_person, name=f"Même Nom {n % 3}")
    seen, after = [], None
    while True:
        page = directory.ask(queries.people_list, as_=city.officer, after=after)
        seen += [p["id"] for p in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == len(directory.rows("people"))
