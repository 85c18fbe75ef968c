"""Answers awaited: a reminder the working day before, then the DPC is told."""

from datetime import timedelta
from uuid import UUID

from services.planning.commands.support import BASE, agents_of, at, dpc, tell
from services.planning.model import Need, NeedKind, NeedState
from shared.kernel import calendar
from shared.store import links
from shared.store.unit_of_work import UnitOfWork

REMIND, OVERDUE = "remind-answer", "answer-overdue"
_MORNING = 8


def schedule_answer(uow: UnitOfWork, need: Need) -> None:
    """Have silence reminded of, then told."""
    assert need.answer_by is not None
    remind = calendar.last_worked(need.answer_by - timedelta(1))
    uow.unschedule(REMIND, need.id)
    if remind > uow.today:
        uow.schedule(REMIND, need.id, at(remind, _MORNING))
    uow.schedule(OVERDUE, need.id, at(need.answer_by + timedelta(1), _MORNING))


def unschedule_answer(uow: UnitOfWork, need_id: UUID) -> None:
    """Nothing is awaited any more; a link to answer no longer works."""
    uow.unschedule(REMIND, need_id)
    uow.unschedule(OVERDUE, need_id)
    links.withdraw(uow, "need", need_id)


def remind_answer(uow: UnitOfWork, *, subject: UUID) -> None:
    """The answer is due tomorrow: tell who is asked, and who asked."""
    need = uow.find(Need, id=subject)
    if need is None or need.state is not NeedState.ASKED:
        return
    if need.kind is NeedKind.SERVICE:
        text = f"« {need.title} » : votre réponse est attendue demain au plus tard."
        tell(uow, agents_of(uow, need.department), text, f"{BASE}/demandes/{need.id}")
    text = f"« {need.title} » : {need.asked} n’a pas encore répondu. Rappelez-les."
    tell(uow, {need.requested_by, need.owner}, text, f"{BASE}/besoins/{need.id}")


def answer_overdue(uow: UnitOfWork, *, subject: UUID) -> None:
    """Nobody answered in time: it is said to all, to who asked and to the DPC."""
    need = uow.find(Need, id=subject)
    if need is None or not need.overdue(uow.now):
        return
    text = f"« {need.title} » : {need.asked} n’a pas répondu à temps. La DPC-CAC le voit aussi."
    here = f"{BASE}/besoins/{need.id}"
    tell(uow, {need.requested_by, need.owner}, text, here)
    text = f"« {need.title} » : {need.asked} n’a pas répondu à temps. Pouvez-vous débloquer ?"
    tell(uow, dpc(uow) - {need.requested_by, need.owner}, text, here)
