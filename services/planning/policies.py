"""Whenever somebody else says this, planning does that."""

from dataclasses import asdict

from services.communication.events import PrintCancelled, PrintRefused, PrintScheduled
from services.decision.events import ActionChosen, ChoiceAnnulled
from services.planning import commands
from services.procurement.events import PurchaseCancelled, QuoteRefused, QuoteValidated
from shared.store.unit_of_work import UnitOfWork


def draft_the_plan(uow: UnitOfWork, event: ActionChosen) -> None:
    """An action is chosen: its tasks are counted back from the wished day."""
    assert event.committee_id is not None
    assert event.action_id is not None
    commands.draft_plan(
        uow,
        action_id=event.action_id,
        committee_id=event.committee_id,
        title=event.title,
        aims=event.aims,
        wished_from=event.wished_from,
        wished_to=event.wished_to,
        place=event.place,
        conditions=[asdict(condition) for condition in event.conditions],
        estimate_incl_tax=event.estimate_incl_tax,
    )


def abandon_the_plan(uow: UnitOfWork, event: ChoiceAnnulled) -> None:
    """The choice does not hold: what was asked for the action is withdrawn."""
    assert event.action_id is not None
    commands.abandon_plan(uow, action_id=event.action_id, why=event.why)


def find_another_way(
    uow: UnitOfWork, event: QuoteRefused | PurchaseCancelled | PrintRefused | PrintCancelled
) -> None:
    """What was asked for will not come: who asked is told."""
    commands.tell_need_lost(uow, need_id=event.need_id)


def tell_it_is_secured(uow: UnitOfWork, event: QuoteValidated | PrintScheduled) -> None:
    """A supplier or a slot is found: who asked is told."""
    commands.tell_need_secured(uow, need_id=event.need_id)
