"""The tables of the first migration are those the code declares, on both databases."""

import pytest
import sqlalchemy as sa

from services.directory import commands, tables
from services.directory.service import service
from services.language import STREAMS
from shared.kernel.rights import SYSTEM
from shared.run.product import Product
from shared.store import migrations
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
    from alembic import command
    from alembic.config import Config

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


def test_people_sign_in_on_postgresql_too(tmp_path, database_urls):
    import json

    from shared.log.embedded import EmbeddedLog
    from shared.run.keys import new_pair
    from shared.run.settings import Settings
    from shared.store.clock import Clock

    private, public = new_pair()
    settings = Settings(
        data=tmp_path,
        database_url=database_urls("directory"),
        kafka_bootstrap_servers="unused:9092",
        demonstration=True,
        token_private_key=json.dumps(private),
        token_public_keys=json.dumps(public),
    )
    product = Product(names=("directory",), streams=STREAMS)
    clock = Clock()
    log = EmbeddedLog(tmp_path / "log.sqlite", clock)
    runtime = product.runtime(settings, clock=clock, event_log=log)
    runtime.migrate()
    runtime.ensure_streams()
    cases = runtime.use_cases["directory"]
    person = cases.perform(
        commands.invite_first_officer, actor=SYSTEM, email="a@exemple.re", name="Éva"
    )
    cases.perform(commands.ask_for_code, actor=SYSTEM, email="a@exemple.re")
    with runtime.workplaces["directory"].database.read() as connection:
        text = connection.exec_driver_sql(
            "SELECT text FROM mails ORDER BY written_at DESC, id DESC LIMIT 1"
        ).scalar()
    code = text.split(" : ")[1][:6] if " : " in text else text.split("\u00a0: ")[1][:6]
    tried = cases.perform(commands.enter_code, actor=SYSTEM, email="a@exemple.re", code=code)
    assert tried["outcome"] == "entered"
    cases.perform(commands.invite_person, actor=SYSTEM, name="B", role="dpc_officer", scope="city")
    cases.perform(commands.erase_person, actor=SYSTEM, person_id=person)
    runtime.close()
    log.close()
