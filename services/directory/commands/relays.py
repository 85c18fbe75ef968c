"""The list of organisations: enriched by all who meet them."""

from typing import Any
from uuid import UUID

from services.directory.events import RelayKind, sector_scope
from services.directory.model import Relay, warnings_about
from services.directory.queries import _scope_exists, _scopes_in_sector
from services.directory.queries.scopes import FIELD
from shared.kernel.refusals import Forbidden, Invalid
from shared.store.unit_of_work import UnitOfWork


class NotYourSector(Forbidden):
    """An organisation is listed in a sector where one acts."""


def list_relay(
    uow: UnitOfWork,
    *,
    organisation: str,
    kind: str,
    sector: str,
    brings: str = "",
    identifier: str = "",
    email: str = "",
    phone: str = "",
    relay_id: UUID | None = None,
) -> dict[str, Any]:
    """Add an organisation; returns its id and warnings (another card with the same number).

    Refuses a sector without committee, a SIRET or SIREN whose check digit is wrong, an incomplete
    address or phone.
    """
    _check_sector(uow, sector)
    relay = Relay.list_it(
        relay_id or uow.new_id(),
        organisation=organisation,
        kind=RelayKind(kind),
        sector=sector,
        brings=brings,
        identifier=identifier,
        email=email,
        phone=phone,
    )
    warnings = _warnings(uow, relay)
    return {"id": uow.add(relay).id, "warnings": warnings}


def update_relay(
    uow: UnitOfWork,
    *,
    relay_id: UUID,
    organisation: str,
    kind: str,
    sector: str,
    brings: str = "",
    identifier: str = "",
    email: str = "",
    phone: str = "",
    active: bool = True,
    version: int | None = None,
) -> dict[str, Any]:
    """Replace the card of an organisation; refuses and warns as ``list_relay``.

    Refuses also to move it into a sector where the one who asks has no part.
    """
    relay = uow.get(Relay, relay_id, version=version)
    if sector != relay.sector:
        _check_sector(uow, sector)
    relay.update(
        organisation=organisation,
        kind=RelayKind(kind),
        sector=sector,
        brings=brings,
        identifier=identifier,
        email=email,
        phone=phone,
        active=active,
    )
    return {"id": relay.id, "warnings": _warnings(uow, relay)}


def _check_sector(uow: UnitOfWork, sector: str) -> None:
    if not _scope_exists(uow, scope=sector_scope(sector)):
        sentence = "Ce secteur n’a pas de comité. Choisissez dans la liste."
        raise Invalid(sentence, fields={"sector": sentence})
    mine = uow.scopes(*FIELD)
    if not uow.actor.system and not mine & _scopes_in_sector(uow, sector=sector):
        raise NotYourSector(
            "Vous ne pouvez pas placer une structure dans ce secteur.",
            rule="On enrichit la liste des secteurs où l’on agit.",
            missing="Un rôle dans ce secteur.",
            unblocks="Un agent de la DPC-CAC",
        )


def _warnings(uow: UnitOfWork, relay: Relay) -> list[str]:
    if not relay.identifier:
        return []
    same = uow.find_all(Relay, identifier=relay.identifier)
    return warnings_about(
        relay.identifier, [other.organisation for other in same if other.id != relay.id]
    )
