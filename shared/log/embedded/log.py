"""``EmbeddedLog`` and its subscriptions: the protocol on top of the file."""

import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic

from shared.kernel.event import Stream
from shared.log.embedded.file import LogFile
from shared.log.embedded.tail import Seat, Tail
from shared.log.event_log import (
    Assignment,
    LogUnavailable,
    Message,
    Pending,
    Place,
    Record,
    RecordTooLarge,
    refuse_too_large,
)
from shared.log.failures import Failures
from shared.store.clock import Clock

_SCAN_AT_ONCE = 2000

# One per real path: those who open the same file in a process wake each other and share groups.
_tails: dict[Path, Tail] = {}
_tails_guard = Lock()


class EmbeddedLog:
    """The event log of one machine, in the SQLite file ``path``.

    Groups live in the process that reads: another process may append, scan or ask for the ends,
    and is noticed within half a second, but two processes must not read as one group. Never used
    across a fork.
    """

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        """Open or create ``path``; LogUnavailable when its folder refuses.

        Without ``clock`` records bear the real time, as a broker would put it.
        """
        self._path = path.absolute().resolve()
        self._clock = clock or Clock()
        self._closed = False
        self._failures = Failures()
        with _tails_guard:
            if self._path not in _tails:
                _tails[self._path] = Tail(LogFile(self._path))
            self._tail = _tails[self._path]
            self._tail.users += 1

    def ensure(self, streams: Iterable[Stream]) -> list[str]:
        """Create what misses; say how the others differ from what is declared."""
        differences = [text for stream in streams for text in self._tail.file.ensure(stream)]
        self._tail.moved(self._tail.file.ends())
        return differences

    def send(self, messages: Sequence[Message]) -> Pending:
        """Append at once, all or nothing: the batch is durable when this returns."""
        if refusal := self._failures.refusal():
            return refusal
        try:
            refuse_too_large(messages)
            if messages:
                moved = self._tail.file.append(messages, self._clock.now().timestamp())
                self._tail.moved(moved)
        except (LogUnavailable, RecordTooLarge) as problem:
            return self._failures.add(problem)
        return _APPENDED

    def subscribe(
        self,
        group: str,
        streams: Sequence[str],
        member: str,
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> "EmbeddedSubscription":
        """Join ``group``; a subscription that is dropped without closing leaves it too."""
        return EmbeddedSubscription(
            self._tail, group, Seat(member, frozenset(streams)), on_assigned
        )

    def scan(
        self, streams: Sequence[str], start: Mapping[Place, int] | None = None
    ) -> Iterator[list[Record]]:
        """Batches up to the ends known now."""
        return self._batches(self.ends(streams), dict(start or {}))

    def _batches(
        self, ends: Mapping[Place, int], start: Mapping[Place, int]
    ) -> Iterator[list[Record]]:
        for place, end in sorted(ends.items()):
            offset = start.get(place, 0)
            while records := self._tail.file.read(place, offset, end, _SCAN_AT_ONCE):
                yield records
                offset = records[-1].offset + 1

    def ends(self, streams: Sequence[str]) -> dict[Place, int]:
        """The ends in the file, those of other processes included."""
        return {p: end for p, end in self._tail.file.ends().items() if p.stream in streams}

    def committed(self, group: str, streams: Sequence[str]) -> dict[Place, int]:
        """Where ``group`` said it stands."""
        return {p: at for p, at in self._tail.file.noted(group).items() if p.stream in streams}

    def close(self) -> None:
        """Let go of the file, once nobody else in this process has it open."""
        with _tails_guard:
            if self._closed:
                return
            self._closed = True
            self._tail.users -= 1
            if self._tail.users == 0:
                del _tails[self._path]
                self._tail.close()
                self._tail.file.close()


class EmbeddedSubscription:
    """One member of a group. Records of several places are given one place after the other."""

    def __init__(
        self,
        tail: Tail,
        group: str,
        seat: Seat,
        on_assigned: Callable[[Assignment], Mapping[Place, int]],
    ) -> None:
        self._tail = tail
        self._group = group
        self._seat = seat
        self._on_assigned = on_assigned
        self._positions: dict[Place, int] = {}
        self._paused: set[Place] = set()
        self._first = 0
        tail.join(group, seat)
        # A thread that died forgot to close: what it held must not stay locked. Only noted here,
        # for the collector may run anywhere, even while the tail is being changed.
        self._left = weakref.finalize(self, tail.gone.append, (group, seat))
        self._left.atexit = False

    def poll(self, timeout: float, limit: int) -> list[Record]:
        """Up to ``limit`` records; wakes within a millisecond of an append of this process."""
        deadline = monotonic() + timeout
        while True:
            seen = self._tail.turn()
            self._follow_the_group()
            if records := self._read(limit):
                return records
            self._tail.look()
            if self._tail.turn() == seen and monotonic() >= deadline:
                return []
            self._tail.wait(seen, deadline)

    def _follow_the_group(self) -> None:
        if lost := self._tail.to_release(self._group, self._seat):
            for place in lost:
                self._positions.pop(place, None)
            self._paused -= lost
            try:
                self._on_assigned(Assignment(lost=lost))
            finally:
                self._tail.release(self._group, self._seat, lost)
        if given := self._tail.take(self._group, self._seat):
            try:
                start = self._on_assigned(Assignment(given=given))
            except BaseException:
                # Asked again at the next poll, by us or by whoever is given it then.
                self._tail.release(self._group, self._seat, given)
                raise
            for place in given:
                self._positions[place] = start.get(place, 0)

    def _read(self, limit: int) -> list[Record]:
        records: list[Record] = []
        places = [place for place in self._positions if place not in self._paused]
        # Another place comes first each time, or a busy one would starve the others.
        self._first += 1
        for index in range(len(places)):
            place = places[(self._first + index) % len(places)]
            if len(records) < limit and self._positions[place] != self._tail.end(place):
                records += self._read_place(place, limit - len(records))
        return records

    def _read_place(self, place: Place, limit: int) -> list[Record]:
        position, end = self._positions[place], self._tail.end(place)
        if position > end:
            end = self._tail.file.ends()[place]
            position = position if position <= end else 0
        records = self._tail.file.read(place, position, end, limit)
        # What was compacted away at the end is passed over too.
        self._positions[place] = records[-1].offset + 1 if records else end
        return records

    def seek(self, place: Place, offset: int) -> None:
        """Read ``place`` from ``offset`` on."""
        if place not in self._positions:
            raise ValueError(f"{place} is not assigned to {self._seat.member}.")
        self._positions[place] = offset

    def pause(self, places: Iterable[Place]) -> None:
        """Give nothing from ``places``."""
        self._paused.update(places)

    def resume(self, places: Iterable[Place]) -> None:
        """Give again what was paused."""
        self._paused.difference_update(places)

    def assigned(self) -> frozenset[Place]:
        """The places held now."""
        return frozenset(self._positions)

    def commit(self, offsets: Mapping[Place, int]) -> None:
        """Note where the group stands, for whoever looks at its lag."""
        self._tail.file.note(self._group, offsets)

    def close(self) -> None:
        """Leave the group at once."""
        if self._left.detach():
            self._positions.clear()
            self._tail.leave(self._group, self._seat)


class _Appended:
    """A batch that is durable already."""

    def wait(self, timeout: float) -> None:
        """Nothing is left to wait for."""


_APPENDED = _Appended()
