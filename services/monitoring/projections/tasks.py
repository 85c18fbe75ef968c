"""Tasks of a plan: who does what by when, what stops it."""

from services.directory.mirror import Role
from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.waits import over
from services.monitoring.tables import waits_view
from services.planning.events import (
    HelpRequested,
    StandInFound,
    TaskAssigned,
    TaskBlocked,
    TaskDone,
    TaskFact,
    TaskHandedBack,
    TaskMoved,
    TaskReopened,
    TaskUnblocked,
)
from shared.store.views import Views


def task_taken(views: Views, fact: TaskAssigned | StandInFound) -> None:
    """Somebody does it."""
    _awaited(views, fact)
    views.put(waits_view, fact.task_id, kind="task", person=fact.person)


def task_handed_back(views: Views, fact: TaskHandedBack) -> None:
    """It looks for somebody."""
    _awaited(views, fact)
    views.put(waits_view, fact.task_id, kind="task-free", person=None)


def task_moved(views: Views, fact: TaskMoved) -> None:
    """It is for another day, or said otherwise; who does it has waited as long as before."""
    remember_the_fact(views, fact)
    said = {"title": fact.title[:300], "due": fact.due, "queue": fact.due}
    views.put(waits_view, fact.task_id, leg_id=fact.action_id, **said)


def task_reopened(views: Views, fact: TaskReopened) -> None:
    """It was not done after all."""
    _awaited(views, fact)


def task_done(views: Views, fact: TaskDone) -> None:
    """It is done."""
    remember_the_fact(views, fact)
    over(views, fact.task_id)


def task_blocked(views: Views, fact: TaskBlocked) -> None:
    """It cannot go on, whoever does it."""
    _awaited(views, fact)
    views.put(
        waits_view, fact.task_id, blocked=True, why=fact.why, unblocks=fact.unblocks[:300] or None
    )


def task_unblocked(views: Views, fact: TaskUnblocked) -> None:
    """It can go on."""
    _awaited(views, fact)
    views.put(waits_view, fact.task_id, blocked=False, why=None, unblocks=None)


def help_requested(views: Views, fact: HelpRequested) -> None:
    """More hands are wanted."""
    _awaited(views, fact)
    views.put(waits_view, fact.task_id, hands=fact.hands)


def _awaited(views: Views, fact: TaskFact) -> None:
    """What every fact of a task says of it; the rest of what is known stays."""
    remember_the_fact(views, fact)
    views.put(
        waits_view,
        fact.task_id,
        service="planning",
        committee_id=fact.committee_id,
        leg_id=fact.action_id,
        action_id=fact.action_id,
        subject_id=fact.task_id,
        title=fact.title[:300],
        awaited_role=Role.MEMBER,
        due=fact.due,
        queue=fact.due,
        since=views.event.time,
        open=True,
        last_fact=views.event.id,
    )
