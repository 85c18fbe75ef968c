"""What the commands of this service share: who acts, locked weeks, who is told, the launch."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from services.communication.model import (
    DEPARTMENT,
    Campaign,
    Doer,
    PrintRequest,
    Week,
    Workshop,
    week_id,
    workshop_id,
)
from services.communication.queries import _delivered
from services.directory import mirror
from services.directory.mirror import Role, department_scope
from shared.store.unit_of_work import UnitOfWork


def doer(uow: UnitOfWork) -> Doer:
    """Who acts, now."""
    return Doer(uow.actor.person, uow.now, uow.today)


def workshop_of(uow: UnitOfWork, department: str = DEPARTMENT) -> Workshop:
    """The workshop of a department; as usual when nobody said its hours."""
    identity = workshop_id(department)
    return uow.find(Workshop, id=identity) or uow.add(Workshop(identity, department))


def locked_week(uow: UnitOfWork, monday: date, department: str = DEPARTMENT) -> Week:
    """A week, held until the commit: whoever fills it waits. Made when nobody asked for it yet;
    of two who make it at once one is told to do it again."""
    identity = week_id(monday, department)
    if uow.find(Week, id=identity) is None:
        return uow.add(Week(identity, department, monday))
    return uow.get(Week, identity, hot=True)


def release(uow: UnitOfWork, request: PrintRequest) -> None:
    """Give back the hours that a request holds in its week."""
    if request.week is not None and request.hours is not None:
        week = uow.find(Week, id=week_id(request.week, request.department))
        if week is not None:
            uow.get(Week, week.id, hot=True).release(request.id)


def tell_committee(uow: UnitOfWork, request: PrintRequest, text: str, *roles: Role) -> None:
    """Tell who asked, and who holds ``roles`` in the committee, unless they are the one who acts."""
    scope = {mirror.committee_scope(request.committee_id)}
    people = {p["person"] for role in roles for p in mirror.people_with(uow, role, scope)}
    _tell(uow, people | {request.requested_by, request.owner}, request, text)


def tell_workshop(uow: UnitOfWork, request: PrintRequest, text: str) -> None:
    """Tell those who print."""
    scope = {department_scope(request.department)}
    people = mirror.people_with(uow, Role.PRINT_SERVICE, scope)
    _tell(uow, (p["person"] for p in people), request, text)


def _tell(uow: UnitOfWork, people: Iterable[UUID | None], request: PrintRequest, text: str) -> None:
    wanted = {person for person in people if person is not None}
    for person in sorted(wanted - {uow.actor.person}, key=str):
        uow.notify(person, text, f"/communication/demandes/{request.id}")


def launch_if_ready(uow: UnitOfWork, campaign: Campaign) -> None:
    """Launch a campaign once all that its strategy waits for is ready.

    The campaign is locked by whoever makes something ready, so that of two at once the second
    sees what the first did.
    """
    if campaign.launch_if_ready(doer(uow), _delivered(uow, campaign.id)) and campaign.lead:
        text = f"La campagne de « {campaign.title} » est lancée : tout est prêt."
        uow.notify(campaign.lead, text, f"/communication/campagnes/{campaign.id}")
