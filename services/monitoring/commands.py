"""The one thing people change here: what becomes of a fact that monitoring could not fold."""

from shared.log import dead_letters
from shared.store.unit_of_work import UnitOfWork


def replay_letter(uow: UnitOfWork, *, letter_id: int) -> None:
    """Ask the worker to try a dead letter again, then what waits behind it.

    Refuses a letter that is only parked: a thread is replayed from the fact that stopped it.
    """
    dead_letters.ask_replay(uow, letter_id=letter_id)


def drop_letter(uow: UnitOfWork, *, letter_id: int, reason: str) -> None:
    """Ask the worker to set a dead letter aside for good, and to go on with its thread.

    Refuses without a reason: figures will miss this fact until a rebuild.
    """
    dead_letters.ask_drop(uow, letter_id=letter_id, reason=reason)
