"""Brings a database to the newest revision: first the chassis's tables, then the service's own.

A start that has nothing to do does not import alembic: the newest revision is read from the file
names, the current one from its table.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from shared.store.database import Database

CHASSIS = Path(__file__).parent / "versions"
_one_at_a_time = threading.Lock()


def newest(folder: Path) -> str | None:
    """The newest revision of ``folder``, whose files are named ``0001_slug.py``."""
    numbers = sorted(p.name[:4] for p in folder.glob("[0-9][0-9][0-9][0-9]_*.py"))
    return numbers[-1] if numbers else None


def current(database: Database, version_table: str) -> str | None:
    """The revision that ``database`` is at, None before the first."""
    with database.read() as connection:
        if not sa.inspect(connection).has_table(version_table):
            return None
        table = sa.table(version_table, sa.column("version_num"))
        return connection.execute(sa.select(table.c.version_num)).scalar()


def behind(file: Path, folder: Path, version_table: str) -> bool:
    """Whether the SQLite database in ``file`` is not at the newest revision of ``folder``.

    Asked without an engine, for a start that has nothing to do; in doubt it is behind.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as plain:
            row = plain.execute(f"SELECT version_num FROM {version_table}").fetchone()  # noqa: S608
    except sqlite3.Error:
        return newest(folder) is not None
    return row is None or str(row[0]) != newest(folder)


def upgrade(database: Database, folder: Path, version_table: str, target: str = "head") -> bool:
    """Run the revisions of ``folder`` that are missing; says whether there were any."""
    if target == "head" and current(database, version_table) == newest(folder):
        return False
    from alembic import command
    from alembic.config import Config

    with _one_at_a_time, _exclusive(database) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.set_main_option("version_locations", str(folder))
        config.set_main_option("path_separator", "newline")
        config.attributes["connection"] = connection
        config.attributes["version_table"] = version_table
        command.upgrade(config, target)
    return True


def alone(connection: sa.Connection) -> None:
    """Until the transaction ends nobody else makes tables here: neither a migration nor a worker.

    (SQLite has one writer.)
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7205759403792793)")


@contextmanager
def _exclusive(database: Database) -> Iterator[sa.Connection]:
    """One upgrade at a time on a database, whoever starts it.

    SQLite: foreign keys are off before the transaction begins (rebuilding a table with them on
    deletes the children of its rows), and checked before it ends.
    """
    if database.dialect != "sqlite":
        with database.write() as connection:
            alone(connection)
            yield connection
        return
    with database.engine.connect() as plain:
        raw = plain.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            writer = plain.execution_options(rk_write=True)
            with writer.begin():
                yield writer
                broken = writer.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"this migration leaves rows without parent: {broken[:5]}")
        finally:
            raw.cursor().execute("PRAGMA foreign_keys=ON")
