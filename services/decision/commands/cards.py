"""Numbered cards: given at an annexe, shown once, withdrawn when lost."""

from typing import Any
from uuid import UUID

from services.decision.commands.support import code
from services.decision.model import (
    BODY,
    SECRET,
    WITH_CARDS,
    Card,
    CardAlreadyGiven,
    College,
    hash_of_number,
    hash_of_secret,
    numbered,
    read_number,
    unknown,
    wrong,
)
from services.directory import mirror
from shared.kernel.refusals import NotFound
from shared.perform import unkept
from shared.store.unit_of_work import UnitOfWork


@unkept
def give_card(
    uow: UnitOfWork, *, committee_id: UUID, college: College, card_id: UUID | None = None
) -> dict[str, Any]:
    """Make a card for somebody of a committee's neighbourhood: its number and its secret, once.

    No name is kept: the desk looks at who asks, and gives one card a person. The same ``card_id``
    is one card; it is not shown again.
    """
    if mirror.committee(uow, committee_id) is None:
        raise NotFound("Ce comité n’existe pas.")
    if college not in WITH_CARDS:
        raise wrong("college", "Les membres, les élu·es et les services votent avec leur compte.")
    if card_id is not None and uow.find(Card, id=card_id) is not None:
        raise CardAlreadyGiven(
            rule="Une carte est montrée une seule fois, quand elle est remise.",
            missing="Si elle est perdue, retirez-la puis remettez-en une autre.",
        )
    number, secret = numbered(code(BODY)), code(SECRET)
    card = Card(
        id=card_id or uow.new_id(),
        committee_id=committee_id,
        college=college,
        number_hash=hash_of_number(number),
        secret_hash=hash_of_secret(number, secret),
        given_at=uow.now,
        given_by=uow.actor.person,
    )
    uow.add(card)
    return {"id": card.id, "number": number, "secret": secret}


def withdraw_card(uow: UnitOfWork, *, number: str) -> None:
    """A card is lost: it opens no vote any more. A ballot dropped with it stays."""
    card = uow.find(Card, number_hash=hash_of_number(read_number(number)))
    if card is None:
        raise unknown("number", "Cette carte n’est pas connue : relisez son numéro.")
    card.withdraw(uow.now)
