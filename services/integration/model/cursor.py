"""Where a reader stands: the next offset of each partition of the log (docs/adr/0012-the-feed.md).

Within a partition rows become visible in the order of their offsets, whatever workers do, so « from
here on » misses nothing; and offsets are the log's own: no rebuild and no backup renumbers them.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple, Self
from uuid import UUID

from services.integration.model.refusals import CursorNotOurs, CursorOfAnotherLog

MOST = 500
"""Events on one page."""
_LONGEST = 20_000
_EDITION = 1


class Bound(NamedTuple):
    """How far a partition may be read now, and how its first fact is known."""

    end: int
    first: str


@dataclass(frozen=True)
class Cursor:
    """The next offset of each partition, for one reader; ``firsts`` tell which log it was."""

    reader: str
    places: Mapping[int, int] = field(default_factory=dict)
    firsts: Mapping[int, str] = field(default_factory=dict)

    def place(self, partition: int) -> int:
        """The next offset to read of a partition."""
        return self.places.get(partition, 0)

    def check(self, bounds: Mapping[int, Bound]) -> None:
        """Refuse a cursor of a log that is no more: its partitions began with other facts."""
        for partition, first in self.firsts.items():
            now = bounds[partition].first if partition in bounds else ""
            if first and now and first != now:
                raise CursorOfAnotherLog()

    def text(self) -> str:
        """What the reader keeps, and gives back as it is."""
        kept = [[p, self.places[p], self.firsts.get(p, "")] for p in sorted(self.places)]
        said = json.dumps([_EDITION, self.reader, kept], separators=(",", ":"))
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None, reader: str) -> Self:
        """The cursor that ``reader`` was given; the beginning without one. CursorNotOurs else."""
        if text is None:
            return cls(reader)
        try:
            edition, whose, kept = _decoded(text)
            places = {_number(p): _number(n) for p, n, _ in kept}
            firsts = {_number(p): _text(first) for p, _, first in kept}
        except (ValueError, TypeError, RecursionError) as error:
            raise CursorNotOurs() from error
        if edition != _EDITION or whose != reader:
            raise CursorNotOurs()
        return cls(reader, places, firsts)


def reader_of(identity: UUID) -> str:
    """How a cursor names the grant or the sandbox it belongs to."""
    return identity.hex[-12:]


def _decoded(text: str) -> Any:
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError("no cursor is so long")
    return json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**62:
        raise ValueError("no such offset")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 32:
        raise ValueError("no such mark")
    return value


Row = dict[str, Any]


class Taken(NamedTuple):
    """One page: its rows, where to go on, whether there is more already."""

    rows: list[Row]
    cursor: Cursor
    more: bool


def take(
    cursor: Cursor,
    bounds: Mapping[int, Bound],
    found: Mapping[int, Sequence[Row]],
    limit: int,
) -> Taken:
    """A page of ``found``, the next rows of each partition (``limit`` at most of each).

    Facts of one partition stay in their order; partitions are mixed by time as far as that allows.
    A partition that was looked through is passed up to its bound, also over what is not granted.
    """
    rows = list(islice(merge(*(_in_turn(found[p]) for p in sorted(found)), key=_turn), limit))
    given = [row for _, row in rows]
    places, firsts = dict(cursor.places), dict(cursor.firsts)
    more = False
    for partition, bound in bounds.items():
        mine = [row for row in given if row["partition"] == partition]
        there = found.get(partition, ())
        over = len(mine) == len(there) < limit
        more = more or not over
        if over and bound.end > cursor.place(partition):
            places[partition] = bound.end
        elif mine and not over:
            places[partition] = mine[-1]["offset"] + 1
        if partition in places:
            firsts[partition] = firsts.get(partition) or bound.first
    return Taken(given, Cursor(cursor.reader, places, firsts), more)


def _in_turn(rows: Iterable[Row]) -> Iterator[tuple[tuple[Any, int, int], Row]]:
    """Rows of a partition with what orders them among others: never before one that precedes."""
    latest: Any = None
    for row in rows:
        latest = row["at"] if latest is None else max(latest, row["at"])
        yield (latest, row["partition"], row["offset"]), row


def _turn(one: tuple[Any, Row]) -> Any:
    return one[0]
