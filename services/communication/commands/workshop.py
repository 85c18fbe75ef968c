"""The workshop: its hours, the weeks that are not as usual, its catalogue."""

from datetime import date
from decimal import Decimal

from services.communication.commands.support import locked_week, workshop_of
from services.communication.model import (
    DEPARTMENT,
    Delays,
    Offer,
    Support,
    Workshop,
    monday_of,
    offer_id,
)
from services.communication.model.refusals import refuse_value
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork

MOST_HOURS = Decimal(400)


def set_capacity(
    uow: UnitOfWork,
    *,
    hours: Decimal,
    reserve: Decimal,
    department: str = DEPARTMENT,
    version: int | str | None = None,
) -> None:
    """Say how many hours a usual week has, and how many of them wait for urgency.

    Weeks that hold more than that are shown as too full; nothing is moved by itself.
    """
    workshop = workshop_of(uow, department)
    uow.get(Workshop, workshop.id, version=version if uow.actor.person else None)
    if hours > MOST_HOURS:
        raise refuse_value("hours", f"Écrivez {MOST_HOURS} heures au plus.")
    workshop.set_hours(hours, reserve)


@retryable
def set_week(
    uow: UnitOfWork,
    *,
    monday: date,
    hours: Decimal | None = None,
    why: str = "",
    department: str = DEPARTMENT,
) -> None:
    """Say that a week has other hours than usual and why; as usual again without hours."""
    if monday < monday_of(uow.today):
        raise refuse_value("monday", "Choisissez une semaine à venir.")
    if hours is not None and hours > MOST_HOURS:
        raise refuse_value("hours", f"Écrivez {MOST_HOURS} heures au plus.")
    week = locked_week(uow, monday_of(monday), department)
    week.hours, week.why = hours, why.strip() if hours is not None else ""


@retryable
def set_offer(
    uow: UnitOfWork,
    *,
    support: Support,
    hours: Decimal,
    conception: int,
    review: int,
    proof: int,
    printing: int,
    delivery: int,
    conditions: str = "",
    department: str = DEPARTMENT,
) -> None:
    """Say the usual hours and working days of a support; requests already sent keep theirs."""
    if hours <= 0:
        raise refuse_value("hours", "Dites combien d’heures, au-dessus de zéro.")
    identity = offer_id(support, department)
    days = Delays(conception, review, proof, printing, delivery)
    known = uow.find(Offer, id=identity)
    if known is None:
        uow.add(
            Offer(
                id=identity,
                department=department,
                support=support,
                hours=hours,
                conditions=conditions.strip(),
                **vars(days),
            )
        )
        return
    known.hours, known.conditions = hours, conditions.strip()
    for name, value in vars(days).items():
        setattr(known, name, value)
