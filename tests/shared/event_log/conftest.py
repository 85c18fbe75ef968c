"""The two logs of the conformance suite: a test that takes ``logs`` runs against each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.log.embedded import EmbeddedLog
from shared.log.event_log import EventLog
from tests.shared.event_log.hands import Logs


def _embedded(tmp_path: Path) -> Callable[[], EventLog]:
    return lambda: EmbeddedLog(tmp_path / "log.db")


def _kafka(request: pytest.FixtureRequest) -> Callable[[], EventLog]:
    from shared.log.kafka import KafkaLog

    kafka = request.getfixturevalue("kafka")
    prefix = request.getfixturevalue("topic_prefix")
    return lambda: KafkaLog(kafka.bootstrap_servers, prefix=prefix)


@pytest.fixture(params=["embedded", "kafka"])
def logs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Logs]:
    """Each of the two logs, empty, with the streams ``facts`` and ``names``."""
    make = _embedded(tmp_path) if request.param == "embedded" else _kafka(request)
    logs = Logs(request.param, make)
    yield logs
    logs.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Logs]:
    """The embedded log alone, in ``tmp_path/log.db``."""
    logs = Logs("embedded", _embedded(tmp_path))
    yield logs
    logs.close()


@pytest.fixture
def on_kafka(request: pytest.FixtureRequest) -> Iterator[Logs]:
    """The log on the shared Kafka alone."""
    logs = Logs("kafka", _kafka(request))
    yield logs
    logs.close()
