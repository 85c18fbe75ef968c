"""The tables of the first migration are those the code declares, on both databases."""

import functools
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from click.testing import CliRunner

from services.directory import cli, commands, tables
from services.directory.model import LastOfficer
from services.directory.service import service
from services.language import STREAMS
from shared.kernel.refusals import ChangedMeanwhile
from shared.kernel.rights import SYSTEM, Actor
from shared.log.embedded import EmbeddedLog
from shared.run.keys import new_pair
from shared.run.product import Product
from shared.run.settings import Settings
from shared.store import migrations
from shared.store.clock import Clock
from shared.store.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'directory.sqlite'}"
    else:
        make = request.getfixturevalue("database_urls")
        url = make("directory").replace("{service}", "directory")
    made = Database(url)
    migrations.upgrade(made, migrations.CHASSIS, "chassis_version")
    migrations.upgrade(made, service.folder / "migrations", "state_version")
    yield made
    made.close()


def described(database):
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


def declared():
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


def test_the_migration_makes_what_the_code_declares(database):
    assert described(database) == declared()


def test_the_first_revision_can_be_undone(database):
    config = Config()
    config.set_main_option("script_location", str(migrations.CHASSIS.parent))
    config.set_main_option("version_locations", str(service.folder / "migrations"))
    config.set_main_option("path_separator", "newline")
    with database.write() as connection:
        config.attributes.update(connection=connection, version_table="state_version")
        command.downgrade(config, "base")
    with database.read() as connection:
        left = set(sa.inspect(connection).get_table_names())
    assert not left & set(tables.metadata.tables)


@pytest.fixture
def on_postgresql(tmp_path, database_urls):
    """Directory on PostgreSQL, its facts on the embedded log."""
    private, public = new_pair()
    given = Settings(
        data=tmp_path,
        database_url=database_urls("directory"),
        kafka_bootstrap_servers="unused:9092",
        demonstration=True,
        token_private_key=json.dumps(private),
        token_public_keys=json.dumps(public),
    )
    clock = Clock()
    log = EmbeddedLog(tmp_path / "log.sqlite", clock)
    product = Product(names=("directory",), streams=STREAMS)
    runtime = product.runtime(given, clock=clock, event_log=log)
    runtime.migrate()
    yield runtime.use_cases["directory"]
    runtime.close()
    log.close()


def test_people_sign_in_on_postgresql_too(on_postgresql):
    do = functools.partial(on_postgresql.perform, actor=SYSTEM)
    do(commands.invite_first_officer, email="a@exemple.re", name="Éva")
    do(commands.ask_for_code, email="a@exemple.re")
    with on_postgresql.workplace.database.read() as connection:
        texts = connection.exec_driver_sql("SELECT text FROM mails").scalars().all()
    (code,) = [found[1] for t in texts if (found := re.search(r"\b(\d{6})\b", t))]
    assert do(commands.enter_code, email="a@exemple.re", code=code)["outcome"] == "entered"


def test_of_two_officers_who_leave_at_once_one_stays(on_postgresql):
    do = functools.partial(on_postgresql.perform, actor=SYSTEM)
    for _ in range(5):
        pair = [
            do(commands.invite_person, name="Éva", role="dpc_officer", scope="city")
            for _ in range(2)
        ]
        together = threading.Barrier(2)

        def leave(person, together=together):
            together.wait(10)
            try:
                on_postgresql.perform(commands.erase_me, actor=Actor(person))
            except (LastOfficer, ChangedMeanwhile):
                return 0
            return 1

        with ThreadPoolExecutor(2) as pool:
            left = sum(pool.map(leave, pair))
        assert left <= 1
        with on_postgresql.workplace.database.write() as connection:
            connection.exec_driver_sql("UPDATE grants SET revoked_at = now()")


def test_the_command_line_makes_the_first_officer(tmp_path, monkeypatch):
    monkeypatch.setenv("RK_DATA", str(tmp_path))
    told = CliRunner().invoke(cli.command, ["eva@exemple.re", "--name", "Éva"])
    assert told.exit_code == 0, told.output
    again = CliRunner().invoke(cli.command, ["eva@exemple.re", "--name", "Éva"])
    assert again.exit_code == 0
    refused = CliRunner().invoke(cli.command, ["eva", "--name", "Éva"])
    assert refused.exit_code == 1
    assert "adresse" in refused.output
    with Database(f"sqlite:///{tmp_path / 'directory.sqlite'}").read() as connection:
        assert connection.exec_driver_sql("SELECT role FROM grants").all() == [("dpc_officer",)]
        assert len(connection.exec_driver_sql("SELECT id FROM mails").all()) == 2
