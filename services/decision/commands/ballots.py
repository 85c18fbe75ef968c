"""Ballots: from people with an account, from cards, and from counts made in a room.

Nothing of a ballot is kept but in the box: see ``model.vote``.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.commands.support import BASE, page_of, people_of, tell
from services.decision.model import (
    LEAD,
    Card,
    Charter,
    Elector,
    NotAnElector,
    NotYetTheDay,
    RoomCount,
    Vote,
    VoteState,
    Way,
    ballot_of,
    box_id,
    hash_of_number,
    hash_of_secret,
    read_number,
    unknown,
    wrong,
)
from services.decision.queries import _open_vote_of_code
from services.directory.mirror import Role
from shared.kernel.rights import ANONYMOUS
from shared.perform import retryable, unkept
from shared.store.conflicts import insert
from shared.store.unit_of_work import UnitOfWork


@retryable
@unkept
def cast_ballot(
    uow: UnitOfWork, *, vote_id: UUID, choices: Sequence[UUID] = (), blank: bool = False
) -> None:
    """Vote, or vote otherwise, until the closing: the last ballot counts.

    Refuses who is not on the list of electors, an idea that is not on the ballot, after the
    closing, and who was counted in a room. The audit notes that one voted, never what.
    """
    vote = uow.get(Vote, vote_id, hot=True)
    elector = uow.find(Elector, vote_id=vote_id, who=uow.actor.person)
    if elector is None:
        raise _not_listed()
    _drop_in_the_box(uow, vote, elector, choices, blank)


def _not_listed() -> NotAnElector:
    return NotAnElector(
        rule="La charte dit qui vote, et la liste est arrêtée à l’ouverture du vote.",
        missing="Être sur cette liste.",
        unblocks=f"{LEAD}, pour un prochain vote",
    )


def _drop_in_the_box(
    uow: UnitOfWork, vote: Vote, elector: Elector, choices: Sequence[UUID], blank: bool
) -> None:
    vote.check_open(uow.now)
    method = uow.get(Charter, vote.charter_id).method
    ballot = ballot_of(method, vote.option_ids(), choices, blank)
    elector.vote(Way.WEB)
    row = {
        "id": box_id(_key(uow, vote.id), elector.id),
        "vote_id": vote.id,
        "choices": sorted(str(idea) for idea in ballot),
    }
    statement = insert(tables.ballots, uow.connection.dialect.name)
    replaced = {"choices": statement.excluded.choices}
    uow.connection.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=replaced), row
    )


def _key(uow: UnitOfWork, vote_id: UUID) -> bytes:
    keys = tables.box_keys
    found: bytes = uow.value(sa.select(keys.c.key).where(keys.c.vote_id == vote_id))
    return found


@retryable
@unkept
def cast_card_ballot(
    uow: UnitOfWork,
    *,
    code: str,
    number: str,
    secret: str,
    choices: Sequence[UUID] = (),
    blank: bool = False,
) -> None:
    """Vote with a numbered card, without an account; changeable until the closing.

    Refuses a forged or withdrawn card, one given after the opening, and where the charter does not
    let cards vote.
    """
    uow.actor = ANONYMOUS
    vote = uow.get(Vote, _open_vote_of_code(uow, code), hot=True)
    vote.check_open(uow.now)
    found = read_number(number)
    card = uow.find(Card, number_hash=hash_of_number(found))
    if card is None or card.secret_hash != hash_of_secret(found, secret):
        sentence = "Ce numéro et ce code ne vont pas ensemble : relisez la carte."
        raise unknown("number", sentence)
    _drop_in_the_box(uow, vote, _elector_of(uow, vote, card, "number"), choices, blank)


def _elector_of(uow: UnitOfWork, vote: Vote, card: Card, field: str) -> Elector:
    if card.withdrawn_at is not None:
        raise unknown(field, "Cette carte a été retirée : une autre l’a remplacée.")
    elector = uow.find(Elector, vote_id=vote.id, who=card.id)
    if elector is None:
        sentence = (
            "Cette carte n’est pas sur la liste de ce vote : elle a été remise après son ouverture, "
            "pour un autre comité, ou la charte ne fait pas voter les cartes."
        )
        raise unknown(field, sentence)
    return elector


def enter_count(
    uow: UnitOfWork,
    *,
    vote_id: UUID,
    way: Way,
    present: Sequence[UUID],
    voices: dict[UUID, int],
    blank: int = 0,
    cards: Sequence[str] = (),
    count_id: UUID | None = None,
) -> UUID:
    """Enter what was counted in a room, with the list of those who voted there.

    ``present`` are electors, ``cards`` numbers of cards. It counts once a second person confirms
    it. Refuses figures that so many people cannot have given, a person counted already, hands on
    another day than that of the charter's meeting.
    """
    vote = uow.get(Vote, vote_id, hot=True)
    vote.check_open(uow.now)
    charter = uow.get(Charter, vote.charter_id)
    if way == Way.HANDS and (charter.meeting_on is None or uow.today < charter.meeting_on):
        raise NotYetTheDay(
            rule="On vote à main levée à la réunion que dit la charte.",
            missing=f"Ce jour : le {charter.meeting_on:%d/%m/%Y}."
            if charter.meeting_on
            else "Une réunion dans la charte : celle-ci n’en dit pas.",
        )
    listed = [*_listed(uow, vote, present), *_with_cards(uow, vote, cards)]
    known = list(dict.fromkeys(elector.id for elector in listed))
    assert uow.actor.person is not None
    made = RoomCount(
        id=count_id or uow.new_id(),
        vote_id=vote_id,
        committee_id=vote.committee_id,
        journey=vote.journey,
        way=Way(way),
        present=[str(elector) for elector in known],
        persons=len(known),
        voices={str(idea): got for idea, got in voices.items() if got},
        blank=blank,
        entered_by=uow.actor.person,
        entered_at=uow.now,
    )
    made.counted().check(charter.method, vote.option_ids())
    for elector in listed:
        _check_not_counted(uow, elector)
    group = people_of(uow, vote.committee_id, Role.MEMBER, Role.LEAD)
    tell(uow, group, "Un compte de voix attend une deuxième personne.", page_of(vote.round_id))
    return uow.add(made).id


def _listed(uow: UnitOfWork, vote: Vote, present: Sequence[UUID]) -> list[Elector]:
    found = []
    for elector_id in dict.fromkeys(present):
        elector = uow.find(Elector, id=elector_id)
        if elector is None or elector.vote_id != vote.id:
            raise wrong("present", "Cochez des personnes de la liste de ce vote.")
        found.append(elector)
    return found


def _with_cards(uow: UnitOfWork, vote: Vote, cards: Sequence[str]) -> list[Elector]:
    found = []
    for text in cards:
        card = uow.find(Card, number_hash=hash_of_number(read_number(text, "cards")))
        if card is None:
            raise unknown("cards", f"La carte {text} n’est pas connue.")
        found.append(_elector_of(uow, vote, card, "cards"))
    return found


def _check_not_counted(uow: UnitOfWork, elector: Elector) -> None:
    """Refuse somebody who was counted in a room before; a web ballot is no obstacle."""
    if elector.voted in (Way.HANDS, Way.PAPER):
        elector.vote(Way.WEB)


def confirm_count(uow: UnitOfWork, *, count_id: UUID) -> None:
    """A second person stands for the count: web ballots of those present are set aside.

    They are told: one voice a person holds. Refuses who entered it.
    """
    room = uow.get(RoomCount, count_id)
    vote = uow.get(Vote, room.vote_id, hot=True)
    vote.check_open(uow.now)
    assert uow.actor.person is not None
    room.confirm(uow.actor.person)
    key, aside = _key(uow, vote.id), []
    for elector_id in room.electors():
        elector = uow.get(Elector, elector_id)
        _check_not_counted(uow, elector)
        if elector.vote(room.way):
            aside.append(elector)
    ids = [box_id(key, elector.id) for elector in aside]
    uow.connection.execute(tables.ballots.delete().where(tables.ballots.c.id.in_(ids)))
    text = "Vous avez voté dans la salle : votre bulletin déposé en ligne est mis de côté."
    for elector in aside:
        if not elector.card:
            uow.notify(elector.who, text, f"{BASE}/votes/{vote.id}")


def drop_count(uow: UnitOfWork, *, count_id: UUID) -> None:
    """The count was wrong: it will be entered again; refuses once it is confirmed."""
    room = uow.get(RoomCount, count_id)
    vote = uow.get(Vote, room.vote_id, hot=True)
    if vote.state is VoteState.OPEN:
        room.drop()
