"""The words of this service: where a plan, a task and a need stand, and who does what."""

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    HELD = "held"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STOPPED = frozenset({PlanState.CLOSED, PlanState.CANCELLED})


class TaskState(StrEnum):
    """Where a task stands; who does it is told by its holder."""

    TODO = "todo"
    BLOCKED = "blocked"
    DONE = "done"


class Doer(StrEnum):
    """Who does a task: volunteers keep weekends, an office works on working days."""

    VOLUNTEERS = "volunteers"
    OFFICE = "office"


class NeedKind(StrEnum):
    """Of whom something is asked."""

    SUPPLIER = "supplier"
    PRINT = "print"
    SERVICE = "service"
    RELAY = "relay"


BOUGHT = frozenset({NeedKind.SUPPLIER, NeedKind.PRINT})
"""Needs that others secure and tell us about; the others are answered here."""


class NeedState(StrEnum):
    """What was answered to a need."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
