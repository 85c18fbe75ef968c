"""The day, the bilan and the end of an action."""

from dataclasses import asdict
from uuid import UUID

from services.planning.commands.support import BASE, group_of, tell
from services.planning.gateways import Documents
from services.planning.model import DAY, REVIEW, ActionPlan, Bilan, Task
from services.planning.queries import _left_open, _review_data, _spent
from shared.store.unit_of_work import UnitOfWork


def sign_installation(
    uow: UnitOfWork, *, action_id: UUID, seen: list[str], reserves: str = ""
) -> None:
    """Sign for the place and what stands on it; what is not right is said as reserves.

    Refuses more than three days before the day, and points left out without a word.
    """
    assert uow.actor.person is not None
    plan = uow.get(ActionPlan, action_id, hot=True)
    plan.sign_installation(seen, reserves, uow.actor.person, uow.now, uow.today)


def hold_action(uow: UnitOfWork, *, action_id: UUID, attendance: int, incidents: str = "") -> None:
    """Say that the day took place, how many came and what happened; refuses before the day."""
    plan = uow.get(ActionPlan, action_id, hot=True)
    plan.hold(attendance, incidents, uow.today)
    _happened(uow, action_id, DAY)
    text = f"« {plan.title} » a eu lieu : préparez le bilan, ensemble."
    tell(uow, group_of(uow, plan.committee_id), text, f"{BASE}/actions/{action_id}/bilan")


def review_action(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    attendance: int,
    volunteers: int,
    volunteer_hours: int,
    worked: str,
    to_improve: str,
    do_again: bool,
) -> None:
    """Keep the bilan that the group agreed on, with its document; what was spent is counted.

    Refuses before the day was held, and a second bilan.
    """
    plan = uow.get(ActionPlan, action_id, hot=True)
    bilan = Bilan(
        attendance=attendance,
        volunteers=volunteers,
        volunteer_hours=volunteer_hours,
        spent_incl_tax=_spent(uow, action_id),
        worked=worked,
        to_improve=to_improve,
        do_again=do_again,
    )
    plan.check_reviewable()
    documents: Documents = uow.gateway("Documents")
    pdf = documents.bilan(_review_data(uow, action_id, vars(bilan)))
    plan.review(bilan, asdict(uow.files.put(pdf, "application/pdf")), uow.today)
    _happened(uow, action_id, REVIEW)


def _happened(uow: UnitOfWork, action_id: UUID, key: str) -> None:
    """What a task of the template was for took place."""
    for task in uow.find_all(Task, action_id=action_id, key=key):
        task.happened(uow.now, uow.actor.person)


def close_action(uow: UnitOfWork, *, action_id: UUID) -> None:
    """End the action; refuses while something is open, and lists it with where one ends it."""
    plan = uow.get(ActionPlan, action_id, hot=True)
    plan.close(_left_open(uow, action_id), uow.today)
    text = f"« {plan.title} » est close. Merci à toutes et à tous."
    tell(uow, group_of(uow, plan.committee_id), text, f"{BASE}/actions/{action_id}")
