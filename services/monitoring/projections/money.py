"""Money: a line is what its last move says, a committee's year the sum of its lines.

Balances are taken from the facts, never added up from moves. ``ledger_seq`` guards them: a move
older than the one known changes nothing.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory.mirror import Role
from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.waits import awaits, over
from services.monitoring.tables import actions_view, lines_view, waits_view, years_view
from services.procurement.events import (
    Balances,
    BudgetChanged,
    BudgetMove,
    BudgetOpened,
    BudgetShortfall,
    EnvelopeChanged,
    EnvelopeOpened,
)
from shared.store.views import Views
from shared.web.formats import euros

SUMMED = ("voted", "transferred", "reserved", "committed", "paid")
ZERO = Decimal(0)
GIVEN_BACK = frozenset({BudgetMove.RELEASE, BudgetMove.MOVE, BudgetMove.CARRY})


class LineNotKnown(LookupError):
    """A line moved that was never opened: its year is unknown, so nothing can be added up."""


def envelope_opened(views: Views, fact: EnvelopeOpened) -> None:
    """What a committee may spend in a year is known from here on."""
    remember_the_fact(views, fact)
    views.put(years_view, (_committee(fact), fact.year), envelope=fact.amount)


def envelope_changed(views: Views, fact: EnvelopeChanged) -> None:
    """Money was carried over to a year, or from it."""
    remember_the_fact(views, fact)
    views.put(years_view, (_committee(fact), fact.year), envelope=fact.amount)


def budget_opened(views: Views, fact: BudgetOpened) -> None:
    """A line joins its committee's year, and names its action."""
    remember_the_fact(views, fact)
    if fact.action_id is not None:
        views.put(actions_view, fact.action_id, title=fact.title)
    known = views.row(lines_view, fact.line_id)
    if known is not None and known["ledger_seq"] >= fact.ledger_seq:
        return
    views.put(
        lines_view,
        fact.line_id,
        committee_id=_committee(fact),
        action_id=fact.action_id,
        year=fact.year,
        title=fact.title,
        asked=None,
        **_balances(fact.balances, fact.ledger_seq),
    )
    deltas = {name: getattr(fact.balances, name) for name in SUMMED}
    views.add(years_view, (_committee(fact), fact.year), **deltas)


def budget_changed(views: Views, fact: BudgetChanged) -> None:
    """The balances after the move replace those before; the year takes the difference."""
    remember_the_fact(views, fact)
    known = views.row(lines_view, fact.line_id)
    if known is None:
        raise LineNotKnown(f"line {fact.line_id} changed before it was opened")
    if known["ledger_seq"] >= fact.ledger_seq:
        return
    # A line that gives back to its envelope has ended: it no longer lacks what was asked for it.
    asked = None if _ended(fact) else known["asked"]
    values = _balances(fact.balances, fact.ledger_seq) | {"asked": asked}
    views.put(lines_view, fact.line_id, **values)
    after = {name: getattr(fact.balances, name) for name in SUMMED}
    deltas = {name: after[name] - known[name] for name in SUMMED}
    missing = _short(asked, after)
    deltas["short"] = missing - _short(known["asked"], known)
    if deltas["short"]:
        _still_short(views, fact.line_id, missing)
    moved = {name: delta for name, delta in deltas.items() if delta}
    if moved:
        views.add(years_view, (known["committee_id"], known["year"]), **moved)


def budget_short(views: Views, fact: BudgetShortfall) -> None:
    """The envelope could not give all that was asked: the rest stays visible until it is found."""
    remember_the_fact(views, fact)
    views.put(lines_view, fact.line_id, asked=fact.asked)
    missing = fact.asked - fact.granted
    views.add(years_view, (_committee(fact), fact.year), short=missing)
    awaits(
        views,
        fact.line_id,
        fact,
        "transfer",
        "",
        Role.DPC_OFFICER,
        blocked=True,
        why=_why_short(missing),
        unblocks_role=Role.DPC_OFFICER,
    )


def _still_short(views: Views, line_id: UUID, missing: Decimal) -> None:
    """The transfer is awaited until the last euro is found."""
    if missing:
        views.put(waits_view, line_id, why=_why_short(missing))
    else:
        over(views, line_id)


def _why_short(missing: Decimal) -> str:
    return f"Crédits insuffisants, il manque {euros(missing)}"


def _balances(balances: Balances, ledger_seq: int) -> dict[str, Any]:
    values = {name: getattr(balances, name) for name in (*SUMMED, "available")}
    return values | {"ledger_seq": ledger_seq}


def _ended(fact: BudgetChanged) -> bool:
    return fact.purchase_id is None and fact.move in GIVEN_BACK


def _short(asked: Decimal | None, balances: dict[str, Any]) -> Decimal:
    """What the line still misses of what was asked for it."""
    if asked is None:
        return ZERO
    missing: Decimal = asked - balances["voted"] - balances["transferred"]
    return max(missing, ZERO)


def _committee(
    fact: EnvelopeOpened | EnvelopeChanged | BudgetOpened | BudgetShortfall,
) -> UUID:
    if fact.committee_id is None:
        raise ValueError(f"a {type(fact).__name__} without committee")
    return fact.committee_id
