"""Tasks: mine, those to take, one by one, and how the load is shared."""

from collections import Counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from services.planning import tables
from services.planning.model import PlanState, TaskState
from services.planning.queries.scopes import GROUP, NO_TASK, _holds, _ours
from shared.kernel import calendar
from shared.store.reading import Reading

Row = dict[str, Any]
_tasks, _plans, _hands = tables.tasks, tables.plans, tables.hands
_GOING_ON = (PlanState.DRAFT, PlanState.ADOPTED, PlanState.HELD, PlanState.REVIEWED)


def my_tasks(read: Reading) -> Row:
    """What is mine to do, the soonest first; what waits for somebody; and our actions.

    Not a page: a committee carries one or two actions of a dozen tasks each.
    """
    plans = read.rows(
        sa.select(_plans)
        .where(_ours(read, _plans.c.committee_id), _plans.c.state.in_(_GOING_ON))
        .order_by(_plans.c.day, _plans.c.id)
        .limit(20)
    )
    rows = _with_people(read, _todo(read, [plan["id"] for plan in plans]))
    titles = {plan["id"]: plan for plan in plans}
    for row in rows:
        row["plan"] = titles[row["action_id"]]
    me = read.actor.person
    mine = [row for row in rows if row["holder"] == me]
    for plan in plans:
        plan["leads"] = _holds(read, plan["committee_id"], Role.LEAD)
    return {
        "plans": _with_committees(read, plans),
        "next": next((row for row in mine if row["state"] is TaskState.TODO), None),
        "mine": mine,
        "left": [row for row in rows if row["holder"] is None and row["left_by"] is not None],
        "free": [row for row in rows if row["holder"] is None and row["left_by"] is None],
        "help": [row for row in rows if row["hands_missing"] and me not in row["helpers"]],
    }


def tasks_count(read: Reading) -> int:
    """How many tasks are mine to do."""
    query = (
        sa.select(sa.func.count())
        .select_from(_tasks.join(_plans, _plans.c.id == _tasks.c.action_id))
        .where(
            _tasks.c.holder == read.actor.person,
            _tasks.c.state != TaskState.DONE,
            _plans.c.state.in_(_GOING_ON),
        )
    )
    return int(read.value(query))


def _todo(read: Reading, plans: list[UUID]) -> list[Row]:
    query = sa.select(_tasks).where(_tasks.c.action_id.in_(plans), _tasks.c.state != TaskState.DONE)
    return read.rows(query.order_by(_tasks.c.due, _tasks.c.priority, _tasks.c.id))


def _tasks_of(read: Reading, action_id: UUID) -> list[Row]:
    """All tasks of an action, in the order of their dates."""
    query = sa.select(_tasks).where(_tasks.c.action_id == action_id)
    return _with_people(
        read, read.rows(query.order_by(_tasks.c.due, _tasks.c.priority, _tasks.c.id))
    )


def _with_people(read: Reading, rows: list[Row]) -> list[Row]:
    """With names, hands, the days left and whether it is late or blocked."""
    ids = [row["id"] for row in rows]
    hands: dict[UUID, list[UUID]] = {}
    for hand in read.rows(sa.select(_hands).where(_hands.c.task_id.in_(ids))):
        hands.setdefault(hand["task_id"], []).append(hand["person"])
    people = {row[name] for row in rows for name in ("holder", "left_by", "done_by")}
    names = mirror.names_of(read, people | {p for each in hands.values() for p in each})
    for row in rows:
        row["helpers"] = hands.get(row["id"], [])
        row["helper_names"] = [names.get(person, "") for person in row["helpers"]]
        row["hands_missing"] = max(0, row["hands"] - len(row["helpers"]))
        row["name"] = names.get(row["holder"], "")
        row["left_name"] = names.get(row["left_by"], "")
        row["done"] = row["state"] is TaskState.DONE
        row["slack"] = None if row["done"] else calendar.slack(read.today, row["due"])
        row["late"] = not row["done"] and row["due"] < read.today
    return rows


def _with_committees(read: Reading, rows: list[Row]) -> list[Row]:
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    for row in rows:
        row["committee"] = known.get(row["committee_id"])
    return rows


def _load(tasks: list[Row]) -> list[Row]:
    """Who carries how much: done, and still to do; the most charged first."""
    todo = Counter(row["name"] for row in tasks if row["holder"] and not row["done"])
    done = Counter(row["name"] for row in tasks if row["holder"] and row["done"])
    names = sorted(todo | done, key=lambda name: (-todo[name], -done[name], name))
    return [{"name": name, "todo": todo[name], "done": done[name]} for name in names]


def _hangs_on(tasks: list[Row]) -> str:
    """The one person on whom more than half of what is left hangs, if there is one."""
    left = [row for row in tasks if not row["done"]]
    load = _load(left)
    alone = load and len(left) > 3 and load[0]["todo"] * 2 > len(left)
    return str(load[0]["name"]) if alone else ""


def _group(read: Reading, committee_id: UUID, *more: Role) -> list[Row]:
    """The people of a committee, by name: person, name."""
    scope = [committee_scope(committee_id)]
    found = {
        row["person"]: row["name"]
        for role in (*GROUP, *more)
        for row in mirror.people_with(read, role, scope)
    }
    return [{"person": p, "name": n} for p, n in sorted(found.items(), key=lambda item: item[1])]


def task_card(read: Reading, *, task_id: UUID) -> Row:
    """One task, with who may do what about it."""
    row = read.one(sa.select(_tasks).where(_tasks.c.id == task_id), NO_TASK)
    card = _with_people(read, [row])[0]
    plan = read.one(sa.select(_plans).where(_plans.c.id == card["action_id"]))
    lead = _holds(read, card["committee_id"], Role.LEAD)
    me = read.actor.person
    return {
        **card,
        "plan": plan,
        "committee": mirror.committee(read, card["committee_id"]),
        "going_on": plan["state"] in _GOING_ON,
        "ours": _holds(read, card["committee_id"], *GROUP),
        "lead": lead,
        "mine": card["holder"] == me,
        "helping": me in card["helpers"],
        "group": _group(read, card["committee_id"]) if lead else [],
    }
