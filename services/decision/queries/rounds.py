"""Rounds: as lists with what each asks of the reader, and one by one."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import IdeaState, RoundState, VoteState
from services.decision.queries.ideas import _ideas_of
from services.decision.queries.scopes import NO_ROUND, _seen
from services.directory import mirror
from services.directory.mirror import Role, committee_scope
from shared.store.reading import Reading

_rounds, _ideas, _charters = tables.rounds, tables.ideas, tables.charters
_votes, _electors = tables.votes, tables.electors
_NOWHERE = {"name": "", "quartier": ""}
_OF_A_CHARTER = (
    _charters.c.id, _charters.c.round_id, _charters.c.version, _charters.c.adopted_at,
    _charters.c.hash, _charters.c.opens_on, _charters.c.closes_at, _charters.c.meeting_on,
    _charters.c.quorum_percent, _charters.c.method, _charters.c.tie, _charters.c.no_quorum,
)  # fmt: skip


def my_rounds(
    read: Reading,
    *,
    committee_id: UUID | None = None,
    state: RoundState | None = None,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """The choices that one follows, the latest first: ``items`` and ``next``.

    ``mine`` are the committees for which one may open a round.
    """
    query = sa.select(_rounds).where(_seen(read))
    if committee_id is not None:
        query = query.where(_rounds.c.committee_id == committee_id)
    if state is not None:
        query = query.where(_rounds.c.state == state)
    order = (_rounds.c.until, _rounds.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit, descending=True)
    mine = mirror.committees(read, read.scopes(Role.LEAD, Role.DPC_OFFICER))
    return {"items": _completed(read, items), "next": following, "mine": mine}


def _completed(read: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each round with its committee, figures, charter, vote, and what the reader is there."""
    ids = [row["id"] for row in rows]
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    ideas, votes = _numbers(read, ids), _votes_of(read, ids)
    charters = {c["round_id"]: c for c in read.rows(_selected(ids))}
    leads, members = read.scopes(Role.LEAD), read.scopes(Role.MEMBER, Role.LEAD)
    for row in rows:
        own = {committee_scope(row["committee_id"])}
        row |= {
            "committee": known.get(row["committee_id"]) or _NOWHERE,
            "lead": bool(leads & own),
            "member": bool(members & own),
            "ideas": ideas.get((row["id"], IdeaState.SHOWN), 0),
            "waiting": ideas.get((row["id"], IdeaState.WAITING), 0),
            "charter": charters.get(row["id"]),
            "votes": votes.get(row["id"], []),
            "late": row["until"] < read.today,
        }
        row["vote"] = row["votes"][-1] if row["votes"] else None
    return rows


def _selected(ids: Iterable[UUID]) -> sa.Select[Any]:
    return sa.select(*_OF_A_CHARTER).where(_charters.c.round_id.in_(list(ids)))


def _numbers(read: Reading, ids: list[UUID]) -> Mapping[tuple[UUID, str], int]:
    query = (
        sa.select(_ideas.c.round_id, _ideas.c.state, sa.func.count().label("number"))
        .where(_ideas.c.round_id.in_(ids))
        .group_by(_ideas.c.round_id, _ideas.c.state)
    )
    return {(row["round_id"], row["state"]): row["number"] for row in read.rows(query)}


def _votes_of(read: Reading, ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The calls of each round in their order; how many have voted only once they are closed."""
    query = sa.select(_votes).where(_votes.c.round_id.in_(ids)).order_by(_votes.c.number)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in read.rows(query):
        found.setdefault(row["round_id"], []).append(row)
    mine = _my_voices(read, [v["id"] for votes in found.values() for v in votes])
    for votes in found.values():
        for vote in votes:
            vote["mine"] = vote["id"] in mine
            vote["done"] = mine.get(vote["id"]) is not None
    return found


def _my_voices(read: Reading, votes: list[UUID]) -> dict[UUID, str | None]:
    """Where the reader is an elector, and by which way they have voted."""
    if read.actor.person is None:
        return {}
    query = sa.select(_electors.c.vote_id, _electors.c.voted).where(
        _electors.c.who == read.actor.person, _electors.c.vote_id.in_(votes)
    )
    return {row["vote_id"]: row["voted"] for row in read.rows(query)}


def votes_to_cast(read: Reading) -> list[dict[str, Any]]:
    """Open votes on whose list the reader is, those that close first at the front."""
    query = (
        sa.select(_votes, _electors.c.voted.label("way"), _rounds.c.title)
        .join(_electors, _electors.c.vote_id == _votes.c.id)
        .join(_rounds, _rounds.c.id == _votes.c.round_id)
        .where(_electors.c.who == read.actor.person, _votes.c.state == VoteState.OPEN)
        .order_by(_votes.c.closes_at)
        .limit(50)
    )
    rows = read.rows(query)
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    for row in rows:
        row["committee"] = known.get(row["committee_id"]) or _NOWHERE
    return rows


def votes_count(read: Reading) -> int:
    """How many votes await the reader's ballot."""
    return len([row for row in votes_to_cast(read) if row["way"] is None])


def round_card(read: Reading, *, round_id: UUID) -> dict[str, Any]:
    """One choice: its needs and who answers them, ideas, charter, votes, who leads it."""
    row = read.one(sa.select(_rounds).where(_rounds.c.id == round_id), NO_ROUND)
    card = _completed(read, [row])[0]
    scopes = mirror.scopes_of_committee(read, row["committee_id"])
    ideas = _ideas_of(read, round_id)
    return {
        **card,
        "listed": ideas,
        "needs": _covered(row["needs"], ideas),
        "leads": [p["name"] for p in mirror.people_with(read, Role.LEAD, scopes)],
        "dpc": bool(read.scopes(Role.DPC_OFFICER)),
        "others": _same_diagnostic(read, row),
    }


def _covered(needs: list[dict[str, Any]], ideas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each need with how many ideas of the list answer it: none is shown as such."""
    shown = [idea for idea in ideas if idea["state"] is IdeaState.SHOWN]
    return [
        {**need, "ideas": sum(str(need["need_id"]) in idea["needs"] for idea in shown)}
        for need in needs
    ]


def _same_diagnostic(read: Reading, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    if row["diagnostic_id"] is None:
        return []
    query = sa.select(_rounds.c.id, _rounds.c.title, _rounds.c.state).where(
        _rounds.c.diagnostic_id == row["diagnostic_id"], _rounds.c.id != row["id"]
    )
    return read.rows(query.order_by(_rounds.c.id))
