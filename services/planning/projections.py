"""What the facts of others say of an action: its purchases, prints, money and campaign."""

from typing import Any

from services.communication.events import (
    CampaignEnded,
    CampaignLaunched,
    DistributionReported,
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
from services.planning.tables import campaigns_view, lines_view, prints_view, purchases_view
from services.procurement.events import (
    BudgetChanged,
    BudgetOpened,
    DeliveryCertified,
    PurchaseCancelled,
    PurchaseFact,
    PurchaseOpened,
    PurchaseOrderIssued,
    PurchaseStepPassed,
    QuoteRefused,
    QuoteValidated,
)
from shared.store.views import Views

# purchases


def purchase_opened(views: Views, fact: PurchaseOpened) -> None:
    """A need that costs money has a file at the service achats."""
    _purchase(views, fact, title=fact.title, since=views.event.time)


def purchase_step_passed(views: Views, fact: PurchaseStepPassed) -> None:
    """Who is awaited now, since when, until when; nobody at the end."""
    _purchase(
        views,
        fact,
        next_step=str(fact.next_step) if fact.next_step else None,
        awaited_role=fact.awaited_role,
        due=fact.due,
        since=views.event.time,
        ended=fact.next_step is None,
    )


def quote_validated(views: Views, fact: QuoteValidated) -> None:
    """A supplier is chosen and the money reserved: the need is secured."""
    _purchase(views, fact, supplier=fact.supplier, amount_incl_tax=fact.amount_incl_tax)


def order_issued(views: Views, fact: PurchaseOrderIssued) -> None:
    """It is ordered."""
    _purchase(views, fact, order_number=fact.number, amount_incl_tax=fact.amount_incl_tax)


def delivery_certified(views: Views, fact: DeliveryCertified) -> None:
    """It came, all of it or a part."""
    if fact.total:
        _purchase(views, fact, delivered_on=fact.delivered_on)


def purchase_stopped(views: Views, fact: QuoteRefused | PurchaseCancelled) -> None:
    """Nothing will be bought under this file."""
    _purchase(views, fact, ended=True, stopped=fact.why)


def _purchase(views: Views, fact: PurchaseFact, **values: Any) -> None:
    known = {"need_id": fact.need_id, "action_id": fact.action_id}
    views.put(purchases_view, fact.purchase_id, **known, **values)


# money


def budget_told(views: Views, fact: BudgetOpened | BudgetChanged) -> None:
    """What a line of the action holds after its latest move."""
    line = views.row(lines_view, fact.line_id)
    if line is not None and line["ledger_seq"] >= fact.ledger_seq:
        return
    year = {"year": fact.year} if isinstance(fact, BudgetOpened) else {}
    action = {"action_id": fact.action_id} if fact.action_id else {}
    after = fact.balances
    views.put(
        lines_view,
        fact.line_id,
        ledger_seq=fact.ledger_seq,
        granted=after.voted + after.transferred,
        reserved=after.reserved,
        committed=after.committed,
        paid=after.paid,
        available=after.available,
        **year,
        **action,
    )


# prints


def print_requested(views: Views, fact: PrintRequested) -> None:
    """The Service communication has the brief."""
    _print(views, fact, "requested", title=fact.title)


def print_accepted(views: Views, fact: PrintAccepted) -> None:
    """It takes it."""
    _print(views, fact, "accepted")


def print_scheduled(views: Views, fact: PrintScheduled) -> None:
    """It has a slot."""
    _print(views, fact, "scheduled", ready_by=fact.ready_by)


def print_unscheduled(views: Views, fact: PrintUnscheduled) -> None:
    """It lost its slot."""
    _print(views, fact, "accepted", ready_by=None)


def print_sent_outside(views: Views, fact: PrintPurchaseNeeded) -> None:
    """It is bought from a printer."""
    _print(views, fact, "outside", title=fact.title)


def proof_published(views: Views, fact: ProofPublished) -> None:
    """A proof waits for the group."""
    _print(views, fact, "proof")


def proof_approved(views: Views, fact: ProofApproved) -> None:
    """The group signed the proof."""
    _print(views, fact, "approved")


def print_delivered(views: Views, fact: PrintDelivered) -> None:
    """The supports are there."""
    _print(views, fact, "delivered", ready_by=fact.on)


def print_stopped(views: Views, fact: PrintRefused | PrintCancelled) -> None:
    """It will not be printed."""
    step = "refused" if isinstance(fact, PrintRefused) else "cancelled"
    _print(views, fact, step, why=fact.why)


def _print(views: Views, fact: PrintFact, step: str, **values: Any) -> None:
    known = {"need_id": fact.need_id, "action_id": fact.action_id, "step": step}
    views.put(prints_view, fact.request_id, since=views.event.time, **known, **values)


# the campaign


def strategy_adopted(views: Views, fact: StrategyAdopted) -> None:
    """The action has a campaign, which will end one day."""
    views.put(campaigns_view, fact.campaign_id, action_id=fact.action_id)


def campaign_launched(views: Views, fact: CampaignLaunched) -> None:
    """People are told."""
    days = {"starts": fact.starts, "ends": fact.ends, "launched": True}
    views.put(campaigns_view, fact.campaign_id, action_id=fact.action_id, **days)


def distribution_reported(views: Views, fact: DistributionReported) -> None:
    """So many copies were handed out."""
    views.add(campaigns_view, fact.campaign_id, handed_out=fact.count)


def campaign_ended(views: Views, fact: CampaignEnded) -> None:
    """The campaign is over."""
    told = {"action_id": fact.action_id, "ended": True, "reach": fact.reach}
    views.put(campaigns_view, fact.campaign_id, **told)
