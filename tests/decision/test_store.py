"""The tables of the migration are those the code declares, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.decision import tables
from services.decision.service import service
from shared.store import migrations
from shared.store.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'decision.sqlite'}"
    else:
        make = request.getfixturevalue("database_urls")
        url = make("decision").replace("{service}", "decision")
    made = Database(url)
    migrations.upgrade(made, migrations.CHASSIS, "chassis_version")
    migrations.upgrade(made, service.folder / "migrations", "state_version")
    yield made
    made.close()


def described(database: Database) -> dict[str, Any]:
    with database.read() as connection:
        seen = sa.inspect(connection)
        return {
            table.name: (
                {c["name"]: c["nullable"] for c in seen.get_columns(table.name)},
                {tuple(i["column_names"]) for i in seen.get_indexes(table.name)}
                | {tuple(u["column_names"]) for u in seen.get_unique_constraints(table.name)},
                {tuple(f["constrained_columns"]) for f in seen.get_foreign_keys(table.name)},
            )
            for table in tables.metadata.sorted_tables
        }


def declared() -> dict[str, Any]:
    return {
        table.name: (
            {c.name: bool(c.nullable) for c in table.columns},
            {tuple(i.columns.keys()) for i in table.indexes}
            | {
                tuple(u.columns.keys())
                for u in table.constraints
                if isinstance(u, sa.UniqueConstraint)
            },
            {tuple(f.columns.keys()) for f in table.foreign_key_constraints},
        )
        for table in tables.metadata.sorted_tables
    }


def test_the_migration_makes_what_the_code_declares(database: Database):
    assert described(database) == declared()
