"""The metadata of procurement and the columns that come again."""

from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from shared.store import columns
from shared.store.columns import Cents, new_metadata, words

__all__ = ["Exact", "inside", "key_of", "metadata", "money", "root", "words"]

metadata = new_metadata()
SEALED = {"audit": "name"}


class Exact(TypeDecorator[Decimal]):
    """A quantity, a unit price or a rate, kept as its text: SQLite has no decimal."""

    impl = sa.String(30)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


root = partial(columns.root, metadata)


def money(name: str) -> sa.Column[Decimal]:
    """An amount that is always there."""
    return sa.Column(name, Cents, nullable=False)


def key_of(parent: str, name: str) -> sa.Column[Any]:
    """The parent, as part of the key."""
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{parent}.id"), primary_key=True)


def inside(parent: str, name: str) -> sa.Column[Any]:
    """The parent of a part that has an id of its own."""
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{parent}.id"), nullable=False, index=True)
