"""What the tables share."""

import sqlalchemy as sa

from shared.store.columns import Cents, new_metadata

metadata = new_metadata()


def total(name: str) -> sa.Column[object]:
    """A sum of euros, from zero."""
    return sa.Column(name, Cents, nullable=False, server_default="0")


def count(name: str) -> sa.Column[object]:
    """A number of things, from zero."""
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")
