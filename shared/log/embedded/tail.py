"""Who waits at the end of a file, and which member of a group reads what. In process only."""

from collections import deque
from collections.abc import Mapping
from threading import Condition
from time import monotonic

from shared.log.embedded.file import LogFile
from shared.log.event_log import LogUnavailable, Place

LOOK_AGAIN_SECONDS = 0.25
"""How often somebody who waits looks whether another process appended."""


class Seat:
    """A member's place in its group."""

    def __init__(self, member: str, streams: frozenset[str]) -> None:
        self.member = member
        self.streams = streams


class Group:
    """Who is in, what each should read, and who still holds it.

    A place goes to its new reader only once the former one let it go, so that no record is read by
    two members at once.
    """

    def __init__(self) -> None:
        self.seats: dict[str, Seat] = {}
        self.holders: dict[Place, Seat] = {}
        self.targets: dict[Place, Seat] = {}

    def deal(self, places: Mapping[Place, int]) -> None:
        """Share the places among the seats whose streams they belong to."""
        self.targets = {}
        for place in sorted(places):
            takers = [s for _, s in sorted(self.seats.items()) if place.stream in s.streams]
            if takers:
                self.targets[place] = takers[place.partition % len(takers)]

    def held(self, seat: Seat) -> set[Place]:
        """What ``seat`` reads now."""
        return {place for place, holder in self.holders.items() if holder is seat}

    def targeted(self, seat: Seat) -> set[Place]:
        """What ``seat`` should read."""
        return {place for place, target in self.targets.items() if target is seat}

    def let_go(self, seat: Seat, places: set[Place]) -> None:
        """``seat`` reads ``places`` no more."""
        for place in places:
            if self.holders.get(place) is seat:
                del self.holders[place]


class Tail:
    """The ends of one file as this process knows them, its groups, and the sleep of readers."""

    def __init__(self, file: LogFile) -> None:
        self.file = file
        self.users = 0
        self.gone: deque[tuple[str, Seat]] = deque()
        self._changed = Condition()
        self._turn = 0
        self._ends: dict[Place, int] = file.ends()
        self._looked_at = monotonic()
        self._groups: dict[str, Group] = {}
        self._closed = False

    # Ends

    def turn(self) -> int:
        """A number that changes whenever there may be something new; LogUnavailable once closed."""
        if self._closed:
            raise LogUnavailable("The log is closed.")
        return self._turn

    def end(self, place: Place) -> int:
        """The offset after the last record known here."""
        return self._ends.get(place, 0)

    def moved(self, ends: Mapping[Place, int]) -> None:
        """Records were appended: wake those who wait."""
        with self._changed:
            fresh = ends.keys() - self._ends.keys()
            for place, end in ends.items():
                if end > self._ends.get(place, -1):
                    self._ends[place] = end
            if fresh:
                for group in self._groups.values():
                    group.deal(self._ends)
            self._wake()

    def wait(self, seen: int, deadline: float) -> None:
        """Sleep until the turn is no longer ``seen``, the deadline, or the time to look again."""
        until = min(deadline, monotonic() + LOOK_AGAIN_SECONDS)
        with self._changed:
            while self._turn == seen and (left := until - monotonic()) > 0:
                self._changed.wait(left)
            unchanged = self._turn == seen
        if unchanged:
            self.look()

    def look(self) -> None:
        """See what other processes appended or created, unless somebody just looked."""
        if monotonic() - self._looked_at < LOOK_AGAIN_SECONDS / 2:
            return
        self._looked_at = monotonic()
        self.file.wipe_traces()
        ends = self.file.ends()
        if any(self._ends.get(place, -1) < end for place, end in ends.items()):
            self.moved(ends)

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._wake()

    def _wake(self) -> None:
        self._turn += 1
        self._changed.notify_all()

    # Groups

    def join(self, group: str, seat: Seat) -> None:
        """Take a seat; whoever sat there under the same name has lost it."""
        with self._changed:
            of = self._groups.setdefault(group, Group())
            former = of.seats.get(seat.member)
            if former is not None:
                of.let_go(former, of.held(former))
            of.seats[seat.member] = seat
            of.deal(self._ends)
            self._wake()

    def leave(self, group: str, seat: Seat) -> None:
        """Leave the seat, if it is still ours, and what was held."""
        with self._changed:
            of = self._groups[group]
            if of.seats.get(seat.member) is seat:
                of.let_go(seat, of.held(seat))
                del of.seats[seat.member]
                of.deal(self._ends)
                self._wake()

    def to_release(self, group: str, seat: Seat) -> frozenset[Place]:
        """What ``seat`` holds and should not; LogUnavailable when it lost its seat."""
        while self.gone:
            self.leave(*self.gone.popleft())
        with self._changed:
            of = self._groups[group]
            if of.seats.get(seat.member) is not seat:
                raise LogUnavailable(f"Another member of {group} took the name {seat.member}.")
            return frozenset(of.held(seat) - of.targeted(seat))

    def take(self, group: str, seat: Seat) -> frozenset[Place]:
        """Hold what ``seat`` should read and nobody holds; returns it."""
        with self._changed:
            of = self._groups[group]
            free = frozenset(of.targeted(seat) - of.holders.keys())
            of.holders.update(dict.fromkeys(free, seat))
            return free

    def release(self, group: str, seat: Seat, places: frozenset[Place]) -> None:
        """Let ``places`` go and tell those who wait for them."""
        with self._changed:
            self._groups[group].let_go(seat, set(places))
            self._wake()
