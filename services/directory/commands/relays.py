"""The list of organisations: enriched by all who meet them."""

from typing import Any
from uuid import UUID

from services.directory.events import RelayKind
from services.directory.model import Relay, warnings_about
from shared.store.unit_of_work import UnitOfWork


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

    Refuses a SIRET or SIREN whose check digit is wrong, an incomplete address or phone.
    """
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
    """Replace the card of an organisation; refuses and warns as ``list_relay``."""
    relay = uow.get(Relay, relay_id, version=version)
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


def _warnings(uow: UnitOfWork, relay: Relay) -> list[str]:
    if not relay.identifier:
        return []
    same = uow.find_all(Relay, identifier=relay.identifier)
    return warnings_about(
        relay.identifier, [other.organisation for other in same if other.id != relay.id]
    )
