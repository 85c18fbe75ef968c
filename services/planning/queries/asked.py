"""What somebody at the end of a link sees: one request, and no more than it takes to answer."""

from typing import Any

import sqlalchemy as sa

from services.directory import mirror
from services.planning import tables
from services.planning.queries.scopes import NO_NEED
from shared.store import links
from shared.store.reading import Reading

LINK = "need"
_SHOWN = (
    "id", "kind", "title", "details", "needed_by", "until", "place", "answer_by", "effort",
    "department", "organisation", "state", "committee_id",
)  # fmt: skip


def need_of_link(read: Reading, *, secret: str) -> dict[str, Any]:
    """The request that a link leads to; LinkUnknown, LinkUsed or LinkExpired."""
    need_id, needs, plans = links.subject(read, LINK, secret), tables.needs, tables.plans
    found = read.one(sa.select(needs).where(needs.c.id == need_id), NO_NEED)
    plan = read.one(sa.select(plans).where(plans.c.id == found["action_id"]))
    shown = {name: found[name] for name in _SHOWN}
    committee = mirror.committee(read, found["committee_id"])
    return {**shown, "action": plan["title"], "day": plan["day"], "committee": committee}
