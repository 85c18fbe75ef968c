"""Sending: one producer, thrown away whole when anything fails, so that order survives failures."""

import os
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any
from weakref import WeakSet

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from shared.log.event_log import (
    LogUnavailable,
    Message,
    Pending,
    RecordTooLarge,
    refuse_too_large,
)
from shared.log.failures import Failed, Failures, refused
from shared.log.kafka.reach import TOO_LARGE, Reach


class Producing:
    """Sends batches in the order of calls, over one producer made when it is first needed."""

    def __init__(self, settings: dict[str, Any], prefix: str, reach: Reach) -> None:
        self._settings = settings
        self._prefix = prefix
        self._reach = reach
        self._turn = Lock()
        self._failures = Failures()
        self._line: _Line | None = None

    def send(self, messages: Sequence[Message]) -> Pending:
        """Hand ``messages`` to the producer; how they fare is told by the Pending."""
        with self._turn:
            try:
                refuse_too_large(messages)
                with self._reach.attempt():
                    if refusal := self._failures.refusal() or self._discard_broken():
                        return refusal
                    if self._line is None:
                        self._line = _Line(self._settings, self._reach)
                    return self._line.send(messages, self._prefix)
            except (LogUnavailable, RecordTooLarge) as problem:
                return self._failures.add(problem)

    def _discard_broken(self) -> Failed | None:
        line = self._line
        if line is None or line.usable():
            return None
        if line.owed():
            return refused()
        line.discard()
        self._line = None
        return None

    def close(self) -> None:
        """Flush what is on its way, then let the producer go."""
        with self._turn:
            if self._line is not None:
                self._line.close()
                self._line = None


class _Line:
    """A producer and the batches given to it.

    A batch that fails for good must not be overtaken by those behind it in the producer's queue:
    at the first failure, in the producer's own thread, the queue is dropped. All these batches
    then fail, and their senders begin again with another producer. That also leaves behind
    whatever state the failure left the idempotent producer in.
    """

    def __init__(self, settings: dict[str, Any], reach: Reach) -> None:
        # Never carried across a fork: its thread would not be there.
        self._process = os.getpid()
        self._producer = KafkaProducer(**settings)
        self._reach = reach
        self._broken = False
        self._last: _Flight | None = None
        self._flights: WeakSet[_Flight] = WeakSet()

    def send(self, messages: Sequence[Message], prefix: str) -> "_Flight":
        futures: list[Any] = []
        flight = _Flight(self, futures)
        self._flights.add(flight)
        self._last = flight
        topics: dict[str, str] = {}
        send, take, fail = self._producer.send, futures.append, self.fail
        try:
            for stream, key, value, headers in messages:
                topic = topics.get(stream) or topics.setdefault(stream, prefix + stream)
                future = send(topic, value=value, key=key, headers=headers)
                future.add_errback(fail)
                take(future)
        except (KafkaError, RuntimeError) as error:
            flight.problem = error
            self.fail(error)
        return flight

    def fail(self, error: BaseException) -> None:
        """Drop the queue: nothing more is sent over this line."""
        if not self._broken:
            self._broken = True
            self._reach.unavailable(error)
            # Its public close() waits for what it is to drop.
            self._producer._sender.force_close()  # noqa: SLF001

    def usable(self) -> bool:
        return not self._broken and self._process == os.getpid()

    def owed(self) -> bool:
        """Whether somebody has not heard yet that a batch of theirs failed."""
        if self._process != os.getpid():
            return False
        return any(not flight.told and flight.failed() for flight in self._flights)

    def flush(self, flight: "_Flight", deadline: float) -> None:
        """Do not linger for ``flight`` when nothing comes behind it that would fill its batches."""
        if flight is self._last:
            self._producer.flush(max(0.0, deadline - monotonic()))

    def discard(self) -> None:
        if self._process == os.getpid():
            with suppress(KafkaError):
                self._producer.close(timeout=0)

    def close(self) -> None:
        if self._process == os.getpid():
            with suppress(KafkaError):
                self._producer.close(timeout=10)


class _Flight:
    """A batch on its way."""

    def __init__(self, line: _Line, futures: list[Any]) -> None:
        self._line = line
        self._futures = futures
        self.problem: BaseException | None = None
        self.told = False

    def failed(self) -> bool:
        """Whether a record of it was not, or not yet, acknowledged."""
        if self.problem is not None:
            return True
        return any(not future.is_done or future.exception for future in self._futures)

    def wait(self, timeout: float) -> None:
        """Return once all is acknowledged; else raise, and the line is given up."""
        try:
            self._wait(monotonic() + timeout)
        except (KafkaError, RuntimeError) as error:
            self._line.fail(error)
            raise self._explain(error) from error
        finally:
            self.told = True

    def _wait(self, deadline: float) -> None:
        if self.problem is not None:
            raise self.problem
        self._line.flush(self, deadline)
        for future in self._futures:
            if not future.is_done:
                future.get(max(0.0, deadline - monotonic()))
            elif future.exception is not None:
                raise future.exception

    def _explain(self, error: BaseException) -> LogUnavailable | RecordTooLarge:
        for index, future in enumerate(self._futures):
            if isinstance(future.exception, TOO_LARGE):
                return RecordTooLarge(f"Kafka refuses a record: {future.exception}", index)
        if isinstance(error, KafkaTimeoutError):
            return LogUnavailable("Kafka did not acknowledge in time.")
        return LogUnavailable(f"Kafka cannot be used now. {type(error).__name__}: {error}")
