"""What events do to a service: they are folded into its views, then its policies react."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from shared.kernel import trace
from shared.kernel.refusals import ChangedMeanwhile, Refusal
from shared.log.wire import Arrival, Registry
from shared.service import Handler
from shared.store.database import lost_race
from shared.store.unit_of_work import UnitOfWork
from shared.store.views import Views
from shared.store.workplace import Envelope, Workplace


class Effects:
    """The effects of events on one service, within a transaction of its consumer."""

    def __init__(
        self, workplace: Workplace, registry: Registry, handlers: Mapping[str, Handler]
    ) -> None:
        self.workplace = workplace
        self.registry = registry
        self.handlers = handlers

    def apply(self, connection: sa.Connection, arrivals: Sequence[Arrival], *, alone: bool) -> None:
        """Fold ``arrivals``, then react to them, each in turn; ``alone`` is one by itself."""
        views = Views(connection)
        uow = UnitOfWork(self.workplace, connection, command="", views=views)
        envelopes = [self.registry.read(arrival) for arrival in arrivals]
        self._load(uow, envelopes)
        for envelope in envelopes:
            handler = self.handlers[envelope.type]
            trace.follow(envelope.traceparent)
            views.cause = envelope
            for fold in handler.folds:
                fold(views, envelope.event)
            self._react(uow, handler, envelope, alone=alone)
        uow.finish()

    def _load(self, uow: UnitOfWork, envelopes: Sequence[Envelope]) -> None:
        """Read at once what the policies of a batch say they will ask for."""
        wanted: dict[type, set[UUID]] = {}
        for envelope in envelopes:
            policy = self.handlers[envelope.type].policy
            if policy is not None and policy.loads is not None:
                for cls, identity in policy.loads(envelope.event):
                    wanted.setdefault(cls, set()).add(identity)
        for cls, identities in wanted.items():
            uow.load(cls, identities)

    def _react(self, uow: UnitOfWork, handler: Handler, envelope: Envelope, *, alone: bool) -> None:
        policy = handler.policy
        if policy is None or (policy.since is not None and envelope.time < policy.since):
            return
        uow.handling(envelope, policy.react.__name__)
        if not (alone and policy.refused is not None):
            policy.react(uow, envelope.event)
            uow.event_handled()
            return
        self._react_or_refuse(uow, handler, envelope)

    def _react_or_refuse(self, uow: UnitOfWork, handler: Handler, envelope: Envelope) -> None:
        """Alone in its transaction, a policy may be refused: what it began is undone first."""
        policy = handler.policy
        assert policy is not None
        assert policy.refused is not None
        trial = UnitOfWork(self.workplace, uow.plain_connection, command=policy.react.__name__)
        trial.handling(envelope, policy.react.__name__)
        uow.flush()
        savepoint = uow.plain_connection.begin_nested()
        try:
            policy.react(trial, envelope.event)
            trial.finish()
            savepoint.commit()
        except ChangedMeanwhile:
            raise
        except Refusal as refusal:
            savepoint.rollback()
            policy.refused(uow, envelope.event, refusal)
            uow.event_handled()


def came_second(error: BaseException) -> bool:
    """Whether a page changed the same thing first: nothing is wrong, it is done again."""
    return isinstance(error, ChangedMeanwhile) or lost_race(error)
