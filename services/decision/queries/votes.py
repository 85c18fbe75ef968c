"""A vote as its electors see it, the count of a room, the charter, the result."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import (
    FEW,
    CountState,
    NotAnElector,
    RoundState,
    TooFewToShow,
    VoteState,
    needed_for_quorum,
)
from services.decision.queries.electors import _who_may_vote
from services.decision.queries.ideas import _ideas_of
from services.decision.queries.scopes import NO_CHARTER, NO_COUNT, NO_ROUND, NO_VOTE, READERS
from services.directory import mirror
from services.directory.mirror import Role
from shared.kernel.event import FileRef
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

_votes, _electors, _rounds = tables.votes, tables.electors, tables.rounds
_charters, _rooms, _ballots = tables.charters, tables.room_counts, tables.ballots
_CHARTER = [column for column in _charters.c if column.name != "seed"]
"""The seed of a draw is nobody's before the closing; the vote shows it then."""


def charter_card(read: Reading, *, charter_id: UUID) -> dict[str, Any]:
    """The rules of a vote, drafted or adopted, with who would vote by them."""
    query = sa.select(*_CHARTER).where(_charters.c.id == charter_id)
    charter = read.one(query, NO_CHARTER)
    found = read.one(sa.select(_rounds).where(_rounds.c.id == charter["round_id"]))
    own = mirror.scopes_of_committee(read, found["committee_id"])
    voters = _who_may_vote(read, found["id"], found["committee_id"], charter["voters"])
    return {
        **charter,
        "shares": {college: Fraction(share) for college, share in charter["shares"].items()},
        "round": found,
        "committee": mirror.committee(read, found["committee_id"]),
        "lead": bool(read.scopes(Role.LEAD) & own),
        "member": bool(read.scopes(Role.MEMBER, Role.LEAD) & own),
        "would_vote": len(voters),
    }


def charter_of_round(read: Reading, *, round_id: UUID) -> dict[str, Any]:
    """The adopted charter of a round, for everybody."""
    query = sa.select(*_CHARTER).where(_charters.c.round_id == round_id)
    charter = read.row(query)
    if charter is None or charter["adopted_at"] is None:
        raise NotFound("Aucune charte n’est adoptée pour ce choix.")
    found = read.one(sa.select(_rounds).where(_rounds.c.id == round_id))
    return {**charter, "round": found, "committee": mirror.committee(read, found["committee_id"])}


def vote_card(read: Reading, *, vote_id: UUID) -> dict[str, Any]:
    """A vote for its electors and for those who follow the committee.

    While it is open it says neither how many have voted nor what; ``elector`` is the reader's own
    mark. Refuses everybody else.
    """
    vote = read.one(sa.select(_votes).where(_votes.c.id == vote_id), NO_VOTE)
    query = sa.select(_electors.c.college, _electors.c.voted).where(
        _electors.c.vote_id == vote_id, _electors.c.who == read.actor.person
    )
    elector = read.row(query) if read.actor.person else None
    follows = read.scopes(*READERS) & mirror.scopes_of_committee(read, vote["committee_id"])
    if elector is None and not follows and not read.actor.system:
        raise NotAnElector(
            rule="La charte dit qui vote, et la liste est arrêtée à l’ouverture du vote.",
            missing="Être sur cette liste.",
        )
    leads = read.scopes(Role.LEAD) & mirror.scopes_of_committee(read, vote["committee_id"])
    return {
        **_vote_shown(read, vote),
        "elector": elector,
        "follows": vote["follows"],
        "lead": bool(leads),
        "reads": bool(follows),
    }


def _vote_shown(read: Reading, vote: Mapping[str, Any]) -> dict[str, Any]:
    """What anybody who may see a vote is shown of it."""
    query = sa.select(*_CHARTER).where(_charters.c.id == vote["charter_id"])
    charter = read.one(query)
    found = read.one(sa.select(_rounds).where(_rounds.c.id == vote["round_id"]))
    ideas = {str(idea["id"]): idea for idea in _ideas_of(read, vote["round_id"])}
    options = [{**ideas[option["idea_id"]], **option} for option in vote["options"]]
    return {
        **vote,
        "charter": charter,
        "round": found,
        "committee": mirror.committee(read, vote["committee_id"]),
        "ballot": options,
        "needed": needed_for_quorum(vote["electors"], vote["quorum"]),
        "open": vote["state"] is VoteState.OPEN and read.now < vote["closes_at"],
    }


def attendance(read: Reading, *, vote_id: UUID) -> dict[str, Any]:
    """The list of electors to tick in a room, and the counts that wait for their second person.

    It does not say who has voted.
    """
    vote = read.one(sa.select(_votes).where(_votes.c.id == vote_id), NO_VOTE)
    query = sa.select(_electors.c.id, _electors.c.who, _electors.c.college).where(
        _electors.c.vote_id == vote_id, _electors.c.card.is_(False)
    )
    rows = read.rows(query.limit(2000))
    names = mirror.names_of(read, [row["who"] for row in rows])
    people = sorted(({**row, "name": names[row["who"]]} for row in rows), key=lambda r: r["name"])
    own = mirror.scopes_of_committee(read, vote["committee_id"])
    cards = sa.select(sa.func.count()).where(
        _electors.c.vote_id == vote_id, _electors.c.card.is_(True)
    )
    return {
        **_vote_shown(read, vote),
        "people": people,
        "cards": int(read.value(cards)),
        "rooms": _rooms_of(read, vote_id),
        "lead": bool(read.scopes(Role.LEAD) & own),
        "reads": bool(read.scopes(*READERS) & own),
    }


def _rooms_of(read: Reading, vote_id: UUID) -> list[dict[str, Any]]:
    """Counts of a room; figures only of those that wait to be confirmed, for the second person."""
    query = sa.select(_rooms).where(
        _rooms.c.vote_id == vote_id, _rooms.c.state != CountState.DROPPED
    )
    rows = read.rows(query.order_by(_rooms.c.entered_at))
    names = mirror.names_of(read, [p for r in rows for p in (r["entered_by"], r["confirmed_by"])])
    for row in rows:
        row["entered"] = names[row["entered_by"]]
        row["confirmed"] = names.get(row["confirmed_by"])
        row["mine"] = row["entered_by"] == read.actor.person
        row["waits"] = row["state"] is CountState.ENTERED
    return rows


def count_card(read: Reading, *, count_id: UUID) -> dict[str, Any]:
    """Of which vote a count is."""
    query = sa.select(_rooms.c.id, _rooms.c.vote_id, _rooms.c.state)
    return read.one(query.where(_rooms.c.id == count_id), NO_COUNT)


def open_votes_to_type(
    read: Reading, *, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Open votes whose papers an annexe may count: those in which cards vote."""
    with_cards = sa.exists().where(_electors.c.vote_id == _votes.c.id, _electors.c.card.is_(True))
    query = (
        sa.select(_votes, _rounds.c.title, _rounds.c.code)
        .join(_rounds, _rounds.c.id == _votes.c.round_id)
        .where(_votes.c.state == VoteState.OPEN, with_cards)
    )
    order = (_votes.c.closes_at, _votes.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit)
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    for row in items:
        row["committee"] = known.get(row["committee_id"])
    return {"items": items, "next": following}


def result(read: Reading, *, round_id: UUID) -> dict[str, Any]:
    """What was chosen and why, with every count and every other idea, for everybody."""
    found = read.one(sa.select(_rounds).where(_rounds.c.id == round_id), NO_ROUND)
    query = sa.select(_votes).where(
        _votes.c.round_id == round_id, _votes.c.state == VoteState.CLOSED
    )
    votes = read.rows(query.order_by(_votes.c.number))
    if not votes:
        raise NotFound("Ce choix n’a pas encore de résultat.")
    ideas = [_public(idea) for idea in _ideas_of(read, round_id)]
    for vote in votes:
        vote["file"] = FileRef(**vote["minutes"]) if vote["minutes"] else None
        vote["needed"] = needed_for_quorum(vote["electors"], vote["quorum"])
    return {
        **found,
        "committee": mirror.committee(read, found["committee_id"]),
        "votes": votes,
        "charter": charter_of_round(read, round_id=round_id),
        "chosen": next((i for i in ideas if i["id"] == found["idea_id"]), None),
        "others": [i for i in ideas if i["id"] != found["idea_id"] and i["listed"]],
        "stands": found["state"] is RoundState.CHOSEN,
        "again": found["state"] is RoundState.VOTE,
    }


def _public(idea: Mapping[str, Any]) -> dict[str, Any]:
    """An idea as everybody may read it: without who proposed it."""
    hidden = ("proposed_by", "interests")
    shown = {name: value for name, value in idea.items() if name not in hidden}
    return {**shown, "listed": str(idea["state"]) == "shown"}


def minutes_file(read: Reading, *, vote_id: UUID) -> dict[str, Any]:
    """The minutes of a closed vote as a file, for everybody."""
    query = sa.select(_votes.c.minutes, _votes.c.number, _rounds.c.code).join(
        _rounds, _rounds.c.id == _votes.c.round_id
    )
    found = read.one(query.where(_votes.c.id == vote_id), NO_VOTE)
    if found["minutes"] is None:
        raise NotFound("Le procès-verbal de ce vote n’est pas encore écrit.")
    return {"file": FileRef(**found["minutes"]), "code": found["code"], "number": found["number"]}


def ballots_of(read: Reading, *, vote_id: UUID) -> dict[str, Any]:
    """The ballots of a closed vote, for whoever counts again: whose they were is not known."""
    vote = read.one(sa.select(_votes).where(_votes.c.id == vote_id), NO_VOTE)
    if vote["state"] is VoteState.OPEN:
        raise NotFound("L’urne s’ouvre à la clôture.")
    query = sa.select(_ballots.c.choices).where(_ballots.c.vote_id == vote_id)
    rows = read.rows(query.order_by(_ballots.c.id))
    if len(rows) < FEW:
        raise TooFewToShow(
            rule=f"Une urne se montre à partir de {FEW} bulletins.",
            missing="Rien : les voix de chaque idée sont au procès-verbal.",
        )
    return {"items": [row["choices"] for row in rows], "on_site": vote["on_site"]}
