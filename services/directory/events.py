"""What directory tells the others: committees, roles, delegations, relays, and people's names.

Facts hold ids and names of organisations, never names of people nor contact details. A display
name travels on one compacted stream only, where a tombstone erases it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from services.language import PEOPLE, Fact
from shared.kernel.event import Event, Stream

CITY = "city"
"""The scope that covers everything."""


class Role(StrEnum):
    """What a person may be for a committee, a sector, a department or the city."""

    RESIDENT = "resident"
    MEMBER = "member"
    LEAD = "lead"
    SECTOR_OFFICER = "sector_officer"
    DPC_OFFICER = "dpc_officer"
    PROCUREMENT_OFFICER = "procurement_officer"
    DELEGATE = "delegate"
    FINANCE_CLERK = "finance_clerk"
    ELU = "elu"
    DEPARTMENT_AGENT = "department_agent"
    PRINT_SERVICE = "print_service"
    ANNEXE_DESK = "annexe_desk"
    RELAY = "relay"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class RelayKind(StrEnum):
    """The sorts of organisations that relay, host, lend or sell (guide, sheets 1, 4 and 5)."""

    ASSOCIATION = "association"
    SCHOOL = "school"
    SHOP = "shop"
    MARKET = "market"
    WORSHIP = "worship"
    SPORT = "sport"
    CULTURE = "culture"
    HEALTH = "health"
    LANDLORD = "landlord"
    MEDIA = "media"
    INSTITUTION = "institution"
    TOWN_HALL = "town_hall"
    COMPANY = "company"
    OTHER = "other"


class WhyEnded(StrEnum):
    """Why a role or a delegation ended: a closed list, because facts never hold free words."""

    WITHDRAWN = "withdrawn"
    GIVEN_BACK = "given_back"
    MISTAKE = "mistake"
    MANDATE_ENDED = "mandate_ended"
    ERASED = "erased"


def committee_scope(committee_id: UUID) -> str:
    """The scope of one committee."""
    return f"committee:{committee_id}"


def sector_scope(sector: str) -> str:
    """The scope of the committees of one sector."""
    return f"sector:{sector}"


def department_scope(department: str) -> str:
    """The scope of one department of the city."""
    return f"department:{department}"


def person_scope(person: UUID) -> str:
    """The scope of what belongs to one person."""
    return f"person:{person}"


def committee_of_scope(scope: str) -> UUID | None:
    """The committee that ``scope`` names, None when it names something else."""
    kind, _, value = scope.partition(":")
    return UUID(value) if kind == "committee" else None


@dataclass(frozen=True, kw_only=True)
class CommitteeCreated(Fact):
    """A committee (CAC) exists; ``number`` is its place in the city's list."""

    name: str
    quartier: str
    sector: str
    number: int


@dataclass(frozen=True, kw_only=True)
class CommitteeClosed(Fact):
    """A committee no longer acts; its past stays."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    """``person`` holds ``role`` on ``scope``, both days included; None is open."""

    grant_id: UUID
    person: UUID
    role: str
    scope: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Fact):
    """The grant holds no more, from this moment on."""

    grant_id: UUID
    person: UUID
    role: str
    scope: str
    reason: WhyEnded


@dataclass(frozen=True, kw_only=True)
class DelegationGranted(Fact):
    """An act lets ``delegate`` sign for the city, up to a ceiling and between two days.

    ``on_behalf_of`` is the office that delegates (« le maire »), never a name. ``families`` are
    the purchase families it covers, empty for all.
    """

    delegation_id: UUID
    delegate: UUID
    on_behalf_of: str
    act_reference: str
    ceiling_incl_tax: Decimal
    since: date
    until: date | None = None
    scope: str = CITY
    families: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Fact):
    """The delegation ends now, before its date or because the council was renewed."""

    delegation_id: UUID
    delegate: UUID
    reason: WhyEnded


@dataclass(frozen=True, kw_only=True)
class RelayListed(Fact):
    """An organisation joins the list to enrich: it keeps this id from first meeting to order.

    ``identifier`` is a SIRET, a SIREN or an RNA number, empty when it has none.
    """

    relay_id: UUID
    organisation: str
    kind: RelayKind
    sector: str
    brings: str = ""
    identifier: str = ""
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class RelayUpdated(Fact):
    """The whole card of an organisation after a change; not ``active``: do not call on it."""

    relay_id: UUID
    organisation: str
    kind: RelayKind
    sector: str
    brings: str = ""
    identifier: str = ""
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class PersonNamed(Event):
    """How a person wishes to be called; the only place where a name travels."""

    stream: ClassVar[Stream] = PEOPLE

    person: UUID
    name: str

    def key(self) -> str:
        """The person: a later name replaces an earlier one, a tombstone erases both."""
        return str(self.person)

    def subject(self) -> str | None:
        """The person."""
        return str(self.person)


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """The person left and is forgotten: sent as a tombstone, only the id remains."""

    stream: ClassVar[Stream] = PEOPLE

    person: UUID

    def key(self) -> str:
        """The person whose name disappears."""
        return str(self.person)

    def subject(self) -> str | None:
        """The person."""
        return str(self.person)

    def tombstone(self) -> bool:
        """Always: the log compacts the names away."""
        return True


PUBLISHED: tuple[type[Event], ...] = (
    CommitteeCreated,
    CommitteeClosed,
    RoleGranted,
    RoleRevoked,
    DelegationGranted,
    DelegationRevoked,
    RelayListed,
    RelayUpdated,
    PersonNamed,
    PersonErased,
)
