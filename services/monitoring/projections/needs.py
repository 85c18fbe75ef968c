"""Needs of an action: said, answered by departments and relays, or withdrawn."""

from datetime import date
from typing import Any

from services.directory.mirror import Role
from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.sentences.saying import because
from services.monitoring.projections.waits import awaits, need, over, part_of
from services.monitoring.tables import needs_view, waits_view
from services.planning.events import (
    AnswerOverdue,
    NeedChanged,
    NeedFact,
    NeedWithdrawn,
    PrintNeeded,
    RelayAnswer,
    RelayAnswered,
    RelayAsked,
    ServiceAccepted,
    ServiceDeclined,
    ServiceNeeded,
    SupplierNeeded,
)
from shared.store.views import Views


def supplier_needed(views: Views, fact: SupplierNeeded) -> None:
    """A purchase follows; it is awaited by its own steps."""
    _said(views, fact, kind="purchase", title=fact.title)


def print_needed(views: Views, fact: PrintNeeded) -> None:
    """The brief of the print is to be completed before it goes to the Service communication."""
    _said(views, fact, kind="print", title=fact.title)
    awaits(
        views, fact.need_id, fact, "print-brief", fact.title, Role.LEAD, fact.needed_by,
        service="communication", before_day=True,
    )  # fmt: skip


def service_needed(views: Views, fact: ServiceNeeded) -> None:
    """A department has until a day to answer."""
    _said(views, fact, kind="service", title=fact.title)
    awaits(
        views,
        fact.need_id,
        fact,
        "service-answer",
        fact.title,
        Role.DEPARTMENT_AGENT,
        fact.answer_by,
        asked=fact.department,
        before_day=True,
    )


def relay_asked(views: Views, fact: RelayAsked) -> None:
    """An organisation has until a day to answer."""
    _said(views, fact, kind="relay", title=fact.what)
    awaits(
        views,
        fact.need_id,
        fact,
        "relay-answer",
        fact.what,
        Role.RELAY,
        fact.answer_by,
        asked=fact.organisation,
        before_day=True,
    )


def _said(views: Views, fact: NeedFact, **values: Any) -> None:
    """A need is known: the group has begun to say what it needs."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "asked", **values)
    if fact.action_id is not None:
        over(views, part_of(fact.action_id, "needs"))


def need_withdrawn(views: Views, fact: NeedWithdrawn) -> None:
    """It is no more, and nobody is awaited for it."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "withdrawn")
    over(views, fact.need_id)


def need_changed(views: Views, fact: NeedChanged) -> None:
    """Wanted another day: a department or a relay is asked again, a print has another day."""
    remember_the_fact(views, fact)
    known = views.row(needs_view, fact.need_id)
    kind = known["kind"] if known else None
    if kind in ASKED:
        need(views, fact.need_id, fact, "asked")
        wait, role = ASKED[kind]
        again: dict[str, Any] = {"open": True, "since": views.event.time, "blocked": False}
        again |= {"kind": wait, "awaited_role": role, "why": None, "last_fact": views.event.id}
        again |= {"due": fact.answer_by, "queue": fact.answer_by or date.max}
        views.put(waits_view, fact.need_id, **again)
    elif kind == "print":
        views.put(waits_view, fact.need_id, due=fact.needed_by, queue=fact.needed_by)


ASKED = {
    "service": ("service-answer", Role.DEPARTMENT_AGENT),
    "relay": ("relay-answer", Role.RELAY),
}
"""What is awaited of those who answer, by kind of need."""


def service_accepted(views: Views, fact: ServiceAccepted) -> None:
    """The department does it."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "secured")
    over(views, fact.need_id)


def service_declined(views: Views, fact: ServiceDeclined) -> None:
    """Another way is to be found."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "refused")
    views.put(
        waits_view,
        fact.need_id,
        kind="other-way",
        awaited_role=Role.LEAD,
        asked=None,
        blocked=True,
        open=True,
        why=f"{fact.department} ne peut pas{because(fact.why)}",
        unblocks=None,
        unblocks_role=Role.LEAD,
        since=views.event.time,
        last_fact=views.event.id,
    )


def answer_overdue(views: Views, fact: AnswerOverdue) -> None:
    """Whoever was asked is silent: the DPC may ask again, or ask above."""
    remember_the_fact(views, fact)
    views.put(
        waits_view,
        fact.need_id,
        blocked=True,
        why=f"{fact.asked}, sans réponse",
        due=fact.answer_by,
        queue=fact.answer_by,
        unblocks=None,
        unblocks_role=Role.DPC_OFFICER,
        last_fact=views.event.id,
    )


def relay_answered(views: Views, fact: RelayAnswered) -> None:
    """Yes secures it; another answer than yes or no is to be talked over."""
    remember_the_fact(views, fact)
    if fact.answer is RelayAnswer.YES:
        need(views, fact.need_id, fact, "secured")
        over(views, fact.need_id)
    elif fact.answer is RelayAnswer.NO:
        need(views, fact.need_id, fact, "refused")
        over(views, fact.need_id)
    else:
        views.put(
            waits_view,
            fact.need_id,
            kind="relay-talk",
            awaited_role=Role.LEAD,
            asked=None,
            open=True,
            blocked=False,
            why=fact.words or None,
            since=views.event.time,
            last_fact=views.event.id,
        )
