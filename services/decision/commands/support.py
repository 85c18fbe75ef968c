"""What the commands of this service share: codes, whom to tell, moments of a day, what is ready."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from services.decision.model import LETTERS
from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from shared.store.clock import LOCAL
from shared.store.unit_of_work import UnitOfWork

BASE = "/decision"
GROUP = (Role.MEMBER, Role.LEAD)


def code(length: int) -> str:
    """A short code that nobody guesses by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def at(day: date, hour: int = 0) -> datetime:
    """A moment of a day of La Réunion."""
    return datetime.combine(day, time(hour), LOCAL)


def people_of(uow: UnitOfWork, committee_id: UUID, *roles: Role) -> set[UUID]:
    """Those who hold one of ``roles`` in a committee."""
    scope = [committee_scope(committee_id)]
    return {row["person"] for role in roles for row in mirror.people_with(uow, role, scope)}


def tell(uow: UnitOfWork, people: Iterable[UUID | None], text: str, link: str) -> None:
    """Tell each person once, save the one who acts; ``text`` names nobody."""
    for person in sorted({p for p in people if p is not None} - {uow.actor.person}, key=str):
        assert person is not None
        uow.notify(person, text, link)


def page_of(round_id: UUID) -> str:
    """The page of a round."""
    return f"{BASE}/tours/{round_id}"
