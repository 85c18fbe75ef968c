"""One committee: its money line by line, its purchases, its actions, its facts."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.monitoring.queries.board import money_of
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.purchases import SHOWN, described
from services.monitoring.queries.scope import NEIGHBOURS, committee_seen, seen
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
ACTIONS = 50
STEP_PASSED = "cac.procurement.purchase-step-passed.v1"

Row = dict[str, Any]


def committee(
    read: Reading, *, committee_id: UUID, year: int | None = None, after: str | None = None
) -> Row:
    """Everything monitoring knows of a committee; its facts, recent first, a page at a time."""
    found = committee_seen(read, committee_id)
    year = year or read.today.year
    facts, following = _facts(read, committee_id, after)
    p = purchases_view.c
    mine = sa.select(*SHOWN).where(p.committee_id == committee_id)
    waiting = mine.where(p.queue.is_not(None)).order_by(p.queue, p.id).limit(500)
    ended = mine.where(p.queue.is_(None)).order_by(p.since.desc(), p.id).limit(ENDED)
    pulse = read.row(sa.select(pulse_view).where(pulse_view.c.committee_id == committee_id))
    return {
        "committee": found,
        "year": year,
        "years": _years(read, committee_id, year),
        "money": money_of(read, committee_id, year),
        "lines": _lines(read, committee_id, year),
        "purchases": [described(row, read.today) for row in read.rows(waiting)],
        "ended": [described(row, read.today) for row in read.rows(ended)],
        "ended_count": pulse["ended"] if pulse else None,
        "actions": _actions(read, committee_id),
        "facts": facts,
        "next": following,
        "last_fact_at": pulse["last_fact_at"] if pulse else None,
        "freshness": freshness(read),
    }


def my_committees(read: Reading) -> list[Row]:
    """The committees on which the one who asks holds a role of a neighbour, by number."""
    return mirror.committees(read, seen(read, NEIGHBOURS))


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


def _lines(read: Reading, committee_id: UUID, year: int) -> list[Row]:
    line = lines_view.c
    here = (line.committee_id == committee_id, line.year == year)
    rows = read.rows(sa.select(lines_view).where(*here).order_by(line.title, line.id).limit(500))
    for row in rows:
        got = row["voted"] + row["transferred"]
        row["short"] = row["asked"] - got if row["asked"] and row["asked"] > got else None
    return rows


def _actions(read: Reading, committee_id: UUID) -> list[Row]:
    a = actions_view.c
    select = sa.select(actions_view).where(a.committee_id == committee_id)
    return read.rows(select.order_by(a.last_fact_at.desc(), a.id).limit(ACTIONS))


def _years(read: Reading, committee_id: UUID, year: int) -> list[int]:
    y = years_view.c
    found = read.connection.execute(
        sa.select(y.year).where(y.committee_id == committee_id)
    ).scalars()
    return sorted({year, read.today.year, *found}, reverse=True)
