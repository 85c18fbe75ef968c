"""One PostgreSQL server."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import ClassVar

import psycopg
from psycopg import sql

from shared.testing.part import LOOPBACK, Part, PartFailed, PartMissing, port_answers
from shared.testing.parts.program import program


class PostgreSQL(Part):
    """A PostgreSQL server where every local connection is trusted."""

    name = "postgresql"
    # Immediate: it releases its shared memory and writes nothing more.
    end_signal = signal.SIGQUIT
    # Fast: it ends sessions and transactions, and writes a checkpoint.
    stop_signal = signal.SIGINT

    ADMINISTRATOR: ClassVar[str] = "postgres"

    def __init__(
        self,
        *,
        owner: int | None = None,
        folder: Path | None = None,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(owner=owner, folder=folder, port=port)
        self._settings = dict(settings or {})

    def url(self, database: str = "postgres", user: str = ADMINISTRATOR) -> str:
        return f"postgresql://{user}@{LOOPBACK}:{self.port}/{database}"

    def create_database(self, name: str, owner: str | None = None) -> str:
        """Make a database with a role that owns it and that alone may enter; answer its URL."""
        role, database = sql.Identifier(owner or name), sql.Identifier(name)
        with psycopg.connect(self.url(), autocommit=True) as connection:
            known = connection.execute(
                "SELECT FROM pg_roles WHERE rolname = %s", [owner or name]
            ).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        return self.url(name, owner or name)

    def drop_database(self, name: str, owner: str | None = None) -> None:
        """Remove a database and its role, whoever is still connected."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement, identifier in (
                ("DROP DATABASE IF EXISTS {} WITH (FORCE)", name),
                ("DROP ROLE IF EXISTS {}", owner or name),
            ):
                connection.execute(sql.SQL(statement).format(sql.Identifier(identifier)))

    def prepare(self) -> None:
        data = self.folder / "data"
        data.mkdir()
        if user := self.user():
            shutil.chown(data, user)
        done = subprocess.run(
            [
                *(f"{self._programs()}/initdb", "-D", str(data), "-U", self.ADMINISTRATOR),
                *("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"),
            ],
            cwd="/",
            user=user,
            group=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode != 0:
            raise PartFailed(f"initdb failed:\n{done.stdout}{done.stderr}")

    def command(self) -> list[str]:
        settings = {
            "port": str(self.port),
            "listen_addresses": LOOPBACK,
            "unix_socket_directories": "",
            "max_connections": "300",
            **self._settings,
        }
        options = [f"--{key}={value}" for key, value in settings.items()]
        return [f"{self._programs()}/postgres", "-D", str(self.folder / "data"), *options]

    def user(self) -> str | None:
        """It refuses to run as root; then it runs as the user that its package made."""
        if os.geteuid() != 0:
            return None
        with contextlib.suppress(KeyError):
            return pwd.getpwnam("postgres").pw_name
        raise PartMissing("there is no user postgres: apt-get install postgresql")

    def is_ready(self) -> bool:
        if not port_answers(self.port):
            return False
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    @staticmethod
    @cache
    def _programs() -> Path:
        installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
        if installed:
            return max(installed, key=lambda path: int(path.parent.name))
        return Path(program("postgres", install="postgresql")).parent
