"""Calling people to vote: the lists of options and electors as they are in that moment."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from services.decision import tables
from services.decision.commands.support import BASE, at, tell
from services.decision.model import Call, Charter, NoElectors, Round, Vote, options_of
from services.decision.queries import _who_may_vote
from shared.store.clock import local
from shared.store.unit_of_work import UnitOfWork

END = "end-vote"


def call(
    uow: UnitOfWork,
    found: Round,
    charter: Charter,
    reason: Call,
    options: Sequence[tuple[UUID, str]],
    *,
    number: int = 1,
    closes_at: datetime | None = None,
    vote_id: UUID | None = None,
) -> Vote:
    """Open a vote on ``options``; without ``closes_at``, for the days that the charter adds."""
    voters = _who_may_vote(uow, found.id, found.committee_id, charter.voters)
    if not voters:
        raise NoElectors(
            rule="La charte dit qui vote : quelqu’un doit en être.",
            missing="Un membre, un·e élu·e, un service ou une carte remise, selon la charte.",
            unblocks="La personne référente du comité, ou l’accueil de la mairie annexe",
        )
    vote = Vote(
        id=vote_id or uow.new_id(),
        round_id=found.id,
        charter_id=charter.id,
        committee_id=found.committee_id,
        journey=found.journey,
        call=reason,
        number=number,
        options=options_of(options),
        electors=len(voters),
        opened_at=uow.now,
        closes_at=closes_at or later(uow, charter),
        quorum=charter.quorum_percent if reason is Call.FIRST else 0,
    )
    vote.open(charter.hash)
    uow.add(vote)
    _freeze(uow, vote, voters)
    uow.schedule(END, vote.id, vote.closes_at)
    text = f"« {found.title} » : votez jusqu’au {local(vote.closes_at):%d/%m/%Y à %H h}."
    tell(uow, [v["who"] for v in voters if not v["card"]], text, f"{BASE}/votes/{vote.id}")
    return vote


def _freeze(uow: UnitOfWork, vote: Vote, voters: Sequence[dict[str, object]]) -> None:
    """Write who may vote, and the key that tells which ballot is whose until the closing.

    Past the aggregates: a list of names is no change to note one by one in the audit.
    """
    rows = [{**v, "id": uow.new_id(), "version": 1, "vote_id": vote.id} for v in voters]
    uow.connection.execute(tables.electors.insert(), rows)
    row = {"vote_id": vote.id, "key": secrets.token_bytes(32)}
    uow.connection.execute(tables.box_keys.insert(), row)


def later(uow: UnitOfWork, charter: Charter) -> datetime:
    """The end of the days that the charter adds, at its hour."""
    return at(uow.today + timedelta(charter.extra_days), local(charter.closes_at).hour)
