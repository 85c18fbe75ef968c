"""What follows from the facts of others: done once each, and never refused.

A fact heard twice, or about something that is over, changes nothing.
"""

from datetime import date
from uuid import UUID

from services.communication.commands.asking import cancel, move
from services.communication.commands.printing import deliver
from services.communication.commands.support import (
    doer,
    launch_if_ready,
    tell_committee,
    tell_workshop,
)
from services.communication.model import Campaign, PrintRequest, State, Support
from services.communication.model.steps import AWAY, FINAL, Step
from services.communication.queries import _handed_out
from services.directory.mirror import Role
from shared.store.unit_of_work import UnitOfWork


def draft_campaign(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    committee_id: UUID,
    title: str,
    aims: str,
    place: str,
    wished_from: date,
    wished_to: date,
) -> None:
    """Draft the campaign of an action that was chosen, with what most groups begin with."""
    if uow.find(Campaign, id=action_id) is None:
        campaign = Campaign(action_id, committee_id, title, aims, place, wished_from, wished_to)
        campaign.propose_the_usual()
        uow.add(campaign)


def follow_plan(uow: UnitOfWork, *, action_id: UUID, day: date, place: str, lead: UUID) -> None:
    """Count back from the day of the plan that was adopted."""
    campaign = _locked(uow, action_id)
    if campaign is not None:
        campaign.follow(day, place, lead)
        launch_if_ready(uow, campaign)


def follow_day(uow: UnitOfWork, *, action_id: UUID, was: date, day: date) -> None:
    """Count back from another day; prints that the group asked for here move with it.

    Those that planning asked for are moved by planning, each by its own fact.
    """
    campaign = _locked(uow, action_id)
    if campaign is None or campaign.day == day:
        return
    campaign.move(day)
    for request in _open_prints(uow, action_id):
        if not request.planned and request.needed_by is not None:
            move(uow, request, request.needed_by + (day - was), "Le jour de l’action a changé.")


def drop_campaign(uow: UnitOfWork, *, action_id: UUID, why: str) -> None:
    """Free everything: prints are cancelled, slots given back, the campaign is no more."""
    for request in _open_prints(uow, action_id):
        cancel(uow, request, why or "L’action est annulée.")
    campaign = _locked(uow, action_id)
    if campaign is not None:
        reach = _handed_out(uow, action_id)
        campaign.end_by_itself(doer(uow), reach, why, cancelled=True)


def end_with_the_day(uow: UnitOfWork, *, action_id: UUID) -> None:
    """End the campaign of an action that was held; what was not printed for it no longer will."""
    for request in _open_prints(uow, action_id):
        if request.state not in AWAY:
            cancel(uow, request, "L’action a eu lieu.")
    campaign = _locked(uow, action_id)
    if campaign is not None:
        campaign.end_by_itself(doer(uow), _handed_out(uow, action_id), "L’action a eu lieu.")


def open_needed_print(
    uow: UnitOfWork,
    *,
    need_id: UUID,
    action_id: UUID,
    committee_id: UUID,
    title: str,
    support: str,
    quantity: int,
    page_format: str,
    place: str,
    needed_by: date,
    requested_by: UUID,
    owner: UUID | None,
    priority: int,
    details: str,
) -> None:
    """Open the draft of a print that the plan needs, with what is known of it."""
    if uow.find(PrintRequest, need_id=need_id) is not None:
        return
    request = PrintRequest(
        id=uow.new_id(),
        need_id=need_id,
        committee_id=committee_id,
        action_id=action_id,
        title=title,
        support=Support(support) if support in set(Support) else Support.OTHER,
        opened_at=uow.now,
        requested_by=requested_by,
        owner=owner,
        priority=priority,
        planned=True,
        quantity=quantity,
        page_format=page_format,
        place=place,
        needed_by=needed_by,
        text=details,
    )
    request.note(Step.OPEN, doer(uow))
    request.count_back()
    uow.add(request)
    tell_committee(uow, request, f"Complétez la demande d’impression « {title} ».")


def follow_need(uow: UnitOfWork, *, need_id: UUID, needed_by: date, why: str) -> None:
    """The plan wants a print for another day."""
    request = _print_of(uow, need_id)
    if request is not None and request.state not in (*FINAL, State.REFUSED):
        move(uow, request, needed_by, why)


def withdraw_print(uow: UnitOfWork, *, need_id: UUID, why: str) -> None:
    """The plan does without a print."""
    request = _print_of(uow, need_id)
    if request is not None and request.state not in FINAL:
        cancel(uow, request, why or "Le besoin est retiré.")


def book_outside(uow: UnitOfWork, *, need_id: UUID, ready_by: date | None) -> None:
    """A printer is retained for a print bought outside: it has its day."""
    request = _print_of(uow, need_id)
    if request is not None and request.state in AWAY:
        request.book(doer(uow), ready_by)
        tell_committee(uow, request, f"« {request.title} » a son imprimeur.", Role.LEAD)


def find_another_way(uow: UnitOfWork, *, need_id: UUID, why: str) -> None:
    """The purchase of a print stops: the workshop decides anew, the committee is told.

    After the end of its campaign nobody needs it any more.
    """
    request = _print_of(uow, need_id)
    if request is None or request.state not in AWAY:
        return
    campaign = uow.find(Campaign, id=request.action_id)
    if campaign is not None and not campaign.goes_on:
        cancel(uow, request, why or "L’achat s’est arrêté après la campagne.")
        return
    request.come_back(doer(uow), why)
    text = f"L’achat de « {request.title} » s’arrête : une autre voie est à trouver."
    tell_workshop(uow, request, text)
    tell_committee(uow, request, text, Role.LEAD)


def receive_from_outside(uow: UnitOfWork, *, need_id: UUID, on: date, total: bool) -> None:
    """Somebody of the committee saw it come from the printer, all of it."""
    request = _print_of(uow, need_id)
    if request is not None and total and request.state is State.ORDERED:
        deliver(uow, request, request.quantity or 1, min(on, uow.today))


def _locked(uow: UnitOfWork, action_id: UUID) -> Campaign | None:
    known = uow.find(Campaign, id=action_id)
    return uow.get(Campaign, action_id, hot=True) if known else None


def _print_of(uow: UnitOfWork, need_id: UUID) -> PrintRequest | None:
    return uow.find(PrintRequest, need_id=need_id)


def _open_prints(uow: UnitOfWork, action_id: UUID) -> list[PrintRequest]:
    found = uow.find_all(PrintRequest, action_id=action_id)
    return [request for request in found if request.state not in FINAL]
