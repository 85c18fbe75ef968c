"""Telling people: the strategy, prints and their proofs, the campaign."""

from datetime import date
from typing import Any

from services.communication.events import (
    CampaignEnded,
    CampaignLaunched,
    PrintAccepted,
    PrintCancelled,
    PrintDelivered,
    PrintFact,
    PrintPurchaseNeeded,
    PrintRefused,
    PrintRequested,
    PrintScheduled,
    PrintUnscheduled,
    ProofApproved,
    ProofPublished,
    StrategyAdopted,
)
from services.directory.mirror import Role
from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.sentences.saying import because
from services.monitoring.projections.waits import awaits, need, over, part_of
from services.monitoring.tables import legs_view, waits_view
from shared.store.views import Views


def strategy_adopted(views: Views, fact: StrategyAdopted) -> None:
    """Whom to reach and how is agreed: the campaign can be prepared."""
    remember_the_fact(views, fact)
    if fact.action_id is None:
        return
    over(views, part_of(fact.action_id, "strategy"))
    views.put(legs_view, fact.action_id, strategy_at=views.event.time)
    # Its day was said when the plan was adopted or the day moved; it stays as it is.
    views.put(
        waits_view,
        part_of(fact.action_id, "campaign"),
        service="communication",
        kind="launch",
        committee_id=fact.committee_id,
        leg_id=fact.action_id,
        action_id=fact.action_id,
        subject_id=fact.action_id,
        title="",
        awaited_role=Role.LEAD,
        since=views.event.time,
        open=True,
        before_day=True,
        last_fact=views.event.id,
    )


def print_requested(views: Views, fact: PrintRequested) -> None:
    """The Service communication says whether it takes it."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "asked", kind="print", title=fact.title)
    if fact.action_id is not None:
        views.put(legs_view, fact.action_id, printing_at=views.event.time)
        over(views, part_of(fact.action_id, "needs"))
    awaits(
        views,
        fact.need_id,
        fact,
        "print-decide",
        fact.title,
        Role.PRINT_SERVICE,
        fact.needed_by,
        subject=fact.request_id,
        before_day=True,
    )


def print_accepted(views: Views, fact: PrintAccepted) -> None:
    """A slot is to be found."""
    _goes_on(views, fact, "print-schedule", Role.PRINT_SERVICE)


def print_refused(views: Views, fact: PrintRefused) -> None:
    """Another way is to be found."""
    need(views, fact.need_id, fact, "refused")
    why = f"Impression refusée{because(fact.why)}"
    _goes_on(views, fact, "print-refused", Role.LEAD, blocked=True, why=why)


def print_scheduled(views: Views, fact: PrintScheduled) -> None:
    """It has its slot: a proof follows, but for what is printed outside."""
    need(views, fact.need_id, fact, "secured")
    kind = "print-deliver" if fact.outside else "proof"
    _goes_on(views, fact, kind, Role.PRINT_SERVICE, fact.ready_by)


def print_unscheduled(views: Views, fact: PrintUnscheduled) -> None:
    """It lost its slot: another one is to be found."""
    need(views, fact.need_id, fact, "asked")
    _goes_on(views, fact, "print-schedule", Role.PRINT_SERVICE)


def print_goes_outside(views: Views, fact: PrintPurchaseNeeded) -> None:
    """From here on its purchase is awaited."""
    remember_the_fact(views, fact)
    over(views, fact.need_id)


def proof_published(views: Views, fact: ProofPublished) -> None:
    """The group reads it and signs."""
    _goes_on(views, fact, "sign-proof", Role.LEAD)


def proof_approved(views: Views, fact: ProofApproved) -> None:
    """It can be printed."""
    _goes_on(views, fact, "print-deliver", Role.PRINT_SERVICE)


def print_delivered(views: Views, fact: PrintDelivered) -> None:
    """It is there."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "secured")
    over(views, fact.need_id)


def print_cancelled(views: Views, fact: PrintCancelled) -> None:
    """Nobody waits for it."""
    remember_the_fact(views, fact)
    need(views, fact.need_id, fact, "withdrawn")
    over(views, fact.need_id)


def campaign_launched(views: Views, fact: CampaignLaunched) -> None:
    """All is ready: what follows is the day."""
    remember_the_fact(views, fact)
    if fact.action_id is not None:
        views.put(legs_view, fact.action_id, launched_at=views.event.time)
        over(views, part_of(fact.action_id, "campaign"))
        over(views, part_of(fact.action_id, "needs"))


def campaign_ended(views: Views, fact: CampaignEnded) -> None:
    """Nobody is told any more, launched or not."""
    remember_the_fact(views, fact)
    if fact.action_id is not None:
        views.put(legs_view, fact.action_id, campaign_ended_at=views.event.time)
        for word in ("campaign", "strategy"):
            over(views, part_of(fact.action_id, word))


def _goes_on(
    views: Views,
    fact: PrintFact,
    kind: str,
    role: str,
    due: date | None = None,
    *,
    blocked: bool = False,
    why: str | None = None,
) -> None:
    """The next thing that a print waits for; by the day it had, when no other one is said."""
    remember_the_fact(views, fact)
    day: dict[str, Any] = {"due": due, "queue": due} if due else {}
    views.put(
        waits_view,
        fact.need_id,
        service="communication",
        kind=kind,
        committee_id=fact.committee_id,
        leg_id=fact.action_id,
        action_id=fact.action_id,
        subject_id=fact.request_id,
        awaited_role=role,
        since=views.event.time,
        open=True,
        before_day=True,
        blocked=blocked,
        why=why,
        unblocks_role=role if blocked else None,
        last_fact=views.event.id,
        **day,
    )
