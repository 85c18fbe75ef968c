"""What counting does."""

from uuid import UUID

from shared.kernel.refusals import Refused
from shared.store.unit_of_work import UnitOfWork
from tests.shared.sample.counting.tables import Tally


class StoryForbidden(Refused):
    """This story is not to be counted."""


def raise_tally(uow: UnitOfWork, *, story_id: UUID) -> None:
    tally = uow.find(Tally, id=story_id) or uow.add(Tally(story_id))
    tally.raise_()


def note_refusal(uow: UnitOfWork, *, story_id: UUID) -> None:
    tally = uow.find(Tally, id=story_id) or uow.add(Tally(story_id))
    tally.lines = -1
