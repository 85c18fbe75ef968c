"""Minutes: written once a vote is closed, in a transaction of their own."""

from dataclasses import asdict
from uuid import UUID

from services.decision.model import Vote
from services.decision.queries import _minutes_of
from shared.store.unit_of_work import UnitOfWork


def write_minutes(uow: UnitOfWork, *, subject: UUID) -> None:
    """Keep the minutes of a closed vote as an accessible PDF; they do not change afterwards."""
    vote = uow.get(Vote, subject)
    data = _minutes_of(uow, subject)
    if data is not None and vote.minutes is None:
        pdf = uow.gateway("Documents").minutes(data)
        vote.minutes = asdict(uow.files.put(pdf, "application/pdf"))
