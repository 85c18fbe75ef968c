"""A directory in a temporary folder, with nobody in it but the first officer."""

import shutil
from types import SimpleNamespace
from uuid import UUID

import pytest

from services.directory import commands
from services.directory.events import CITY, Role
from services.language import STREAMS
from shared.kernel.rights import SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.settings import Settings
from shared.testing.product import client, opened, settle

PRODUCT = Product(names=("directory",), streams=STREAMS)


class Directory:
    """The service and a few ways to use it; ``as_`` is a person known to it."""

    def __init__(self, folder, **settings):
        self.runtime = PRODUCT.runtime(Settings(data=folder, **settings))
        self.cases = self.runtime.use_cases["directory"]
        self.workplace = self.runtime.workplaces["directory"]
        self.clock = self.runtime.clock

    def do(self, command, as_=SYSTEM, **arguments):
        return self.cases.perform(command, actor=self.actor(as_), **arguments)

    def ask(self, query, as_=SYSTEM, **arguments):
        return self.cases.ask(query, actor=self.actor(as_), **arguments)

    def actor(self, who):
        if not isinstance(who, UUID):
            return who
        with self.workplace.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT role, scope, since, until FROM grants"
                " WHERE person = ? AND revoked_at IS NULL",
                (who.hex,),
            ).all()
        return Actor(who, tuple(Grant(r.role, r.scope) for r in rows))

    def client(self, who=None):
        return client(self.runtime, "directory", self.actor(who) if who else None)

    def settle(self):
        settle(self.runtime)

    def rows(self, table):
        with self.workplace.database.read() as connection:
            return connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().all()

    def mails(self):
        return [SimpleNamespace(**row) for row in self.rows("mails")]

    def facts(self):
        """All events on the log, oldest first."""
        self.settle()
        names = [stream.name for stream in STREAMS]
        return [r for batch in self.runtime.log.scan(names) for r in batch]


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A folder made once, which each test copies: making tables takes longer than most tests."""
    folder = tmp_path_factory.mktemp("directory")
    opened(PRODUCT, folder).close()
    return folder


@pytest.fixture
def make_directory(empty, tmp_path):
    """Opens a directory with settings."""
    made: list[Directory] = []

    def make(**settings):
        folder = shutil.copytree(empty, tmp_path / f"data{len(made)}")
        made.append(Directory(folder, **settings))
        return made[-1]

    yield make
    for one in made:
        one.runtime.close()


@pytest.fixture
def directory(make_directory):
    """A demonstration without data."""
    return make_directory(demonstration=True)


@pytest.fixture
def city(directory):
    """Two committees of two sectors; an officer, a lead and a member of the first."""
    one = directory.do(
        commands.create_committee, number=1, name="CAC 01", quartier="Butor", sector="Secteur A"
    )
    two = directory.do(
        commands.create_committee, number=2, name="CAC 02", quartier="Moufia", sector="Secteur B"
    )

    def invite(name, role="", scope=""):
        email = f"{name.lower()}@exemple.re"
        return directory.do(commands.invite_person, name=name, email=email, role=role, scope=scope)

    return SimpleNamespace(
        one=one,
        two=two,
        invite=invite,
        officer=invite("Lucette", Role.DPC_OFFICER, CITY),
        sector=invite("Karim", Role.SECTOR_OFFICER, "sector:Secteur A"),
        lead=invite("Max", Role.LEAD, f"committee:{one}"),
        member=invite("Zoe", Role.MEMBER, f"committee:{one}"),
        nobody=invite("Rien"),
    )
