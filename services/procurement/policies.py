"""Whenever somebody else says this, procurement does that."""

from typing import Any

from services.communication.events import PrintCancelled, PrintPurchaseNeeded
from services.decision.events import ActionChosen, ChoiceAnnulled
from services.planning.events import (
    ActionCancelled,
    ActionClosed,
    ActionDayMoved,
    NeedChanged,
    NeedWithdrawn,
    PlanAdopted,
    SupplierNeeded,
)
from services.procurement import commands
from shared.store.unit_of_work import UnitOfWork


def open_the_line(uow: UnitOfWork, event: ActionChosen) -> None:
    """An action is chosen: its line opens in the envelope of the year it is wished in."""
    assert event.committee_id is not None
    assert event.action_id is not None
    commands.open_action_line(
        uow,
        action_id=event.action_id,
        committee_id=event.committee_id,
        title=event.title,
        day=event.wished_from + (event.wished_to - event.wished_from) // 2,
        estimate_incl_tax=event.estimate_incl_tax,
    )


def follow_the_plan(uow: UnitOfWork, event: PlanAdopted) -> None:
    """The day is set: nothing is needed after it, and the line is that of its year."""
    assert event.action_id is not None
    commands.follow_the_day(uow, action_id=event.action_id, day=event.day)


def follow_the_move(uow: UnitOfWork, event: ActionDayMoved) -> None:
    """The day moves: dates follow, and the line when the year is another."""
    assert event.action_id is not None
    commands.follow_the_day(
        uow, action_id=event.action_id, day=event.day, was=event.was, why=event.reason
    )


def free_the_action(uow: UnitOfWork, event: ActionCancelled | ChoiceAnnulled) -> None:
    """There is no action any more: what is not owed is released."""
    assert event.action_id is not None
    why = event.reason if isinstance(event, ActionCancelled) else event.why
    commands.free_action(uow, action_id=event.action_id, why=why)


def give_back_the_rest(uow: UnitOfWork, event: ActionClosed) -> None:
    """The action is over: what its line did not spend is the committee's again."""
    assert event.action_id is not None
    commands.end_action_line(uow, action_id=event.action_id)


def open_a_purchase(uow: UnitOfWork, event: SupplierNeeded) -> None:
    """A committee needs a supplier: its purchase opens, for the person who asked."""
    commands.open_asked_need(
        uow,
        kind=event.kind.value,
        origin="planning",
        origin_id=event.need_id,
        estimate_incl_tax=event.estimate_incl_tax,
        **_asked(event),
    )


def open_a_print_purchase(uow: UnitOfWork, event: PrintPurchaseNeeded) -> None:
    """A print is made outside: its purchase opens, for the person who asked."""
    commands.open_asked_need(
        uow,
        kind="print",
        origin="communication",
        origin_id=event.request_id,
        **_asked(event),
    )


def _asked(event: SupplierNeeded | PrintPurchaseNeeded) -> dict[str, Any]:
    lines = [{"label": n.label, "quantity": n.quantity, "unit": n.unit} for n in event.lines]
    names = (
        *("need_id", "committee_id", "action_id", "title", "place", "needed_by"),
        *("requested_by", "owner", "priority", "details"),
    )
    return {name: getattr(event, name) for name in names} | {"lines": lines}


def follow_the_need(uow: UnitOfWork, event: NeedChanged) -> None:
    """It is needed another day."""
    commands.reschedule_need(uow, need_id=event.need_id, needed_by=event.needed_by, why=event.why)


def drop_the_need(uow: UnitOfWork, event: NeedWithdrawn | PrintCancelled) -> None:
    """It is not needed any more: nothing is bought that is not ordered yet."""
    commands.withdraw_need(uow, need_id=event.need_id, why=event.why)
