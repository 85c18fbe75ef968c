"""Needs: asked of suppliers, printers, departments and organisations; changed, withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.planning.commands.support import BASE, agents_of, check_in_group, tell
from services.planning.commands.timers import schedule_answer, unschedule_answer
from services.planning.events import SupplyKind, Support
from services.planning.model import ActionPlan, Need, NeedKind, usual_date, wrong
from services.planning.queries import _departments
from shared.store.unit_of_work import UnitOfWork


def ask_supplier(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    title: str,
    supply: SupplyKind,
    lines: list[dict[str, Any]],
    needed_by: date | None = None,
    place: str = "",
    priority: int = 2,
    owner: UUID | None = None,
    estimate_incl_tax: Decimal | None = None,
    details: str = "",
    need_id: UUID | None = None,
) -> UUID:
    """Ask for something to be bought; ``lines`` are ``{"label", "quantity", "unit"}``.

    Refuses before the plan is adopted, without a line, and a date that is over or after the day.
    """
    kept = [{**line, "quantity": str(line["quantity"])} for line in lines]
    if not kept:
        raise wrong("lines", "Décrivez au moins une chose, avec sa quantité.")
    more: dict[str, Any] = {"supply": supply, "lines": kept, "estimate_incl_tax": estimate_incl_tax}
    about: dict[str, Any] = {
        "title": title,
        "details": details,
        "priority": priority,
        "owner": owner,
    }
    when: dict[str, Any] = {"needed_by": needed_by, "place": place}
    return _ask(uow, action_id, NeedKind.SUPPLIER, need_id, **about, **when, **more)


def ask_print(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    title: str,
    support: Support,
    quantity: int,
    page_format: str,
    needed_by: date | None = None,
    place: str = "",
    priority: int = 2,
    owner: UUID | None = None,
    details: str = "",
    need_id: UUID | None = None,
) -> UUID:
    """Ask for something to be printed: the communication receives it. Refuses as above."""
    more: dict[str, Any] = {"support": support, "quantity": quantity, "page_format": page_format}
    about: dict[str, Any] = {
        "title": title,
        "details": details,
        "priority": priority,
        "owner": owner,
    }
    when: dict[str, Any] = {"needed_by": needed_by, "place": place}
    return _ask(uow, action_id, NeedKind.PRINT, need_id, **about, **when, **more)


def ask_service(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    department: str,
    title: str,
    what: str,
    on: date,
    answer_by: date,
    place: str = "",
    need_id: UUID | None = None,
) -> UUID:
    """Ask a department of the city, to be answered by a day; its agents are told.

    Refuses before the plan is adopted, a department without anybody to answer, and wrong days.
    """
    if department not in _departments(uow):
        raise wrong("department", "Choisissez un service où quelqu’un peut répondre.")
    about: dict[str, Any] = {
        "title": title,
        "details": what,
        "needed_by": on,
        "answer_by": answer_by,
    }
    more: dict[str, Any] = {"place": place, "department": department}
    made = _ask(uow, action_id, NeedKind.SERVICE, need_id, **about, **more)
    text = f"On demande à votre service : « {title} »."
    tell(uow, agents_of(uow, department), text, f"{BASE}/demandes/{made}")
    return made


def ask_relay(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    relay_id: UUID,
    what: str,
    effort: str,
    window_from: date,
    window_to: date,
    answer_by: date,
    need_id: UUID | None = None,
) -> UUID:
    """Ask an organisation of the list for help; it answers by a link, or by word of mouth.

    Refuses before the plan is adopted, an organisation no longer active, and wrong days.
    """
    relay = mirror.relay(uow, relay_id)
    if relay is None or not relay["active"]:
        raise wrong("relay_id", "Choisissez une organisation de la liste.")
    about: dict[str, Any] = {"title": relay["organisation"], "organisation": relay["organisation"]}
    when: dict[str, Any] = {"needed_by": window_from, "until": window_to, "answer_by": answer_by}
    more: dict[str, Any] = {"relay_id": relay_id, "details": what, "effort": effort}
    return _ask(uow, action_id, NeedKind.RELAY, need_id, **about, **when, **more)


def _ask(
    uow: UnitOfWork,
    action_id: UUID,
    kind: NeedKind,
    need_id: UUID | None,
    *,
    needed_by: date | None,
    place: str = "",
    owner: UUID | None = None,
    **more: Any,
) -> UUID:
    plan = uow.get(ActionPlan, action_id, hot=True)
    plan.check_ahead()
    assert uow.actor.person is not None
    if owner is not None:
        check_in_group(uow, plan.committee_id, owner, "owner")
    need = Need(
        id=need_id or uow.new_id(),
        action_id=action_id,
        committee_id=plan.committee_id,
        kind=kind,
        needed_by=needed_by or usual_date(plan.day, uow.today),
        place=place or plan.place,
        requested_by=uow.actor.person,
        asked_at=uow.now,
        owner=owner,
        journey=plan.journey,
        **more,
    )
    need.check_dates(plan.day, uow.today)
    need.ask()
    uow.add(need)
    if need.answers_here:
        schedule_answer(uow, need)
    return need.id


def change_need_date(
    uow: UnitOfWork,
    *,
    need_id: UUID,
    needed_by: date,
    why: str,
    version: int | str | None = None,
) -> None:
    """Need it another day; whoever had answered is asked again. Refuses a day after the day."""
    need = uow.get(Need, need_id, version=version)
    plan = uow.get(ActionPlan, need.action_id)
    plan.check_ahead()
    need.change_date(needed_by, plan.day, uow.today, why)
    tell_asked_again(uow, need)


def tell_asked_again(uow: UnitOfWork, need: Need, urgent: bool = False) -> None:
    """Who is asked here is told of the other day; who asked sends an organisation a new link."""
    if not need.answers_here:
        return
    schedule_answer(uow, need)
    if need.kind is NeedKind.SERVICE:
        text = f"« {need.title} » est demandé pour un autre jour : dites si vous le pouvez."
        tell(uow, agents_of(uow, need.department), text, f"{BASE}/demandes/{need.id}", urgent)
    else:
        text = f"« {need.title} » est à redemander pour un autre jour : envoyez un nouveau lien."
        tell(uow, {need.requested_by, need.owner}, text, f"{BASE}/besoins/{need.id}", urgent)


def withdraw_need(uow: UnitOfWork, *, need_id: UUID, why: str) -> None:
    """No longer need it: whoever was asked is told. Withdrawn twice is once."""
    need = uow.get(Need, need_id)
    uow.get(ActionPlan, need.action_id).check_alive()
    take_back(uow, need, why)


def take_back(uow: UnitOfWork, need: Need, why: str, urgent: bool = False) -> None:
    """Withdraw a need that still stands; agents who were asked are told."""
    if need.over:
        return
    unschedule_answer(uow, need.id)
    need.withdraw(why)
    if need.kind is NeedKind.SERVICE:
        text = f"« {need.title} » n’est plus demandé à votre service."
        tell(uow, agents_of(uow, need.department), text, f"{BASE}/demandes", urgent)


def tell_need_lost(uow: UnitOfWork, *, need_id: UUID) -> None:
    """Tell who asked that another way is to be found; nothing for a need that is not ours."""
    need = uow.find(Need, id=need_id)
    if need is not None and not need.over:
        text = f"« {need.title} » : la demande s’arrête là, il faut trouver autrement."
        tell(uow, {need.requested_by, need.owner}, text, f"{BASE}/besoins/{need.id}")


def tell_need_secured(uow: UnitOfWork, *, need_id: UUID) -> None:
    """Tell who asked that it is secured; nothing for a need that is not ours."""
    need = uow.find(Need, id=need_id)
    if need is not None and not need.over:
        text = f"« {need.title} » est assuré."
        tell(uow, {need.requested_by, need.owner}, text, f"{BASE}/besoins/{need.id}")
