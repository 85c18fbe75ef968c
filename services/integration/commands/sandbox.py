"""Sandboxes: opened by anybody, filled by whoever holds the key, gone after a day."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.integration import tables
from services.integration.model import (
    AN_HOUR,
    AT_ONCE,
    LIFETIME,
    TRIAL,
    NotASandbox,
    Sandbox,
    TooManySandboxes,
    fingerprint,
    mint,
)
from services.integration.queries import _entry, _reader, invented
from shared.store.unit_of_work import UnitOfWork

_NOWHERE = UUID("5a0dbe11-0000-4000-8000-000000000000")
_sandboxes, _events, _readings = tables.sandboxes, tables.sandbox_events, tables.readings


def open_sandbox(uow: UnitOfWork, *, address: str) -> dict[str, Any]:
    """A place to try the feed for a day: ``key``, readable in this answer only, and ``until``.

    Of the network ``address`` a fingerprint is kept for that day, to hold the number of sandboxes
    that one opens in an hour.
    """
    whose = fingerprint(f"sandbox:{address}")
    _hold_back(uow, whose)
    minted, identity = mint(TRIAL), uow.new_id()
    until = uow.now + LIFETIME
    uow.add(
        Sandbox(
            id=identity,
            prefix=minted.prefix,
            fingerprint=minted.fingerprint,
            address=whose,
            made_at=uow.now,
            until=until,
        )
    )
    count = {"prefix": minted.prefix, "total": 0, "minute": 0, "in_minute": 0}
    uow.connection.execute(_readings.insert(), count)
    uow.schedule("end-sandbox", identity, until)
    return {"key": minted.key, "until": until}


def _hold_back(uow: UnitOfWork, address: str) -> None:
    recent = sa.select(sa.func.count()).where(
        _sandboxes.c.address == address, _sandboxes.c.made_at > uow.now - timedelta(hours=1)
    )
    there = sa.select(sa.func.count()).select_from(_sandboxes)
    if uow.value(recent) >= AN_HOUR or uow.value(there) >= AT_ONCE:
        raise TooManySandboxes(
            rule=f"Une adresse réseau en ouvre {AN_HOUR} par heure au plus.",
            missing="Gardez la clé que vous avez, ou attendez une heure.",
            retry_after=3600,
        )


def send_made_up(uow: UnitOfWork, *, key: str | None, kind: str) -> dict[str, Any]:
    """Put the example of the type ``kind`` into the sandbox of ``key``; the event that it became.

    It is of a committee that does not exist, and says so (``sandbox``). Refuses the key of a
    grant, a type that is not in the catalogue, and a full sandbox.
    """
    reader = _reader(uow, key)
    if not reader.trial:
        raise NotASandbox()
    entry = _entry(uow, kind)
    sandbox = uow.get(Sandbox, reader.id, hot=True)
    number = sandbox.take()
    event = invented(
        entry.event,
        identity=uow.new_id(),
        committee=uuid5(_NOWHERE, str(sandbox.id)),
        at=uow.now,
        source=uow.source,
    )
    row = {"sandbox_id": sandbox.id, "number": number, "at": uow.now, "event": event}
    uow.connection.execute(_events.insert(), row)
    return event


def end_sandbox(uow: UnitOfWork, *, subject: UUID) -> None:
    """The day is over: the sandbox, its key and its events are gone."""
    sandbox = uow.find(Sandbox, id=subject)
    if sandbox is None:
        return
    uow.connection.execute(_events.delete().where(_events.c.sandbox_id == subject))
    uow.connection.execute(_readings.delete().where(_readings.c.prefix == sandbox.prefix))
    uow.delete(sandbox)
