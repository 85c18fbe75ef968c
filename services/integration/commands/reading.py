"""What a read leaves behind: that it took place."""

import sqlalchemy as sa

from services.integration import tables
from services.integration.model import READS_A_MINUTE, TooManyReads
from services.integration.queries import _reader
from shared.store.unit_of_work import UnitOfWork

_readings = tables.readings


def note_reading(uow: UnitOfWork, *, key: str | None) -> None:
    """Count a read of ``key``; refuses a key that opens nothing, and more than so many a minute.

    One statement in a transaction of its own. It is no fact and has no audit: of each key the last
    read and their number are kept, nothing of what was read.
    """
    reader = _reader(uow, key)
    minute = int(uow.now.timestamp()) // 60
    again = sa.case((_readings.c.minute == minute, _readings.c.in_minute + 1), else_=1)
    counted = uow.connection.execute(
        _readings.update()
        .where(_readings.c.prefix == reader.prefix)
        .values(in_minute=again, minute=minute, total=_readings.c.total + 1, last_at=uow.now)
        .returning(_readings.c.in_minute)
    ).scalar()
    if counted is not None and counted > READS_A_MINUTE:
        raise TooManyReads(
            rule=f"Une clé lit {READS_A_MINUTE} pages par minute au plus.",
            missing="Attendez la minute suivante ; demandez de plus grandes pages (limit=500).",
            retry_after=60 - int(uow.now.timestamp()) % 60,
        )
