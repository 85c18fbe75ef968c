"""The one place where a use case runs: right, unit of work, retry of a lost race, commit."""

import inspect
import random
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from shared.kernel.refusals import (
    ChangedMeanwhile,
    Forbidden,
    Invalid,
    Refusal,
    SignInNeeded,
)
from shared.kernel.rights import (
    ANYONE,
    NOBODY,
    SIGNED_IN,
    SYSTEM,
    Actor,
    Entry,
    May,
    RightsTable,
)
from shared.store import once
from shared.store.database import lost_race
from shared.store.reading import Reading
from shared.store.unit_of_work import UnitOfWork
from shared.store.workplace import Workplace

F = TypeVar("F", bound=Callable[..., Any])
ATTEMPTS = 8


def retryable(command: F) -> F:
    """Declare that ``command`` may simply be done again when somebody else came first.

    Right for what does not depend on what the person saw (a hot balance, a counter); a decision
    taken on a screen is not retryable: it answers 409.
    """
    command.__dict__["retryable"] = True
    return command


def unkept(command: F) -> F:
    """Declare that nothing ``command`` is given or gives may be kept, not even its fingerprint.

    Right for what is secret and has few values, which a fingerprint would give away, and for what
    is shown once. No idempotency key is kept for it: done twice, it must be the same as once.
    """
    command.__dict__["unkept"] = True
    return command


class IdempotencyKeyReused(Invalid):
    """The same Idempotency-Key came with another request (422)."""

    title = "Cette clé a déjà servi pour une autre demande"


class UseCases:
    """The use cases of one service at its workplace, behind its rights table."""

    def __init__(
        self,
        workplace: Workplace,
        rights: RightsTable,
        *,
        point: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.workplace = workplace
        self._rights = rights
        self._point = point

    def ask(self, query: Callable[..., Any], *, actor: Actor, **arguments: Any) -> Any:
        """Run ``query`` for ``actor``; raises Forbidden, NotFound or SignInNeeded."""
        with self.workplace.database.read() as connection:
            reading = Reading(self.workplace, connection, actor)
            self._check(query, reading, arguments)
            return query(reading, **arguments)

    def perform(
        self,
        command: Callable[..., Any],
        *,
        actor: Actor,
        idempotency_key: str | None = None,
        **arguments: Any,
    ) -> Any:
        """Run ``command`` for ``actor`` in one transaction and return its result.

        A lost race is tried again when the command is retryable, else ChangedMeanwhile. With
        an ``idempotency_key`` the command is done once for that person and key; the same key
        for something else raises IdempotencyKeyReused.
        """
        if getattr(command, "unkept", False):
            idempotency_key = None
        for attempt in range(ATTEMPTS):
            try:
                return self._once(command, actor, idempotency_key, arguments, attempt > 0)
            except (ChangedMeanwhile, sa.exc.IntegrityError, sa.exc.DBAPIError) as error:
                if not isinstance(error, ChangedMeanwhile | sa.exc.IntegrityError) and not (
                    lost_race(error)
                ):
                    raise
                again = getattr(command, "retryable", False) or lost_race(error)
                if not again or attempt == ATTEMPTS - 1:
                    if isinstance(error, ChangedMeanwhile):
                        raise
                    raise ChangedMeanwhile() from error
                time.sleep(random.uniform(0, 0.004 * 2**attempt))  # noqa: S311 - not a secret
        raise ChangedMeanwhile()

    def operate(self, use_case: Callable[..., Any], *, actor: Actor = SYSTEM, **args: Any) -> Any:
        """Run a use case of the plumbing itself (dead letters), from the command line or a page.

        It has no entry in the rights table of a service: the caller has checked who asks.
        """
        if next(iter(inspect.signature(use_case).parameters)) == "read":
            with self.workplace.database.read() as connection:
                return use_case(Reading(self.workplace, connection, actor), **args)
        with self.workplace.database.write() as connection:
            uow = UnitOfWork(self.workplace, connection, actor, command=use_case.__name__)
            result = use_case(uow, **args)
            uow.finish()
        return result

    def _once(
        self,
        command: Callable[..., Any],
        actor: Actor,
        idempotency_key: str | None,
        arguments: dict[str, Any],
        careful: bool,
    ) -> Any:
        request = idempotency_key and once.request(actor, idempotency_key, command, arguments)
        if not request:
            return self._transaction(command, actor, None, arguments, careful)
        try:
            return self._transaction(command, actor, request, arguments, careful)
        except NotYours:
            raise
        except (once.AlreadyDone, Refusal, sa.exc.IntegrityError) as error:
            with self.workplace.database.read() as connection:
                known = once.known(connection, request)
            if known is None and isinstance(error, once.AlreadyDone):
                raise ChangedMeanwhile() from error
            if known is None:
                raise
            same, result = known
            if not same:
                raise IdempotencyKeyReused(
                    rule="Une clé d’idempotence ne sert qu’à répéter la même demande.",
                    missing="Donnez une nouvelle clé à cette nouvelle demande.",
                ) from error
            return result

    def _transaction(
        self,
        command: Callable[..., Any],
        actor: Actor,
        request: once.Request | None,
        arguments: dict[str, Any],
        careful: bool,
    ) -> Any:
        """The command and all its writes; under a key, its result is kept in the same commit."""
        with self.workplace.database.write() as connection:
            name = command.__name__
            uow = UnitOfWork(self.workplace, connection, actor, command=name, careful=careful)
            quality = self._check(command, uow, arguments)
            uow.by = actor.by(quality) if quality else None
            result = command(uow, **arguments)
            uow.finish(once.row(request, result, uow.today) if request is not None else None)
            wake = uow.published_later
        self._point("web:committed")
        if wake:
            self.workplace.wake_relay()
        return result

    def _check(
        self, use_case: Callable[..., Any], reading: Reading, arguments: dict[str, Any]
    ) -> str | None:
        """The role by which the actor may, None where no role is needed; else it raises."""
        entry: Entry = self._rights[use_case]
        actor = reading.actor
        if actor.system or entry is ANYONE:
            return None
        if entry is NOBODY:
            raise Forbidden(rule="Seul le système fait cela, ou une personne à la console.")
        if actor.person is None:
            raise SignInNeeded()
        if entry is SIGNED_IN:
            return "person"
        assert isinstance(entry, May)
        return self._role(entry, reading, arguments)

    def _role(self, entry: May, reading: Reading, arguments: dict[str, Any]) -> str:
        held = {role: reading.scopes(role) for role in entry.roles}
        if entry.of is None:
            mine = next((role for role, scopes in held.items() if scopes), None)
        else:
            needed = frozenset(entry.of(reading, **_taken_by(entry.of, arguments)))
            mine = next((role for role, scopes in held.items() if scopes & needed), None)
        if mine is None:
            raise NotYours(entry.roles)
        return mine


class NotYours(Forbidden):
    """None of the roles that may do it is held on this scope; ``roles`` says which may."""

    def __init__(self, roles: Iterable[str]) -> None:
        super().__init__(
            rule="Cette action est réservée à certains rôles, sur leur périmètre.",
            roles=tuple(roles),
        )


@cache
def _names(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)[1:]


def _taken_by(scope: Callable[..., Any], arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: arguments[name] for name in _names(scope) if name in arguments}
