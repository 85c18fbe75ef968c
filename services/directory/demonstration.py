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
from services.directory.events import (
    CITY,
    RelayKind,
    Role,
    committee_scope,
    department_scope,
    sector_scope,
)

_NAMESPACE = UUID("6f2f9f0e-97c4-5d2c-9d8e-0a97411b0c44")

# Number and quartier of each committee, by sector.
SECTORS: dict[str, dict[int, str]] = {
    "Secteur Centre": {
        1: "Centre-ville",
        2: "Bas de la Rivière",
        3: "Bas de la Rivière",
        4: "La Source",
        5: "Saint-Jacques",
        6: "Le Butor",
        7: "Le Butor",
        8: "Vauban",
        9: "Camp Ozoux",
        10: "Champ-Fleuri",
        39: "Centre-ville",
    },
    "Secteur Hauts": {
        11: "Bellepierre",
        15: "Montgaillard",
        16: "Montgaillard",
        19: "Saint-François",
        20: "Le Brûlé",
        26: "Saint-François",
        40: "Bellepierre",
    },
    "Secteur Montagne": {
        21: "La Montagne 8e kilomètre",
        25: "Saint-Bernard",
        27: "Ruisseau Blanc",
        43: "La Montagne 8e kilomètre",
    },
    "Secteur Chaudron": {
        12: "Les Camélias",
        13: "Les Camélias",
        14: "La Providence",
        17: "Sainte-Clotilde",
        18: "Sainte-Clotilde",
        28: "Le Chaudron",
        29: "Le Chaudron",
        30: "Le Chaudron",
        31: "Le Chaudron",
        33: "Commune Prima",
        42: "Sainte-Clotilde",
    },
    "Secteur Est": {
        22: "Moufia",
        23: "Moufia",
        24: "Moufia",
        32: "Primat",
        34: "Bois-de-Nèfles",
        35: "Bois-de-Nèfles",
        36: "La Bretagne",
        37: "La Bretagne",
        38: "Domenjod",
        41: "Domenjod",
        44: "Primat",
    },
}

# Login, name, role, scope: those whom the pages of a demonstration are shown as.
PERSONAS: tuple[tuple[str, str, Role, str], ...] = (
    ("lucette.modele", "Lucette Modèle", Role.DPC_OFFICER, CITY),
    ("rose.exemple", "Rose Exemple", Role.DPC_OFFICER, CITY),
    ("aline.exemple", "Aline Exemple", Role.PROCUREMENT_OFFICER, CITY),
    ("marc.fictif", "Marc Fictif", Role.PROCUREMENT_OFFICER, CITY),
    ("paul.essai", "Paul Essai", Role.FINANCE_CLERK, CITY),
    ("noe.modele", "Noé Modèle", Role.PRINT_SERVICE, department_scope("Communication")),
    ("ines.voirie", "Inès Essai", Role.DEPARTMENT_AGENT, department_scope("Voirie")),
    (
        "yvon.logistique",
        "Yvon Fictif",
        Role.DEPARTMENT_AGENT,
        department_scope("Fêtes et logistique"),
    ),
    ("marie.annexe", "Marie Annexe", Role.ANNEXE_DESK, department_scope("Mairie annexe")),
    ("karim.centre", "Karim Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Centre")),
    ("odile.hauts", "Odile Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Hauts")),
    ("jules.montagne", "Jules Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Montagne")),
    ("nadia.chaudron", "Nadia Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Chaudron")),
    ("theo.est", "Théo Secteur", Role.SECTOR_OFFICER, sector_scope("Secteur Est")),
)

# Login, name, act, ceiling in euros, taxes included.
DELEGATES: tuple[tuple[str, str, str, str], ...] = (
    ("eva.delegation", "Éva Délégation", "Arrêté fictif 2026-117", "25000.00"),
    ("hugo.delegation", "Hugo Délégation", "Arrêté fictif 2026-118", "90000.00"),
)

_LEADS = {
    6: "Max Démo",
    14: "Rita Fictif",
    17: "Jean-Marc Démo",
    5: "Zoé Fictive",
}
_FIRST = [
    "Ama",
    "Ben",
    "Cora",
    "Dan",
    "Elsa",
    "Farid",
    "Gina",
    "Hari",
    "Ida",
    "Jo",
    "Kim",
    "Léo",
    "Mina",
    "Nils",
    "Olga",
    "Pia",
    "Rani",
    "Sam",
    "Tia",
    "Ugo",
    "Vera",
    "Willy",
    "Xenia",
    "Yann",
    "Zara",
]
_LAST = ("Exemple", "Essai", "Fictif", "Modèle", "Démo", "Témoin", "Factice")

_RELAYS: tuple[tuple[str, RelayKind, str], ...] = (
    ("Association Exemple {}", RelayKind.ASSOCIATION, "Une salle, deux barnums, dix bénévoles"),
    ("École Fictive {}", RelayKind.SCHOOL, "Les cahiers des élèves, la cour le samedi"),
    ("Club Démo {}", RelayKind.SPORT, "Un terrain et des animateurs"),
    ("Boutique Témoin {}", RelayKind.SHOP, "Une vitrine et des affiches à la caisse"),
)


def committee_id(number: int) -> UUID:
    """The id of the committee « CAC » and its number."""
    return uuid5(_NAMESPACE, f"committee:{number}")


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


def load(perform: Callable[..., Any]) -> None:
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
            since=date(2026, 4, 1),
            delegation_id=uuid5(_NAMESPACE, f"delegation:{login}"),
        )


def _elu(perform: Callable[..., Any], sector: str, numbers: list[int]) -> None:
    login = f"elu.{sector.rpartition(' ')[2].casefold()}"
    name = f"{_FIRST[list(SECTORS).index(sector)]} Élu-Fictif"
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
    lead = _LEADS.get(number, _name(number * 3))
    _invite(perform, f"referent.cac{number:02}", lead, Role.LEAD, scope)
    for place in (1, 2):
        login, name = f"membre{place}.cac{number:02}", _name(number * 3 + place)
        _invite(perform, login, name, Role.MEMBER, scope)


def _relays(perform: Callable[..., Any], sector: str) -> None:
    where = sector.rpartition(" ")[2]
    for pattern, kind, brings in _RELAYS:
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
    return f"{_FIRST[seed % len(_FIRST)]} {_LAST[seed * 5 // len(_FIRST) % len(_LAST)]}"
