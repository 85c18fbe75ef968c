"""The minutes of a vote (procès-verbal) as text for their template."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.model import CountState, VoteState, needed_for_quorum
from services.decision.queries.labels import CALLS, IN_A_ROOM, OUTCOMES
from services.directory import mirror
from shared.store.clock import local
from shared.store.reading import Reading


def _minutes_of(read: Reading, vote_id: UUID) -> dict[str, Any] | None:
    """What the minutes say; None while people vote. No elector is named in them."""
    votes, rounds, charters = tables.votes, tables.rounds, tables.charters
    vote = read.one(sa.select(votes).where(votes.c.id == vote_id))
    if vote["state"] is VoteState.OPEN:
        return None
    found = read.one(sa.select(rounds).where(rounds.c.id == vote["round_id"]))
    charter = read.one(sa.select(charters).where(charters.c.id == vote["charter_id"]))
    committee = mirror.committee(read, found["committee_id"]) or {"name": "", "quartier": ""}
    closed = local(vote["closed_at"])
    return {
        "title": f"Procès-verbal : {found['title']}",
        "committee": f"{committee['name']}, {committee['quartier']}",
        "date": {"year": closed.year, "month": closed.month, "day": closed.day},
        "when": f"{CALLS[vote['call']]} n° {vote['number']}, ouvert le {_at(vote['opened_at'])}, clos "
        f"le {_at(vote['closed_at'])}.",
        "figures": _figures(vote),
        "counts": [
            {"title": row["title"], "voices": str(row["voices"])} for row in vote["counts"] or ()
        ],
        "outcome": f"{OUTCOMES[vote['outcome']]}. {vote['follows']}",
        "why": found["why"],
        "rooms": _rooms(read, vote_id),
        "draw": f"Graine du tirage prévu par la charte : {vote['seed']}" if vote["seed"] else "",
        "charter": [line for line in charter["text"].splitlines() if line.strip()],
        "hash": charter["hash"],
        "note": "Le vote est secret : la liste des votants et l’urne sont tenues à part, et le lien "
        "entre elles est effacé à la clôture. Personne n’est nommé ici.",
    }


def _figures(vote: Mapping[str, Any]) -> list[dict[str, str]]:
    needed = needed_for_quorum(vote["electors"], vote["quorum"])
    rows = [
        ("Personnes inscrites", vote["electors"]),
        ("Quorum", f"{needed} ({vote['quorum']} %)" if vote["quorum"] else "sans quorum"),
        ("Votants", vote["voted"]),
        ("dont comptés dans une salle", vote["on_site"]),
        ("Votes blancs", "urne non ouverte" if vote["blank"] is None else vote["blank"]),
    ]
    return [{"label": label, "value": str(value)} for label, value in rows]


def _rooms(read: Reading, vote_id: UUID) -> list[str]:
    rooms = tables.room_counts
    query = sa.select(rooms).where(rooms.c.vote_id == vote_id).order_by(rooms.c.entered_at)
    lines = []
    for row in read.rows(query):
        said = f"{IN_A_ROOM[row['way']]}, le {_day(local(row['entered_at']))}"
        if row["state"] is CountState.CONFIRMED:
            lines.append(f"{said} : {row['persons']} personnes, compte confirmé à deux.")
        elif row["state"] is CountState.ENTERED:
            lines.append(f"{said} : compte non confirmé, il n’est pas pris.")
    return lines


def _at(moment: datetime) -> str:
    there = local(moment)
    return f"{_day(there)} à {there.hour} h {there.minute:02}"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
