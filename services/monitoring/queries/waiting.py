"""What is awaited as lists: of whom, what for, what blocks and who unblocks."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.kinds import kind_of
from services.monitoring.queries.scope import within
from services.monitoring.queries.waits import SHOWN, described_waits, w
from services.monitoring.queries.words import awaited_name
from shared.kernel.calendar import last_worked, slack
from shared.store.reading import Reading

Row = dict[str, Any]


def awaited(read: Reading) -> Row:
    """What awaits whom: how many of each sort, the most urgent day, how many are late."""
    late = sa.func.sum(sa.case((w.queue < last_worked(read.today), 1), else_=0)).label("late")
    select = (
        sa.select(
            w.awaited_role,
            w.kind,
            sa.func.count().label("count"),
            sa.func.min(w.due).label("first_due"),
            sa.func.min(w.since).label("oldest"),
            late,
        )
        .where(*_open(read))
        .group_by(w.awaited_role, w.kind)
    )
    rows = [_sort_of(row, read.today) for row in read.rows(select)]
    rows.sort(key=lambda r: (r["first_due"] or date.max, r["awaited_name"] or "", r["what"]))
    return {"items": rows, "freshness": freshness(read)}


def _sort_of(row: Row, today: date) -> Row:
    return row | {
        "slack": slack(today, row["first_due"]) if row["first_due"] else None,
        "late": int(row["late"] or 0),
        "what": kind_of(row["kind"]).words,
        "awaited_name": awaited_name(row["awaited_role"]),
    }


def waiting(
    read: Reading,
    *,
    awaited: str | None = None,
    kind: str | None = None,
    committee: int | None = None,
    state: str | None = None,
    yours: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Row:
    """What is awaited, in order of its day, within what the one who asks may see.

    ``awaited`` is a role, ``kind`` a sort of thing, ``committee`` its number in the city's list;
    ``state`` is ``blocked`` or ``late``; ``yours`` keeps what the one who asks can unblock.
    """
    known = {c["id"]: c for c in mirror.committees(read, closed=True)}
    where = [*_open(read), *_in_state(read, state, yours)]
    if awaited:
        where.append(w.awaited_role == awaited)
    if kind:
        where.append(w.kind == kind)
    if committee is not None:
        ids = [c["id"] for c in known.values() if c["number"] == committee]
        where.append(w.committee_id.in_(ids))
    items, following = _page(read, where, known, after, limit)
    return {"items": items, "next": following, "freshness": freshness(read)}


def blocked(
    read: Reading,
    *,
    yours: bool = False,
    after: str | None = None,
    late_after: str | None = None,
    limit: int = 50,
) -> Row:
    """What cannot go on, then what is late, each by its day, with who can make it go on.

    ``yours`` keeps what the one who asks can unblock. ``after`` goes on in what is blocked,
    ``late_after`` in what is late.
    """
    known = {c["id"]: c for c in mirror.committees(read, closed=True)}
    found: Row = {"freshness": freshness(read)}
    for state, begins in (("blocked", after), ("late", late_after)):
        where = [*_open(read), *_in_state(read, state, yours)]
        items, following = _page(read, where, known, begins, limit)
        found |= {
            state: items,
            f"{state}_next": following,
            f"{state}_count": read.value(sa.select(sa.func.count()).where(*where)),
        }
    return found


def _open(read: Reading) -> list[Any]:
    return [w.open, *within(read, w.committee_id)]


def _in_state(read: Reading, state: str | None, yours: bool) -> list[Any]:
    where: list[Any] = []
    if state == "blocked":
        where.append(w.blocked)
    elif state == "late":
        where += [sa.not_(w.blocked), w.queue < last_worked(read.today)]
    if yours:
        held = {grant.role for grant in read.actor.grants if grant.holds_on(read.today)}
        role = sa.func.coalesce(w.unblocks_role, w.awaited_role)
        where += [role.in_(sorted(held)), w.person.is_(None)]
    return where


def _page(
    read: Reading, where: list[Any], known: dict[Any, Row], after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    select = sa.select(*SHOWN).where(*where)
    rows, following = read.page(select, order=(w.queue, w.id), after=after, limit=limit)
    items = described_waits(read, rows, known)
    return [item | {"committee": known.get(item["committee_id"])} for item in items], following
