"""What a query may use: a connection, who asks, and when."""

import base64
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from shared.kernel.refusals import Invalid, NotFound
from shared.kernel.rights import Actor
from shared.store.columns import Cents, Moment

if TYPE_CHECKING:
    from shared.store.workplace import Workplace

Row = dict[str, Any]


class Reading:
    """A stable picture of the service's database for one query."""

    def __init__(self, workplace: "Workplace", connection: sa.Connection, actor: Actor) -> None:
        self._workplace = workplace
        self._connection = connection
        self.actor = actor
        self.now: datetime = workplace.clock.now()

    @property
    def today(self) -> date:
        """The day on the calendar of La Réunion."""
        return self._workplace.clock.today()

    @property
    def source(self) -> str:
        """The address of this service, as what it says names its source."""
        return self._workplace.source

    def gateway(self, name: str) -> Any:
        """The adapter of the gateway whose Protocol is called ``name``."""
        return self._workplace.extras[name]

    @property
    def connection(self) -> sa.Connection:
        """The connection, for what the methods below do not say."""
        return self._connection

    def rows(self, select: sa.Executable, parameters: Any = None) -> list[Row]:
        """All rows of ``select`` as plain dicts. Bound the select: lists are pages."""
        return [dict(r) for r in self.connection.execute(select, parameters).mappings()]

    def row(self, select: sa.Executable) -> Row | None:
        """The first row of ``select``, or None."""
        found = self.connection.execute(select).mappings().first()
        return None if found is None else dict(found)

    def one(self, select: sa.Executable, missing: str = "") -> Row:
        """The first row of ``select``; NotFound, with the sentence ``missing``, without one."""
        found = self.row(select)
        if found is None:
            raise NotFound(missing)
        return found

    def value(self, select: sa.Executable) -> Any:
        """The first column of the first row, or None."""
        return self.connection.execute(select).scalar()

    def scopes(self, *roles: str) -> frozenset[str]:
        """The scopes on which the one who asks holds one of ``roles`` today."""
        return self.actor.scopes(roles, self.today)

    def page(
        self,
        select: sa.Select[Any],
        *,
        order: Sequence[sa.ColumnElement[Any]],
        after: str | None = None,
        limit: int = 50,
        descending: bool = False,
    ) -> tuple[list[Row], str | None]:
        """One page of ``select`` in ``order`` (columns it selects, the last one unique).

        Returns the rows and the cursor of the next page, None at the end. A cursor that was not
        given by this method is Invalid.
        """
        labels = [c.key or c.name for c in order]
        if after is not None:
            here, there = sa.tuple_(*order), sa.tuple_(*_read_cursor(after, order))
            select = select.where(here < there if descending else here > there)
        ordered = [c.desc() if descending else c.asc() for c in order]
        rows = self.rows(select.order_by(*ordered).limit(limit + 1))
        if len(rows) <= limit:
            return rows, None
        return rows[:limit], _write_cursor([rows[limit - 1][label] for label in labels], order)


def _write_cursor(values: Iterable[Any], order: Sequence[sa.ColumnElement[Any]]) -> str:
    texts = [v if isinstance(v, int | str) else str(v) for v in values]
    return base64.urlsafe_b64encode(json.dumps(texts).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, order: Sequence[sa.ColumnElement[Any]]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [
            sa.literal(_typed(value, column.type), column.type)
            for value, column in zip(values, order, strict=True)
        ]
    except (ValueError, TypeError, ArithmeticError) as error:
        raise Invalid("Cette page de la liste n’existe pas : reprenez au début.") from error


def _typed(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    """``value`` as the column holds it; ValueError or TypeError for what no column would."""
    if isinstance(kind, sa.Integer):
        if not isinstance(value, int) or abs(value) >= 2**63:
            raise ValueError("no such number in a column")
        return value
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no such text in a column")
    value.encode()
    if isinstance(kind, sa.Uuid):
        return UUID(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return _cents(value) if isinstance(kind, Cents) else value


def _cents(value: str) -> Decimal:
    amount = Decimal(value)
    if abs(amount) >= 10**15 or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("no such amount in a column")
    return amount
