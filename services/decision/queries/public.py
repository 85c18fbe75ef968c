"""What somebody at the end of a round's QR code sees: ideas, then the vote, then the result."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import WITH_CARDS, IdeaState, NoVoteOpen, RoundState, VoteState
from services.decision.queries.ideas import _ideas_of
from services.decision.queries.votes import _public, _vote_shown
from services.directory import mirror
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

_rounds, _votes, _charters = tables.rounds, tables.votes, tables.charters
_UNKNOWN = "Cette adresse ne mène à aucun choix : vérifiez le code sur l’affiche."


def _round_of_code(read: Reading, code: str) -> UUID:
    found = read.value(sa.select(_rounds.c.id).where(_rounds.c.code == code.upper()))
    if found is None:
        raise NotFound(_UNKNOWN)
    identity: UUID = found
    return identity


def _open_vote_of_code(read: Reading, code: str) -> UUID:
    """The open vote of a round; refuses before it opens and after it closed."""
    query = sa.select(_votes.c.id).where(
        _votes.c.round_id == _round_of_code(read, code), _votes.c.state == VoteState.OPEN
    )
    found: UUID | None = read.value(query)
    if found is None:
        raise NoVoteOpen(
            rule="On vote pendant les jours que dit la charte.",
            missing="Un vote ouvert. Le résultat paraît ici après la clôture.",
            unblocks="La personne référente du comité",
        )
    return found


def round_by_code(read: Reading, *, code: str) -> dict[str, Any]:
    """A choice as everybody may see it: its ideas, whether one may propose, vote, or read."""
    round_id = _round_of_code(read, code)
    row = read.one(sa.select(_rounds).where(_rounds.c.id == round_id))
    votes = read.rows(
        sa.select(_votes).where(_votes.c.round_id == round_id).order_by(_votes.c.number)
    )
    charter = read.row(
        sa.select(
            _charters.c.voters, _charters.c.adopted_at, _charters.c.hash,
            _charters.c.opens_on, _charters.c.closes_at,
        ).where(_charters.c.round_id == round_id, _charters.c.adopted_at.is_not(None))
    )  # fmt: skip
    ideas = [_public(idea) for idea in _ideas_of(read, round_id)]
    current = votes[-1] if votes else None
    return {
        **row,
        "committee": mirror.committee(read, row["committee_id"]) or {"name": "", "quartier": ""},
        "listed": [idea for idea in ideas if idea["state"] is IdeaState.SHOWN],
        "waiting": len([idea for idea in ideas if idea["state"] is IdeaState.WAITING]),
        "gathering": row["state"] is RoundState.IDEAS and read.today <= row["until"],
        "backing": row["state"] is RoundState.IDEAS,
        "charter": charter,
        "with_cards": bool(charter and set(charter["voters"]) & set(map(str, WITH_CARDS))),
        "vote": _vote_shown(read, current) if current else None,
        "voting": current is not None and current["state"] is VoteState.OPEN,
        "closed": any(vote["state"] is VoteState.CLOSED for vote in votes),
    }
