"""Whenever a diagnostic is published, its committee gathers ideas."""

from services.decision import commands
from services.diagnostic.events import DiagnosticPublished
from shared.store.unit_of_work import UnitOfWork


def gather_ideas(uow: UnitOfWork, event: DiagnosticPublished) -> None:
    """The neighbourhood has said what it needs: ideas are called for, for three weeks."""
    assert event.committee_id is not None
    commands.open_round_from_diagnostic(
        uow,
        committee_id=event.committee_id,
        diagnostic_id=event.diagnostic_id,
        title=event.title,
        needs=[
            {"need_id": str(need.need_id), "title": need.title, "weight": need.weight}
            for need in event.needs
        ],
    )
