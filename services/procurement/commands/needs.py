"""Needs that cost money, and the end of a file."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.procurement.commands.support import decider, named, rules_on, tell
from services.procurement.events import BudgetMove, Category, NeedKind, Step
from services.procurement.model import (
    BudgetLine,
    Decider,
    Envelope,
    Key,
    NeedLine,
    Purchase,
)
from services.procurement.model.refusals import WrongValue
from services.procurement.model.steps import SYSTEM
from shared.kernel import calendar
from shared.kernel.refusals import NotFound
from shared.store.unit_of_work import UnitOfWork


def open_a_need(
    uow: UnitOfWork,
    *,
    committee_id: UUID,
    title: str,
    category: Category,
    kind: NeedKind,
    family: str,
    lines: list[dict[str, Any]],
    place: str,
    needed_by: date,
    priority: int = 2,
    action_id: UUID | None = None,
    need_id: UUID | None = None,
    owner: UUID | None = None,
    line_id: UUID | None = None,
    estimate_incl_tax: Decimal | None = None,
    requested_by: UUID | None = None,
) -> UUID:
    """Open the file of a need; ``need_id`` is minted by whoever asks, and asked twice is one file.

    ``lines`` are ``{"label", "quantity", "unit"}``. Refuses an unknown committee or a foreign
    budget line. ``requested_by`` is who asked, when a policy speaks for them.
    """
    if need_id is not None:
        known = uow.find(Purchase, need_id=need_id)
        if known is not None:
            return known.id
    if mirror.committee(uow, committee_id) is None:
        raise NotFound("Ce comité n’existe pas.")
    if needed_by <= uow.today:
        text = "Choisissez un jour à venir."
        raise WrongValue(text, fields={"needed_by": text})
    purchase_id = uow.new_id()
    purchase = Purchase(
        id=purchase_id,
        need_id=need_id or uow.new_id(),
        committee_id=committee_id,
        title=title.strip(),
        category=category,
        kind=kind,
        family=family.strip().lower(),
        place=place.strip(),
        needed_by=needed_by,
        order_before=order_before(uow, needed_by),
        opened_at=uow.now,
        priority=priority,
        action_id=action_id,
        owner=owner,
        line_id=_own_line(uow, committee_id, action_id, line_id, needed_by),
        estimate_incl_tax=estimate_incl_tax,
        lines=need_lines(lines),
    )
    purchase.open(_asker(uow, purchase, requested_by))
    uow.add(purchase)
    return purchase_id


def _asker(uow: UnitOfWork, purchase: Purchase, requested_by: UUID | None) -> Decider:
    if uow.actor.person is None:
        return Decider(requested_by, frozenset({SYSTEM}), uow.now)
    return decider(uow, purchase)


def order_before(uow: UnitOfWork, needed_by: date) -> date:
    """The last day to order what is needed by a day, as today's rule counts it."""
    lead = rules_on(uow, uow.today).get(Key.ORDER_LEAD).value
    return calendar.before(needed_by, int(lead))


def need_lines(lines: list[dict[str, Any]]) -> list[NeedLine]:
    if not lines:
        text = "Décrivez au moins une chose, avec sa quantité."
        raise WrongValue(text, fields={"lines": text})
    return [
        NeedLine(n, line["label"], line["quantity"], line["unit"])
        for n, line in enumerate(lines, 1)
    ]


def _own_line(
    uow: UnitOfWork,
    committee_id: UUID,
    action_id: UUID | None,
    line_id: UUID | None,
    needed_by: date,
) -> UUID | None:
    """The line given, else that of the action; refuses another committee's."""
    if line_id is None and action_id is not None:
        return line_of(uow, action_id, needed_by.year)
    if line_id is not None and uow.get(BudgetLine, line_id).committee_id != committee_id:
        raise NotFound("Cette ligne de budget est celle d’un autre comité.")
    return line_id


def line_of(uow: UnitOfWork, action_id: UUID, year: int) -> UUID | None:
    """The line that an action has now: that of ``year``, else the latest; None before any."""
    lines = [line for line in uow.find_all(BudgetLine, action_id=action_id) if not line.ended]
    best = max(lines, key=lambda line: (line.year == year, line.year), default=None)
    return best.id if best else None


def ask_about_need(uow: UnitOfWork, *, purchase_id: UUID, reason: str) -> None:
    """Ask the committee for something that lacks before suppliers are asked."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        purchase.take(Step.ASK_ABOUT_NEED, decider(uow, purchase), reason)
    tell(uow, purchase, f"Une précision est demandée sur « {purchase.title} ».")


def complete_need(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    lines: list[dict[str, Any]],
    note: str = "",
    version: int | str | None = None,
) -> None:
    """Say the need again, with its lines as they should be; only before suppliers are asked."""
    purchase = uow.get(Purchase, purchase_id, version=version)
    with named(uow, purchase.committee_id):
        purchase.complete(decider(uow, purchase), need_lines(lines), note)


def classify_need(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    category: Category,
    family: str,
    version: int | str | None = None,
) -> None:
    """Say which family of purchases a need is of, before suppliers are asked.

    What comes from a plan is put in a family by its kind only: thresholds count by family.
    """
    purchase = uow.get(Purchase, purchase_id, version=version)
    with named(uow, purchase.committee_id):
        purchase.classify(decider(uow, purchase), category, family.strip().lower())


def charge_to_line(
    uow: UnitOfWork, *, purchase_id: UUID, line_id: UUID, version: int | str | None = None
) -> None:
    """Say which budget line pays; visas given before fall, and what was held is given back."""
    purchase = uow.get(Purchase, purchase_id, version=version)
    _own_line(uow, purchase.committee_id, None, line_id, purchase.needed_by)
    with named(uow, purchase.committee_id):
        release(uow, purchase)
        purchase.charge(decider(uow, purchase), line_id)


def cancel_purchase(uow: UnitOfWork, *, purchase_id: UUID, reason: str) -> None:
    """Stop a purchase with a reason; what it held is given back, whatever the line holds."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        purchase.cancel(decider(uow, purchase), reason)
    release(uow, purchase)
    uow.unschedule("close-quotes", purchase.id)
    tell(uow, purchase, f"L’achat « {purchase.title} » est annulé.")


def release(uow: UnitOfWork, purchase: Purchase, keep: Decimal = Decimal("0.00")) -> None:
    """Give back what a purchase holds on its line, save ``keep``."""
    if purchase.line_id is not None:
        line = uow.get(BudgetLine, purchase.line_id, hot=True)
        line.release(purchase.id, uow.now, keep)
        give_back_when_over(uow, line)


def give_back_when_over(uow: UnitOfWork, line: BudgetLine) -> None:
    """What comes back to a line whose action is over goes back to the committee's envelope."""
    if line.ended and line.available > 0:
        envelope = uow.get(Envelope, line.envelope_id, hot=True)
        line.give_back(envelope, uow.now, BudgetMove.RELEASE)
