"""Things that fall due: rows written with what needs them, fired once, as commands."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
import structlog

from shared.kernel.refusals import ChangedMeanwhile
from shared.store.database import lost_race, unreachable
from shared.store.tables import timers
from shared.store.unit_of_work import UnitOfWork
from shared.store.workplace import Workplace

log = structlog.get_logger()
Timers = Mapping[str, Callable[..., Any]]
# Asked at each tick of each worker, so made once.
_DUE = (
    sa.select(timers)
    .where(
        timers.c.due <= sa.bindparam("now"),
        timers.c.name.in_(sa.bindparam("names", expanding=True)),
    )
    .order_by(timers.c.due)
    .limit(sa.bindparam("most"))
)


def next_due(connection: sa.Connection) -> datetime | None:
    """When the next timer falls due."""
    due: datetime | None = connection.execute(sa.select(sa.func.min(timers.c.due))).scalar()
    return due


def due_of(uow: UnitOfWork, name: str, subject: UUID) -> datetime | None:
    """When the timer ``name`` for ``subject`` is set to fire; None when it is not set."""
    here = (timers.c.name == name, timers.c.subject == subject)
    found = uow.row(sa.select(timers.c.due).where(*here))
    return found["due"] if found else None


def fire_due(workplace: Workplace, commands: Timers, *, limit: int = 100) -> int:
    """Fire what is due: ``command(uow, subject=…)``; each in a transaction that forgets its row.

    A timer that fails is put off by a minute and said in the log, so that others go on.
    """
    now = workplace.clock.now()
    asked = {"now": now, "names": list(commands), "most": limit}
    with workplace.database.read() as connection:
        due = connection.execute(_DUE, asked).all()
    fired = 0
    for row in due:
        try:
            fired += _fire(workplace, commands[row.name], row)
        except Exception as error:
            if unreachable(error):
                raise
            if not (lost_race(error) or isinstance(error, ChangedMeanwhile)):
                log.exception("timer.failed", service=workplace.service, timer=row.name)
                _put_off(workplace, row, now)
    return fired


def _here(row: Any) -> tuple[Any, ...]:
    return timers.c.name == row.name, timers.c.subject == row.subject, timers.c.due == row.due


def _fire(workplace: Workplace, command: Callable[..., Any], row: Any) -> bool:
    with workplace.database.write() as connection:
        if connection.execute(timers.delete().where(*_here(row))).rowcount == 0:
            return False
        uow = UnitOfWork(workplace, connection, command=command.__name__)
        # A restored database fires again what had fired since: it must say the same again.
        due = f"{workplace.service}:{row.name}:{row.due.isoformat()}"
        uow.seed = uuid5(row.subject, due)
        command(uow, subject=row.subject)
        uow.finish()
    workplace.wake_relay()
    return True


def _put_off(workplace: Workplace, row: Any, now: datetime) -> None:
    later = datetime.fromtimestamp(now.timestamp() + 60, tz=now.tzinfo)
    with workplace.database.write() as connection:
        connection.execute(timers.update().where(*_here(row)).values(due=later))
