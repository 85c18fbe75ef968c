"""Tells it: ideas proposed and asked about, charters adopted, ballots, hands, actions chosen."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from services.decision import commands, queries
from services.decision.demonstration.proposed import first_of, others_of
from services.decision.demonstration.support import (
    WITH_CARDS,
    Perform,
    idea_id,
    round_of,
    rules_of,
    said_of,
    today_of,
)
from services.decision.demonstration.today import ASKED, MOVED, REST, ask_for_advice, gather_longer
from services.decision.events import AskedOf, Opinion
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
)
from shared.run.demonstration import Chapter

_DESK, _VOIRIE = persona_id("marie.annexe"), persona_id("ines.voirie")
_AGREED = (
    "Réunion du comité, sept présents, sans opposition",
    "Réunion à la case, neuf présents, à main levée",
)
_ELU_TO_COME = (18, 43)
"""Here the élu·e has a voice and has not used it yet."""


def _propose(perform: Perform, road: Road, days_ago: int) -> None:
    """What the group has in mind, one idea for each need, the action-to-be first."""
    number, found = road.committee, round_of(perform, road.committee)
    needs = [UUID(str(need["need_id"])) for need in found["needs"]]
    day = today_of(perform) + timedelta(days_ago + (80 if road.day is None else road.day))
    ideas = [first_of(number, road.title, road.estimate), *others_of(number)]
    for place, idea in enumerate(ideas):
        perform(
            commands.propose_idea,
            as_=(*members_of(number), lead_of(number))[place % 3],
            round_id=found["id"],
            idea_id=idea_id(number, place),
            needs=[needs[place % len(needs)]],
            **said_of(idea, day + timedelta(7 * place)),
        )
    perform(commands.back_idea, as_=lead_of(number), idea_id=idea_id(number, 0))


def _open(perform: Perform, road: Road) -> None:
    """The charter is adopted, the vote opened; a first ballot or two."""
    number, found, today = road.committee, round_of(perform, road.committee), today_of(perform)
    if number % 3 == 0:
        _hear_voirie(perform, number, today)
    if number == WITH_CARDS:
        cards = [
            perform(commands.give_card, as_=_DESK, committee_id=committee_id(number), college=c)
            for c in ("residents",) * 6
        ]
    charter = perform(
        commands.prepare_charter,
        as_=members_of(number)[0],
        round_id=found["id"],
        **rules_of(road, today),
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
    if road.stage is not Stage.NO_QUORUM and number not in _ELU_TO_COME:
        _vote(perform, number, vote, elu_of(str(found["committee"]["sector"])), number % 2)
    if number == WITH_CARDS:
        for place, card in enumerate(cards[:3]):
            perform(
                commands.cast_card_ballot,
                code=found["code"],
                number=card["number"],
                secret=card["secret"],
                choices=[idea_id(number, place % 2)],
            )


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
    number, found = road.committee, round_of(perform, road.committee)
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


def _days() -> list[int]:
    told = [road.dates for road in ROADS if road.stage not in (Stage.SILENT, Stage.SURVEY)]
    days = {day for d in told for day in (d.ideas, d.vote, d.chosen) if day is not None}
    return sorted(days, reverse=True)


def _rest(perform: Perform) -> None:
    """A day on which what had fallen due has its effect: a vote without quorum is called again."""


STORY = (
    *(Chapter(day, partial(_day, day)) for day in _days()),
    Chapter(MOVED, gather_longer),
    Chapter(ASKED, ask_for_advice),
    Chapter(REST, _rest),
)
