"""Whether Kafka answers: its errors become ours, and its many log lines become one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from kafka.errors import (
    KafkaConfigurationError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)

from shared.log.event_log import LogUnavailable

TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)

# The client logs every failed attempt with a traceback, several times a second while a broker is
# away. What matters of it is said once, below.
logging.getLogger("kafka").setLevel(logging.CRITICAL)

log = structlog.get_logger()


class Reach:
    """Says once that Kafka is away and once that it is back, whoever notices."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._servers = bootstrap_servers
        self._lost = False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Whatever Kafka's client raises within is LogUnavailable; a wrong setting is not."""
        try:
            yield
        except KafkaConfigurationError:
            raise
        # RuntimeError is what its network loop raises once it has stopped.
        except (KafkaError, OSError, RuntimeError) as error:
            raise self.unavailable(error) from error
        self._say(lost=False)

    def unavailable(self, error: BaseException) -> LogUnavailable:
        """The same as one of our errors."""
        why = f"{type(error).__name__}: {error}"
        self._say(lost=True, why=why)
        return LogUnavailable(f"Kafka cannot be used now. {why}")

    def _say(self, *, lost: bool, **details: str) -> None:
        if lost and not self._lost:
            log.warning("kafka.unavailable", servers=self._servers, **details)
        elif self._lost and not lost:
            log.info("kafka.available_again", servers=self._servers)
        self._lost = lost
