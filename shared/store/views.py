"""Read models written in bulk: folds say what changes, rows are merged by key and written once."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from shared.store.conflicts import insert
from shared.store.workplace import Envelope

Key = tuple[Any, ...]


class _Row:
    """What is to become of one row: replaced or not, columns set, columns raised."""

    __slots__ = ("added", "fresh", "gone", "put")

    def __init__(self) -> None:
        self.put: dict[str, Any] = {}
        self.added: dict[str, Any] = {}
        self.fresh = False
        self.gone = False


class Views:
    """The views of one service during a batch; a fold sees this and no connection.

    Columns of a view other than its key are nullable or have a server default, since a fold may
    set only some of them. ``tables`` replaces a view by its shadow while a rebuild goes on.
    """

    def __init__(
        self, connection: sa.Connection, tables: Mapping[sa.Table, sa.Table] | None = None
    ) -> None:
        self._connection = connection
        self._tables = tables or {}
        self._rows: dict[sa.Table, dict[Key, _Row]] = {}
        self.cause: Envelope | None = None

    @property
    def event(self) -> Envelope:
        """The envelope of the event being folded."""
        assert self.cause is not None
        return self.cause

    def put(self, view: sa.Table, key: Any, **values: Any) -> None:
        """Set ``values`` in the row of ``key``, made if it is not there."""
        row = self._row(view, key)
        row.gone = False
        row.put.update(values)
        for name in values:
            row.added.pop(name, None)

    def add(self, view: sa.Table, key: Any, **deltas: Any) -> None:
        """Raise columns of the row of ``key`` by ``deltas``, from 0 where there is no row."""
        row = self._row(view, key)
        if row.gone:
            row.gone = False
        for name, delta in deltas.items():
            if name in row.put:
                row.put[name] += delta
            else:
                row.added[name] = row.added.get(name, 0) + delta

    def drop(self, view: sa.Table, key: Any) -> None:
        """Remove the row of ``key``, if there is one."""
        row = self._row(view, key)
        row.put.clear()
        row.added.clear()
        row.fresh = row.gone = True

    def put_where(self, view: sa.Table, where: Mapping[str, Any], **values: Any) -> None:
        """Set ``values`` in all rows whose columns have the values of ``where``.

        Writes at once what was said so far: for what is rare, and has an index.
        """
        self.flush()
        table = self._tables.get(view, view)
        here = [table.c[name] == value for name, value in where.items()]
        self._connection.execute(table.update().where(*here).values(values))

    def row(self, view: sa.Table, key: Any) -> dict[str, Any] | None:
        """The row of ``key`` as it stands with what this batch has already said of it."""
        key = key if isinstance(key, tuple) else (key,)
        pending = self._rows.get(view, {}).get(key)
        if pending is not None and pending.gone:
            return None
        stored = None if pending and pending.fresh else self._stored(view, key)
        if pending is None:
            return stored
        names = [c.name for c in view.primary_key.columns]
        merged = stored or {c.name: None for c in view.columns} | dict(zip(names, key, strict=True))
        merged.update(pending.put)
        for name, delta in pending.added.items():
            merged[name] = (merged[name] or 0) + delta
        return merged

    def _stored(self, view: sa.Table, key: Key) -> dict[str, Any] | None:
        table = self._tables.get(view, view)
        parameters = {f"k_{place}": value for place, value in enumerate(key)}
        found = self._connection.execute(_by_key(table), parameters).mappings().first()
        return None if found is None else dict(found)

    def _row(self, view: sa.Table, key: Any) -> _Row:
        key = key if isinstance(key, tuple) else (key,)
        rows = self._rows.get(view)
        if rows is None:
            rows = self._rows[view] = {}
        row = rows.get(key)
        if row is None:
            row = rows[key] = _Row()
        return row

    def flush(self) -> None:
        """Write what was said, one statement per table and set of columns."""
        waiting, self._rows = self._rows, {}
        for view, rows in waiting.items():
            self._write(self._tables.get(view, view), rows)

    def _write(self, table: sa.Table, rows: dict[Key, _Row]) -> None:
        names = [c.name for c in table.primary_key.columns]
        dropped = [dict(zip(names, key, strict=True)) for key, r in rows.items() if r.fresh]
        if dropped:
            here = [c == sa.bindparam(f"k_{c.name}") for c in table.primary_key.columns]
            self._connection.execute(
                table.delete().where(*here),
                [{f"k_{name}": value for name, value in key.items()} for key in dropped],
            )
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[dict[str, Any]]] = {}
        for key, row in rows.items():
            if row.gone or not (row.put or row.added):
                continue
            shape = (tuple(row.put), tuple(row.added))
            values = dict(zip(names, key, strict=True)) | row.put | row.added
            groups.setdefault(shape, []).append(values)
        for (put, added), group in groups.items():
            self._connection.execute(
                _upsert(self._connection.dialect.name, table, put, added), group
            )


_statements: dict[Any, Any] = {}
_selects: dict[sa.Table, sa.Select[Any]] = {}


def _by_key(table: sa.Table) -> sa.Select[Any]:
    """The row of a key, built once a table: building costs more than reading."""
    known = _selects.get(table)
    if known is None:
        keys = enumerate(table.primary_key.columns)
        here = [column == sa.bindparam(f"k_{place}") for place, column in keys]
        known = _selects[table] = sa.select(table).where(*here)
    return known


def _upsert(dialect: str, table: sa.Table, put: tuple[str, ...], added: tuple[str, ...]) -> Any:
    """INSERT … ON CONFLICT DO UPDATE, built once: building costs more than writing."""
    shape = (dialect, table, put, added)
    known = _statements.get(shape)
    if known is not None:
        return known
    keys = [c.name for c in table.primary_key.columns]
    names = [*keys, *put, *added]
    statement = insert(table, dialect).values({name: sa.bindparam(name) for name in names})
    changes: dict[str, Any] = {name: statement.excluded[name] for name in put}
    for name in added:
        changes[name] = sa.func.coalesce(table.c[name], 0) + statement.excluded[name]
    known = statement.on_conflict_do_update(index_elements=keys, set_=changes)
    _statements[shape] = known
    return known
