"""Views say at the end of a batch what each change would have made of the rows one by one."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.store.columns import Cents, Json, Moment, new_metadata
from shared.store.database import Database
from shared.store.views import Views

metadata = new_metadata()
things_view = sa.Table(
    "things_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("owner", sa.Uuid, index=True),
    sa.Column("open", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("kind", sa.String(5)),
    sa.Column("count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("total", Cents, nullable=False, server_default="0"),
    sa.Column("due", sa.Date),
    sa.Column("at", Moment),
    sa.Column("more", Json),
)
bytes_view = sa.Table(
    "bytes_view",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("seconds", sa.Float),
)
AT = datetime(2027, 1, 12, 4, 4, 5, 678, tzinfo=UTC)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, database_urls: Callable[..., str]
) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'views.sqlite'}"
    if request.param == "PostgreSQL":
        url = database_urls("views").replace("{service}", "views")
    made = Database(url)
    with made.write() as connection:
        metadata.create_all(connection)
    yield made
    made.close()


def key(number: int) -> UUID:
    return UUID(int=number)


def rows(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        select = sa.select(things_view).order_by(things_view.c.id)
        return [dict(row) for row in connection.execute(select).mappings()]


Change = Callable[[Views], None]


def played(database: Database, changes: list[Change], *, at_once: bool) -> list[dict[str, Any]]:
    with database.write() as connection:
        connection.execute(sa.delete(things_view))
        views = Views(connection)
        for change in changes:
            change(views)
            if not at_once:
                views.flush()
        views.flush()
    return rows(database)


def test_every_type_of_column_is_kept_as_it_was_said(database: Database):
    values: dict[str, Any] = {
        "owner": key(9),
        "open": True,
        "kind": "é'\"{}",
        "count": 3,
        "total": Decimal("1974.70"),
        "due": date(2027, 3, 20),
        "at": AT,
        "more": {"a": [1, None, "é"]},
    }
    said: list[Change] = [
        lambda v: v.put(things_view, key(1), **values),
        lambda v: v.put(things_view, key(2), **dict.fromkeys(("owner", "kind", "due", "at"))),
        lambda v: v.add(things_view, key(1), count=2, total=Decimal("-0.70")),
    ]
    first, second = played(database, said, at_once=True)
    assert first == {"id": key(1)} | values | {"count": 5, "total": Decimal("1974.00")}
    assert (second["open"], second["count"], second["total"]) == (False, 0, Decimal(0))
    assert second["more"] is None


def test_what_json_cannot_hold_is_kept_too(database: Database):
    with database.write() as connection:
        views = Views(connection)
        for number in (1, 2):
            views.put(bytes_view, key(number), raw=b"\x00\xff", seconds=0.1)
        views.flush()
        select = sa.select(bytes_view.c.raw, bytes_view.c.seconds)
        assert [tuple(row) for row in connection.execute(select)] == [(b"\x00\xff", 0.1)] * 2


def test_a_text_longer_than_its_column_is_refused_where_the_database_does(database: Database):
    too_long: list[Change] = [lambda v: v.put(things_view, key(1), kind="x" * 6)]
    if database.dialect == "postgresql":
        with pytest.raises(sa.exc.DataError):
            played(database, too_long, at_once=True)
    else:
        assert played(database, too_long, at_once=True)


def test_what_is_set_everywhere_reaches_stored_rows_and_those_still_waiting(database: Database):
    with database.write() as connection:
        views = Views(connection)
        views.put(things_view, key(1), owner=key(9), open=True)
        views.put(things_view, key(2), owner=key(8), open=True)
        views.flush()
        views.put(things_view, key(3), owner=key(9), open=True)
        views.put(things_view, key(1), kind="told")
        views.put_where(things_view, {"owner": key(9), "open": True}, open=False)
        assert [(views.row(things_view, key(n)) or {})["open"] for n in (1, 2, 3)] == [
            False,
            True,
            False,
        ]
        views.put(things_view, key(1), open=True)
        views.flush()
    assert [(row["open"], row["kind"]) for row in rows(database)] == [
        (True, "told"),
        (True, None),
        (False, None),
    ]


def test_a_row_that_said_all_of_itself_is_not_read(database: Database):
    with database.write() as connection:
        views = Views(connection)
        values = {c.name: None for c in things_view.columns if c.name != "id"}
        views.put(things_view, key(1), **values | {"open": True, "count": 1, "total": Decimal(1)})
        asked: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        row = views.row(things_view, key(1))
        assert row is not None
        assert (row["count"], asked) == (1, [])


KEYS = st.integers(1, 4)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "open": st.booleans(),
        "kind": st.sampled_from(["a", "b"]),
        "count": st.integers(0, 3),
    },
)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One change; the owner of a row is said or not, and is always the same."""
    number = draw(KEYS)
    owner = key(8 + number % 2)
    kind = draw(st.sampled_from(["put", "put", "put", "add", "drop", "everywhere", "everywhere"]))
    if kind == "add":
        delta = draw(st.integers(-2, 2))
        return lambda v: v.add(things_view, key(number), count=delta)
    if kind == "drop":
        return lambda v: v.drop(things_view, key(number))
    values = draw(VALUES)
    if kind == "put":
        values |= {"owner": owner} if draw(st.booleans()) else {}
        return lambda v: v.put(things_view, key(number), **values)
    where = {"owner": owner} | draw(VALUES)
    values = values or {"open": False}
    return lambda v: v.put_where(things_view, where, **values)


@given(said=st.lists(changes(), max_size=12))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_batch_leaves_the_rows_that_its_changes_leave_one_by_one(
    database: Database, said: list[Change]
):
    assert played(database, said, at_once=True) == played(database, said, at_once=False)
