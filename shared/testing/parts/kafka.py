"""One Apache Kafka node."""

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from filelock import FileLock

from shared.testing.part import LOOPBACK, Part, PartFailed, PartMissing, free_port, port_answers
from shared.testing.parts.program import program

POM = Path(__file__).parents[3] / "deploy" / "kafka" / "pom.xml"


def kafka_jars() -> Path:
    """The folder of the broker's jars, fetched once by Maven and kept in the user's cache."""
    key = hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rond-koze"
    jars = caches / f"kafka-{key}"
    if jars.is_dir():
        return jars
    maven = program("mvn", install="maven")
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
    java = program("java", install="default-jre-headless")
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
