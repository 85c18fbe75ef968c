"""The statements that write views, built once a shape: building costs more than writing."""

from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from shared.store.columns import Cents, Json, Moment
from shared.store.conflicts import insert

_AS_JSON = (sa.String, sa.Integer, sa.Boolean, sa.Uuid, sa.Date, Cents, Json, Moment)
"""Columns whose values JSON holds as they are."""

_statements: dict[Any, Any] = {}
_selects: dict[sa.Table, sa.Select[Any]] = {}


def update_where(table: sa.Table, where: tuple[str, ...], values: tuple[str, ...]) -> Any:
    """UPDATE … WHERE for rows that hold some values."""
    shape = ("update", table, where, values)
    known = _statements.get(shape)
    if known is None:
        here = [
            table.c[name] == sa.bindparam(f"w_{name}", type_=table.c[name].type) for name in where
        ]
        changed: dict[str, Any] = {name: sa.bindparam(f"v_{name}") for name in values}
        known = _statements[shape] = table.update().where(*here).values(changed)
    return known


def by_key(table: sa.Table) -> sa.Select[Any]:
    """The row of a key."""
    known = _selects.get(table)
    if known is None:
        keys = enumerate(table.primary_key.columns)
        here = [column == sa.bindparam(f"k_{place}") for place, column in keys]
        known = _selects[table] = sa.select(table).where(*here)
    return known


def upsert(dialect: str, table: sa.Table, put: tuple[str, ...], added: tuple[str, ...]) -> Any:
    """INSERT … ON CONFLICT DO UPDATE of one row."""
    shape = (dialect, table, put, added)
    known = _statements.get(shape)
    if known is None:
        names = [*(c.name for c in table.primary_key.columns), *put, *added]
        statement = insert(table, dialect).values({name: sa.bindparam(name) for name in names})
        known = _statements[shape] = _or_update(statement, table, put, added)
    return known


@cache
def told_in_json(table: sa.Table) -> bool:
    """Whether ``upsert_all`` can write the rows of ``table``: bytes, say, are no JSON."""
    return all(isinstance(column.type, _AS_JSON) for column in table.columns)


def upsert_all(
    dialect: sa.Dialect, table: sa.Table, put: tuple[str, ...], added: tuple[str, ...]
) -> Any:
    """The same for all rows of one shape at once, given as JSON; and what turns values into it.

    The driver is slower at handing over values one by one than the server at reading them.
    """
    shape = ("postgresql", table, put, added)
    known = _statements.get(shape)
    if known is None:
        names = [*(c.name for c in table.primary_key.columns), *put, *added]
        rows = sa.func.json_to_recordset(sa.cast(sa.bindparam("rows", type_=sa.Text), sa.JSON))
        given = rows.table_valued(*(sa.column(n, table.c[n].type) for n in names))
        given = given.render_derived(name="given", with_types=True)
        statement = insert(table, dialect.name).from_select(names, sa.select(given))
        makers = {n: table.c[n].type.dialect_impl(dialect).bind_processor(dialect) for n in names}
        kept = [(name, maker) for name, maker in makers.items() if maker is not None]
        known = _statements[shape] = (_or_update(statement, table, put, added), kept)
    return known


def as_json(group: list[dict[str, Any]], kept: list[tuple[str, Any]]) -> str:
    """The rows as ``upsert_all`` takes them, each value as its column keeps it."""
    for row in group:
        for name, maker in kept:
            row[name] = maker(row[name])
    return orjson.dumps(group).decode()


def _or_update(
    statement: Any, table: sa.Table, put: tuple[str, ...], added: tuple[str, ...]
) -> Any:
    changes: dict[str, Any] = {name: statement.excluded[name] for name in put}
    for name in added:
        changes[name] = sa.func.coalesce(table.c[name], 0) + statement.excluded[name]
    keys = [c.name for c in table.primary_key.columns]
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)
