"""Numbers without gaps."""

from contextlib import suppress

import sqlalchemy as sa

from shared.store.tables import series as table


def next_number(connection: sa.Connection, series: str) -> int:
    """The next number of ``series``, from 1; its row is held until the transaction ends."""
    raised = (
        table.update()
        .where(table.c.name == series)
        .values(last=table.c.last + 1)
        .returning(table.c.last)
    )
    number = connection.execute(raised).scalar()
    if number is None:
        with suppress(sa.exc.IntegrityError), connection.begin_nested():
            connection.execute(table.insert(), {"name": series, "last": 0})
        number = connection.execute(raised).scalar()
    return int(number or 0)
