"""Print requests on the side of the workshop: taken on, placed, sent outside, proofs, delivery."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.communication.commands.support import (
    doer,
    launch_if_ready,
    locked_week,
    release,
    tell_committee,
    workshop_of,
)
from services.communication.model import Campaign, PrintRequest, State, Week, monday_of, week_id
from services.communication.model.steps import Step
from services.communication.queries import _delays_of, _loads
from services.directory.mirror import Role
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork
from shared.store.uploads import media_type_of


def accept_print(
    uow: UnitOfWork, *, request_id: UUID, hours: Decimal, from_model: bool = False
) -> None:
    """Take it on for ``hours`` of a week; ``from_model`` when it starts from a City's model."""
    request = uow.get(PrintRequest, request_id)
    delays = _delays_of(uow, request.department, request.support)
    request.accept(doer(uow), hours, delays, from_model)
    tell_committee(uow, request, f"« {request.title} » est accepté ; son créneau suit.")


def refuse_print(uow: UnitOfWork, *, request_id: UUID, reason: str) -> None:
    """Send it back with a reason; its hours are free again."""
    request = uow.get(PrintRequest, request_id)
    release(uow, request)
    request.refuse(doer(uow), reason)
    tell_committee(uow, request, f"« {request.title} » est refusé : lisez pourquoi.", Role.LEAD)


@retryable
def schedule_print(uow: UnitOfWork, *, request_id: UUID, week: date, urgent: bool = False) -> date:
    """Give it the week of a day; gives the day on which it is ready.

    The weeks touched are locked in order: capacity holds whoever races. ``urgent`` may use the
    hours kept for urgency. Refuses a week too early, full, or too late for the day wanted.
    """
    request = uow.get(PrintRequest, request_id)
    monday = monday_of(week)
    request.passage(Step.PLACE, doer(uow))
    workshop = workshop_of(uow, request.department)
    for day in sorted({monday, request.week or monday}):
        locked_week(uow, day, request.department)
    release(uow, request)
    loads = _loads(uow, request.department, uow.today)
    request.give_week(doer(uow), monday, loads, urgent)
    assert request.hours is not None
    assert request.ready_by is not None
    chosen = uow.get(Week, week_id(monday, request.department))
    chosen.hold(workshop, request.id, request.hours, urgent)
    chosen.set_firm(request.id, request.state is State.APPROVED)
    tell_committee(uow, request, f"« {request.title} » a son créneau d’impression.")
    return request.ready_by


def free_slot(uow: UnitOfWork, *, request_id: UUID, reason: str) -> None:
    """Take its week back, with a reason that the committee reads."""
    request = uow.get(PrintRequest, request_id)
    release(uow, request)
    request.free(doer(uow), reason)
    tell_committee(uow, request, f"« {request.title} » a perdu son créneau.", Role.LEAD)


def propose_date(uow: UnitOfWork, *, request_id: UUID, needed_by: date) -> None:
    """Ask the committee whether it can wait until a day; nothing changes until it says so."""
    request = uow.get(PrintRequest, request_id)
    request.propose(doer(uow), needed_by)
    text = f"Une autre date est proposée pour « {request.title} »."
    tell_committee(uow, request, text, Role.LEAD)


def send_outside(uow: UnitOfWork, *, request_id: UUID, reason: str) -> None:
    """Have it printed outside: a purchase is opened for its need, its hours here are free."""
    request = uow.get(PrintRequest, request_id)
    release(uow, request)
    request.send_outside(doer(uow), reason)
    text = f"« {request.title} » part chez un imprimeur : des devis sont demandés."
    tell_committee(uow, request, text, Role.LEAD)


def publish_proof(uow: UnitOfWork, *, request_id: UUID, file: bytes) -> int:
    """Publish a proof (PDF, PNG or JPEG by its content); gives its edition.

    It takes the place of the last one: what was signed was other bytes, and the slot is an option
    again.
    """
    media_type = media_type_of(file)
    request = uow.get(PrintRequest, request_id, hot=True)
    request.passage(Step.PUBLISH, doer(uow))
    if request.week is not None:
        week = uow.get(Week, week_id(request.week, request.department), hot=True)
        week.set_firm(request.id, False)
    proof = request.publish(doer(uow), uow.files.put(file, media_type))
    text = f"Le BAT de « {request.title} » attend votre signature."
    tell_committee(uow, request, text, Role.LEAD)
    return proof.edition


def start_printing(uow: UnitOfWork, *, request_id: UUID) -> None:
    """Put it on the press; only what was signed is printed, and it is not replaced any more."""
    request = uow.get(PrintRequest, request_id, hot=True)
    request.print(doer(uow))


def deliver_prints(uow: UnitOfWork, *, request_id: UUID, quantity: int, on: date) -> None:
    """Note what was brought to the committee; only what was signed is printed.

    When all that the strategy waits for is there, the campaign is launched.
    """
    request = uow.get(PrintRequest, request_id)
    deliver(uow, request, quantity, on)


def deliver(uow: UnitOfWork, request: PrintRequest, quantity: int, on: date) -> None:
    """Note what came, and launch the campaign if it waited for this only."""
    known = uow.find(Campaign, id=request.action_id)
    campaign = uow.get(Campaign, known.id, hot=True) if known else None
    request.deliver(doer(uow), quantity, on)
    tell_committee(uow, request, f"« {request.title} » est livré.", Role.LEAD)
    if campaign is not None:
        launch_if_ready(uow, campaign)
