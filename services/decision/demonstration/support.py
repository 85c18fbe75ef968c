"""What both chapters of the story use: rounds found again, ideas and rules as they are given."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from services.decision import queries
from services.decision.demonstration.proposed import Proposed
from services.decision.events import Method, NoQuorum, TieRule
from services.directory.demonstration import Road, Stage, committee_id

Perform = Callable[..., Any]
NAMESPACE = UUID("3b8a2a52-6a0d-5c1b-9b38-6d7a1f0c7e55")
WITH_CARDS = 13
"""In this committee residents vote too, with a numbered card."""


def idea_id(number: int, place: int) -> UUID:
    """An idea of the committee ``number``, the one that is chosen at place 0."""
    return uuid5(NAMESPACE, f"idea:{number}:{place}")


def round_of(perform: Perform, number: int) -> dict[str, Any]:
    found = perform(queries.my_rounds, committee_id=committee_id(number))["items"]
    card: dict[str, Any] = perform(queries.round_card, round_id=found[0]["id"])
    return card


def today_of(perform: Perform) -> date:
    day: date = perform.clock.today()  # type: ignore[attr-defined]
    return day


def said_of(idea: Proposed, day: date) -> dict[str, Any]:
    return {
        "title": idea.title,
        "aims": idea.aims,
        "place": idea.place,
        "estimate": Decimal(idea.estimate) if idea.estimate else None,
        "wished_from": day - timedelta(7),
        "wished_to": day + timedelta(7),
    }


def rules_of(road: Road, today: date) -> dict[str, Any]:
    dates = road.dates
    days = {Stage.VOTE: 12, Stage.NO_QUORUM: 5}.get(
        road.stage, 1 + (dates.vote or 0) - (dates.chosen or 0)
    )
    meets = road.stage not in (Stage.VOTE, Stage.NO_QUORUM)
    colleges = ["members", "elus"] + ["residents"] * (road.committee == WITH_CARDS)
    return {
        "method": Method.APPROVAL if road.committee % 4 == 0 else Method.PLURALITY,
        "voters": colleges,
        "quorum_percent": 75 if road.stage is Stage.NO_QUORUM else 50,
        "no_quorum": NoQuorum.SECOND_CALL if road.committee % 2 == 0 else NoQuorum.EXTEND_ONCE,
        "tie": TieRule.HEAVIEST_NEED,
        "opens_on": today,
        "closes_on": today + timedelta(days),
        "meeting_on": today + timedelta(days - 1) if meets else None,
        "shares": {"members": "60", "elus": "40"} if len(colleges) == 2 else {},
        "criteria": "Elle répond à un besoin que plusieurs ont dit.\nLe comité peut la mener seul.",
    }
