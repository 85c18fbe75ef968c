"""What the commands of this service share: who acts, whom to tell, moments of a day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from services.planning.model import ActionPlan, NotInTheGroup, Who
from services.planning.queries import _group
from shared.kernel.refusals import Refusal
from shared.store.clock import LOCAL
from shared.store.unit_of_work import UnitOfWork

BASE = "/planning"
PRESSING_DAYS = 2
"""So many days before the day of an action, what changes it is told at once, by mail too."""


def who_acts(uow: UnitOfWork, committee_id: UUID) -> Who:
    """The person who acts, and whether they lead the committee."""
    person = uow.actor.person
    assert person is not None
    return Who(person, committee_scope(committee_id) in uow.scopes(Role.LEAD))


def leads_of(uow: UnitOfWork, plan: ActionPlan) -> set[UUID]:
    """Who carries the action, and who leads its committee."""
    scope = [committee_scope(plan.committee_id)]
    found = {row["person"] for row in mirror.people_with(uow, Role.LEAD, scope)}
    return found | ({plan.lead} if plan.lead else set())


def group_of(uow: UnitOfWork, committee_id: UUID) -> set[UUID]:
    """The members of a committee and its lead."""
    return {row["person"] for row in _group(uow, committee_id)}


def check_in_group(uow: UnitOfWork, committee_id: UUID, person: UUID, field: str) -> None:
    """Refuse somebody who is neither of the committee nor its élu·e."""
    if person not in {row["person"] for row in _group(uow, committee_id, Role.ELU)}:
        text = "Choisissez une personne du comité."
        raise NotInTheGroup(text, fields={field: text})


def agents_of(uow: UnitOfWork, department: str | None) -> set[UUID]:
    """Who answers for a department."""
    scope = [f"department:{department}"]
    return {row["person"] for row in mirror.people_with(uow, Role.DEPARTMENT_AGENT, scope)}


def dpc(uow: UnitOfWork) -> set[UUID]:
    """The officers of the DPC-CAC, who unblock what stays without an answer."""
    return {row["person"] for row in mirror.people_with(uow, Role.DPC_OFFICER)}


def tell(
    uow: UnitOfWork, people: Iterable[UUID | None], text: str, link: str, urgent: bool = False
) -> None:
    """Tell each person once, save the one who acts; ``text`` names nobody."""
    for person in sorted({p for p in people if p is not None} - {uow.actor.person}, key=str):
        assert person is not None
        uow.notify(person, text, link, urgent=urgent)


def presses(day: date, today: date) -> bool:
    """Whether the mail of tomorrow morning would come too late for somebody who is on the way."""
    return 0 <= (day - today).days <= PRESSING_DAYS


def at(day: date, hour: int = 0) -> datetime:
    """A moment of a day of La Réunion."""
    return datetime.combine(day, time(hour), LOCAL)


@contextmanager
def named(uow: UnitOfWork) -> Iterator[None]:
    """A refusal says by name who does the task."""
    try:
        yield
    except Refusal as refusal:
        holder = refusal.details.pop("holder", None)
        if holder is not None:
            refusal.text = f"{mirror.name_of(uow, holder)} s’en charge déjà."
        raise
