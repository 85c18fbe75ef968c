"""What the commands of this service share: short codes, and telling the group."""

import secrets
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from shared.store.unit_of_work import UnitOfWork

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Read aloud or copied from a poster, none of them is taken for another."""


def code(length: int) -> str:
    """A short code that nobody guesses by trying."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def tell(uow: UnitOfWork, committee_id: UUID, text: str, link: str, *roles: Role) -> None:
    """Tell those who hold ``roles`` in the committee, save the one who acts."""
    scope = [committee_scope(committee_id)]
    found = {row["person"] for role in roles for row in mirror.people_with(uow, role, scope)}
    for person in sorted(found - {uow.actor.person}):
        uow.notify(person, text, link)
