"""A story: begun, told line by line, ended."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Refused
from tests.shared.sample.telling import events


class StoryIsOver(Refused):
    """Nothing is added to a story that has ended."""


@dataclass(eq=False)
class Story(Aggregate):
    id: UUID
    title: str
    secret: str = ""
    lines: int = 0
    spent: Decimal = Decimal("0.00")
    ended: bool = False
    version: int = 1
    journey: UUID | None = None

    @classmethod
    def begin(cls, id: UUID, title: str, secret: str = "") -> "Story":  # noqa: A002
        story = cls(id, title, secret)
        story.record(events.StoryBegun(story_id=id, title=title))
        return story

    def tell(self, text: str, price: Decimal = Decimal("0.00")) -> None:
        if self.ended:
            raise StoryIsOver("Cette histoire est finie.")
        self.lines += 1
        self.spent += price
        self.record(events.LineToldV2(story_id=self.id, number=self.lines, text=text, price=price))

    def end(self) -> None:
        if self.ended:
            raise StoryIsOver("Cette histoire est déjà finie.")
        self.ended = True
        self.record(events.StoryEnded(story_id=self.id, lines=self.lines))
