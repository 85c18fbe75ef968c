"""Plans: drafted when an action is chosen, adopted by the group, moved, given up."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from services.planning.commands.needs import take_back, tell_asked_again
from services.planning.commands.support import (
    BASE,
    check_in_group,
    group_of,
    presses,
    tell,
)
from services.planning.events import WhyMoved
from services.planning.model import (
    TEMPLATE,
    ActionPlan,
    Day,
    Need,
    Offset,
    Task,
    check_day,
    check_fallback_day,
    replan,
    tight,
    wished_day,
)
from services.planning.queries import _follows, _needs_of
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


def draft_plan(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    committee_id: UUID,
    title: str,
    aims: str,
    wished_from: date,
    wished_to: date,
    place: str,
    conditions: list[dict[str, Any]] | None = None,
    estimate_incl_tax: Decimal | None = None,
) -> None:
    """Draft the plan of an action that was chosen, counted back from the wished day.

    Chosen twice, it is one plan.
    """
    if uow.find(ActionPlan, id=action_id) is not None:
        return
    leads = mirror.people_with(uow, Role.LEAD, [committee_scope(committee_id)])
    plan = ActionPlan(
        id=action_id,
        committee_id=committee_id,
        title=title,
        aims=aims,
        wished_from=wished_from,
        wished_to=wished_to,
        day=wished_day(wished_from, wished_to),
        place=place,
        conditions=conditions or [],
        estimate_incl_tax=estimate_incl_tax,
        lead=leads[0]["person"] if leads else None,
    )
    uow.add(plan)
    _draft_tasks(uow, plan)
    text = f"« {title} » est choisie : fixez ensemble le jour et le plan."
    tell(uow, group_of(uow, committee_id), text, f"{BASE}/actions/{action_id}")


def _draft_tasks(uow: UnitOfWork, plan: ActionPlan) -> None:
    for model in TEMPLATE:
        offset = Offset(model.months, model.days, model.doer)
        uow.add(
            Task(
                id=uow.new_id(),
                action_id=plan.id,
                committee_id=plan.committee_id,
                title=model.title,
                due=offset.from_day(plan.day),
                months=model.months,
                days=model.days,
                doer=model.doer,
                key=model.key,
                priority=model.priority,
                milestone=model.milestone,
                journey=plan.journey,
            )
        )


def abandon_plan(uow: UnitOfWork, *, action_id: UUID, why: str) -> None:
    """Give up the plan of an action whose choice does not hold; what it asked for is withdrawn.

    Does nothing for an action that has no plan, or whose plan is over.
    """
    plan = uow.find(ActionPlan, id=action_id)
    if plan is not None and plan.held_on is None and plan.ended_on is None:
        _give_up(uow, plan, why, told=False)


@retryable
def adopt_plan(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    day: date,
    place: str,
    lead: UUID,
    agreed: str,
    fallback_day: date | None = None,
    version: int | str | None = None,
) -> None:
    """Set day, fall-back day, place and lead as the group agreed; ``agreed`` says how.

    Every task is counted back from that day. Refuses a day in the past, a fall-back day before
    it, none in the season of cyclones, and somebody who is not of the committee.
    """
    plan = uow.get(ActionPlan, action_id, hot=True, version=version)
    check_in_group(uow, plan.committee_id, lead, "lead")
    plan.adopt(Day(day=day, fallback_day=fallback_day, place=place, lead=lead), agreed, uow.today)
    replan(uow.find_all(Task, action_id=action_id), day)
    text = f"Le plan de « {plan.title} » est adopté : prenez une tâche."
    tell(uow, group_of(uow, plan.committee_id), text, f"{BASE}/actions/{action_id}")


@retryable
def move_day(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    day: date,
    why: WhyMoved,
    reason: str,
    fallback_day: date | None = None,
    version: int | str | None = None,
) -> int:
    """Hold the action another day: what is not done follows; gives how many tasks no longer fit.

    Refuses as for adopting, and once the day was held.
    """
    plan = uow.get(ActionPlan, action_id, hot=True, version=version)
    check_day(day, uow.today)
    check_fallback_day(day, fallback_day)
    return _move(uow, plan, day, fallback_day, why, reason)


@retryable
def fall_back(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    why: WhyMoved,
    reason: str,
    version: int | str | None = None,
) -> int:
    """Hold the action on its fall-back day, in one gesture; gives how many tasks no longer fit.

    Refuses without a fall-back day, or when it is over.
    """
    plan = uow.get(ActionPlan, action_id, hot=True, version=version)
    day = plan.day_to_fall_back_on()
    # The way out is being used: another one may be adopted later, none is asked for today.
    check_day(day, uow.today)
    return _move(uow, plan, day, None, why, reason)


def _move(
    uow: UnitOfWork,
    plan: ActionPlan,
    day: date,
    fallback_day: date | None,
    why: WhyMoved,
    reason: str,
) -> int:
    was, tasks = plan.day, uow.find_all(Task, action_id=plan.id)
    replan(tasks, day)
    late = len(tight(tasks, uow.today))
    plan.move(day, fallback_day, why, reason, late)
    urgent = presses(was, uow.today)
    _move_needs(uow, plan, was, reason, urgent)
    text = f"Le jour de « {plan.title} » a changé : c’est le {day:%d/%m/%Y}."
    holders = {task.holder for task in tasks if not task.done}
    # So late, everybody may already be coming.
    people = group_of(uow, plan.committee_id) if urgent else set()
    tell(uow, people | holders | {plan.lead}, text, f"{BASE}/actions/{plan.id}", urgent)
    return late


def _move_needs(uow: UnitOfWork, plan: ActionPlan, was: date, reason: str, urgent: bool) -> None:
    for row in _needs_of(uow, plan.id):
        if not _follows(row):
            continue
        need = uow.get(Need, row["id"])
        need.move(was, plan.day, uow.today, reason)
        tell_asked_again(uow, need, urgent)


def cancel_action(uow: UnitOfWork, *, action_id: UUID, reason: str) -> None:
    """Give the action up, with a reason: what was asked for it is withdrawn.

    Refuses once the day was held.
    """
    _give_up(uow, uow.get(ActionPlan, action_id, hot=True), reason, told=True)


def _give_up(uow: UnitOfWork, plan: ActionPlan, why: str, *, told: bool) -> None:
    plan.stop(why, uow.today, told=told)
    urgent = presses(plan.day, uow.today)
    for need in uow.find_all(Need, action_id=plan.id):
        take_back(uow, need, why, urgent)
    text = f"« {plan.title} » est annulée."
    tell(uow, group_of(uow, plan.committee_id), text, f"{BASE}/actions/{plan.id}", urgent)
