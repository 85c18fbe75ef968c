"""What telling does."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork
from tests.shared.sample.telling import events
from tests.shared.sample.telling.model import Story


def begin_story(uow: UnitOfWork, *, title: str, secret: str = "") -> UUID:
    return uow.add(Story.begin(uow.new_id(), title, secret)).id


@retryable
def tell_line(uow: UnitOfWork, *, story_id: UUID, text: str, price: Decimal = Decimal(0)) -> int:
    story = uow.get(Story, story_id)
    story.tell(text, price)
    return story.lines


def tell_lines(uow: UnitOfWork, *, story_id: UUID, lines: list) -> int:
    story = uow.get(Story, story_id)
    for line in lines:
        story.tell(**line)
    return story.lines


def correct_title(
    uow: UnitOfWork, *, story_id: UUID, title: str, version: str | None = None
) -> None:
    uow.get(Story, story_id, version=version).title = title


def end_story(uow: UnitOfWork, *, story_id: UUID) -> None:
    uow.get(Story, story_id).end()


def end_later(uow: UnitOfWork, *, story_id: UUID, hours: int) -> None:
    uow.schedule("end", story_id, uow.now + timedelta(hours=hours))


def end_when_due(uow: UnitOfWork, *, subject: UUID) -> None:
    uow.get(Story, subject).end()


def name_teller(uow: UnitOfWork, *, person_id: UUID, name: str) -> None:
    uow.record(events.TellerNamed(person_id=person_id, name=name))


def erase_teller(uow: UnitOfWork, *, person_id: UUID) -> None:
    uow.record(events.TellerErased(person_id=person_id))


def break_down(uow: UnitOfWork) -> None:
    raise RuntimeError("on purpose")
