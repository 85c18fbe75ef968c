"""Committees: made by the directorate, closed by it."""

from uuid import UUID

from services.directory.model import Committee
from shared.kernel.refusals import Refused
from shared.store.unit_of_work import UnitOfWork


class NumberTaken(Refused):
    """Two committees never carry the same number."""


def create_committee(
    uow: UnitOfWork,
    *,
    number: int,
    name: str,
    quartier: str,
    sector: str,
    committee_id: UUID | None = None,
) -> UUID:
    """Create a committee; refuses a number already taken and empty names."""
    if uow.find(Committee, number=number):
        sentence = f"Le numéro {number} est déjà celui d’un autre comité."
        raise NumberTaken(
            sentence,
            rule="Chaque comité a son numéro.",
            missing="Un numéro libre.",
            unblocks="Vous, en choisissant un autre numéro",
            fields={"number": sentence},
        )
    return uow.add(
        Committee.create(committee_id or uow.new_id(), number, name, quartier, sector)
    ).id


def close_committee(
    uow: UnitOfWork, *, committee_id: UUID, reason: str, version: int | None = None
) -> None:
    """Close a committee from today on; refused without a reason, and a second time."""
    uow.get(Committee, committee_id, version=version).close(uow.today, reason)
