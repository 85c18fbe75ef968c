"""Print requests on the side of the committee: the brief, the date, the proof, doing without."""

from datetime import date
from typing import Any
from uuid import UUID

from services.communication.commands.support import (
    doer,
    release,
    tell_committee,
    tell_workshop,
)
from services.communication.model import Brief, Campaign, PrintRequest, Week, week_id
from services.communication.model.refusals import refuse_value
from services.communication.model.steps import Step
from services.communication.queries import _delays_of
from services.directory import mirror
from services.directory.mirror import Role
from shared.store.unit_of_work import UnitOfWork


def open_print(
    uow: UnitOfWork,
    *,
    campaign_id: UUID,
    brief: dict[str, Any],
    send: bool = False,
    priority: int = 2,
    need_id: UUID | None = None,
) -> UUID:
    """Ask for a print, as a draft or sent at once; the same ``need_id`` twice is one request.

    ``brief`` holds the fields of the brief. Refuses to send an incomplete one, naming what is
    missing, and a day after the action.
    """
    if need_id is not None and (known := uow.find(PrintRequest, need_id=need_id)):
        return known.id
    campaign = uow.get(Campaign, campaign_id)
    campaign.refuse_over()
    asked = Brief(**brief)
    request = PrintRequest(
        id=uow.new_id(),
        need_id=need_id or uow.new_id(),
        committee_id=campaign.committee_id,
        action_id=campaign.id,
        title=asked.title,
        support=asked.support,
        opened_at=uow.now,
        requested_by=uow.actor.person,
        owner=uow.actor.person,
        priority=priority,
    )
    request.journey = campaign.journey
    request.note(Step.OPEN, doer(uow))
    uow.add(request)
    _say(uow, request, campaign, asked, send)
    return request.id


def complete_brief(
    uow: UnitOfWork,
    *,
    request_id: UUID,
    brief: dict[str, Any],
    send: bool = False,
    priority: int | None = None,
    version: int | str | None = None,
) -> None:
    """Say the brief again, as a draft or to send it; refuses one already with the workshop."""
    request = uow.get(PrintRequest, request_id, version=version)
    request.passage(Step.SEND, doer(uow))
    request.priority = priority or request.priority
    _say(uow, request, uow.find(Campaign, id=request.action_id), Brief(**brief), send)


def _say(
    uow: UnitOfWork, request: PrintRequest, campaign: Campaign | None, brief: Brief, send: bool
) -> None:
    if campaign is not None:
        campaign.refuse_after_the_day(brief.needed_by)
    if brief.contact is not None:
        scope = mirror.committee_scope(request.committee_id)
        here = (mirror.holds(uow, brief.contact, role, scope) for role in (Role.LEAD, Role.MEMBER))
        if not any(here):
            raise refuse_value("contact", "La personne à joindre est du comité.")
    request.say(brief)
    if send:
        request.requested_by = request.requested_by or uow.actor.person
        request.send(doer(uow), _delays_of(uow, request.department, request.support))
        tell_workshop(uow, request, f"Une impression est demandée : « {request.title} ».")


def change_date(uow: UnitOfWork, *, request_id: UUID, needed_by: date) -> None:
    """Want it for another day; a slot that no longer fits is free again, and the workshop told.

    Refuses a past day, one after the action, and a print bought outside.
    """
    request = uow.get(PrintRequest, request_id)
    campaign = uow.find(Campaign, id=request.action_id)
    if campaign is not None:
        campaign.refuse_after_the_day(needed_by)
    move(uow, request, needed_by, "")
    tell_workshop(uow, request, f"« {request.title} » est voulu pour un autre jour.")


def move(uow: UnitOfWork, request: PrintRequest, needed_by: date, why: str) -> None:
    """Want it for another day; its slot is kept as long as it is early enough."""
    who = doer(uow)
    if request.move(who, needed_by, why):
        release(uow, request)
        request.free(who, "Le créneau venait après le nouveau jour.")
        text = f"« {request.title} » a perdu son créneau : le jour a changé."
        tell_workshop(uow, request, text)
        tell_committee(uow, request, text, Role.LEAD)


def cancel_print(uow: UnitOfWork, *, request_id: UUID, reason: str) -> None:
    """Do without it, with a reason; its hours are free again. Refuses what is bought outside."""
    request = uow.get(PrintRequest, request_id)
    cancel(uow, request, reason)
    tell_workshop(uow, request, f"« {request.title} » est annulé.")


def cancel(uow: UnitOfWork, request: PrintRequest, reason: str) -> None:
    """Free its hours, then its file."""
    release(uow, request)
    request.cancel(doer(uow), reason)


def approve_proof(uow: UnitOfWork, *, request_id: UUID, seen: str) -> None:
    """Sign the proof for the very bytes that were seen (their SHA-256); its slot becomes firm.

    The request is held while it is signed: a proof replaced meanwhile is refused, not signed.
    """
    request = uow.get(PrintRequest, request_id, hot=True)
    request.approve(doer(uow), seen)
    _set_firm(uow, request, firm=True)
    tell_workshop(uow, request, f"Le BAT de « {request.title} » est signé : vous pouvez imprimer.")


def ask_corrections(
    uow: UnitOfWork, *, request_id: UUID, seen: str, reason: str, date_moves: bool = False
) -> None:
    """Ask for corrections of the proof seen, with a reason.

    Two rounds fit in the usual time; a third frees the slot, which must be accepted.
    """
    request = uow.get(PrintRequest, request_id, hot=True)
    who = doer(uow)
    if request.correct(who, seen, reason, date_moves):
        release(uow, request)
        request.free(who, "Une troisième correction change la date.")
    tell_workshop(uow, request, f"Des corrections sont demandées sur « {request.title} ».")


def _set_firm(uow: UnitOfWork, request: PrintRequest, *, firm: bool) -> None:
    if request.week is not None:
        week = uow.get(Week, week_id(request.week, request.department), hot=True)
        week.set_firm(request.id, firm)
