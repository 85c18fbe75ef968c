"""Purchases: where each stands, what it waits for, whom, since when and until when."""

from datetime import date
from typing import Any

from services.directory.mirror import Role
from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.sentences.saying import because
from services.monitoring.projections.waits import LONGEST, awaits, need, over
from services.monitoring.tables import (
    legs_view,
    needs_view,
    pulse_view,
    purchases_view,
    waits_view,
)
from services.procurement.events import (
    NeedKind,
    PurchaseCancelled,
    PurchaseFact,
    PurchaseOpened,
    PurchaseOrderAmended,
    PurchaseOrderIssued,
    PurchaseStepPassed,
    QuoteReceived,
    QuoteRefused,
    QuoteValidated,
    Step,
)
from shared.store.views import Views

STAY = frozenset({Step.RECEIVE, Step.INVOICE, Step.PAY})
"""Steps that leave a purchase where it is: what it waited for, it has waited for longer."""


def purchase_opened(views: Views, fact: PurchaseOpened) -> None:
    """A need that costs money has a file; whoever sought another way has found it."""
    _put(
        views,
        fact,
        title=fact.title,
        kind=str(fact.kind),
        needed_by=fact.needed_by,
        opened_at=views.event.time,
    )
    views.put(waits_view, fact.purchase_id, leg_id=fact.action_id, title=fact.title[:LONGEST])
    kind = "print" if fact.kind is NeedKind.PRINT else "purchase"
    need(views, fact.need_id, fact, "asked", kind=kind, title=fact.title)
    over(views, fact.need_id)
    if fact.committee_id is not None:
        views.add(pulse_view, fact.committee_id, opened=1)


def step_passed(views: Views, fact: PurchaseStepPassed) -> None:
    """What is awaited now, of whom, until when; nothing any more when there is no next step.

    The day is the one that procurement counts slack to, so that both say the same of a purchase.
    """
    ended = fact.next_step is None
    day = fact.last_useful or fact.due
    since = {} if fact.step in STAY else {"since": views.event.time}
    _put(
        views,
        fact,
        step=str(fact.step),
        next_step=str(fact.next_step) if fact.next_step else None,
        awaited_role=fact.awaited_role,
        due=day,
        reason=fact.reason,
        queue=None if ended else day or date.max,
        **since,
    )
    asked_back = fact.next_step is Step.COMPLETE_NEED or fact.step is Step.ASK_MORE
    views.put(
        waits_view,
        fact.purchase_id,
        service="procurement",
        kind=str(fact.next_step or ""),
        committee_id=fact.committee_id,
        leg_id=fact.action_id,
        action_id=fact.action_id,
        subject_id=fact.purchase_id,
        awaited_role=fact.awaited_role,
        due=day,
        queue=day or date.max,
        open=not ended,
        blocked=asked_back,
        why=fact.reason if asked_back else None,
        unblocks_role=fact.awaited_role if asked_back else None,
        last_fact=views.event.id,
        **since,
    )
    if ended and fact.committee_id is not None:
        views.add(pulse_view, fact.committee_id, ended=1)


def quote_received(views: Views, fact: QuoteReceived) -> None:
    """How many came in so far; what is in them is sealed."""
    _put(views, fact, quotes=fact.count)


def quote_validated(views: Views, fact: QuoteValidated) -> None:
    """The amount and the supplier are known: the need is as good as met."""
    need(views, fact.need_id, fact, "secured")
    _put(views, fact, supplier=fact.supplier, amount_incl_tax=fact.amount_incl_tax)


def quote_refused(views: Views, fact: QuoteRefused) -> None:
    """The need stays, and this way to it is closed."""
    _put(views, fact)
    _another_way(views, fact, f"Dossier refusé{because(fact.why)}")


def purchase_cancelled(views: Views, fact: PurchaseCancelled) -> None:
    """Nothing is bought; the need stays, unless it was withdrawn or its action stopped."""
    _put(views, fact)
    known = views.row(needs_view, fact.need_id)
    if known is None or known["state"] == "withdrawn":
        return
    leg = views.row(legs_view, fact.action_id)
    if leg is not None and leg["stopped_at"] is None and leg["held_on"] is None:
        _another_way(views, fact, f"Achat annulé{because(fact.why)}")
    else:
        need(views, fact.need_id, fact, "withdrawn")


def _another_way(views: Views, fact: PurchaseFact, why: str) -> None:
    """A need without a purchase any more: the group finds something else, or does without.

    A print comes back to the Service communication by itself.
    """
    need(views, fact.need_id, fact, "refused")
    known = views.row(needs_view, fact.need_id)
    if known is None or known["kind"] == "print":
        return
    awaits(
        views,
        fact.need_id,
        fact,
        "other-way",
        known["title"] or "",
        Role.LEAD,
        service="planning",
        blocked=True,
        why=why,
        unblocks_role=Role.LEAD,
        before_day=True,
    )


def order_issued(views: Views, fact: PurchaseOrderIssued) -> None:
    """The order has its number; its amount is what binds the city."""
    _put(views, fact, order_number=fact.number, amount_incl_tax=fact.amount_incl_tax)


def order_amended(views: Views, fact: PurchaseOrderAmended) -> None:
    """The supplier agreed to another day: what is awaited is awaited for that day."""
    _put(views, fact, needed_by=fact.needed_by)


def something_happened(views: Views, fact: PurchaseFact) -> None:
    """A fact that only adds to the thread of the purchase."""
    _put(views, fact)


def _put(views: Views, fact: PurchaseFact, **values: Any) -> None:
    remember_the_fact(views, fact)
    views.put(
        purchases_view,
        fact.purchase_id,
        committee_id=fact.committee_id,
        action_id=fact.action_id,
        last_fact=views.event.id,
        **values,
    )
