"""Tells it: surveys opened, answered in every way, drawn into needs, published."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from services.diagnostic import commands, queries
from services.diagnostic.demonstration.said import Subject, subject_of
from services.directory.demonstration import (
    ROADS,
    Road,
    Stage,
    committee_id,
    lead_of,
    members_of,
    persona_id,
    roads,
)
from shared.run.demonstration import Chapter

Perform = Callable[..., Any]
_NAMESPACE = UUID("b7f3d0c2-1c58-5a7e-9a41-52d0b1c4a9e8")
_DESK = persona_id("marie.annexe")
_AGREED = (
    "Réunion à la case, neuf présents, à main levée",
    "Réunion du comité, sept présents, sans opposition",
    "Rond kozé au local, douze présents, d’accord à l’unanimité",
)
_ACTORS = (
    "resident",
    "elder",
    "parent",
    "youth",
    "resident",
    "shopkeeper",
    "parent",
    "association",
)
_PLACES = ("door", "market", "school-gate", "rond-koze", "door")
_WHOM = ("Tout le monde", "Les enfants", "Les anciens", "Les jeunes\nLes familles")
_HELP = ("Oui", "Peut-être", "Non")

# The surveys of today: days for which each takes answers, and answers at its opening.
_OPEN = {4: (16, 9), 7: (13, 15), 25: (21, 12), 34: (10, 13), 40: (9, 11)}
_WELL_HEARD = (5, 6, 14, 17)
"""Committees that knocked at more doors than the others."""
_DRAWN = (34,)
"""Closed since, with needs that only wait for the group's word; the other one has none yet."""
_NEXT = 44
"""A committee whose action is closed: it prepares what it asks next."""


def diagnostic_id(number: int) -> UUID:
    """The survey of the committee ``number``, which becomes its diagnostic."""
    return uuid5(_NAMESPACE, f"survey:{number}")


def needs_of(number: int) -> list[tuple[UUID, str]]:
    """The needs of the committee ``number``, the heaviest first: ids and titles."""
    road = next(road for road in ROADS if road.committee == number)
    titles = [title for title, _ in subject_of(number, road.title).needs]
    return [(need_id(number, place), title) for place, title in enumerate(titles)]


def need_id(number: int, place: int) -> UUID:
    """The need of the committee ``number`` at ``place`` of its subject, from 0."""
    return uuid5(_NAMESPACE, f"need:{number}:{place}")


def _ask(perform: Perform, road: Road, days: int, answers: int) -> None:
    number, today = road.committee, perform.clock.today()  # type: ignore[attr-defined]
    subject = subject_of(number, road.title)
    perform(
        commands.prepare_survey,
        as_=members_of(number)[0],
        committee_id=committee_id(number),
        title=subject.titles[number % len(subject.titles)],
        theme=subject.theme,
        opens_on=today,
        closes_on=today + timedelta(days),
        survey_id=diagnostic_id(number),
    )
    perform(commands.open_survey, as_=lead_of(number), survey_id=diagnostic_id(number))
    _answer(perform, number, subject, range(answers))


def _answer(perform: Perform, number: int, subject: Subject, places: range) -> None:
    """Answers in every way; one in four is typed from paper, one in three is told to a member."""
    survey = diagnostic_id(number)
    code = perform(queries.survey_card, survey_id=survey)["code"]
    for place in places:
        given: dict[str, Any] = {
            "answer_id": uuid5(_NAMESPACE, f"answer:{number}:{place}"),
            "words": _words(number, place, subject),
            "who": _ACTORS[(number + place) % len(_ACTORS)],
        }
        if place % 4 == 3:
            perform(commands.type_paper_answer, as_=_DESK, survey_id=survey, **given)
        elif place % 3 == 1:
            met = {"place": _PLACES[place % len(_PLACES)], "survey_id": survey}
            perform(commands.record_answer, as_=members_of(number)[place % 2], **met, **given)
        else:
            perform(commands.answer_survey, code=code, **given)


def _words(number: int, place: int, subject: Subject) -> dict[str, str]:
    needs = [choice for _, choice in subject.needs]
    # The first need is named most; some say none of them.
    missing = [*needs, needs[0], needs[1], "Autre chose", needs[0]][(place * 3 + number) % 7]
    words = {"missing": missing, "whom": _WHOM[(place + number) % 4], "help": _HELP[place % 3]}
    if place % 2 == 0:
        words["words"] = subject.words[(place // 2 + number) % len(subject.words)]
    if place % 5 == 2:
        words["idea"] = subject.ideas[(place + number) % len(subject.ideas)]
    return words


def _draw(perform: Perform, road: Road) -> None:
    number, survey = road.committee, diagnostic_id(road.committee)
    heard = perform(queries.answers_of, survey_id=survey, limit=200)["items"]
    for place, (title, choice) in enumerate(subject_of(number, road.title).needs):
        carried = [row["id"] for row in heard if row["words"].get("missing") == choice]
        perform(
            commands.draw_need,
            as_=members_of(number)[place % 2],
            survey_id=survey,
            title=title,
            answers=carried,
            need_id=need_id(number, place),
        )


def _publish(perform: Perform, road: Road) -> None:
    number, survey = road.committee, diagnostic_id(road.committee)
    perform(commands.close_survey, as_=lead_of(number), survey_id=survey)
    _draw(perform, road)
    perform(
        commands.publish_diagnostic,
        as_=lead_of(number),
        survey_id=survey,
        findings=subject_of(number, road.title).findings,
        agreed=_AGREED[number % len(_AGREED)],
        agreed_on=perform.clock.today(),  # type: ignore[attr-defined]
    )


def _day(days_ago: int, perform: Perform) -> None:
    """What happened on that day of the road, everywhere."""
    for road in ROADS:
        if road.stage is Stage.SILENT:
            continue
        if road.dates.survey == days_ago:
            usual = (10, 24 if road.committee in _WELL_HEARD else 7 + road.committee % 3)
            _ask(perform, road, *_OPEN.get(road.committee, usual))
        if road.dates.published == days_ago:
            _publish(perform, road)


def _meanwhile(perform: Perform) -> None:
    """Halfway through the surveys of today: more answers, and a draft elsewhere."""
    for road in roads(Stage.SURVEY):
        days, answers = _OPEN[road.committee]
        subject = subject_of(road.committee, road.title)
        _answer(perform, road.committee, subject, range(answers, answers + days // 2))
    today = perform.clock.today()  # type: ignore[attr-defined]
    perform(
        commands.prepare_survey,
        as_=members_of(_NEXT)[0],
        committee_id=committee_id(_NEXT),
        title="Et maintenant, par quoi continuer ?",
        theme=subject_of(_NEXT + 1, "").theme,
        opens_on=today + timedelta(9),
        closes_on=today + timedelta(30),
        survey_id=uuid5(_NAMESPACE, f"next:{_NEXT}"),
    )


def _of_late(perform: Perform) -> None:
    """Two surveys are over: one group has drawn its needs."""
    for road in roads(Stage.SURVEY):
        if road.committee in _DRAWN:
            _draw(perform, road)


def _days() -> list[int]:
    dates = [road.dates for road in ROADS if road.stage is not Stage.SILENT]
    days = {day for d in dates for day in (d.survey, d.published) if day is not None}
    return sorted(days, reverse=True)


STORY = (
    *(Chapter(day, partial(_day, day)) for day in _days()),
    Chapter(7, _meanwhile),
    Chapter(1, _of_late),
)
