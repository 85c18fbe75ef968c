"""One committee: its money line by line, its purchases, its actions, its facts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.board import money_of
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.purchases import SHOWN, described
from services.monitoring.queries.scope import committee_seen
from services.monitoring.queries.standing import standings
from services.monitoring.queries.waits import SHOWN as AWAITED
from services.monitoring.queries.waits import described_waits, w
from services.monitoring.queries.words import service_name
from services.monitoring.tables import (
    actions_view,
    facts_view,
    lines_view,
    pulse_view,
    purchases_view,
    years_view,
)
from shared.store.reading import Reading

FACTS = 30
ENDED = 20
STEP_PASSED = "cac.procurement.purchase-step-passed.v1"

Row = dict[str, Any]
Page = tuple[list[Row], str | None]
"""Rows, and where the page after them begins."""


def committee(
    read: Reading,
    *,
    committee_id: UUID,
    year: int | None = None,
    after: str | None = None,
    lists: Mapping[str, str] | None = None,
) -> Row:
    """Everything monitoring knows of a committee; its facts, recent first, a page at a time.

    ``after`` says where to go on in the facts, ``lists`` in each of the other lists (``lines``,
    ``waits``, ``purchases``, ``ended``, ``actions``); ``following`` gives the same for their next pages.
    """
    found = committee_seen(read, committee_id)
    year = year or read.today.year
    facts, next_facts = _facts(read, committee_id, after)
    shown, following = _lists(read, committee_id, year, lists or {})
    pulse = read.row(sa.select(pulse_view).where(pulse_view.c.committee_id == committee_id))
    return {
        "committee": found,
        "standing": standings(read, [found]).get(committee_id),
        "year": year,
        "years": _years(read, committee_id, year),
        "money": money_of(read, committee_id, year),
        **shown,
        "following": following,
        **_waiting(read, committee_id),
        "ended_count": pulse["ended"] if pulse else None,
        "facts": facts,
        "next": next_facts,
        "last_fact_at": pulse["last_fact_at"] if pulse else None,
        "freshness": freshness(read),
    }


def _lists(
    read: Reading, committee_id: UUID, year: int, after: Mapping[str, str]
) -> tuple[dict[str, list[Row]], dict[str, str | None]]:
    """A page of each list of the committee, and where the next one begins."""
    pages = {
        "lines": _lines(read, committee_id, year, after.get("lines")),
        "waits": _waits(read, committee_id, after.get("waits")),
        "purchases": _open(read, committee_id, after.get("purchases")),
        "ended": _ended(read, committee_id, after.get("ended")),
        "actions": _actions(read, committee_id, after.get("actions")),
    }
    shown = {name: rows for name, (rows, _) in pages.items()}
    return shown, {name: following for name, (_, following) in pages.items()}


def _waits(read: Reading, committee_id: UUID, after: str | None) -> Page:
    select = sa.select(*AWAITED).where(w.committee_id == committee_id, w.open)
    rows, following = read.page(select, order=(w.queue, w.id), after=after)
    committee = mirror.committee(read, committee_id)
    return described_waits(read, rows, {committee_id: committee} if committee else {}), following


def _open(read: Reading, committee_id: UUID, after: str | None) -> Page:
    p = purchases_view.c
    select = sa.select(*SHOWN).where(p.committee_id == committee_id, p.queue.is_not(None))
    rows, following = read.page(select, order=(p.queue, p.id), after=after)
    return [described(row, read.today) for row in rows], following


def _ended(read: Reading, committee_id: UUID, after: str | None) -> Page:
    p = purchases_view.c
    over = (p.committee_id == committee_id, p.queue.is_(None), p.since.is_not(None))
    rows, following = read.page(
        sa.select(*SHOWN).where(*over),
        order=(p.since, p.id),
        after=after,
        limit=ENDED,
        descending=True,
    )
    return [described(row, read.today) for row in rows], following


def _waiting(read: Reading, committee_id: UUID) -> Row:
    """How many purchases are open, and the most urgent, whichever page of them is shown."""
    p = purchases_view.c
    mine = (p.committee_id == committee_id, p.queue.is_not(None))
    first = read.row(sa.select(*SHOWN).where(*mine).order_by(p.queue, p.id).limit(1))
    return {
        "open_count": read.value(sa.select(sa.func.count()).where(*mine)),
        "urgent": described(first, read.today) if first else None,
    }


def described_facts(read: Reading, rows: list[Row]) -> list[Row]:
    """Facts with the name of their type, of their service and of who decided."""
    names = mirror.names_of(read, [row["person"] for row in rows])
    described = []
    for row in rows:
        _, service, words, _ = row["type"].split(".")
        event = "".join(word.capitalize() for word in words.split("-"))
        described.append(
            row
            | {
                "event": event,
                "service": service,
                "lane": service_name(service),
                "decided_by": names.get(row["person"]) if row["person"] else None,
                "quality_name": mirror.role_label(row["quality"]) if row["quality"] else None,
            }
        )
    return described


def _facts(read: Reading, committee_id: UUID, after: str | None) -> tuple[list[Row], str | None]:
    f = facts_view.c
    select = sa.select(facts_view).where(f.committee_id == committee_id)
    rows, following = read.page(
        select, order=(f.at, f.id), after=after, limit=FACTS, descending=True
    )
    said = {_said(row) for row in rows if row["type"] != STEP_PASSED}
    for row in rows:
        row["repeats"] = row["type"] == STEP_PASSED and _said(row) in said
    return described_facts(read, rows), following


def _said(row: Row) -> tuple[Any, ...]:
    """What facts of one decision have in common."""
    return row["purchase_id"], row["at"], row["person"]


def _lines(read: Reading, committee_id: UUID, year: int, after: str | None) -> Page:
    line = lines_view.c
    select = sa.select(lines_view).where(line.committee_id == committee_id, line.year == year)
    rows, following = read.page(select, order=(line.title, line.id), after=after)
    for row in rows:
        got = row["voted"] + row["transferred"]
        row["short"] = row["asked"] - got if row["asked"] and row["asked"] > got else None
    return rows, following


def _actions(read: Reading, committee_id: UUID, after: str | None) -> Page:
    a = actions_view.c
    heard_of = sa.select(actions_view).where(
        a.committee_id == committee_id, a.last_fact_at.is_not(None)
    )
    return read.page(heard_of, order=(a.last_fact_at, a.id), after=after, descending=True)


def _years(read: Reading, committee_id: UUID, year: int) -> list[int]:
    y = years_view.c
    found = read.connection.execute(
        sa.select(y.year).where(y.committee_id == committee_id)
    ).scalars()
    return sorted({year, read.today.year, *found}, reverse=True)
