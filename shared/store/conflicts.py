"""INSERT … ON CONFLICT: both databases say it alike, SQLAlchemy in the words of each."""

from typing import Any

import sqlalchemy as sa


def insert(table: sa.Table, dialect: str) -> Any:
    """An INSERT into ``table`` that may go on with ``on_conflict_do_nothing`` or ``…_update``.

    The other database's module stays out of the process.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
