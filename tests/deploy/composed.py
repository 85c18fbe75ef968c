"""The distributed mode without a container engine: docker-compose.yml, its processes started here.

Each process runs the command and the environment that the file gives it, and no other; only what
a machine without containers cannot offer is moved: host names and ports to the loopback, volumes
to a temporary folder. PostgreSQL is prepared by the script that its container would run, with the
passwords of the file; Kafka has the settings of deploy/kafka; nginx the files of deploy/gateway.
"""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from shared.run.settings import Settings
from shared.testing.part import LOOPBACK, Part
from shared.testing.parts import Kafka, PostgreSQL
from shared.testing.until import until
from tests.conftest import SOON_BACK
from tests.deploy.composition import ROOT, Composition, make_env
from tests.deploy.gateway import Gateway
from tests.deploy.processes import Job, Process
from tests.journeys.visitor import Visitor

WEB, WORKER = 8000, 9100
# How long a start may take where all processes start at once, beside other tests.
PATIENCE = 180.0
HURRIED = {"fsync": "off", "full_page_writes": "off"}


class Broker(Kafka):
    """The broker with deploy/kafka/server.properties whole: only addresses and folder are moved."""

    def _properties(self) -> dict[str, str]:
        text = (ROOT / "deploy" / "kafka" / "server.properties").read_text()
        for name, here in {
            "0.0.0.0:9092": self.bootstrap_servers,
            "kafka:9092": self.bootstrap_servers,
            "0.0.0.0:9093": f"{LOOPBACK}:{self._controller_port}",
            "kafka:9093": f"{LOOPBACK}:{self._controller_port}",
            "/var/lib/kafka/data": str(self.folder / "data"),
        }.items():
            assert name in text, name
            text = text.replace(name, here)
        pairs = (line.partition("=") for line in text.splitlines() if line[:1].isalpha())
        return {name: value for name, _, value in pairs} | self._settings


class Installation:
    """Everything of docker-compose.yml that belongs to the product, on this machine.

    ``with Installation(RK_DEMONSTRATION="1") as installation`` starts the parts in their order;
    ``hurried`` are pieces of the gateway's configuration to read otherwise.
    """

    def __init__(self, *, hurried: Iterable[tuple[str, str]] = (), **variables: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rond-koze-composed-"))
        self.folder.chmod(0o755)
        (self.folder / "files").mkdir()
        self.compose = Composition(make_env(self.folder / "env"), tuple(variables.items()))
        # How far the clocks of the processes are set ahead; they read it from a file.
        self.ahead = timedelta()
        self.postgresql = PostgreSQL(settings=HURRIED)
        # Should this session be killed, its keeper removes what is left here.
        self.postgresql.leftovers.append(self.folder)
        self.kafka = Broker(settings=SOON_BACK)
        self.processes = {name: self._process(name) for name in self._product()}
        addresses = {
            f"{name}:{WEB}": f"{LOOPBACK}:{process.port}"
            for name, process in self.processes.items()
        }
        self.gateway = Gateway(addresses, replaced=hurried)
        self.told_early: dict[str, str] = {}
        self.parts: list[Part] = [
            *(self.postgresql, self.kafka),
            *self.processes.values(),
            self.gateway,
        ]

    def _product(self) -> list[str]:
        return [n for n in self.compose.services if n.endswith(("-web", "-worker"))]

    def _process(self, name: str) -> Process:
        command = [str(word) for word in self.compose.services[name]["command"]]
        return Process(name, command, self.environment(name))

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a service in the file, with what it reaches where it is here."""
        given = self.compose.environment(name)
        here = {key: self._moved(value) for key, value in given.items()}
        if "RK_NOW_OFFSET" in here:
            here["RK_NOW_OFFSET"] = str(self.folder / "now")
        return here

    def _moved(self, value: str) -> str:
        for name, here in {
            "postgres:5432": f"{LOOPBACK}:{self.postgresql.port}",
            "kafka:9092": f"{LOOPBACK}:{self.kafka.port}",
        }.items():
            value = re.sub(rf"(?<![\w-]){name}(?!\d)", here, value)
        return str(self.folder / "files") if value == "/files" else value

    # its life

    def __enter__(self) -> Self:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Parts, jobs, processes, gateway: the order that ``depends_on`` gives."""
        self.open_postgresql()
        self.kafka.start()
        for job in ("migrate", "topics"):
            done = self.job(job)
            assert done.returncode == 0, done.stdout + done.stderr
        self.open_processes()

    def open_postgresql(self) -> None:
        """The server, prepared by the script of its container; passwords count from here on."""
        self.postgresql.start()
        self.prepare_databases()
        rules = self.postgresql.folder / "data" / "pg_hba.conf"
        rules.write_text(
            "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        )
        with psycopg.connect(self.postgresql.url(), autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")

    def prepare_databases(self) -> None:
        given = self.compose.environment("postgres")
        script = self._mounted("postgres", "/docker-entrypoint-initdb.d/databases.sh")
        here = {"PGHOST": LOOPBACK, "PGPORT": str(self.postgresql.port), **given}
        done = subprocess.run(
            ["sh", script],
            env={"PATH": os.environ["PATH"], **here},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _mounted(self, service: str, target: str) -> str:
        volumes: list[dict[str, Any]] = self.compose.services[service]["volumes"]
        return next(str(v["source"]) for v in volumes if v["target"] == target)

    def open_in_the_wrong_order(self) -> None:
        """Processes and jobs before what they need: ``told_early`` is what each says meanwhile.

        After a power cut nobody waits for anybody: `depends_on` counts when Compose starts them.
        """
        self.start_processes()
        with contextlib.ExitStack() as jobs:
            waiting = {
                name: jobs.enter_context(contextlib.closing(self._job(name).launch()))
                for name in ("migrate", "topics")
            }
            for name, job in waiting.items():
                until(partial(job.has_said, "not reachable yet"), PATIENCE, f"{name} waits")
            with ThreadPoolExecutor(len(self.processes)) as all_at_once:
                said = all_at_once.map(Process.says, self.processes.values())
                self.told_early = {n: s for n, (_, s) in zip(self.processes, said, strict=True)}
            self.told_early |= {name: job.log() for name, job in waiting.items()}
            with ThreadPoolExecutor(2) as both:
                for started in (both.submit(self.open_postgresql), both.submit(self.kafka.start)):
                    started.result()
            for name, job in waiting.items():
                assert job.wait() == 0, (name, job.log())
        self._until_ready()

    def open_processes(self) -> None:
        """All at once, as Compose does; ready when each says so."""
        self.start_processes()
        self._until_ready()

    def start_processes(self) -> None:
        """Start those that do not run; each answers that it lives, whether or not it can serve."""
        with ThreadPoolExecutor(len(self.processes)) as all_at_once:
            list(all_at_once.map(Process.start, (p for p in self.processes.values() if not p.pid)))

    def leap(self, ahead: timedelta) -> None:
        """All clocks are set so far ahead at once, while the processes go on."""
        self.ahead = ahead
        written = self.folder / "now.new"
        written.write_text(str(ahead.total_seconds()))
        written.replace(self.folder / "now")

    def _until_ready(self) -> None:
        for name, process in self.processes.items():
            until(process.answers, PATIENCE, f"{name} is ready")
        if self.gateway.pid is None:
            self.gateway.start()

    def close(self) -> None:
        # Processes first, while what they take leave of is still there.
        for several in (list(self.processes.values()), [self.gateway, self.kafka, self.postgresql]):
            with ThreadPoolExecutor(len(several)) as all_at_once:
                list(all_at_once.map(Part.discard, several))
        shutil.rmtree(self.folder, ignore_errors=True)

    # what one does with it

    def job(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a one-off job of the file to its end; ``arguments`` instead of its own command."""
        with contextlib.closing(self._job(name, *arguments)) as job:
            return job.run()

    def _job(self, name: str, *arguments: str) -> Job:
        given = [str(word) for word in self.compose.services[name]["command"]]
        words = ["python", "-m", "services", *arguments] if arguments else given
        return Job(Process(name, words, self.environment(name)))

    def part(self, name: str) -> Part:
        """A process, or ``kafka``, ``postgresql``, ``gateway``."""
        others = {"kafka": self.kafka, "postgresql": self.postgresql, "gateway": self.gateway}
        return self.processes.get(name) or others[name]

    def visitor(self) -> Visitor:
        """A browser in front of the gateway."""
        return Visitor(self.gateway.url)

    def database(self, service: str) -> "psycopg.Connection[Any]":
        """For looking: the state of a service, as the administrator sees it."""
        return psycopg.connect(self.postgresql.url(service), autocommit=True)

    def database_url(self, service: str) -> str:
        """How the service itself enters its database: its role, its password."""
        given = self.environment(f"{service}-web")
        return Settings.read(given).database_of(service)

    def logs(self) -> str:
        """The end of what each part wrote."""
        return "\n".join(f"=== {p.name}\n{p.log(25)}" for p in self.parts)
