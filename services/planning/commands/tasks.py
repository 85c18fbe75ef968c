"""Tasks: added, taken, handed back, blocked, done."""

from datetime import date
from uuid import UUID

from services.planning.commands.support import (
    BASE,
    check_in_group,
    group_of,
    leads_of,
    named,
    tell,
    who_acts,
)
from services.planning.model import ActionPlan, Doer, Task, offset_of
from shared.store.unit_of_work import UnitOfWork


def add_task(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    title: str,
    due: date,
    doer: Doer = Doer.VOLUNTEERS,
    priority: int = 2,
    task_id: UUID | None = None,
) -> UUID:
    """Add something to do; its date follows the day when that moves.

    An office's date is the working day before, if it does not work that day.
    """
    plan = uow.get(ActionPlan, action_id, hot=True)
    plan.check_alive()
    offset = offset_of(due, plan.day, doer)
    task = Task(
        id=task_id or uow.new_id(),
        action_id=action_id,
        committee_id=plan.committee_id,
        title=title,
        due=offset.from_day(plan.day),
        months=0,
        days=offset.days,
        doer=doer,
        priority=priority,
        journey=plan.journey,
    )
    return uow.add(task).id


def change_task(
    uow: UnitOfWork,
    *,
    task_id: UUID,
    title: str,
    due: date,
    doer: Doer,
    priority: int,
    version: int | str | None = None,
) -> None:
    """Say a task otherwise, or for another date; refuses one that is done."""
    task, plan = _task(uow, task_id, version)
    task.change(title, due, doer, priority, plan.day)


def remove_task(uow: UnitOfWork, *, task_id: UUID) -> UUID:
    """Take a task away that is not wanted any more; gives the action it was of."""
    task, _ = _task(uow, task_id)
    uow.delete(task)
    return task.action_id


def take_task(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that one does it; of two at once one has it, the other is told who."""
    task, _ = _task(uow, task_id)
    with named(uow):
        task.take(who_acts(uow, task.committee_id).person)


def assign_task(uow: UnitOfWork, *, task_id: UUID, person: UUID) -> None:
    """Give a task to somebody of the committee, who is told; refuses anybody else."""
    task, _ = _task(uow, task_id)
    check_in_group(uow, task.committee_id, person, "person")
    before = task.holder
    task.entrust(person)
    if before != person:
        tell(uow, {person}, f"Une tâche est à vous : « {task.title} ».", _page(task))


def hand_back_task(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that one cannot: somebody else is looked for, and the lead is told.

    Refuses a task that somebody else does, save from the lead.
    """
    task, plan = _task(uow, task_id)
    held = task.holder
    with named(uow):
        task.hand_back(who_acts(uow, task.committee_id))
    if held is not None:
        text = f"« {task.title} » cherche quelqu’un : la personne ne peut pas."
        tell(uow, leads_of(uow, plan), text, _page(task))


def finish_task(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that it is done; twice is once. Refuses somebody else's task, save from the lead."""
    task, _ = _task(uow, task_id)
    with named(uow):
        task.finish(who_acts(uow, task.committee_id), uow.now)


def reopen_task(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that it was not done after all."""
    task, _ = _task(uow, task_id)
    with named(uow):
        task.reopen(who_acts(uow, task.committee_id))


def block_task(uow: UnitOfWork, *, task_id: UUID, why: str, unblocks: str) -> None:
    """Say that it cannot go on, why, and who can help; the lead and its holder are told."""
    task, plan = _task(uow, task_id)
    task.block(why, unblocks)
    people = leads_of(uow, plan) | {task.holder}
    tell(uow, people, f"« {task.title} » est bloquée : voyez ce qui manque.", _page(task))


def unblock_task(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that it can go on; its holder is told."""
    task, _ = _task(uow, task_id)
    task.unblock()
    tell(uow, {task.holder}, f"« {task.title} » n’est plus bloquée.", _page(task))


def ask_for_hands(uow: UnitOfWork, *, task_id: UUID, hands: int, what: str) -> None:
    """Call for more people; the group is told."""
    task, _ = _task(uow, task_id)
    task.want_hands(hands, what)
    people = group_of(uow, task.committee_id) - {task.holder}
    tell(uow, people, f"« {task.title} » : il faut des bras. Venez-vous ?", _page(task))


def lend_a_hand(uow: UnitOfWork, *, task_id: UUID) -> None:
    """Say that one comes and helps; its holder is told."""
    task, _ = _task(uow, task_id)
    known = len(task.helpers)
    task.lend_a_hand(who_acts(uow, task.committee_id).person)
    if len(task.helpers) > known:
        tell(uow, {task.holder}, f"« {task.title} » : quelqu’un vient aider.", _page(task))


def _task(
    uow: UnitOfWork, task_id: UUID, version: int | str | None = None
) -> tuple[Task, ActionPlan]:
    """A task of an action that goes on, held so that of two persons one comes first."""
    task = uow.get(Task, task_id, hot=True, version=version)
    plan = uow.get(ActionPlan, task.action_id)
    plan.check_alive()
    return task, plan


def _page(task: Task) -> str:
    return f"{BASE}/taches/{task.id}"
