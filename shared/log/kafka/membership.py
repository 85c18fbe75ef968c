"""Being a member of a group: what its client does only while it is polled, done reliably."""

from collections import deque
from collections.abc import Iterable
from threading import Event
from time import monotonic
from typing import Any

from kafka import ConsumerRebalanceListener, TopicPartition
from kafka.errors import CoordinatorNotAvailableError

_JOIN_MS = 10_000
_AWAY_SECONDS = 2.0


class Changes(ConsumerRebalanceListener):  # type: ignore[misc]
    """Notes what is given and lost, in the client's own thread; nothing may block there.

    What is given is paused at once: nothing must be read from it before its position is known.
    """

    def __init__(self, consumer: Any) -> None:
        self._consumer = consumer
        self.noted: deque[tuple[str, frozenset[TopicPartition]]] = deque()

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        if given := frozenset(assigned):
            self._consumer.pause(*given)
            self.noted.append(("given", given))

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        if lost := frozenset(revoked):
            self.noted.append(("lost", lost))

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        self.on_partitions_revoked(lost)


class Membership:
    """Takes part in the changes of a group, whether or not somebody is polling just now.

    kafka-python 3.0.12 drops the answer of the group when it arrives between two polls: it then
    joins once more, which sends all members round again, or it has joined but holds nothing and no
    longer says that it lives. It also keeps to itself that another member took its name. So the
    joining runs in the client's thread, where its answer is always awaited, and a member that has
    fallen silent is made to ask again. Nothing public does that; the version is pinned.
    """

    def __init__(self, consumer: Any) -> None:
        self._coordinator = consumer._coordinator  # noqa: SLF001
        self._joining: Any = None
        self._joined = Event()
        self._away_since: float | None = None

    def follow(self) -> None:
        """Join when there is a reason to, without waiting for it."""
        coordinator = self._coordinator
        if self._joining is not None:
            return
        silent = not coordinator._heartbeat_enabled  # noqa: SLF001
        if silent and not coordinator.need_rejoin():
            coordinator.request_rejoin()
        if coordinator.need_rejoin():
            self._joined.clear()
            join = coordinator.ensure_active_group_async
            self._joining = coordinator._manager.call_soon(join, _JOIN_MS)  # noqa: SLF001
            self._joining.add_both(lambda _: self._joined.set())

    def settled(self, patience: float) -> bool:
        """Whether the group agrees who reads what; waits ``patience`` seconds for it.

        Raises what Kafka says when the member cannot be in the group.
        """
        self.follow()
        if self._joining is None:
            return True
        if not self._joined.wait(patience):
            return False
        joining, self._joining = self._joining, None
        if joining.exception is not None:
            raise joining.exception
        return bool(joining.value)

    def notice_absence(self) -> None:
        """Raise when no coordinator of the group has been reached for some time."""
        if not self._coordinator.coordinator_unknown():
            self._away_since = None
        elif self._away_since is None:
            self._away_since = monotonic()
        elif monotonic() - self._away_since > _AWAY_SECONDS:
            raise CoordinatorNotAvailableError("No broker answers for the group.")
