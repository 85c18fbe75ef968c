"""Who takes a step, in which roles, under which delegation."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.procurement.model.steps import SYSTEM


@dataclass(frozen=True)
class Delegation:
    """The act that lets somebody commit the city: up to ``ceiling``, in euros including tax."""

    id: UUID
    ceiling: Decimal


@dataclass(frozen=True)
class Decider:
    """Who takes a step: a person with the roles held on this file, or the system itself."""

    person: UUID | None
    roles: frozenset[str]
    at: datetime
    delegations: tuple[Delegation, ...] = ()

    @classmethod
    def system(cls, at: datetime) -> "Decider":
        """A policy or a timer."""
        return cls(None, frozenset({SYSTEM}), at)
