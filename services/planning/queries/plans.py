"""Plans: as a list, one by one, and as they would be on another day."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import Role
from services.planning import tables
from services.planning.model import STOPPED, Offset, PlanState, TaskState, usual_date, warnings
from services.planning.queries.money import _money
from services.planning.queries.needs import _departments, _needs_of
from services.planning.queries.scopes import GROUP, NO_PLAN, _holds, _seen
from services.planning.queries.tasks import (
    _group,
    _hangs_on,
    _load,
    _tasks_of,
    _with_committees,
)
from shared.kernel import calendar
from shared.store.reading import Reading

Row = dict[str, Any]
_plans, _tasks = tables.plans, tables.tasks


def plans_list(
    read: Reading, *, ended: bool = False, after: str | None = None, limit: int = 50
) -> Row:
    """A page of the plans one follows, the soonest day first; ``ended`` adds those that are over."""
    open_tasks = sa.select(sa.func.count()).where(
        _tasks.c.action_id == _plans.c.id, _tasks.c.state != TaskState.DONE
    )
    late = open_tasks.where(_tasks.c.due < read.today)
    blocked = open_tasks.where(_tasks.c.state == TaskState.BLOCKED)
    query = sa.select(
        _plans,
        open_tasks.scalar_subquery().label("to_do"),
        late.scalar_subquery().label("late"),
        blocked.scalar_subquery().label("blocked"),
    ).where(_seen(read, _plans.c.committee_id))
    if not ended:
        query = query.where(_plans.c.state.not_in(STOPPED))
    order = (_plans.c.day, _plans.c.id)
    rows, following = read.page(query, order=order, after=after, limit=limit)
    return {"items": _with_committees(read, rows), "next": following}


def plan_card(read: Reading, *, action_id: UUID) -> Row:
    """A plan with its tasks, needs, money and people, and what the reader may do."""
    plan = read.one(sa.select(_plans).where(_plans.c.id == action_id), NO_PLAN)
    tasks, committee = _tasks_of(read, action_id), mirror.committee(read, plan["committee_id"])
    return {
        **plan,
        "committee": committee,
        "tasks": tasks,
        "load": _load(tasks),
        "hangs_on": _hangs_on(tasks),
        "needs": _needs_of(read, action_id),
        "money": _money(read, action_id),
        "lead_name": mirror.name_of(read, plan["lead"]) if plan["lead"] else "",
        "signed_by": mirror.name_of(read, plan["installed_by"]) if plan["installed_by"] else "",
        "slack": calendar.slack(read.today, plan["day"]),
        "days": (plan["day"] - read.today).days,
        "ours": _holds(read, plan["committee_id"], *GROUP),
        "may_lead": _holds(read, plan["committee_id"], Role.LEAD),
        "may_cancel": _holds(read, plan["committee_id"], Role.LEAD, Role.DPC_OFFICER),
        "warnings": warnings(plan["day"]) if plan["state"] is PlanState.DRAFT else [],
    }


def plan_choices(read: Reading, *, action_id: UUID) -> Row:
    """What the forms of a plan offer: people, departments, organisations."""
    plan = plan_card(read, action_id=action_id)
    committee = plan["committee"] or {"sector": None}
    return {
        **plan,
        "group": _group(read, plan["committee_id"]),
        "owners": _group(read, plan["committee_id"], Role.ELU),
        "departments": _departments(read),
        "relays": mirror.relays(read, committee["sector"]),
        "usual_date": usual_date(plan["day"], read.today),
    }


def plan_on(read: Reading, *, action_id: UUID, day: date) -> Row:
    """The same plan on another day, without changing it: each date, and what no longer fits."""
    plan = read.one(sa.select(_plans).where(_plans.c.id == action_id), NO_PLAN)
    rows = [row for row in _tasks_of(read, action_id) if not row["done"]]
    for row in rows:
        row["was"] = row["due"]
        row["due"] = Offset(row["months"], row["days"], row["doer"]).from_day(day)
        row["tight"] = row["due"] < read.today
    adopted = plan["state"] is not PlanState.DRAFT
    return {
        "day": day,
        "tasks": sorted(rows, key=lambda row: (row["due"], row["priority"])),
        "tight": len([row for row in rows if row["tight"]]),
        "needs": [n for n in _needs_of(read, action_id) if _follows(n)],
        "kept": _done_count(read, action_id),
        "warnings": warnings(day, plan["day"] if adopted else None) + _outside(plan, day),
    }


def _follows(need: Row) -> bool:
    """Whether a moved day moves this need."""
    return not need["settled"] and need["standing"] not in ("withdrawn", "lost")


def _done_count(read: Reading, action_id: UUID) -> int:
    query = sa.select(sa.func.count()).where(
        _tasks.c.action_id == action_id, _tasks.c.state == TaskState.DONE
    )
    return int(read.value(query))


def _outside(plan: Row, day: date) -> list[str]:
    if plan["wished_from"] <= day <= plan["wished_to"]:
        return []
    period = f"du {plan['wished_from']:%d/%m/%Y} au {plan['wished_to']:%d/%m/%Y}"
    return [f"C’est hors de la période souhaitée au moment du choix ({period})."]
