"""Answers of departments and organisations: on their pages, by a link, or by word of mouth."""

from datetime import timedelta
from uuid import UUID

from services.planning.commands.support import BASE, at, tell
from services.planning.commands.timers import OVERDUE, REMIND
from services.planning.events import RelayAnswer
from services.planning.model import ActionPlan, Need, NeedKind
from services.planning.queries import LINK
from shared.perform import unkept
from shared.store import links
from shared.store.unit_of_work import UnitOfWork


def accept_service(uow: UnitOfWork, *, need_id: UUID, conditions: str = "") -> None:
    """The department does it, on these conditions; who asked is told."""
    need = _need(uow, need_id)
    need.accept(conditions, uow.now)
    _answered_here(uow, need)


def decline_service(uow: UnitOfWork, *, need_id: UUID, why: str) -> None:
    """The department cannot, and says why; who asked is told."""
    need = _need(uow, need_id)
    need.decline(why, uow.now)
    _answered_here(uow, need)


def record_relay_answer(
    uow: UnitOfWork, *, need_id: UUID, answer: RelayAnswer, words: str = ""
) -> None:
    """Write down what an organisation answered by word of mouth."""
    need = _need(uow, need_id)
    need.answer_relay(answer, words, uow.now)
    _answered_here(uow, need)


@unkept
def issue_need_link(uow: UnitOfWork, *, need_id: UUID) -> str:
    """The secret of a link by which whoever is asked answers once; an earlier one stops working.

    Shown once: only its hash is kept. Refuses what is not answered here, or no longer asked.
    """
    need = _need(uow, need_id)
    need.check_asked_here()
    return links.issue(uow, LINK, need.id, at(need.needed_by + timedelta(1)))


def answer_by_link(uow: UnitOfWork, *, secret: str, answer: RelayAnswer, words: str = "") -> None:
    """Answer without an account, once. A department says yes or no, an organisation as it will."""
    need = _need(uow, links.follow(uow, LINK, secret))
    if need.kind is NeedKind.RELAY:
        need.answer_relay(answer, words, uow.now)
    elif answer is RelayAnswer.YES:
        need.accept(words, uow.now)
    else:
        need.decline(words, uow.now)
    _answered(uow, need)


def _need(uow: UnitOfWork, need_id: UUID) -> Need:
    """A need of an action that goes on, held while it is answered."""
    need = uow.get(Need, need_id, hot=True)
    uow.get(ActionPlan, need.action_id).check_adopted()
    return need


def _answered_here(uow: UnitOfWork, need: Need) -> None:
    """An answer given otherwise makes a link that was sent useless."""
    links.withdraw(uow, LINK, need.id)
    _answered(uow, need)


def _answered(uow: UnitOfWork, need: Need) -> None:
    uow.unschedule(REMIND, need.id)
    uow.unschedule(OVERDUE, need.id)
    text = f"« {need.title} » : une réponse est arrivée."
    tell(uow, {need.requested_by, need.owner}, text, f"{BASE}/besoins/{need.id}")
