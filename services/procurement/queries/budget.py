"""Envelopes, lines and their ledger."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.model import WaitsFor
from services.procurement.queries.family import ZERO
from services.procurement.queries.scopes import _committees, _seen_by
from shared.store.reading import Reading

MOST_IN_A_MENU = 200
"""No committee has as many lines in a year; a menu has no second page."""


def envelopes_of_year(read: Reading, *, year: int) -> dict[str, Any]:
    """Every committee with its envelope of ``year``, or none yet; and what its lines hold."""
    e, lines = tables.envelopes, tables.budget_lines
    found = {row["committee_id"]: row for row in read.rows(e.select().where(e.c.year == year))}
    sums = {
        row["committee_id"]: row
        for row in read.rows(
            sa.select(
                lines.c.committee_id,
                *(sa.func.sum(lines.c[n]).label(n) for n in ("reserved", "committed", "paid")),
            )
            .where(lines.c.year == year)
            .group_by(lines.c.committee_id)
        )
    }
    nothing = {"reserved": ZERO, "committed": ZERO, "paid": ZERO}
    rows = [
        {
            "committee": committee,
            "envelope": found.get(committee["id"]),
            **{name: sums.get(committee["id"], nothing)[name] for name in nothing},
        }
        for committee in mirror.committees(read)
    ]
    opened = [row["envelope"] for row in rows if row["envelope"]]
    return {
        "year": year,
        "rows": rows,
        "missing": len(rows) - len(opened),
        "amount": sum((o["amount"] for o in opened), ZERO),
        "allotted": sum((o["allotted"] for o in opened), ZERO),
        "paid": sum((row["paid"] for row in rows), ZERO),
    }


def awaited_lines(read: Reading) -> list[dict[str, Any]]:
    """The actions of the reader's committees without their line of a year, and what it waits for.

    Not a page: each waits for somebody to act, and is gone once they have.
    """
    a, known = tables.awaited_lines, _committees(read)
    select = sa.select(a).where(a.c.waits_for.is_not(None), _seen_by(read, a.c.committee_id))
    rows = read.rows(select.order_by(a.c.since, a.c.id))
    return [row | {"committee": known.get(row["committee_id"])} for row in rows]


def carry_over(read: Reading, *, action_id: UUID) -> dict[str, Any]:
    """What the DPC decides on: the line, what is held on it, the envelope it would go to."""
    a, lines, e = tables.awaited_lines, tables.budget_lines, tables.envelopes
    found = read.one(
        sa.select(a).where(a.c.id == action_id, a.c.waits_for == WaitsFor.DECISION),
        "Ce report est déjà décidé, ou n’est plus à décider.",
    )
    line = read.one(lines.select().where(lines.c.id == found["line_id"]))
    envelope = read.row(
        e.select().where(e.c.committee_id == found["committee_id"], e.c.year == found["year"])
    )
    return {
        **found,
        "committee": mirror.committee(read, found["committee_id"]),
        "line": _with_available(line),
        "envelope": envelope,
        "left": envelope["amount"] - envelope["allotted"] if envelope else None,
    }


def _with_available(row: dict[str, Any]) -> dict[str, Any]:
    held = row["reserved"] + row["committed"] + row["paid"]
    return {**row, "available": row["voted"] + row["transferred"] - held}


def budget_lines(
    read: Reading,
    *,
    year: int | None = None,
    committee_id: UUID | None = None,
    living: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """A page of the lines of the reader's committees, in ``year`` (this one by default).

    By number of committee, then by title; ``count`` is how many there are in all. ``living``
    gives those of this year and of later ones, whose action is not over.
    """
    lines, known = tables.budget_lines, _committees(read)
    number = _number_of(lines.c.committee_id, known).label("number")
    this = year or read.today.year
    wanted = [_seen_by(read, lines.c.committee_id)]
    if living:
        wanted += [lines.c.year >= this, lines.c.ended.is_(False)]
    else:
        wanted.append(lines.c.year == this)
    if committee_id is not None:
        wanted.append(lines.c.committee_id == committee_id)
    select = sa.select(lines, number).where(*wanted)
    order = (number, lines.c.year, lines.c.title, lines.c.id)
    rows, following = read.page(select, order=order, after=after, limit=limit)
    items = [_with_available(row) | {"committee": known.get(row["committee_id"])} for row in rows]
    count = read.value(sa.select(sa.func.count()).select_from(lines).where(*wanted))
    return {"items": items, "next": following, "count": count}


def _number_of(
    committee: sa.ColumnElement[Any], known: Mapping[UUID, dict[str, Any]]
) -> sa.ColumnElement[int]:
    """The number of a line's committee, from the committees already read."""
    numbers = {committee_id: row["number"] for committee_id, row in known.items()}
    return sa.case(numbers, value=committee, else_=0) if numbers else sa.literal(0)


def budget_line(read: Reading, *, line_id: UUID, after: str | None = None) -> dict[str, Any]:
    """One line, a page of its ledger (latest first) and the lines to which money can be moved."""
    lines = tables.budget_lines
    line = _with_available(
        read.one(lines.select().where(lines.c.id == line_id), "Cette ligne n’existe pas.")
    )
    line["committee"] = mirror.committee(read, line["committee_id"])
    entries, following = _entries(read, line_id, after)
    others = read.rows(
        lines.select()
        .where(lines.c.envelope_id == line["envelope_id"], lines.c.id != line_id)
        .order_by(lines.c.title, lines.c.id)
        .limit(MOST_IN_A_MENU)
    )
    envelope = tables.envelopes
    left = read.one(envelope.select().where(envelope.c.id == line["envelope_id"]))
    return {
        **line,
        "entries": entries,
        "next": following,
        "others": [_with_available(other) for other in others],
        "envelope_left": left["amount"] - left["allotted"],
    }


def _entries(
    read: Reading, line_id: UUID, after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    ledger, p = tables.ledger, tables.purchases
    select = (
        sa.select(ledger, p.c.title.label("purchase"))
        .select_from(ledger.outerjoin(p, p.c.id == ledger.c.purchase_id))
        .where(ledger.c.line_id == line_id)
    )
    return read.page(select, order=(ledger.c.seq,), after=after, descending=True)


def ledger_differences(read: Reading) -> list[dict[str, Any]]:
    """The lines whose counters are not what their ledger alone says: there must be none."""
    lines, ledger = tables.budget_lines, tables.ledger
    names = ("voted", "transferred", "reserved", "committed", "paid")
    counted = (
        sa.select(ledger.c.line_id, *(sa.func.sum(ledger.c[n]).label(n) for n in names))
        .group_by(ledger.c.line_id)
        .subquery()
    )
    differs = sa.or_(*(lines.c[name] != counted.c[name] for name in names))
    return read.rows(
        sa.select(lines.c.id, lines.c.title, lines.c.year)
        .select_from(lines.outerjoin(counted, counted.c.line_id == lines.c.id))
        .where(differs | counted.c.line_id.is_(None))
    )
