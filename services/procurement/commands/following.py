"""Purchases follow what others say: asked by a plan, another day, no longer needed, cancelled."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.procurement.commands.lines import end_action_line, follow_year
from services.procurement.commands.needs import (
    line_of,
    need_lines,
    order_before,
    release,
)
from services.procurement.commands.support import tell, tell_buyers
from services.procurement.events import NeedKind
from services.procurement.model import Decider, Origin, Purchase, State
from services.procurement.model.families import FAMILIES
from services.procurement.model.steps import FINAL, SYSTEM
from shared.store.unit_of_work import UnitOfWork

_STOPPED = (State.REFUSED, State.CANCELLED)
_ORDERED = (State.ORDERED, State.PARTLY_DELIVERED)


def open_asked_need(
    uow: UnitOfWork,
    *,
    need_id: UUID,
    committee_id: UUID,
    action_id: UUID | None,
    title: str,
    kind: str,
    lines: list[dict[str, Any]],
    place: str,
    needed_by: date,
    requested_by: UUID,
    origin: str,
    origin_id: UUID,
    owner: UUID | None = None,
    priority: int = 2,
    details: str = "",
    estimate_incl_tax: Decimal | None = None,
) -> None:
    """Open the file of a need that another service said for ``requested_by``.

    Asked twice it is one file; asked again after its purchase was stopped, the file begins again.
    Family and category come from the kind: procurement classes it before it asks suppliers.
    """
    who = Decider(requested_by, frozenset({SYSTEM}), uow.now)
    known = uow.find(Purchase, need_id=need_id)
    if known is not None:
        if known.state in _STOPPED:
            known.open_again(who, needed_by, order_before(uow, needed_by))
        return
    category, family = FAMILIES[NeedKind(kind)]
    purchase = Purchase(
        id=uow.new_id(),
        need_id=need_id,
        committee_id=committee_id,
        title=title.strip(),
        category=category,
        kind=NeedKind(kind),
        family=family,
        place=place.strip(),
        needed_by=needed_by,
        order_before=order_before(uow, needed_by),
        opened_at=uow.now,
        priority=priority,
        action_id=action_id,
        owner=owner,
        line_id=line_of(uow, action_id, needed_by.year) if action_id else None,
        estimate_incl_tax=estimate_incl_tax,
        origin=Origin(origin),
        origin_id=origin_id,
        details=details.strip(),
        lines=need_lines(lines),
    )
    purchase.journey = uow.cause.correlation_id if uow.cause else None
    purchase.open(who)
    uow.add(purchase)


def reschedule_need(uow: UnitOfWork, *, need_id: UUID, needed_by: date, why: str) -> None:
    """A need is for another day; what is ordered is left to a person, who is told."""
    purchase = uow.find(Purchase, need_id=need_id)
    if purchase is not None:
        _reschedule(uow, purchase, needed_by, why)


def _reschedule(uow: UnitOfWork, purchase: Purchase, needed_by: date, why: str) -> None:
    over = purchase.state in FINAL or purchase.state is State.DELIVERED
    if over or needed_by == (purchase.wanted_by or purchase.needed_by):
        return
    who = Decider.system(uow.now)
    if purchase.state in _ORDERED:
        text = (
            f"Commandé pour le {purchase.needed_by:%d/%m/%Y}, voulu maintenant le "
            f"{needed_by:%d/%m/%Y} : convenez du jour avec le fournisseur."
        )
        purchase.overtake(who, text, needed_by)
        tell_buyers(uow, purchase, f"« {purchase.title} » : {text}")
        return
    purchase.reschedule(who, needed_by, order_before(uow, needed_by), why)
    if purchase.state is not State.NEEDED:
        text = f"« {purchase.title} » est voulu pour le {needed_by:%d/%m/%Y}."
        tell_buyers(uow, purchase, text)


def withdraw_need(uow: UnitOfWork, *, need_id: UUID, why: str) -> None:
    """A need is no more: its purchase stops, or a person settles what is ordered."""
    purchase = uow.find(Purchase, need_id=need_id)
    if purchase is not None:
        _stop(uow, purchase, f"Le besoin est retiré : {why}" if why else "Le besoin est retiré.")


def _stop(uow: UnitOfWork, purchase: Purchase, why: str) -> None:
    if purchase.state in FINAL or purchase.state is State.DELIVERED:
        return
    who = Decider.system(uow.now)
    if purchase.state in _ORDERED:
        text = f"{why} La commande {purchase.order_number} reste due : annulez-la, ou gardez-la."
        if purchase.overtaken != text:
            purchase.overtake(who, text)
            tell_buyers(uow, purchase, f"« {purchase.title} » : {text}")
        return
    purchase.cancel(who, why)
    release(uow, purchase)
    uow.unschedule("close-quotes", purchase.id)
    tell(uow, purchase, f"L’achat « {purchase.title} » est annulé.")


def follow_the_day(
    uow: UnitOfWork, *, action_id: UUID, day: date, was: date | None = None, why: str = ""
) -> None:
    """The day of an action is set, or moved: dates follow, and its line when the year changes.

    Needs of a plan say their own day; what a person asked here moves as the day does, and
    nothing is needed after it.
    """
    for purchase in uow.find_all(Purchase, action_id=action_id):
        if purchase.origin is not Origin.PLANNING and purchase.of_day != day:
            _follow(uow, purchase, day, purchase.of_day or was, why)
    follow_year(uow, action_id, day.year)


def _follow(uow: UnitOfWork, purchase: Purchase, day: date, was: date | None, why: str) -> None:
    purchase.of_day = day
    wanted = purchase.wanted_by or purchase.needed_by
    moves = was is not None and purchase.origin is Origin.HERE
    moved = min(wanted + (day - was) if moves and was else wanted, day)
    if moved != wanted:
        reason = why or f"Le jour de l’action est le {day:%d/%m/%Y}"
        _reschedule(uow, purchase, max(moved, uow.today + timedelta(1)), reason)


def free_action(uow: UnitOfWork, *, action_id: UUID, why: str) -> None:
    """There is no action any more: purchases stop, and its money is the committee's again.

    What is ordered stays held until a person settles it with the supplier. Twice changes nothing.
    """
    for purchase in uow.find_all(Purchase, action_id=action_id):
        _stop(uow, purchase, f"L’action est annulée : {why}" if why else "L’action est annulée.")
    end_action_line(uow, action_id=action_id)
