"""Purchases that await somebody, and a small city, for what is asked of monitoring."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.procurement.events import Step
from tests.monitoring.told import TODAY, Told


def awaiting(
    told: Told,
    cac: UUID,
    due: date | None,
    title: str = "Sonorisation",
    step: Step = Step.VALIDATE,
    awaited: str = "delegate",
    **options: Any,
) -> UUID:
    purchase = told.purchase(cac, title, **options)
    told.step(cac, purchase, Step.CHECK, step, awaited, due, **options)
    return purchase


def row_of(board: dict[str, Any], number: int) -> dict[str, Any]:
    return next(row for row in board["committees"] if row["committee"]["number"] == number)


def a_city(told: Told) -> None:
    late, soon, calm, quiet, idle = (told.committee(n, days_ago=60) for n in range(1, 6))
    awaiting(told, late, TODAY - timedelta(4))
    awaiting(told, soon, TODAY + timedelta(2), step=Step.COMMIT, awaited="finance_clerk")
    awaiting(told, calm, TODAY + timedelta(40), step=Step.COMPLETE_NEED, awaited="member")
    told.envelope(quiet, days_ago=41)
    told.envelope(idle, days_ago=1)
    told.settle()
