"""The plan and the day: adopted, moved, cancelled, held, reviewed, closed."""

from datetime import date
from uuid import UUID

from services.directory.mirror import Role
from services.language import Fact
from services.monitoring.projections.choosing import two_months_before
from services.monitoring.projections.facts import day_of, remember_the_fact
from services.monitoring.projections.waits import awaits, nothing_more, over, over_for, part_of
from services.monitoring.tables import ACTION, OVER, actions_view, legs_view, waits_view
from services.planning.events import (
    ActionCancelled,
    ActionClosed,
    ActionDayMoved,
    ActionHeld,
    ActionReviewed,
    InstallationSigned,
    PlanAdopted,
)
from shared.kernel.calendar import months_before
from shared.store.views import Views


def plan_adopted(views: Views, fact: PlanAdopted) -> None:
    """The day is known: needs and campaign are counted back from it."""
    remember_the_fact(views, fact)
    action = _action(fact)
    views.put(actions_view, action, title=fact.title)
    views.put(
        legs_view,
        action,
        leg="action",
        committee_id=fact.committee_id,
        rank=ACTION + fact.day.toordinal(),
        title=fact.title,
        day=fact.day,
        fallback_day=fact.fallback_day,
        adopted_at=views.event.time,
        place=fact.place,
    )
    awaits(views, action, fact, "hold-day", fact.title, Role.LEAD, fact.day)
    awaits(
        views,
        part_of(action, "needs"),
        fact,
        "send-needs",
        fact.title,
        Role.LEAD,
        two_months_before(fact.day),
        subject=action,
        before_day=True,
    )
    _campaign_days(views, action, fact.day)


def _campaign_days(views: Views, action: UUID, day: date) -> None:
    """The campaign's days, whether it is awaited yet or no more."""
    for word, due in (("strategy", two_months_before(day)), ("campaign", months_before(day, 1))):
        views.put(waits_view, part_of(action, word), leg_id=action, due=due, queue=due)


def day_moved(views: Views, fact: ActionDayMoved) -> None:
    """Everything that is counted back from the day moves with it."""
    remember_the_fact(views, fact)
    action = _action(fact)
    views.put(
        legs_view,
        action,
        rank=ACTION + fact.day.toordinal(),
        day=fact.day,
        fallback_day=fact.fallback_day,
        moved_from=fact.was,
        moved_why=str(fact.why),
        tight=fact.tight,
    )
    views.put(waits_view, action, leg_id=action, due=fact.day, queue=fact.day)
    needs = two_months_before(fact.day)
    views.put(waits_view, part_of(action, "needs"), leg_id=action, due=needs, queue=needs)
    _campaign_days(views, action, fact.day)


def action_cancelled(views: Views, fact: ActionCancelled) -> None:
    """Planning and communication wait for nothing more; orders that bind run to their end."""
    remember_the_fact(views, fact)
    action = _action(fact)
    views.put(
        legs_view,
        action,
        rank=OVER - day_of(views).toordinal(),
        stopped_at=views.event.time,
        stopped_why=fact.reason,
    )
    nothing_more(views, action)


def installation_signed(views: Views, fact: InstallationSigned) -> None:
    """The place is ready."""
    remember_the_fact(views, fact)
    views.put(legs_view, _action(fact), installed_at=views.event.time)


def action_held(views: Views, fact: ActionHeld) -> None:
    """What had to come before the day has no sense any more; a bilan follows within a month."""
    remember_the_fact(views, fact)
    action = _action(fact)
    views.put(legs_view, action, held_on=fact.on, attendance=fact.attendance)
    over_for(views, action, before_day=True)
    awaits(views, action, fact, "review", "", Role.LEAD, months_before(fact.on, -1))


def action_reviewed(views: Views, fact: ActionReviewed) -> None:
    """The bilan is agreed: what is left is to close."""
    remember_the_fact(views, fact)
    views.put(legs_view, _action(fact), reviewed_at=views.event.time)
    awaits(views, _action(fact), fact, "close-action", "", Role.LEAD)


def action_closed(views: Views, fact: ActionClosed) -> None:
    """The road is walked: an action that has something open is not closed."""
    remember_the_fact(views, fact)
    action = _action(fact)
    views.put(legs_view, action, rank=OVER - fact.on.toordinal(), closed_on=fact.on)
    over(views, action)


def _action(fact: Fact) -> UUID:
    if fact.action_id is None:
        raise ValueError(f"a {type(fact).__name__} without action")
    return fact.action_id
