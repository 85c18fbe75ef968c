"""Tells it: ideas proposed and asked about, charters adopted, ballots, hands, actions chosen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from services.decision import commands, queries
from services.decision.demonstration.proposed import Proposed, first_of, others_of
from services.decision.events import AskedOf, Method, NoQuorum, Opinion, TieRule
from services.directory.demonstration import (
    ROADS,
    Road,
    Stage,
    action_id,
    committee_id,
    elu_of,
    lead_of,
    members_of,
    persona_id,
    relay_id,
    roads,
)
from shared.run.demonstration import Chapter

Perform = Callable[..., Any]
_NAMESPACE = UUID("3b8a2a52-6a0d-5c1b-9b38-6d7a1f0c7e55")
_DESK, _VOIRIE = persona_id("marie.annexe"), persona_id("ines.voirie")
_AGREED = (
    "Réunion du comité, sept présents, sans opposition",
    "Réunion à la case, neuf présents, à main levée",
)
_SECTORS = {10: "Secteur Centre", 39: "Secteur Centre", 21: "Secteur Montagne"}
_WITH_CARDS = 13
"""In this committee residents vote too, with a numbered card."""
_MOVED, _ASKED, _TODAY = 8, 5, 3
"""Days ago: ideas may come for longer, advices are asked, the last ballots so far."""


def idea_id(number: int, place: int) -> UUID:
    """An idea of the committee ``number``, the one that is chosen at place 0."""
    return uuid5(_NAMESPACE, f"idea:{number}:{place}")


def _round(perform: Perform, number: int) -> dict[str, Any]:
    found = perform(queries.my_rounds, committee_id=committee_id(number))["items"]
    card: dict[str, Any] = perform(queries.round_card, round_id=found[0]["id"])
    return card


def _today(perform: Perform) -> date:
    day: date = perform.clock.today()  # type: ignore[attr-defined]
    return day


def _propose(perform: Perform, road: Road, days_ago: int) -> None:
    """What the group has in mind, one idea for each need, the action-to-be first."""
    number, found = road.committee, _round(perform, road.committee)
    needs = [UUID(str(need["need_id"])) for need in found["needs"]]
    day = _today(perform) + timedelta(days_ago + (80 if road.day is None else road.day))
    ideas = [first_of(number, road.title, road.estimate), *others_of(number)]
    for place, idea in enumerate(ideas):
        perform(
            commands.propose_idea,
            as_=(*members_of(number), lead_of(number))[place % 3],
            round_id=found["id"],
            idea_id=idea_id(number, place),
            needs=[needs[place % len(needs)]],
            **_said(idea, day + timedelta(7 * place)),
        )
    perform(commands.back_idea, as_=lead_of(number), idea_id=idea_id(number, 0))


def _said(idea: Proposed, day: date) -> dict[str, Any]:
    return {
        "title": idea.title,
        "aims": idea.aims,
        "place": idea.place,
        "estimate": Decimal(idea.estimate) if idea.estimate else None,
        "wished_from": day - timedelta(7),
        "wished_to": day + timedelta(7),
    }


def _open(perform: Perform, road: Road) -> None:
    """The charter is adopted, the vote opened; a first ballot or two."""
    number, found, today = road.committee, _round(perform, road.committee), _today(perform)
    if number % 3 == 0:
        _hear_voirie(perform, number, today)
    if number == _WITH_CARDS:
        cards = [
            perform(commands.give_card, as_=_DESK, committee_id=committee_id(number), college=c)
            for c in ("residents",) * 6
        ]
    charter = perform(
        commands.prepare_charter,
        as_=members_of(number)[0],
        round_id=found["id"],
        **_rules(road, today),
    )
    perform(
        commands.adopt_charter,
        as_=lead_of(number),
        charter_id=charter,
        agreed=_AGREED[number % 2],
        agreed_on=today,
    )
    vote = perform(commands.open_vote, as_=lead_of(number), round_id=found["id"])
    _vote(perform, number, vote, members_of(number)[0], 0)
    if road.stage is not Stage.NO_QUORUM:
        _vote(perform, number, vote, elu_of(str(found["committee"]["sector"])), number % 2)
    if number == _WITH_CARDS:
        for place, card in enumerate(cards[:3]):
            perform(
                commands.cast_card_ballot,
                code=found["code"],
                number=card["number"],
                secret=card["secret"],
                choices=[idea_id(number, place % 2)],
            )


def _rules(road: Road, today: date) -> dict[str, Any]:
    dates = road.dates
    days = {Stage.VOTE: 12, Stage.NO_QUORUM: 5}.get(
        road.stage, 1 + (dates.vote or 0) - (dates.chosen or 0)
    )
    meets = road.stage not in (Stage.VOTE, Stage.NO_QUORUM)
    colleges = ["members", "elus"] + ["residents"] * (road.committee == _WITH_CARDS)
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


def _vote(perform: Perform, number: int, vote: UUID, person: UUID, place: int) -> None:
    perform(commands.cast_ballot, as_=person, vote_id=vote, choices=[idea_id(number, place)])


def _hear_voirie(perform: Perform, number: int, today: date) -> None:
    advice = perform(
        commands.ask_advice,
        as_=lead_of(number),
        idea_id=idea_id(number, 0),
        asked_of=AskedOf.DEPARTMENT,
        department="Voirie",
        question="Peut-on fermer la rue ce jour-là, et à quelles conditions ?",
        answer_by=today + timedelta(7),
    )
    perform(
        commands.give_advice,
        as_=_VOIRIE,
        advice_id=advice,
        opinion=Opinion.WITH_CONDITIONS,
        why="La rue est peu passante le samedi.",
        capacity="Huit barrières et deux panneaux, posés le matin",
        conditions="Laisser passer les secours, et rendre la rue à 22 h",
    )


def _choose(perform: Perform, road: Road) -> None:
    """The meeting: hands on a list, confirmed by a second person; the outcome is clear."""
    number, found = road.committee, _round(perform, road.committee)
    vote = found["vote"]["id"]
    listed = perform(queries.attendance, as_=lead_of(number), vote_id=vote)["people"]
    here = {lead_of(number), *members_of(number)}
    count = perform(
        commands.enter_count,
        as_=lead_of(number),
        vote_id=vote,
        way="hands",
        present=[row["id"] for row in listed if row["who"] in here],
        voices={idea_id(number, 0): 3},
    )
    perform(commands.confirm_count, as_=members_of(number)[1], count_id=count)
    perform(commands.close_vote, as_=lead_of(number), vote_id=vote, action_id=action_id(number))


def _day(days_ago: int, perform: Perform) -> None:
    """What happened on that day of the road, everywhere."""
    for road in ROADS:
        if road.stage in (Stage.SILENT, Stage.SURVEY):
            continue
        if road.dates.ideas == days_ago:
            _propose(perform, road, days_ago)
        if road.dates.vote == days_ago:
            _open(perform, road)
        if road.dates.chosen == days_ago:
            _choose(perform, road)


def _longer(perform: Perform) -> None:
    """Three committees gather ideas for longer, and one comes from the neighbourhood."""
    for road in roads(Stage.IDEAS):
        number, found, today = road.committee, _round(perform, road.committee), _today(perform)
        perform(
            commands.move_ideas_end,
            as_=lead_of(number),
            round_id=found["id"],
            until=today + timedelta(_MOVED + 6 + number % 5),
        )
        idea = Proposed(
            "Un koin lonbraz", "In ban é in pié letchi, po bann momon i atann.", "La boutik"
        )
        perform(
            commands.propose_as_resident,
            code=found["code"],
            idea_id=uuid5(_NAMESPACE, f"resident:{number}"),
            needs=[UUID(str(found["needs"][0]["need_id"]))],
            **_said(idea, today + timedelta(90)),
        )
        if number == 39:
            perform(commands.show_idea, as_=lead_of(39), idea_id=uuid5(_NAMESPACE, "resident:39"))


def _ask(perform: Perform) -> None:
    """A department, an élu·e and a relay are asked; a charter is drafted where ideas are ready."""
    today = _today(perform)
    until = today + timedelta(_ASKED + 4)
    for number, sector in _SECTORS.items():
        asked: dict[str, Any] = {"as_": lead_of(number), "answer_by": until}
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 0),
            asked_of=AskedOf.DEPARTMENT,
            department="Voirie",
            question="Pouvez-vous prêter des barrières, et qui les pose ?",
            **asked,
        )
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 1),
            asked_of=AskedOf.ELU,
            person=elu_of(sector),
            question="Cette idée rejoint-elle un projet de la Ville ?",
            **asked,
        )
        perform(
            commands.ask_advice,
            idea_id=idea_id(number, 0),
            asked_of=AskedOf.RELAY,
            relay_id=relay_id(f"Association Exemple {sector.rpartition(' ')[2]}"),
            question="Combien de personnes pouvez-vous trouver, et pour combien d’heures ?",
            **asked,
        )
    found = _round(perform, 39)
    rules = _rules(next(r for r in ROADS if r.stage is Stage.VOTE), today + timedelta(_ASKED + 8))
    rules |= {"voters": ["members", "elus"], "shares": {}}
    perform(commands.prepare_charter, as_=members_of(39)[0], round_id=found["id"], **rules)


def _days() -> list[int]:
    told = [road.dates for road in ROADS if road.stage not in (Stage.SILENT, Stage.SURVEY)]
    days = {day for d in told for day in (d.ideas, d.vote, d.chosen) if day is not None}
    return sorted(days, reverse=True)


def _rest(perform: Perform) -> None:
    """A day on which what had fallen due has its effect: a vote without quorum is called again."""


STORY = (
    *(Chapter(day, partial(_day, day)) for day in _days()),
    Chapter(_MOVED, _longer),
    Chapter(_ASKED, _ask),
    Chapter(_TODAY - 1, _rest),
)
