"""Messages to people: on their page in any case, and by mail when they wish so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.kernel.aggregate import Aggregate

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(eq=False, kw_only=True)
class Message(Aggregate):
    """What another service asked to tell a person; the id is that of the notice, so once.

    ``mailed_at`` is when it left by mail: by itself when ``urgent``, else with the day's others.
    """

    id: UUID
    version: int = 1
    person: UUID
    text: str
    link: str
    due: datetime
    urgent: bool = False
    delivered_at: datetime | None = None
    mailed_at: datetime | None = None
    read_at: datetime | None = None

    def deliver(self, now: datetime) -> bool:
        """Show it from now on; False when it was already."""
        if self.delivered_at is not None:
            return False
        self.delivered_at = now
        return True

    def mailed(self, now: datetime) -> None:
        """It left by mail."""
        self.mailed_at = now

    @property
    def news(self) -> bool:
        """Shown, and neither read nor mailed yet."""
        return bool(self.delivered_at and not self.read_at and not self.mailed_at)

    def read(self, now: datetime) -> None:
        """The person has seen it; the first time counts."""
        self.read_at = self.read_at or now


@dataclass(eq=False, kw_only=True)
class Mail(Aggregate):
    """A mail to send, written with what caused it, sent afterwards: at least once.

    Its Message-ID comes from its id, so that a mail sent twice is shown once by mail programs.
    """

    id: UUID
    version: int = 1
    person: UUID
    address: str
    subject: str
    text: str
    written_at: datetime
    sent_at: datetime | None = None
    failures: int = 0

    def sent(self, now: datetime) -> None:
        """It was handed over: neither the address nor the words are kept any longer."""
        self.sent_at = now
        self.address = self.text = ""

    def shown(self, now: datetime) -> None:
        """It stands on the demonstration's page of mails: nothing left the machine."""
        self.sent_at = now

    def failed(self, now: datetime) -> datetime:
        """It could not be; returns when to try again: after 1, 2, 4… minutes, 6 hours at most."""
        wait: timedelta = min(_FIRST_WAIT * (1 << min(self.failures, 20)), _LONGEST_WAIT)
        self.failures += 1
        return now + wait
