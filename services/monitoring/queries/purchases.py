"""Purchases as a list: where each stands, and whom it awaits."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.scope import within
from services.monitoring.queries.slack import level
from services.monitoring.queries.words import ENDS, awaited_name, place_of, step_name, step_word
from services.monitoring.tables import purchases_view
from shared.kernel.calendar import slack
from shared.store.reading import Reading

p = purchases_view.c

SHOWN = (
    p.id,
    p.committee_id,
    p.action_id,
    p.title,
    p.kind,
    p.needed_by,
    p.opened_at,
    p.quotes,
    p.supplier,
    p.amount_incl_tax,
    p.order_number,
    p.step,
    p.next_step,
    p.awaited_role,
    p.due,
    p.since,
    p.reason,
    p.last_fact,
    p.queue,
)

ASKED_BACK = frozenset({"complete-need"})
"""Somebody has to answer before the purchase can go on."""


def described(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A purchase with what only today tells: its slack, and whether it is stuck."""
    days = slack(today, row["due"]) if row["due"] and row["next_step"] else None
    asked_back = row["next_step"] in ASKED_BACK or row["step"] == "ask-more"
    return row | {
        "slack": days,
        "level": level(days),
        "blocked": row["next_step"] is not None and (level(days) == "late" or asked_back),
        "asked_back": asked_back,
        "place": place_of(row["next_step"]),
        "step_name": step_name(row["next_step"]) or ENDS.get(row["step"] or ""),
        "step_word": step_word(row["next_step"]),
        "awaited_name": awaited_name(row["awaited_role"]),
    }


def purchases(
    read: Reading,
    *,
    step: str | None = None,
    committee: int | None = None,
    awaited: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """The open purchases in order of their due day, within what the one who asks may see.

    ``committee`` is its number in the city's list; ``awaited`` the role that is awaited.
    """
    select = sa.select(*SHOWN).where(p.queue.is_not(None), *within(read, p.committee_id))
    if step:
        select = select.where(p.next_step == step)
    if awaited:
        select = select.where(p.awaited_role == awaited)
    known = {c["id"]: c for c in mirror.committees(read, closed=True)}
    if committee is not None:
        wanted = [c["id"] for c in known.values() if c["number"] == committee]
        select = select.where(p.committee_id.in_(wanted))
    rows, following = read.page(select, order=(p.queue, p.id), after=after, limit=limit)
    items = [described(r, read.today) | {"committee": known.get(r["committee_id"])} for r in rows]
    return {"items": items, "next": following, "freshness": freshness(read)}
