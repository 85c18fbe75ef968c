"""Invented people over the city's 44 committees, for a demonstration and for tests.

Quartiers are real; the true list of committees is not public, so they are « CAC 01 » to
« CAC 44 », and sectors are plain inventions. Ids are derived from names, so that the
demonstrations of other services can point at the same things.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from services.directory import commands
from services.directory.demonstration.invented import (
    DELEGATES,
    FIRST,
    LAST,
    LEADS,
    PERSONAS,
    RELAYS,
    SECTORS,
)
from services.directory.demonstration.road import ROADS, Road, Stage, action_id, roads
from services.directory.events import CITY, Role, committee_scope

__all__ = [
    "ROADS",
    "Road",
    "Stage",
    "action_id",
    "cast",
    "committee_id",
    "elu_of",
    "lead_of",
    "members_of",
    "need_id",
    "persona_id",
    "relay_id",
    "roads",
]

_NAMESPACE = UUID("6f2f9f0e-97c4-5d2c-9d8e-0a97411b0c44")


def committee_id(number: int) -> UUID:
    """The id of the committee « CAC » and its number."""
    return uuid5(_NAMESPACE, f"committee:{number}")


def need_id(number: int, title: str) -> UUID:
    """The id of a need of the committee ``number``, by its title."""
    return uuid5(_NAMESPACE, f"need:{number}:{title}")


def persona_id(login: str) -> UUID:
    """The id of a person, by the beginning of their address: ``aline.exemple``."""
    return uuid5(_NAMESPACE, f"person:{login}")


def relay_id(name: str) -> UUID:
    """The id of an organisation, by its name."""
    return uuid5(_NAMESPACE, f"relay:{name}")


def lead_of(number: int) -> UUID:
    """The person who leads a committee."""
    return persona_id(f"referent.cac{number:02}")


def members_of(number: int) -> tuple[UUID, UUID]:
    """The two other members of a committee."""
    return persona_id(f"membre1.cac{number:02}"), persona_id(f"membre2.cac{number:02}")


def elu_of(sector: str) -> UUID:
    """The élu·e who follows the committees of a sector."""
    return persona_id(f"elu.{sector.rpartition(' ')[2].casefold()}")


def cast(perform: Callable[..., Any]) -> None:
    """Create everything; ``perform(command, as_=…, **arguments)`` acts as the system by default."""
    for sector, quartiers in SECTORS.items():
        for number, quartier in quartiers.items():
            perform(
                commands.create_committee,
                number=number,
                name=f"CAC {number:02}",
                quartier=quartier,
                sector=sector,
                committee_id=committee_id(number),
            )
    _people_of_the_city(perform)
    for sector, quartiers in SECTORS.items():
        _elu(perform, sector, list(quartiers))
        _relays(perform, sector)
        for number in quartiers:
            _committee(perform, number)


def _people_of_the_city(perform: Callable[..., Any]) -> None:
    for login, name, role, scope in PERSONAS:
        _invite(perform, login, name, role, scope)
    _invite(perform, "ana.controle", "Ana Contrôle", Role.AUDITOR, CITY, until=date(2099, 12, 31))
    for login, name, act, ceiling in DELEGATES:
        _invite(perform, login, name)
        perform(
            commands.record_delegation,
            as_=persona_id("lucette.modele"),
            delegate=persona_id(login),
            on_behalf_of="le maire",
            act_reference=act,
            ceiling_incl_tax=Decimal(ceiling),
            since=perform.clock.today(),  # type: ignore[attr-defined]
            delegation_id=uuid5(_NAMESPACE, f"delegation:{login}"),
        )


def _elu(perform: Callable[..., Any], sector: str, numbers: list[int]) -> None:
    login = f"elu.{sector.rpartition(' ')[2].casefold()}"
    name = f"{FIRST[list(SECTORS).index(sector)]} Élu-Fictif"
    _invite(perform, login, name, Role.ELU, committee_scope(committee_id(numbers[0])))
    for number in numbers[1:]:
        perform(
            commands.grant_role,
            person_id=persona_id(login),
            role=Role.ELU,
            scope=committee_scope(committee_id(number)),
        )


def _committee(perform: Callable[..., Any], number: int) -> None:
    scope = committee_scope(committee_id(number))
    lead = LEADS.get(number, _name(number * 3))
    _invite(perform, f"referent.cac{number:02}", lead, Role.LEAD, scope)
    for place in (1, 2):
        login, name = f"membre{place}.cac{number:02}", _name(number * 3 + place)
        _invite(perform, login, name, Role.MEMBER, scope)


def _relays(perform: Callable[..., Any], sector: str) -> None:
    where = sector.rpartition(" ")[2]
    for pattern, kind, brings in RELAYS:
        name = pattern.format(where)
        perform(
            commands.list_relay,
            organisation=name,
            kind=kind,
            sector=sector,
            brings=brings,
            relay_id=relay_id(name),
        )


def _invite(
    perform: Callable[..., Any],
    login: str,
    name: str,
    role: Role | None = None,
    scope: str = "",
    until: date | None = None,
) -> None:
    perform(
        commands.invite_person,
        name=name,
        email=f"{login}@exemple.re",
        role=role or "",
        scope=scope,
        until=until,
        person_id=persona_id(login),
    )


def _name(seed: int) -> str:
    return f"{FIRST[seed % len(FIRST)]} {LAST[seed * 5 // len(FIRST) % len(LAST)]}"
