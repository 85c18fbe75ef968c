"""Votes: opened on their day, closed on their day; what follows is in ``closing``."""

from datetime import date, datetime, timedelta
from uuid import UUID

from services.decision.commands.calling import call
from services.decision.commands.closing import close
from services.decision.commands.support import at, page_of, people_of, tell
from services.decision.model import GROUP as ANYBODY
from services.decision.model import (
    LEAD,
    Advice,
    Call,
    Charter,
    CharterMissing,
    CountNotConfirmed,
    CountState,
    Idea,
    IdeaState,
    IdeasToLookAt,
    NotYetTheDay,
    RoomCount,
    Round,
    TooFewIdeas,
    Vote,
    VoteState,
)
from services.decision.queries import LINK
from services.directory.mirror import Role
from shared.kernel.refusals import Refusal
from shared.store import links
from shared.store.clock import local
from shared.store.unit_of_work import UnitOfWork

BEGIN = "begin-vote"


def check_ideas(uow: UnitOfWork, found: Round) -> list[Idea]:
    """The ideas on the ballot; refuses while some wait to be looked at, or without one."""
    ideas = uow.find_all(Idea, round_id=found.id)
    waiting = [idea for idea in ideas if idea.state is IdeaState.WAITING]
    if waiting:
        raise IdeasToLookAt(
            rule="Chaque idée du quartier est regardée avant le vote.",
            missing=f"Une décision sur : {', '.join(idea.title for idea in waiting)}.",
            unblocks=ANYBODY,
        )
    shown = [idea for idea in ideas if idea.state is IdeaState.SHOWN]
    if not shown:
        raise TooFewIdeas(
            rule="On vote sur les idées de la liste.",
            missing="Une première idée.",
            unblocks=ANYBODY,
        )
    return shown


def open_vote(uow: UnitOfWork, *, round_id: UUID, vote_id: UUID | None = None) -> UUID:
    """Let people vote, by the charter, from its first day; returns the id of the vote.

    Ideas and electors are what they are now: nothing is added later. An open vote stays as it is.
    Refuses without an adopted charter, before its day, after its last one, and without electors.
    """
    found = uow.get(Round, round_id, hot=True)
    for vote in uow.find_all(Vote, round_id=round_id):
        if vote.state is VoteState.OPEN:
            return vote.id
    charter = uow.find(Charter, round_id=round_id)
    if charter is None or not charter.adopted:
        raise CharterMissing(
            rule="On vote selon une charte adoptée par le groupe.",
            missing="L’adoption de la charte.",
            unblocks=LEAD,
        )
    found.check_before_the_vote()
    ideas = check_ideas(uow, found)
    _check_day(uow, charter)
    uow.unschedule(BEGIN, round_id)
    found.start_vote(uow.today)
    _close_advices(uow, round_id)
    options = [(idea.id, idea.title) for idea in ideas]
    closes = _closing_of(uow, charter)
    return call(uow, found, charter, Call.FIRST, options, closes_at=closes, vote_id=vote_id).id


def _check_day(uow: UnitOfWork, charter: Charter) -> None:
    if uow.today < charter.opens_on:
        raise NotYetTheDay(
            rule=f"La charte ouvre le vote le {charter.opens_on:%d/%m/%Y}.",
            missing="Ce jour-là : le vote s’ouvre alors de lui-même.",
        )


def _closing_of(uow: UnitOfWork, charter: Charter) -> datetime:
    """The closing of the charter; opened too late for it, as many days as it had said."""
    if charter.closes_at > uow.now:
        return charter.closes_at
    closes = local(charter.closes_at)
    return at(uow.today + max(closes.date() - charter.opens_on, timedelta(1)), closes.hour)


def _close_advices(uow: UnitOfWork, round_id: UUID) -> None:
    """People vote on what was said before: no advice is awaited any more."""
    for advice in uow.find_all(Advice, round_id=round_id):
        advice.close()
        links.withdraw(uow, LINK, advice.id)


def begin_vote(uow: UnitOfWork, *, subject: UUID) -> None:
    """The first day of the charter is there; what stands in the way is told to the lead."""
    found = uow.get(Round, subject)
    try:
        open_vote(uow, round_id=subject)
    except Refusal as refusal:
        text = f"« {found.title} » : le vote n’a pas pu s’ouvrir. {refusal.title}."
        tell(uow, people_of(uow, found.committee_id, Role.LEAD), text, page_of(subject))


def close_vote(uow: UnitOfWork, *, vote_id: UUID, action_id: UUID | None = None) -> None:
    """Close a vote, count, and go on as the charter says; a clear outcome is the choice.

    Before its hour only on the day of the meeting that the charter names, once the hands are
    counted and confirmed. Refuses while a count waits for its second person.
    """
    vote = uow.get(Vote, vote_id, hot=True)
    vote.check_not_closed()
    rooms = uow.find_all(RoomCount, vote_id=vote_id)
    if any(room.state is CountState.ENTERED for room in rooms):
        raise CountNotConfirmed(
            rule="Un compte fait dans une salle est confirmé par une deuxième personne.",
            missing="Sa confirmation, ou sa mise à l’écart.",
            unblocks=ANYBODY,
        )
    confirmed = [room for room in rooms if room.state is CountState.CONFIRMED]
    if uow.now < vote.closes_at and not _may_end(uow, vote, confirmed):
        raise NotYetTheDay(
            rule=f"Ce vote se clôt le {local(vote.closes_at):%d/%m/%Y à %H h}. On le clôt plus tôt "
            "le jour de la réunion que dit la charte, une fois les mains comptées et confirmées.",
            missing="Cette heure, ou ce compte.",
        )
    close(uow, vote, action_id)


def _may_end(uow: UnitOfWork, vote: Vote, confirmed: list[RoomCount]) -> bool:
    charter = uow.get(Charter, vote.charter_id)
    day: date | None = charter.meeting_on
    return bool(confirmed) and day is not None and uow.today >= day


def end_vote(uow: UnitOfWork, *, subject: UUID) -> None:
    """The hour of the closing is there."""
    vote = uow.get(Vote, subject, hot=True)
    if vote.state is VoteState.OPEN and vote.closes_at <= uow.now:
        close(uow, vote, None)
