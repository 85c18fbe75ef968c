"""Closing: the count, the end of the link between people and ballots, and what follows.

All of it is one transaction: either the vote is open with its key, or closed without it.
"""

import secrets
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.commands.calling import END, call, later
from services.decision.commands.support import page_of, people_of, tell
from services.decision.events import NoQuorum, Outcome, TieRule
from services.decision.model import (
    Advice,
    AdviceState,
    Call,
    Charter,
    Counted,
    CountState,
    Idea,
    RoomCount,
    Round,
    Vote,
    count,
    drawn,
    heaviest,
    quorum_met,
)
from services.directory.mirror import Role
from shared.store.clock import local
from shared.store.unit_of_work import UnitOfWork

MINUTES = "write-minutes"
_GROUP = (Role.MEMBER, Role.LEAD, Role.ELU)


def close(uow: UnitOfWork, vote: Vote, action_id: UUID | None) -> None:
    """Close ``vote`` and do what its charter says; nothing ends without a next step."""
    charter, found = uow.get(Charter, vote.charter_id), uow.get(Round, vote.round_id, hot=True)
    rooms = [
        room
        for room in uow.find_all(RoomCount, vote_id=vote.id)
        if room.state is CountState.CONFIRMED
    ]
    voted = _voted(uow, vote, rooms)
    if not quorum_met(voted, vote.electors, vote.quorum):
        _without_quorum(uow, vote, charter, found, rooms, voted)
        return
    counted = count(vote.option_ids(), _box(uow, vote), [room.counted() for room in rooms])
    leaders = counted.leaders()
    if not leaders:
        said = "Aucune idée n’a eu de voix : le comité reprend les idées dans un nouveau tour."
        _end(uow, vote, Outcome.NO_QUORUM, counted, rooms, said, seed=charter.seed)
        _give_up(uow, found, said)
    elif len(leaders) > 1 and charter.tie is TieRule.RUN_OFF and vote.call is not Call.RUN_OFF:
        _run_off(uow, vote, charter, found, rooms, counted, leaders)
    else:
        _choose(uow, vote, charter, found, rooms, counted, leaders, action_id)


def _voted(uow: UnitOfWork, vote: Vote, rooms: Sequence[RoomCount]) -> int:
    in_the_box = sa.select(sa.func.count()).where(tables.ballots.c.vote_id == vote.id)
    return int(uow.value(in_the_box)) + sum(room.persons for room in rooms)


def _box(uow: UnitOfWork, vote: Vote) -> list[tuple[UUID, ...]]:
    found = uow.rows(sa.select(tables.ballots.c.choices).where(tables.ballots.c.vote_id == vote.id))
    return [tuple(UUID(idea) for idea in row["choices"]) for row in found]


def _end(
    uow: UnitOfWork,
    vote: Vote,
    outcome: Outcome,
    counted: Counted,
    rooms: Sequence[RoomCount],
    follows: str,
    *,
    opened: bool = True,
    seed: str = "",
) -> None:
    on_site = sum(room.persons for room in rooms)
    vote.close(outcome, counted, on_site, follows, uow.now, opened=opened, seed=seed)
    uow.unschedule(END, vote.id)
    _erase_the_link(uow, vote, keep=opened)
    for room in uow.find_all(RoomCount, vote_id=vote.id):
        room.forget()
    uow.schedule(MINUTES, vote.id, uow.now)


def _erase_the_link(uow: UnitOfWork, vote: Vote, *, keep: bool) -> None:
    """Forget the key, and write the ballots anew in an order of chance; or burn a box not opened.

    Written anew, they also lose what a database remembers of a row: when it came, and after whom.
    """
    ballots = tables.ballots
    mine = ballots.c.vote_id == vote.id
    kept = [row["choices"] for row in uow.rows(sa.select(ballots.c.choices).where(mine))]
    uow.connection.execute(ballots.delete().where(mine))
    uow.connection.execute(tables.box_keys.delete().where(tables.box_keys.c.vote_id == vote.id))
    if keep and kept:
        rows = [
            {"id": secrets.token_hex(32), "vote_id": vote.id, "choices": choices}
            for choices in kept
        ]
        rows.sort(key=lambda row: str(row["id"]))
        uow.connection.execute(ballots.insert(), rows)


def _without_quorum(
    uow: UnitOfWork,
    vote: Vote,
    charter: Charter,
    found: Round,
    rooms: Sequence[RoomCount],
    voted: int,
) -> None:
    if charter.no_quorum is NoQuorum.EXTEND_ONCE and not vote.extended:
        vote.extend(later(uow, charter), charter.hash)
        uow.schedule(END, vote.id, vote.closes_at)
        day = f"{local(vote.closes_at):%d/%m/%Y}"
        _announce(uow, found, f"trop peu de votants, le vote est prolongé jusqu’au {day}.")
        return
    counted = Counted({}, voted, 0)
    if charter.no_quorum is NoQuorum.SECOND_CALL:
        said = f"Second appel sans quorum, jusqu’au {local(later(uow, charter)):%d/%m/%Y}."
        _end(uow, vote, Outcome.NO_QUORUM, counted, rooms, said, opened=False)
        options = [(idea, title) for idea, title in vote.titled().items()]
        call(uow, found, charter, Call.SECOND, options, number=vote.number + 1)
        return
    said = "Le vote ne choisit rien : les idées sont gardées pour un nouveau tour."
    _end(uow, vote, Outcome.NO_QUORUM, counted, rooms, said, opened=False)
    _give_up(uow, found, said)


def _give_up(uow: UnitOfWork, found: Round, said: str) -> None:
    found.give_up(said)
    _announce(uow, found, "le vote n’a rien choisi. Un nouveau tour peut s’ouvrir.")


def _run_off(
    uow: UnitOfWork,
    vote: Vote,
    charter: Charter,
    found: Round,
    rooms: Sequence[RoomCount],
    counted: Counted,
    leaders: Sequence[UUID],
) -> None:
    titles = vote.titled()
    names = " et ".join(f"« {titles[idea]} »" for idea in leaders)
    said = f"Égalité : second tour entre {names}, jusqu’au {local(later(uow, charter)):%d/%m/%Y}."
    _end(uow, vote, Outcome.TIE, counted, rooms, said)
    options = [(idea, titles[idea]) for idea in leaders]
    call(uow, found, charter, Call.RUN_OFF, options, number=vote.number + 1)


def _choose(
    uow: UnitOfWork,
    vote: Vote,
    charter: Charter,
    found: Round,
    rooms: Sequence[RoomCount],
    counted: Counted,
    leaders: Sequence[UUID],
    action_id: UUID | None,
) -> None:
    chosen, how = _decided(uow, charter, found, leaders)
    title = vote.titled()[chosen]
    _end(uow, vote, Outcome.CHOSEN, counted, rooms, f"« {title} » est choisie.", seed=charter.seed)
    idea = uow.get(Idea, chosen)
    given = [a for a in uow.find_all(Advice, idea_id=chosen) if a.state is AdviceState.GIVEN]
    conditions = [a.condition() for a in given if a.capacity or a.conditions]
    why = _why(found, idea, vote, counted, how)
    found.choose(action_id or uow.new_id(), idea, conditions, vote.told(), why)
    _announce(uow, found, f"« {title} » est choisie. Le plan, le budget et la campagne s’ouvrent.")


def _decided(
    uow: UnitOfWork, charter: Charter, found: Round, leaders: Sequence[UUID]
) -> tuple[UUID, str]:
    """Of the ideas at the head, the one that the rules designate, and by which rule."""
    if len(leaders) == 1:
        return leaders[0], ""
    if charter.tie is not TieRule.DRAW:
        weights = {
            idea: [need.weight for need in found.answered(uow.get(Idea, idea).need_ids())]
            for idea in leaders
        }
        heavy = heaviest(leaders, weights)
        if len(heavy) == 1:
            return heavy[0], " À égalité, elle répond au besoin le plus lourd."
        leaders = heavy
    return drawn(leaders, charter.seed), " À égalité, le tirage prévu par la charte l’a désignée."


def _why(found: Round, idea: Idea, vote: Vote, counted: Counted, how: str) -> str:
    voices = counted.voices[idea.id]
    got = f"{voices} voix" if voices > 1 else "une voix"
    said = f"« {idea.title} » a eu {got} : {counted.voted} votants sur {vote.electors}."
    needs = [f"{need.title} ({need.weight} %)" for need in found.answered(idea.need_ids())]
    answers = f" Elle répond à : {' ; '.join(needs)}." if needs else ""
    return said + how + answers


def _announce(uow: UnitOfWork, found: Round, said: str) -> None:
    text = f"« {found.title} » : {said}"
    tell(uow, people_of(uow, found.committee_id, *_GROUP), text, page_of(found.id))
