"""How long each part of a print takes, in working days, and the days that follow from it."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.communication.model.steps import State
from shared.kernel import calendar

FROM_MODEL = 1
"""Days of design when the group starts from a model of the City."""
ROUNDS = 2
"""Rounds of corrections that the days of review hold."""


@dataclass(frozen=True)
class Delays:
    """Working days of each part: data of the department, for each support."""

    conception: int = 5
    review: int = 6
    proof: int = 2
    printing: int = 3
    delivery: int = 1

    @property
    def before_press(self) -> int:
        """From acceptance to the press."""
        return self.conception + self.review + self.proof

    @property
    def after_press(self) -> int:
        """From the press to the committee."""
        return self.printing + self.delivery

    @property
    def one_round(self) -> int:
        """One round of corrections."""
        return self.review // ROUNDS

    def left(self, state: State) -> int:
        """Working days that a request in ``state`` still takes, once what is awaited is done."""
        return {
            State.SCHEDULED: self.review + self.proof + self.after_press,
            State.CORRECTING: self.proof + self.after_press,
            State.PROOF: self.after_press,
            State.APPROVED: self.delivery,
            State.PRINTING: 0,
            State.OUTSIDE: self.after_press,
            State.ORDERED: 0,
        }.get(state, self.before_press + self.after_press)

    def ready(self, monday: date, press_from: date) -> date:
        """When copies printed in the week of ``monday``, not before ``press_from``, are there."""
        start = max(calendar.after(monday, 0), calendar.after(press_from, 0))
        return calendar.after(start, self.after_press)


def due(state: State, needed_by: date | None, delays: Delays) -> date | None:
    """The last day to do what is awaited, counted back from the day it is wanted for."""
    if needed_by is None:
        return None
    return calendar.before(needed_by, delays.left(state))


def monday_of(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(day.weekday())


def needs_due(day: date) -> date:
    """J − 2 months: what is needed is sent."""
    return calendar.last_worked(calendar.months_before(day, 2))


def distribution_due(day: date) -> date:
    """J − 1 month: handing out begins."""
    return calendar.last_worked(calendar.months_before(day, 1))
