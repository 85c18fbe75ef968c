"""The real parts that the services run on: Kafka, PostgreSQL, nginx, and a browser for pages.

    with Kafka() as kafka:
        print(kafka.bootstrap_servers)
        kafka.kill()
        kafka.start()

Each takes free ports of the loopback and a temporary folder, and ends with the process that
started it, however that ends. What the machine lacks is said by PartMissing.
"""

import base64
import contextlib
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import psycopg
from filelock import FileLock
from psycopg import sql

from shared.testing.part import LOOPBACK, Part, PartFailed, PartMissing, free_port, port_answers

__all__ = [
    "Browser",
    "Kafka",
    "Nginx",
    "Part",
    "PartFailed",
    "PartMissing",
    "PostgreSQL",
    "chromium",
    "free_port",
    "kafka_jars",
]

POM = Path(__file__).parents[2] / "deploy" / "kafka" / "pom.xml"


def _program(name: str, *, install: str) -> str:
    # Debian keeps servers out of an ordinary user's PATH.
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if path is None:
        raise PartMissing(f"{name} is not on this machine: apt-get install {install}")
    return path


# ---------------------------------------------------------------- Kafka


def kafka_jars() -> Path:
    """The folder of the broker's jars, fetched once by Maven and kept in the user's cache."""
    key = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rond-koze"
    jars = caches / f"kafka-{key}"
    if jars.is_dir():
        return jars
    maven = _program("mvn", install="maven")
    caches.mkdir(parents=True, exist_ok=True)
    with FileLock(caches / "kafka.lock"):
        if not jars.is_dir():
            fetched = caches / f"kafka-{key}.{os.getpid()}"
            shutil.rmtree(fetched, ignore_errors=True)
            _fetch(maven, fetched)
            fetched.rename(jars)
    return jars


def _fetch(maven: str, folder: Path) -> None:
    done = subprocess.run(
        [
            *(maven, "-q", "-B", "-f", str(POM)),
            *("dependency:copy-dependencies", f"-DoutputDirectory={folder}"),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise PartMissing(f"Maven could not fetch Apache Kafka:\n{done.stdout[-2000:]}")


@cache
def _java() -> str:
    java = _program("java", install="default-jre-headless")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        raise PartMissing("Apache Kafka 4 needs Java 17: apt-get install default-jre-headless")
    return java


# A broker that lives for some minutes does not repay what the second compiler costs.
_SOON_UP = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


class Kafka(Part):
    """One Apache Kafka node, broker and controller in one, as production but for replication."""

    name = "kafka"
    # Nothing of it is kept once its owner is gone, so nobody waits for a clean shutdown.
    end_signal = signal.SIGKILL

    def __init__(
        self,
        *,
        owner: int | None = None,
        folder: Path | None = None,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        memory: str = "512m",
    ) -> None:
        super().__init__(owner=owner, folder=folder, port=port)
        self._controller_port = free_port()
        self._settings = dict(settings or {})
        self._memory = memory

    @property
    def bootstrap_servers(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def prepare(self) -> None:
        properties = self.folder / "server.properties"
        properties.write_text(
            "".join(f"{key}={value}\n" for key, value in self._properties().items())
        )
        (self.folder / "log4j2.properties").write_text(
            "rootLogger.level=INFO\n"
            "rootLogger.appenderRef.out.ref=out\n"
            "appender.out.name=out\n"
            "appender.out.type=Console\n"
            "appender.out.layout.type=PatternLayout\n"
            "appender.out.layout.pattern=%d %p %m (%c{1})%n%throwable{short}\n"
        )
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        command = self._run(
            "kafka.tools.StorageTool", "format", "--standalone", f"--cluster-id={cluster}"
        )
        done = subprocess.run(
            [*command, "-c", str(properties)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode != 0:
            raise PartFailed(f"kafka could not format its folder:\n{done.stdout}{done.stderr}")

    def command(self) -> list[str]:
        return self._run("kafka.Kafka", str(self.folder / "server.properties"))

    def is_ready(self) -> bool:
        # The port opens before the broker is registered; then topics cannot be made yet.
        return port_answers(self.port) and "Kafka Server started" in self.log_since_start()

    def _run(self, *arguments: str) -> list[str]:
        return [
            _java(),
            f"-Xmx{self._memory}",
            *_SOON_UP,
            f"-Dlog4j2.configurationFile={self.folder / 'log4j2.properties'}",
            *("-cp", f"{kafka_jars()}/*"),
            *arguments,
        ]

    def _properties(self) -> dict[str, str]:
        broker, controller = (f"{LOOPBACK}:{port}" for port in (self.port, self._controller_port))
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.bootstrap.servers": controller,
            "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{broker}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": str(self.folder / "data"),
            "offsets.topic.num.partitions": "4",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "4",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            # As in production: a topic exists because somebody declared it.
            "auto.create.topics.enable": "false",
            # A killed broker may register again only when its former session has ended: nine
            # seconds by default.
            "broker.session.timeout.ms": "3000",
            "broker.heartbeat.interval.ms": "500",
            # What compaction is to remove goes within seconds; fifteen by default.
            "log.cleaner.backoff.ms": "500",
            **self._settings,
        }


# ---------------------------------------------------------------- PostgreSQL


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
        return Path(_program("postgres", install="postgresql")).parent


# ---------------------------------------------------------------- nginx


class Nginx(Part):
    """nginx with a configuration given as text, listening on ``port``.

    Relative paths in it are inside ``folder``. Where it does not say so itself, it runs in the
    foreground, keeps its process id in the folder and writes errors to its log.
    """

    name = "nginx"

    def __init__(
        self,
        configuration: str,
        *,
        port: int,
        owner: int | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(owner=owner, folder=folder, port=port)
        self.configuration = configuration

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        file = self.folder / "nginx.conf"
        file.write_text(self.configuration)
        unsaid = {
            "daemon": "off",
            "pid": str(self.folder / "nginx.pid"),
            "error_log": "stderr notice",
        }
        directives = " ".join(
            f"{name} {value};"
            for name, value in unsaid.items()
            if not re.search(rf"^\s*{name}\s", self.configuration, re.MULTILINE)
        )
        program = _program("nginx", install="nginx")
        prefix = f"{self.folder}/"
        return [program, "-p", prefix, "-c", str(file), "-e", "stderr", "-g", directives]

    def is_ready(self) -> bool:
        return port_answers(self.port)


# ---------------------------------------------------------------- browser


@dataclass(frozen=True)
class Browser:
    """A program and the arguments with which it neither phones home nor needs a sandbox."""

    path: str
    arguments: tuple[str, ...] = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    )


def chromium() -> Browser:
    """The machine's own Chromium; Playwright's download is never used."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Browser(path)
    raise PartMissing("Chromium is not on this machine: apt-get install chromium")
