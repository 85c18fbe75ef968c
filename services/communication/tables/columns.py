"""The metadata of communication and the columns that come again."""

from functools import partial
from typing import Any

import sqlalchemy as sa

from shared.store import columns
from shared.store.columns import Cents, new_metadata

metadata = new_metadata()
PRIVATE = {"audit": "name"}
"""What is printed may name people: the audit notes only that it changed."""

root = partial(columns.root, metadata)


def hours(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Hours with two decimals, kept as hundredths like an amount: both databases add them."""
    return sa.Column(name, Cents, nullable=nullable)


def key_of(parent: str, name: str) -> sa.Column[Any]:
    """The parent, as part of the key."""
    return sa.Column(name, sa.Uuid, sa.ForeignKey(f"{parent}.id"), primary_key=True)


def flag(name: str) -> sa.Column[Any]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def text(name: str, length: int | None = None, **options: Any) -> sa.Column[Any]:
    """A text that may be empty and is never absent."""
    kind = sa.Text() if length is None else sa.String(length)
    return sa.Column(name, kind, nullable=False, **options)


def number(name: str) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=False)
