"""What a print request holds beside itself: acts, proofs, what was handed out; and who acts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.communication.model.steps import Step
from services.communication.model.words import Answer
from services.language import FileRef

OWNER = "communication"


@dataclass(frozen=True)
class Doer:
    """Who acts, and when; ``person`` is None for what follows by itself."""

    person: UUID | None
    at: datetime
    today: date


@dataclass
class Act:
    """A step that was taken, with its reason."""

    seq: int
    step: Step
    person: UUID | None
    at: datetime
    reason: str = ""


@dataclass
class Proof:
    """One edition of the last proof (BAT), and what the group said of these very bytes."""

    edition: int
    sha256: str
    size: int
    media_type: str
    published_at: datetime
    published_by: UUID | None = None
    answer: Answer | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    reason: str = ""

    @property
    def file(self) -> FileRef:
        """The file, as the store knows it."""
        return FileRef(owner=OWNER, sha256=self.sha256, size=self.size, media_type=self.media_type)

    def answered(self, doer: Doer, answer: Answer, reason: str = "") -> None:
        """Note what was said of it, once."""
        self.answer, self.reason = answer, reason
        self.answered_by, self.answered_at = doer.person, doer.at


@dataclass
class Handout:
    """Copies handed out in a zone, and how many were left then."""

    id: UUID
    zone: str
    count: int
    left: int
    at: datetime
    person: UUID | None = None
