"""Messages for one person: said by any service, delivered by the one that keeps contacts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.kernel.event import Event, Stream

NOTICES = Stream("cac.notices", retention_seconds=7 * 24 * 3600)


@dataclass(frozen=True, kw_only=True)
class NoticeIssued(Event):
    """Tell ``person`` this ``text`` (no name in it), with a ``link`` into the product.

    ``due`` is when it should reach the person; None is as soon as possible. What is not ``urgent``
    may wait for the one message a day in which all of a person's news leave together.
    """

    stream: ClassVar[Stream] = NOTICES

    person: UUID
    text: str
    link: str
    due: datetime | None = None
    urgent: bool = False

    def key(self) -> str:
        """The person: their messages arrive in order."""
        return str(self.person)


NoticeIssued.type = "cac.notices.notice-issued.v1"
