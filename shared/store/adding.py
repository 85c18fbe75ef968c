"""New aggregates without parts and without references: one INSERT a class, past the ORM.

SQLAlchemy's unit of work sorts, tracks and fetches for any graph of objects. An aggregate that is
one row needs none of it, and most commands make just that.
"""

from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, make_transient_to_detached


@cache
def alone(cls: Any) -> bool:
    """Whether an object of ``cls`` is one row that refers to no other row."""
    mapper: Any = sa.inspect(cls)
    return not mapper.relationships and not mapper.local_table.foreign_keys


@cache
def _columns(cls: Any) -> tuple[tuple[str, str], ...]:
    mapper: Any = sa.inspect(cls)
    return tuple((a.key, a.columns[0].name) for a in mapper.column_attrs)


@cache
def _insert(cls: Any) -> sa.Insert:
    mapper: Any = sa.inspect(cls)
    return cast(sa.Table, mapper.local_table).insert()


def insert(session: Session, connection: sa.Connection, aggregates: Iterable[Any]) -> None:
    """Write ``aggregates`` and let ``session`` follow their changes from here on."""
    groups: dict[tuple[type, tuple[str, ...]], list[Any]] = {}
    for aggregate in aggregates:
        given = tuple(
            k for k, _ in _columns(cast(Hashable, type(aggregate))) if k in vars(aggregate)
        )
        groups.setdefault((type(aggregate), given), []).append(aggregate)
    for (cls, given), alike in groups.items():
        names = [(k, name) for k, name in _columns(cast(Hashable, cls)) if k in given]
        rows = [{name: vars(a)[k] for k, name in names} for a in alike]
        statement = _insert(cast(Hashable, cls))
        connection.execute(statement, rows[0] if len(rows) == 1 else rows)
        for aggregate in alike:
            make_transient_to_detached(aggregate)
            session.add(aggregate)
