"""What another service knows of the annuaire, from its facts alone."""

import sys
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest

from services.directory import commands, mirror
from services.directory.events import CITY, Role, committee_scope, sector_scope
from services.directory.service import service as directory_service
from services.language import STREAMS
from shared.kernel.rights import SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.service import Service
from shared.store.columns import new_metadata
from shared.store.reading import Reading
from shared.testing.product import settle

LISTENER = Service(
    name="listener",
    title="Qui écoute",
    rights={},
    metadata=new_metadata(),
    use_cases=[sys.modules[__name__]],
    mirrors=[mirror.mirror],
)


@pytest.fixture
def heard(tmp_path):
    """Directory and a listener; ``ask(look_up, …)`` asks the listener's own mirror."""
    known = Product(names=("directory",), streams=STREAMS).known
    runtime = Runtime(
        [directory_service, LISTENER],
        Settings(data=tmp_path, demonstration=True),
        known=known,
        streams=STREAMS,
    )
    runtime.migrate()
    runtime.ensure_streams()

    def do(command, **arguments):
        done = runtime.use_cases["directory"].perform(command, actor=SYSTEM, **arguments)
        settle(runtime)
        return done

    def ask(look_up, *arguments, actor=SYSTEM, **named):
        workplace = runtime.workplaces["listener"]
        with workplace.database.read() as connection:
            return look_up(Reading(workplace, connection, actor), *arguments, **named)

    cac = do(
        commands.create_committee, number=17, name="CAC 17", quartier="Q", sector="Secteur Est"
    )
    anna = do(
        commands.invite_person,
        name="Anna",
        email="anna@exemple.re",
        role=Role.LEAD,
        scope=committee_scope(cac),
    )
    yield SimpleNamespace(do=do, ask=ask, cac=cac, anna=anna, today=runtime.clock.today())
    runtime.close()


def test_a_committee_is_covered_by_itself_its_sector_and_the_city(heard):
    assert heard.ask(mirror.committee, heard.cac)["name"] == "CAC 17"
    scopes = heard.ask(mirror.scopes_of_committee, heard.cac)
    assert scopes == {committee_scope(heard.cac), sector_scope("Secteur Est"), CITY}
    assert heard.ask(mirror.scopes_of_committee, None) == {CITY}


def test_committees_are_those_that_scopes_cover(heard):
    other = heard.do(commands.create_committee, number=2, name="B", quartier="Q", sector="Ouest")

    def numbers(*scopes, **options):
        return [c["number"] for c in heard.ask(mirror.committees, scopes, **options)]

    assert numbers(CITY) == [2, 17]
    assert numbers(sector_scope("Ouest")) == [2]
    assert numbers(committee_scope(heard.cac), "person:x") == [17]
    assert numbers() == []
    heard.do(commands.close_committee, committee_id=other, reason="Fusion")
    assert numbers(CITY) == [17]
    assert numbers(CITY, closed=True) == [2, 17]
    assert heard.ask(mirror.committee, other)["name"] == "B"


def test_a_role_holds_on_its_scope_and_its_days_only(heard):
    until = heard.today + timedelta(days=3)
    grant = heard.do(
        commands.grant_role,
        person_id=heard.anna,
        role=Role.FINANCE_CLERK,
        scope=CITY,
        since=heard.today + timedelta(days=1),
        until=until,
    )

    def holds(day, *scopes):
        return heard.ask(mirror.holds, heard.anna, Role.FINANCE_CLERK, *scopes, on=day)

    days = [heard.today + timedelta(days=n) for n in range(5)]
    assert [holds(day, CITY) for day in days] == [False, True, True, True, False]
    assert not holds(days[1], committee_scope(heard.cac))
    assert heard.ask(mirror.holds, heard.anna, Role.LEAD)
    heard.do(commands.revoke_role, grant_id=grant)
    assert not holds(days[1])


def test_who_holds_a_role_is_found_by_scope(heard):
    found = heard.ask(mirror.people_with, Role.LEAD, [committee_scope(heard.cac)])
    assert [(p["person"], p["name"]) for p in found] == [(heard.anna, "Anna")]
    assert heard.ask(mirror.people_with, Role.LEAD, [CITY]) == []


def test_the_highest_delegation_in_force_is_the_one_that_counts(heard):
    def record(ceiling, **dates):
        return heard.do(
            commands.record_delegation,
            delegate=heard.anna,
            on_behalf_of="le maire",
            act_reference=f"Arrêté {ceiling}",
            ceiling_incl_tax=Decimal(ceiling),
            **dates,
        )

    record("1000.00", since=date(2026, 1, 1))
    high = record("25000.00", since=date(2026, 1, 1))
    record("90000.00", since=heard.today + timedelta(days=1))
    assert heard.ask(mirror.delegation_of, heard.anna)["ceiling_incl_tax"] == Decimal("25000.00")
    tomorrow = heard.today + timedelta(days=1)
    assert heard.ask(mirror.delegation_of, heard.anna, tomorrow)["act_reference"] == (
        "Arrêté 90000.00"
    )
    heard.do(commands.revoke_delegation, delegation_id=high)
    assert heard.ask(mirror.delegation_of, heard.anna)["ceiling_incl_tax"] == Decimal("1000.00")


def test_a_name_changes_and_disappears_with_its_person(heard):
    assert heard.ask(mirror.name_of, heard.anna) == "Anna"
    heard.do(commands.change_contacts, person_id=heard.anna, name="Anna Deux", email="", phone="")
    assert heard.ask(mirror.name_of, heard.anna) == "Anna Deux"
    heard.do(commands.erase_person, person_id=heard.anna)
    assert heard.ask(mirror.name_of, heard.anna) == mirror.ERASED
    assert heard.ask(mirror.names_of, [heard.anna, None]) == {heard.anna: mirror.ERASED}
    assert heard.ask(mirror.people_with, Role.LEAD) == []


@pytest.mark.feature("A14", "D5")
def test_organisations_are_known_by_sector_until_they_are_no_longer_active(heard):
    card = {"organisation": "Asso Démo", "kind": "association", "sector": "Secteur Est"}
    relay = heard.do(commands.list_relay, **card)["id"]
    assert [r["organisation"] for r in heard.ask(mirror.relays, "Secteur Est")] == ["Asso Démo"]
    assert heard.ask(mirror.relays, "Ouest") == []
    heard.do(commands.update_relay, relay_id=relay, active=False, **card)
    assert heard.ask(mirror.relays) == []
    assert heard.ask(mirror.relay, relay)["organisation"] == "Asso Démo"


def test_the_header_says_the_name_and_the_widest_role(heard):
    def shown():
        grants = tuple(heard.ask(mirror.grants_of, heard.anna))
        return heard.ask(mirror.person_shown, actor=Actor(heard.anna, grants))

    assert shown() == ("Anna", "Référent·e du comité, CAC 17")
    second = Grant("lead", committee_scope(uuid4()))
    both = (*heard.ask(mirror.grants_of, heard.anna), second)
    several = heard.ask(mirror.person_shown, actor=Actor(heard.anna, both))
    assert several == ("Anna", "Référent·e du comité, 2 comités")
    wide = Actor(heard.anna, (*both, Grant("lead", sector_scope("Secteur Est"))))
    assert heard.ask(mirror.person_shown, actor=wide) == ("Anna", "Référent·e du comité")
    heard.do(commands.grant_role, person_id=heard.anna, role=Role.DPC_OFFICER, scope=CITY)
    assert shown() == ("Anna", "Agent de la DPC-CAC")
    assert heard.ask(mirror.person_shown, actor=Actor(heard.anna))[1] == "Habitant·e"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_words(role):
    assert mirror.ROLE_LABELS[role]
    assert mirror.ROLE_TASKS[role]
