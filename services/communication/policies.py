"""Whenever the action, its plan, its needs or its purchases move, campaigns and prints follow."""

from typing import Any

from services.communication import commands
from services.decision.events import ActionChosen, ChoiceAnnulled
from services.language import Fact
from services.planning.events import (
    ActionCancelled,
    ActionDayMoved,
    ActionHeld,
    NeedChanged,
    NeedWithdrawn,
    PlanAdopted,
    PrintNeeded,
)
from services.procurement.events import (
    DeliveryCertified,
    PurchaseCancelled,
    QuoteRefused,
    QuoteValidated,
)
from shared.store.unit_of_work import UnitOfWork

_OF_AN_ACTION = (
    "action_id",
    "committee_id",
    "title",
    "aims",
    "place",
    "wished_from",
    "wished_to",
)
_OF_A_PRINT = (
    "need_id",
    "action_id",
    "committee_id",
    "title",
    "support",
    "quantity",
    "page_format",
    "place",
    "needed_by",
    "requested_by",
    "owner",
    "priority",
    "details",
)


def _named(fact: Fact, *names: str) -> dict[str, Any]:
    """These fields of a fact, as the command of the same words takes them."""
    return {name: getattr(fact, name) for name in names}


def draft_the_campaign(uow: UnitOfWork, fact: ActionChosen) -> None:
    """An action is chosen: its campaign is drafted."""
    commands.draft_campaign(uow, **_named(fact, *_OF_AN_ACTION))


def count_back(uow: UnitOfWork, fact: PlanAdopted) -> None:
    """The plan is adopted: days are counted back from its day."""
    commands.follow_plan(uow, **_named(fact, "action_id", "day", "place", "lead"))


def count_back_again(uow: UnitOfWork, fact: ActionDayMoved) -> None:
    """The day moved: everything is counted back anew."""
    commands.follow_day(uow, **_named(fact, "action_id", "was", "day"))


def free_what_is_cancelled(uow: UnitOfWork, fact: ActionCancelled) -> None:
    """The action will not be held: prints and slots are freed."""
    commands.drop_campaign(uow, **_named(fact, "action_id"), why=fact.reason)


def free_what_is_annulled(uow: UnitOfWork, fact: ChoiceAnnulled) -> None:
    """The choice does not hold: prints and slots are freed."""
    commands.drop_campaign(uow, **_named(fact, "action_id", "why"))


def end_the_campaign(uow: UnitOfWork, fact: ActionHeld) -> None:
    """The day took place: the campaign is over."""
    commands.end_with_the_day(uow, **_named(fact, "action_id"))


def open_the_print(uow: UnitOfWork, fact: PrintNeeded) -> None:
    """The plan needs a print: its draft is opened."""
    commands.open_needed_print(uow, **_named(fact, *_OF_A_PRINT))


def move_the_print(uow: UnitOfWork, fact: NeedChanged) -> None:
    """A need is for another day: so is its print, if it is one."""
    commands.follow_need(uow, **_named(fact, "need_id", "needed_by", "why"))


def withdraw_the_print(uow: UnitOfWork, fact: NeedWithdrawn) -> None:
    """A need is no more: nor is its print, if it is one."""
    commands.withdraw_print(uow, **_named(fact, "need_id", "why"))


def book_the_slot(uow: UnitOfWork, fact: QuoteValidated) -> None:
    """A quote is validated for a print bought outside: it has its day."""
    commands.book_outside(uow, need_id=fact.need_id, ready_by=fact.delivery_date)


def find_another_way(uow: UnitOfWork, fact: QuoteRefused | PurchaseCancelled) -> None:
    """The purchase of a print stops: the workshop decides anew."""
    commands.find_another_way(uow, **_named(fact, "need_id", "why"))


def receive_from_outside(uow: UnitOfWork, fact: DeliveryCertified) -> None:
    """What a printer outside made was seen to come."""
    said = _named(fact, "need_id", "total")
    commands.receive_from_outside(uow, **said, on=fact.delivered_on)
