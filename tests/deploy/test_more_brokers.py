"""A broker more: it joins the one of the file, takes copies of all there is, and no offset moves."""

import json
import subprocess
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from services.__main__ import product
from shared.log.event_log import Message
from shared.log.kafka import KafkaLog
from shared.testing.part import LOOPBACK
from shared.testing.parts import Kafka
from shared.testing.until import until
from tests.deploy.composed import Broker
from tests.deploy.composition import ROOT, Composition, make_env

FACTS = "cac.facts"


class Another(Kafka):
    """A second broker with deploy/kafka/another.properties whole: addresses and folder moved."""

    def __init__(self, first: Broker) -> None:
        super().__init__()
        self._first = first

    def _properties(self) -> dict[str, str]:
        text = (ROOT / "deploy" / "kafka" / "another.properties").read_text()
        for name, here in {
            "kafka@ID@:9092": self.bootstrap_servers,
            "@ID@": "2",
            "0.0.0.0:9092": self.bootstrap_servers,
            "kafka:9093": f"{LOOPBACK}:{self._first._controller_port}",
            "/var/lib/kafka/data": str(self.folder / "data"),
        }.items():
            assert name in text, name
            text = text.replace(name, here)
        pairs = (line.partition("=") for line in text.splitlines() if line[:1].isalpha())
        return {name: value for name, _, value in pairs}

    def prepare(self) -> None:
        """As the first, but of its cluster and no controller of its own."""
        meta = (self._first.folder / "data" / "meta.properties").read_text()
        cluster = next(li for li in meta.splitlines() if li.startswith("cluster.id=")).split("=")[1]
        properties = self.folder / "server.properties"
        properties.write_text("".join(f"{k}={v}\n" for k, v in self._properties().items()))
        (self.folder / "log4j2.properties").write_text(
            (self._first.folder / "log4j2.properties").read_text()
        )
        command = self._run("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}")
        options = ["--no-initial-controllers", "-c", str(properties)]
        subprocess.run([*command, *options], check=True, capture_output=True, timeout=60)


def described(admin: KafkaAdminClient) -> str:
    """The topics as ``kafka-topics.sh --describe`` prints them."""
    lines = []
    for topic in admin.describe_topics():
        lines.append(f"Topic: {topic['name']}\tTopicId: x\tPartitionCount: 6\tConfigs: ")
        for part in topic["partitions"]:
            held = ",".join(map(str, part["replica_nodes"]))
            number = f"Partition: {part['partition_index']}"
            lines.append(
                f"\tTopic: {topic['name']}\t{number}\tLeader: 1\tReplicas: {held}\tIsr: {held}"
            )
    return "\n".join(lines) + "\n"


def plan(admin: KafkaAdminClient, brokers: str) -> dict[TopicPartition, list[int]]:
    """What deploy/kafka/spread makes of it."""
    done = subprocess.run(
        [ROOT / "deploy" / "kafka" / "spread", brokers],
        input=described(admin),
        capture_output=True,
        text=True,
        check=True,
    )
    made = json.loads(done.stdout)
    return {TopicPartition(p["topic"], p["partition"]): p["replicas"] for p in made["partitions"]}


def copies(admin: KafkaAdminClient) -> set[tuple[int, ...]]:
    """Who has a copy that is up to date, over all partitions of all topics."""
    parts = [part for topic in admin.describe_topics() for part in topic["partitions"]]
    return {tuple(sorted(part["isr_nodes"])) for part in parts}


def everything(log: KafkaLog) -> list[tuple[int, int, bytes]]:
    found = [(r.partition, r.offset, r.key) for batch in log.scan([FACTS]) for r in batch]
    return sorted(found)


@pytest.mark.timeout(200)
def test_a_broker_joins_takes_copies_of_all_and_no_offset_moves(tmp_path: Path):
    with Broker() as first, Another(first) as second:
        log = KafkaLog(first.bootstrap_servers)
        assert log.ensure(product.streams) == []
        log.send([Message(FACTS, b"%d" % n, b"{}", []) for n in range(60)]).wait(30)
        before = everything(log)
        admin = KafkaAdminClient(bootstrap_servers=first.bootstrap_servers)
        until(lambda: len(admin.describe_cluster()["brokers"]) == 2, 60)
        wanted = plan(admin, "1,2")
        assert {topic for topic, _ in wanted} >= {stream.name for stream in product.streams}
        assert set(admin.alter_partition_reassignments(wanted).values()) == {None}
        until(lambda: copies(admin) == {(1, 2)}, 90)
        both = ConfigResource(ConfigResourceType.TOPIC, FACTS, configs={"min.insync.replicas": "2"})
        admin.alter_configs([both])

        assert everything(log) == before
        log.send([Message(FACTS, b"%d" % n, b"{}", []) for n in range(60)]).wait(30)
        assert len(everything(log)) == 120
        log.close()

        # Whoever knows the new one only reads the same.
        other = KafkaLog(second.bootstrap_servers)
        assert len(everything(other)) == 120
        assert other.ensure(product.streams) == []
        other.close()
        admin.close()


def test_the_file_of_three_brokers_starts_two_more_as_careful_as_the_first(tmp_path: Path):
    env = make_env(tmp_path / "env")
    services = Composition(env, files=("deploy/compose.kafka-three.yml",)).services
    one, two, three = (services[name] for name in ("kafka", "kafka2", "kafka3"))
    assert one["image"] == two["image"] == three["image"]
    assert [two["environment"]["NODE_ID"], three["environment"]["NODE_ID"]] == ["2", "3"]
    for broker in (two, three):
        assert broker["read_only"]
        assert broker["cap_drop"] == ["ALL"]
        assert broker["environment"]["CLUSTER_ID"] == one["environment"]["CLUSTER_ID"]
    assert services["kafka2"]["volumes"] != services["kafka3"]["volumes"]
