"""Read models written in bulk: folds say what changes, rows are merged by key and written once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from shared.store.columns import Cents
from shared.store.statements import as_json, by_key, told_in_json, update_where, upsert, upsert_all
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
        self._everywhere: dict[sa.Table, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
        self._read: dict[tuple[sa.Table, Key], dict[str, Any] | None] = {}
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
        if row.added:
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
        """Set ``values`` in all rows whose columns have the values of ``where``; have an index.

        The first column of ``where`` is one that a row keeps for life: rows of another owner are
        passed over. Written at the next flush, before what was said of single rows.
        """
        owner, of_it = next(iter(where.items()))
        for key, row in self._rows.get(view, {}).items():
            if not row.gone and row.put.get(owner, of_it) == of_it:
                self._put_where_one(view, key, row, where, values)
        self._everywhere.setdefault(view, []).append((dict(where), values))

    def _put_where_one(
        self, view: sa.Table, key: Key, row: _Row, where: Mapping[str, Any], values: dict[str, Any]
    ) -> None:
        """The same for a row of which something is waiting to be written, after the rest."""
        known = where.keys() & row.put.keys()
        if any(row.put[name] != where[name] for name in known):
            # It is none of them any more; the row as it is stored may be: what it would get there
            # is put back.
            others = values.keys() - row.put.keys()
            stored = self._stored(view, key) if others and not row.fresh else None
            if stored is not None:
                row.put |= {n: stored[n] + row.added.pop(n, 0) for n in others}
        elif len(known) == len(where) or _is(self.row(view, key), where):
            row.put.update(values)
            for name in values:
                row.added.pop(name, None)

    def row(self, view: sa.Table, key: Any) -> dict[str, Any] | None:
        """The row of ``key`` as it stands with what this batch has already said of it."""
        key = key if isinstance(key, tuple) else (key,)
        pending = self._rows.get(view, {}).get(key)
        if pending is not None and pending.gone:
            return None
        stored = None if pending and pending.fresh else self._stored(view, key, pending)
        if pending is None:
            return stored
        names = [c.name for c in view.primary_key.columns]
        merged = stored or _blank(view) | dict(zip(names, key, strict=True))
        merged.update(pending.put)
        for name, delta in pending.added.items():
            merged[name] = (merged[name] or 0) + delta
        return merged

    def _stored(self, view: sa.Table, key: Key, pending: _Row | None = None) -> Any:
        """The row as it will be before what is pending of it; None unread when that is all of it."""
        if pending is not None and len(pending.put) + len(key) == len(view.columns):
            return None
        if (view, key) not in self._read:
            table = self._tables.get(view, view)
            parameters = {f"k_{place}": value for place, value in enumerate(key)}
            found = self._connection.execute(by_key(table), parameters).mappings().first()
            self._read[view, key] = None if found is None else dict(found)
        stored = self._read[view, key]
        if stored is None:
            return None
        stored = dict(stored)
        for where, values in self._everywhere.get(view, ()):
            if _is(stored, where):
                stored.update(values)
        return stored

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
        everywhere, self._everywhere = self._everywhere, {}
        for view, changes in everywhere.items():
            self._write_everywhere(self._tables.get(view, view), changes)
        waiting, self._rows = self._rows, {}
        self._read.clear()
        for view, rows in waiting.items():
            self._write(self._tables.get(view, view), rows)

    def _write_everywhere(
        self, table: sa.Table, changes: list[tuple[dict[str, Any], dict[str, Any]]]
    ) -> None:
        """In the order in which they were said, as many at once as have the same columns."""
        for shape, group in groupby(changes, key=lambda c: (tuple(c[0]), tuple(c[1]))):
            parameters = [
                {f"w_{name}": value for name, value in where.items()}
                | {f"v_{name}": value for name, value in values.items()}
                for where, values in group
            ]
            self._connection.execute(update_where(table, *shape), parameters)

    def _write(self, table: sa.Table, rows: dict[Key, _Row]) -> None:
        names = [str(c.name) for c in table.primary_key.columns]
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
            if self._connection.dialect.name == "postgresql" and told_in_json(table):
                statement, kept = upsert_all(self._connection.dialect, table, put, added)
                rows_text = as_json(group, kept)
                self._connection.execute(statement, {"rows": rows_text})
            else:
                statement = upsert(self._connection.dialect.name, table, put, added)
                self._connection.execute(statement, group)


@cache
def _blank(view: sa.Table) -> dict[str, Any]:
    """What the database puts into a new row where nothing is said."""
    return {column.name: _default(column) for column in view.columns}


def _default(column: sa.Column[Any]) -> Any:
    said = getattr(column.server_default, "arg", None)
    if not isinstance(said, str):
        return None if said is None else isinstance(said, sa.True_)
    kind = column.type.python_type
    if isinstance(column.type, Cents):
        return Decimal(said).scaleb(-2)
    return date.fromisoformat(said) if kind is date else kind(said)


def _is(row: Mapping[str, Any] | None, where: Mapping[str, Any]) -> bool:
    return row is not None and all(row[name] == value for name, value in where.items())
