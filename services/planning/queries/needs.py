"""Needs: each with who is awaited, since when, by when, and the days left."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.directory.mirror import Role
from services.planning import tables
from services.planning.model import BOUGHT, NeedKind, NeedState
from services.planning.queries.labels import PRINT_STEPS, PURCHASE_STEPS, ROLE_NAMES
from services.planning.queries.scopes import GROUP, NO_NEED, _holds
from shared.kernel import calendar
from shared.store.reading import Reading

Row = dict[str, Any]
_needs = tables.needs


def _needs_of(read: Reading, action_id: UUID) -> list[Row]:
    """The needs of an action, the soonest first, each with where it stands."""
    query = sa.select(_needs).where(_needs.c.action_id == action_id)
    return _standing(read, read.rows(query.order_by(_needs.c.needed_by, _needs.c.id)))


def _standing(read: Reading, rows: list[Row]) -> list[Row]:
    ids = [row["id"] for row in rows]
    bought = _by_need(read, tables.purchases_view, ids)
    printed = _by_need(read, tables.prints_view, ids)
    for row in rows:
        row["purchase"], row["print"] = bought.get(row["id"]), printed.get(row["id"])
        row |= _stands(row)
        row["slack"] = calendar.slack(read.today, row["by"]) if row["awaited"] else None
        row["late"] = row["slack"] is not None and row["slack"] < 0
        row["overdue"] = row["awaited"] and row["overdue_at"] is not None
    return rows


def _by_need(read: Reading, view: sa.Table, ids: Iterable[UUID]) -> dict[UUID, Row]:
    found = read.rows(sa.select(view).where(view.c.need_id.in_(list(ids))).order_by(view.c.since))
    return {row["need_id"]: row for row in found}


def _stands(row: Row) -> Row:
    """``standing`` (asked, secured, over, lost, withdrawn), in words, and who is awaited."""
    if row["state"] is NeedState.WITHDRAWN:
        return _said("withdrawn", "Retiré", row)
    if row["kind"] not in BOUGHT:
        return _answered(row)
    if row["purchase"] is not None:
        return _bought(row, row["purchase"])
    return _printed(row, row["print"]) if row["kind"] is NeedKind.PRINT else _unopened(row)


def _said(standing: str, words: str, row: Row, awaited: str = "", **more: Any) -> Row:
    """``open`` is what keeps an action from closing; ``settled`` what a moved day leaves alone."""
    told = {"standing": standing, "says": words, "awaited": awaited, "since": row["asked_at"]}
    usual = {"by": row["needed_by"], "open": False, "settled": False, "href": ""}
    return told | usual | more


def _answered(row: Row) -> Row:
    asked = row["department"] or row["organisation"]
    asked = f"Service {asked}" if row["department"] else asked
    if row["state"] is NeedState.ASKED:
        return _said("asked", "Réponse attendue", row, asked, by=row["answer_by"], open=True)
    since = row["answered_at"]
    if row["state"] is NeedState.ACCEPTED:
        return _said("secured", f"{asked} : oui", row, since=since)
    if row["state"] is NeedState.DECLINED:
        return _said("lost", f"{asked} : non", row, since=since)
    return _said("other", f"{asked} : à voir ensemble", row, since=since)


def _unopened(row: Row) -> Row:
    return _said("asked", "Demande envoyée", row, "le service achats", open=True)


def _bought(row: Row, purchase: Row) -> Row:
    href = f"/procurement/achats/{purchase['purchase_id']}"
    since = purchase["since"] or row["asked_at"]
    if purchase["stopped"] is not None:
        return _said("lost", "Achat arrêté", row, since=since, href=href)
    if purchase["ended"]:
        return _said("over", "Livré et payé", row, since=since, settled=True, href=href)
    who = ROLE_NAMES.get(purchase["awaited_role"] or "", "le service achats")
    step = PURCHASE_STEPS.get(purchase["next_step"] or "", "en cours aux achats")
    if purchase["delivered_on"] is not None:
        more = {"since": since, "settled": True, "href": href}
        return _said("over", f"Livré, {step}", row, **more)
    standing = "secured" if purchase["supplier"] else "asked"
    words = f"{purchase['supplier']} : {step}" if purchase["supplier"] else step.capitalize()
    by = purchase["due"] or row["needed_by"]
    return _said(standing, words, row, who, since=since, by=by, href=href)


def _printed(row: Row, request: Row | None) -> Row:
    if request is None:
        return _said("asked", "Demande envoyée", row, "la communication", open=True)
    href = f"/communication/demandes/{request['request_id']}"
    step, since = request["step"], request["since"]
    words = PRINT_STEPS.get(step, "en cours à la communication").capitalize()
    if step in ("refused", "cancelled"):
        return _said("lost", words, row, since=since, href=href)
    if step == "delivered":
        return _said("over", words, row, since=since, settled=True, href=href)
    secured = step in ("scheduled", "approved")
    who = "le comité" if step == "proof" else "le Service communication"
    by = request["ready_by"] or row["needed_by"]
    return _said("secured" if secured else "asked", words, row, who, since=since, by=by, href=href)


def need_card(read: Reading, *, need_id: UUID) -> Row:
    """One need: what was asked, of whom, what was answered."""
    row = read.one(sa.select(_needs).where(_needs.c.id == need_id), NO_NEED)
    card = _standing(read, [row])[0]
    plans = tables.plans
    plan = read.one(sa.select(plans).where(plans.c.id == card["action_id"]))
    names = mirror.names_of(read, {card["requested_by"], card["owner"]})
    return {
        **card,
        "plan": plan,
        "committee": mirror.committee(read, card["committee_id"]),
        "asked_by": names.get(card["requested_by"], ""),
        "owner_name": names.get(card["owner"], ""),
        "ours": _holds(read, card["committee_id"], *GROUP),
        "agents": _agents(read, card["department"]),
    }


def _agents(read: Reading, department: str | None) -> list[str]:
    if department is None:
        return []
    people = mirror.people_with(read, Role.DEPARTMENT_AGENT, [f"department:{department}"])
    return [row["name"] for row in people]


def _departments(read: Reading) -> list[str]:
    """The departments in which somebody can answer."""
    scopes = {row["scope"] for row in mirror.people_with(read, Role.DEPARTMENT_AGENT)}
    return sorted(s.partition(":")[2] for s in scopes if s.startswith("department:"))


# for those who are asked


def _asked_here(read: Reading) -> sa.ColumnElement[bool]:
    scopes = read.scopes(Role.DEPARTMENT_AGENT)
    names = [scope.partition(":")[2] for scope in scopes if scope.startswith("department:")]
    return _needs.c.department.in_(names)


def asked_of_department(
    read: Reading, *, answered: bool = False, after: str | None = None, limit: int = 50
) -> Row:
    """What is asked of the reader's department: to answer first, or what was answered."""
    query = sa.select(_needs).where(_asked_here(read), _needs.c.state != NeedState.WITHDRAWN)
    waiting = _needs.c.state == NeedState.ASKED
    query = query.where(~waiting if answered else waiting)
    order = (_needs.c.answer_by, _needs.c.id)
    rows, following = read.page(query, order=order, after=after, limit=limit, descending=answered)
    return {"items": _with_actions(read, _standing(read, rows)), "next": following}


def asked_count(read: Reading) -> int:
    """How many answers the reader's department owes."""
    query = sa.select(sa.func.count()).select_from(_needs)
    return int(read.value(query.where(_asked_here(read), _needs.c.state == NeedState.ASKED)))


def _with_actions(read: Reading, rows: list[Row]) -> list[Row]:
    plans = tables.plans
    ids = {row["action_id"] for row in rows}
    found = {p["id"]: p for p in read.rows(sa.select(plans).where(plans.c.id.in_(ids)))}
    committees = {c["id"]: c for c in mirror.committees(read, closed=True)}
    for row in rows:
        row["plan"] = found[row["action_id"]]
        row["committee"] = committees.get(row["committee_id"])
    return rows


def service_need(read: Reading, *, need_id: UUID) -> Row:
    """One request to a department, for its agents."""
    query = sa.select(_needs).where(_needs.c.id == need_id, _needs.c.department.is_not(None))
    return _with_actions(read, _standing(read, [read.one(query, NO_NEED)]))[0]
