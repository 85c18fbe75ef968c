"""Lists of purchases by who looks, a page at a time."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.model import State
from services.procurement.model.steps import AWAITED, FINAL, GROUP
from services.procurement.queries.purchases import _DELIVERABLE, _HIDDEN, _shown
from services.procurement.queries.scopes import _buys_for, _committees, _seen_by
from shared.store.reading import Reading

Page = dict[str, Any]
"""``items``, ``next`` (where the next page begins, None at the end), ``count`` of the whole list."""

_OPEN = tuple(s for s in State if s not in FINAL)
_BILLABLE = (*_DELIVERABLE, State.DELIVERED)
_OURS = tuple(state for state, awaited in AWAITED.items() if awaited.role in GROUP)
"""Where a file waits for the committee itself."""

MOST_OF_OURS = 10
p = tables.purchases


def _listed(read: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they are shown; before an award only buyers read who is proposed and how much."""
    committees = _committees(read)
    listed = [_shown(read, row) for row in rows]
    for row in listed:
        row["committee"] = committees.get(row["committee_id"])
        if row["validated_on"] is None and not _buys_for(read, row["committee"]):
            row |= _HIDDEN
    return listed


def _page(
    read: Reading,
    select: sa.Select[Any],
    order: Sequence[sa.ColumnElement[Any]],
    after: str | None,
    limit: int,
    descending: bool = False,
) -> Page:
    rows, following = read.page(
        select, order=order, after=after, limit=limit, descending=descending
    )
    return {"items": _listed(read, rows), "next": following, "count": _count(read, select)}


def _count(read: Reading, select: sa.Select[Any]) -> int:
    counted = sa.select(sa.func.count()).select_from(select.subquery())
    return int(read.value(counted) or 0)


def _in_states(read: Reading, states: Collection[State], *roles: str) -> sa.Select[Any]:
    """Purchases in ``states`` that the reader's scopes of ``roles`` cover."""
    return sa.select(p).where(p.c.state.in_(states), _seen_by(read, p.c.committee_id, *roles))


def purchases_list(
    read: Reading,
    *,
    committee_id: UUID | None = None,
    state: str = "",
    closed: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Purchases that the reader's scopes cover, by the day they are needed.

    Open ones, all when ``closed``, or those in one ``state``.
    """
    states: Collection[State] = tuple(State) if closed else _OPEN
    if state in set(State):
        states = (State(state),)
    select = _in_states(read, states)
    if committee_id is not None:
        select = select.where(p.c.committee_id == committee_id)
    return _page(read, select, (p.c.needed_by, p.c.id), after, limit)


def my_committees(read: Reading) -> list[dict[str, Any]]:
    """The committees for which the reader may enter a need."""
    roles = ("member", "lead", "dpc_officer", "procurement_officer")
    return mirror.committees(read, read.scopes(*roles))


def committee_needs(
    read: Reading,
    *,
    committee_id: UUID,
    closed: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """What a committee asked for and where each is: a page of what is open, or of what is closed.

    ``ours`` is what awaits its members, the most pressing only: all of it is in the list.
    """
    mine = sa.select(p).where(p.c.committee_id == committee_id)
    over = mine.where(p.c.state.in_(FINAL))
    wanted = over if closed else mine.where(p.c.state.in_(_OPEN))
    ours = mine.where(p.c.state.in_(_OURS)).order_by(p.c.needed_by, p.c.id).limit(MOST_OF_OURS)
    return {
        "committee": mirror.committee(read, committee_id),
        "ours": _listed(read, read.rows(ours)),
        "closed_count": _count(read, over),
        **_page(read, wanted, (p.c.needed_by, p.c.id), after, limit),
    }


_CONSULTED = (State.NEEDED, State.INCOMPLETE, State.QUOTING, State.COMPARING, State.QUESTIONED)


def consultations(read: Reading, *, after: str | None = None, limit: int = 50) -> Page:
    """Files in the hands of procurement: needs to ask quotes for, quotes awaited, to compare."""
    select = _in_states(read, _CONSULTED, "procurement_officer", "auditor")
    return _page(read, select, (p.c.order_before, p.c.id), after, limit)


def consultations_count(read: Reading) -> int:
    """How many files await procurement before a check."""
    return _count(read, _in_states(read, _CONSULTED, "procurement_officer", "auditor"))


def orders_list(
    read: Reading, *, billable: bool = False, after: str | None = None, limit: int = 50
) -> Page:
    """Orders, the latest first; ``billable`` keeps those on which an invoice may still come."""
    states: Collection[State] = _BILLABLE if billable else tuple(State)
    select = _in_states(read, states).where(p.c.order_number.is_not(None))
    order = (p.c.ordered_on, p.c.order_number)
    return _page(read, select, order, after, limit, descending=True)


def deliveries_awaited(read: Reading, *, after: str | None = None, limit: int = 50) -> Page:
    """Orders whose delivery somebody of the committee certifies."""
    select = _in_states(read, _DELIVERABLE, "member", "lead")
    return _page(read, select, (p.c.needed_by, p.c.id), after, limit)


def deliveries_count(read: Reading) -> int:
    """How many orders await a certificate of the reader's committees."""
    return _count(read, _in_states(read, _DELIVERABLE, "member", "lead"))


def to_number(read: Reading, *, after: str | None = None, limit: int = 50) -> Page:
    """Validated quotes that await their commitment number."""
    select = _in_states(read, (State.VALIDATED,))
    return _page(read, select, (p.c.order_before, p.c.id), after, limit)


def to_number_count(read: Reading) -> int:
    """How many commitments await their number."""
    return _count(read, _in_states(read, (State.VALIDATED,)))
