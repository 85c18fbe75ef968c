"""What telling says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.event import Event, Stream

SAID = Stream("sample.said", partitions=3)
NAMES = Stream("sample.names", partitions=2, compacted=True)


@dataclass(frozen=True, kw_only=True)
class Told(Event):
    """A fact about a story."""

    stream: ClassVar[Stream] = SAID
    story_id: UUID

    def key(self) -> str:
        return str(self.story_id)


@dataclass(frozen=True, kw_only=True)
class StoryBegun(Told):
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class LineTold(Told):
    """An old way to say it: read as LineToldV2."""

    number: int
    text: str = ""

    def upcast(self) -> "LineToldV2":
        return LineToldV2(story_id=self.story_id, number=self.number, text=self.text, by=self.by)


@dataclass(frozen=True, kw_only=True)
class LineToldV2(Told):
    number: int
    text: str = ""
    price: Decimal = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class StoryEnded(Told):
    lines: int


@dataclass(frozen=True, kw_only=True)
class TellerNamed(Event):
    stream: ClassVar[Stream] = NAMES
    person_id: UUID
    name: str

    def key(self) -> str:
        return str(self.person_id)


@dataclass(frozen=True, kw_only=True)
class TellerErased(Event):
    stream: ClassVar[Stream] = NAMES
    person_id: UUID

    def key(self) -> str:
        return str(self.person_id)

    def tombstone(self) -> bool:
        return True


__all__: list[Any] = ["LineTold", "LineToldV2", "StoryBegun", "StoryEnded", "TellerErased"]
