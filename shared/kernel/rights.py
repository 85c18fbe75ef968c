"""Who may do what, in words a rights table can be read by: roles held on scopes, for a time.

A scope is a short text: ``city``, ``sector:Est``, ``person:<id>``. What scopes mean belongs to the
services; here they are only compared. No entry means nobody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from shared.kernel.event import By

ScopeQuery = Callable[..., Iterable[str]]


@dataclass(frozen=True)
class Grant:
    """A role that a person holds on a scope, from a day to a day (both included, None is open)."""

    role: str
    scope: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the grant is in force on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True)
class Actor:
    """Who asks: a person with grants, nobody (``ANONYMOUS``), or the system itself (``SYSTEM``)."""

    person: UUID | None = None
    grants: tuple[Grant, ...] = ()
    session: str | None = None
    system: bool = False

    def scopes(self, roles: Iterable[str], day: date) -> frozenset[str]:
        """The scopes on which this actor holds one of ``roles`` on ``day``."""
        wanted = frozenset(roles)
        return frozenset(g.scope for g in self.grants if g.role in wanted and g.holds_on(day))

    def by(self, quality: str) -> By | None:
        """This person as the one who decides, in ``quality``; None for the system or nobody."""
        return None if self.person is None else By(person=self.person, quality=quality)


SYSTEM = Actor(system=True)
ANONYMOUS = Actor()


class Everyone(Enum):
    """Entries of a rights table that name no role."""

    NOBODY = "only policies, timers and the command line"
    SIGNED_IN = "whoever is signed in"
    ANYONE = "also who is not signed in"


NOBODY, SIGNED_IN, ANYONE = Everyone.NOBODY, Everyone.SIGNED_IN, Everyone.ANYONE


@dataclass(frozen=True)
class May:
    """One of ``roles``, on one of the scopes that ``of`` gives for the arguments of the use case.

    Without ``of`` any scope will do: the use case then restricts what it gives or changes to
    ``scopes(*roles)`` of the actor, in its own query.
    """

    roles: tuple[str, ...]
    of: ScopeQuery | None = None


Entry = May | Everyone
RightsTable = dict[Callable[..., Any], Entry]


def may(*roles: str, of: ScopeQuery | None = None) -> May:
    """An entry: ``may("member", "lead", of=queries._scope_of_story)``."""
    return May(roles, of)
