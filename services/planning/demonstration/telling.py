"""Tells it: plans adopted, needs said and answered, days moved, held and reviewed."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.directory.demonstration import (
    Road,
    Stage,
    action_id,
    lead_of,
    members_of,
    roads,
)
from services.directory.demonstration.road import DATES
from services.planning import commands, queries
from services.planning.demonstration import asking
from services.planning.demonstration.said import (
    AGREED,
    BLOCKED,
    CAME,
    FREE_IN,
    HANDS,
    INCIDENTS,
    LATE,
    PLACES,
    REVIEWS,
)
from services.planning.events import WhyMoved
from shared.run.demonstration import Chapter

Perform = Callable[..., Any]
_HELD = (Stage.HELD, Stage.REVIEWED, Stage.CLOSED)
_PLANNED = tuple(stage for stage, dates in DATES.items() if dates.adopted is not None)
_WAY_OUT = 7
"""Days from the day to the one to fall back on."""
_ALERT = 2
"""Days ago of the cyclone alert."""
_WEEKS = (150, 120, 90, 60, 45, 30, 20, 10, 5, 1)
"""Days ago on which what fell due was done."""
_TO_REVIEW, _TO_CLOSE = 11, 16
"""Days from the day to its bilan, and to the end."""
_TO_ANSWER = 9
"""Days that those who are asked take to answer."""


def day_of(road: Road, today: date) -> date:
    """The day of an action of the road, ``today`` being that of the demonstration."""
    assert road.day is not None
    return today + timedelta(road.day)


def _adopted_day(road: Road, today: date) -> date:
    """The day that the group adopted, before any cyclone."""
    return day_of(road, today) - timedelta(_WAY_OUT if road.stage is Stage.POSTPONED else 0)


def _people(number: int) -> tuple[UUID, UUID, UUID]:
    return (lead_of(number), *members_of(number))


def _today(perform: Perform, days_ago: int) -> date:
    """The day on which the demonstration is loaded."""
    now: date = perform.clock.today()  # type: ignore[attr-defined]
    return now + timedelta(days_ago)


def _tasks(perform: Perform, number: int) -> dict[str, dict[str, Any]]:
    card = perform(queries.plan_card, as_=lead_of(number), action_id=action_id(number))
    return {row["key"]: row for row in card["tasks"]}


# the plan


def _begin(perform: Perform) -> None:
    """Somebody takes a task of each plan that is still to be adopted."""
    for road in roads(Stage.PLAN):
        task = _tasks(perform, road.committee)["resources"]
        perform(commands.take_task, as_=members_of(road.committee)[0], task_id=task["id"])


def _adopt(perform: Perform, road: Road, today: date) -> None:
    number, day = road.committee, _adopted_day(road, today)
    perform(
        commands.adopt_plan,
        as_=lead_of(number),
        action_id=action_id(number),
        day=day,
        fallback_day=day + timedelta(_WAY_OUT),
        place=PLACES[number % len(PLACES)],
        lead=lead_of(number),
        agreed=AGREED[number % len(AGREED)],
    )
    _share(perform, number)


def _share(perform: Perform, number: int) -> None:
    people, tasks = _people(number), _tasks(perform, number)
    for key, place in HANDS.items():
        if key not in FREE_IN.get(number, ()) and tasks[key]["holder"] is None:
            perform(commands.take_task, as_=people[place], task_id=tasks[key]["id"])


def _adoptions(days_ago: int, perform: Perform) -> None:
    today = _today(perform, days_ago)
    for road in roads(*_PLANNED):
        if road.dates.adopted == days_ago:
            _adopt(perform, road, today)


def _needs(days_ago: int, perform: Perform) -> None:
    today = _today(perform, days_ago)
    for road in roads(*_PLANNED):
        if road.dates.needs == days_ago:
            asking.ask(perform, road, _adopted_day(road, today), today)


def _answers(asked: int, perform: Perform) -> None:
    """Those who were asked so many days ago answer."""
    for road in roads(*_PLANNED):
        if road.dates.needs == asked:
            asking.answer(perform, road)


# what goes on


def _week(days_ago: int, perform: Perform) -> None:
    """Everybody does what is theirs and due, save a few."""
    today = _today(perform, 0)
    for road in roads(*_PLANNED):
        assert road.dates.adopted is not None
        if road.dates.adopted > days_ago:
            _do_what_is_due(perform, road, today)


def _do_what_is_due(perform: Perform, road: Road, today: date) -> None:
    number = road.committee
    left = (*LATE.get(number, ()), *BLOCKED.get(number, ())[:1], "day", "review")
    for key, task in _tasks(perform, number).items():
        if not task["done"] and task["due"] <= today and key not in left:
            who = task["holder"] or members_of(number)[1]
            perform(commands.finish_task, as_=who, task_id=task["id"])


def _of_late(perform: Perform) -> None:
    """Tasks that look for somebody, or for more people; some that cannot go on."""
    for number, (key, why, unblocks) in BLOCKED.items():
        task = _tasks(perform, number)[key]["id"]
        said = {"task_id": task, "why": why, "unblocks": unblocks}
        perform(commands.block_task, as_=lead_of(number), **said)
    for number in (17, 14, 29):
        tasks, people = _tasks(perform, number), _people(number)
        perform(commands.hand_back_task, as_=people[2], task_id=tasks["spread"]["id"])
        what = {"hands": 4, "what": "Monter les tables et les barnums, de 8 h à 10 h"}
        perform(commands.ask_for_hands, as_=people[0], task_id=tasks["day"]["id"], **what)
        perform(commands.lend_a_hand, as_=people[1], task_id=tasks["day"]["id"])
    stepped = _tasks(perform, 14)["spread"]["id"]
    perform(commands.take_task, as_=members_of(14)[0], task_id=stepped)
    for road in roads(*_PLANNED):
        asking.ask_lately(perform, road, _today(perform, asking.LATELY))


def _cyclone(perform: Perform) -> None:
    """The alert is orange: the day goes to the one that was adopted for it."""
    for road in roads(Stage.POSTPONED):
        perform(
            commands.fall_back,
            as_=lead_of(road.committee),
            action_id=action_id(road.committee),
            why=WhyMoved.CYCLONE,
            reason="Alerte orange : la préfecture ferme les écoles",
        )


# the day, and after


def _eve(road: Road, perform: Perform) -> None:
    number = road.committee
    seen = list(queries.INSTALLATION)[: -1 if number == 6 else None]
    reserves = "Le poste de la buvette attend quelqu’un." if number == 6 else ""
    said = {"action_id": action_id(number), "seen": seen, "reserves": reserves}
    perform(commands.sign_installation, as_=members_of(number)[0], **said)


def _hold(road: Road, perform: Perform) -> None:
    number = road.committee
    perform(
        commands.hold_action,
        as_=members_of(number)[1],
        action_id=action_id(number),
        attendance=CAME[number],
        incidents=INCIDENTS.get(number, ""),
    )


def _review(road: Road, perform: Perform) -> None:
    attendance, volunteers, hours, worked, to_improve = REVIEWS[road.committee]
    perform(
        commands.review_action,
        as_=lead_of(road.committee),
        action_id=action_id(road.committee),
        attendance=attendance,
        volunteers=volunteers,
        volunteer_hours=hours,
        worked=worked,
        to_improve=to_improve,
        do_again=True,
    )


def _close(road: Road, perform: Perform) -> None:
    number = road.committee
    perform(commands.close_action, as_=lead_of(number), action_id=action_id(number))


def _of_the_day() -> list[Chapter]:
    told = []
    for road in roads(*_HELD):
        assert road.day is not None
        told += [
            Chapter(1 - road.day, partial(_eve, road)),
            Chapter(-road.day, partial(_hold, road)),
        ]
        if road.stage is not Stage.HELD:
            told.append(Chapter(-road.day - _TO_REVIEW, partial(_review, road)))
        if road.stage is Stage.CLOSED:
            told.append(Chapter(-road.day - _TO_CLOSE, partial(_close, road)))
    return told


def _days(passage: str) -> list[int]:
    """Days ago of a passage, over all stages."""
    return sorted({d for dates in DATES.values() if (d := getattr(dates, passage)) is not None})


STORY = (
    *(Chapter(day, partial(_adoptions, day)) for day in _days("adopted")),
    *(Chapter(day, partial(_needs, day)) for day in _days("needs")),
    *(Chapter(day - _TO_ANSWER, partial(_answers, day)) for day in _days("needs")),
    Chapter(20, _begin),
    *(Chapter(day, partial(_week, day)) for day in _WEEKS),
    Chapter(asking.LATELY, _of_late),
    Chapter(_ALERT, _cyclone),
    *_of_the_day(),
)
