"""All databases are restored from an hour ago while the log stays: the log tells the rest again."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
import sqlalchemy as sa

from services.decision import events as decision
from services.diagnostic import commands as diagnostic
from services.diagnostic import queries as heard
from services.diagnostic.events import Theme
from services.directory import commands as directory
from services.integration import commands as integration
from services.integration import queries as reading
from services.language import FACTS
from shared.kernel.rights import ANONYMOUS, Actor, Grant
from shared.log.reconcile import forgotten
from shared.run.demonstration import performer, wait_for_rest
from shared.run.runtime import Runtime
from shared.store.tables import dead_letters
from tests.integration.world import sealed
from tests.journeys.restoring import Installation

_NAMES = UUID("0d3c5a0e-7b1f-5c55-9d62-7f8c9e0a1b2c")
COMMITTEE, LEAD, ACTION = (uuid5(_NAMES, name) for name in ("committee", "lead", "action"))
SURVEY, OF_A_DAY = uuid5(_NAMES, "survey"), uuid5(_NAMES, "survey of a day")
THE_LEAD = Actor(LEAD, (Grant("lead", f"committee:{COMMITTEE}"),))


@pytest.fixture(params=["embedded", "distributed"])
def installation(request: pytest.FixtureRequest, tmp_path) -> Iterator[Installation]:
    parts = None
    if request.param == "distributed":
        parts = tuple(map(request.getfixturevalue, ("kafka", "postgresql")))
    made = Installation(tmp_path, parts)
    yield made
    made.forget()


def act(runtime: Runtime, service: str, command: Any, as_: Any = None, **arguments: Any) -> Any:
    perform = performer(runtime, next(s for s in runtime.services if s.name == service))
    return perform(command, **({"as_": as_} if as_ else {}), **arguments)


def before_the_backup(runtime: Runtime) -> str:
    """A committee, its lead, two surveys (one ends by itself), and a department that reads."""
    where = {"name": "CAC 1", "quartier": "Le Brûlé", "sector": "Secteur Hauts"}
    act(runtime, "directory", directory.create_committee, number=1, committee_id=COMMITTEE, **where)
    invited = {"name": "Rita Modèle", "role": "lead", "scope": f"committee:{COMMITTEE}"}
    act(runtime, "directory", directory.invite_person, person_id=LEAD, **invited)
    wait_for_rest(runtime, 60)
    today = runtime.clock.today()
    for survey, days in ((SURVEY, 9), (OF_A_DAY, 0)):
        given: dict[str, Any] = {
            "committee_id": COMMITTEE,
            "title": "Autour de l’école",
            "theme": Theme.SURROUNDINGS,
            "opens_on": today,
            "closes_on": today + timedelta(days),
            "survey_id": survey,
        }
        act(runtime, "diagnostic", diagnostic.prepare_survey, THE_LEAD, **given)
        act(runtime, "diagnostic", diagnostic.open_survey, THE_LEAD, survey_id=survey)
    terms = {"types": [f"cac.{name}.*" for name in ("directory", "diagnostic", "decision")]}
    terms["types"] += [f"cac.{name}.*" for name in ("planning", "procurement", "communication")]
    named = {"name": "Progiciel", "department": "Finances", "scopes": ["city"]}
    grant = act(runtime, "integration", integration.grant_feed, **terms, **named)
    key: str = act(runtime, "integration", integration.issue_key, grant_id=grant).key
    return key


def an_hour_of_work(runtime: Runtime) -> None:
    """People decide, and what they decided is followed in other services by itself."""
    code = act(runtime, "diagnostic", heard.survey_card, survey_id=SURVEY)["code"]
    answers = [uuid4() for _ in range(3)]
    for answer in answers:
        words = {"missing": "Une ravine propre"}
        given = {"code": code, "answer_id": answer, "words": words}
        act(runtime, "diagnostic", diagnostic.answer_survey, ANONYMOUS, **given)
    act(runtime, "diagnostic", diagnostic.close_survey, THE_LEAD, survey_id=SURVEY)
    drawn = {"survey_id": SURVEY, "title": "Une ravine propre", "answers": answers}
    act(runtime, "diagnostic", diagnostic.draw_need, THE_LEAD, **drawn)
    said = {"findings": "La ravine inquiète.", "agreed": "À main levée"}
    published = {"survey_id": SURVEY, "agreed_on": runtime.clock.today(), **said}
    act(runtime, "diagnostic", diagnostic.publish_diagnostic, THE_LEAD, **published)
    wait_for_rest(runtime, 60)
    choose(runtime)


def choose(runtime: Runtime) -> None:
    """A choice, told as decision tells it: plan, budget line and campaign follow."""
    chosen: Any = reading.example_of(decision.ActionChosen)
    wished = runtime.clock.today() + timedelta(120)
    chosen = dataclasses.replace(
        chosen,
        committee_id=COMMITTEE,
        action_id=ACTION,
        by=None,
        wished_from=wished,
        wished_to=wished + timedelta(30),
    )
    message = sealed(chosen, runtime.clock.now())
    source = f"{runtime.settings.public_url}/decision".encode()
    headers = [(n, source if n == "ce_source" else value) for n, value in message.headers]
    runtime.log.send([message._replace(headers=headers)]).wait(10)


# what is compared


def views(runtime: Runtime) -> dict[str, list[str]]:
    """Every row of every view of every service, but the reports of the flow itself."""
    found = {}
    for service in runtime.services:
        with runtime.workplaces[service.name].database.read() as connection:
            for table in service.views:
                if table.name != "flow_view":
                    rows = connection.execute(sa.select(table)).all()
                    found[f"{service.name}.{table.name}"] = sorted(map(repr, rows))
    return found


def made_by_policies(runtime: Runtime) -> dict[str, list[UUID]]:
    """What the choice made in other services, by its ids."""
    found = {}
    for service in runtime.services:
        if service.name in ("planning", "procurement", "communication", "decision"):
            with runtime.workplaces[service.name].database.read() as connection:
                for table in service.state:
                    if "id" in table.c and isinstance(table.c.id.type, sa.Uuid):
                        ids = connection.execute(sa.select(table.c.id)).scalars()
                        found[f"{service.name}.{table.name}"] = sorted(ids)
    return {name: ids for name, ids in found.items() if ids}


def told(runtime: Runtime) -> Counter[str]:
    """How often each fact is on the log, by its id."""
    found: Counter[str] = Counter()
    for batch in runtime.log.scan([FACTS.name]):
        for record in batch:
            headers = dict(record.headers)
            if "ce_id" in headers:
                found[headers["ce_id"].decode()] += 1
    return found


def pages(runtime: Runtime, key: str, after: str | None = None) -> tuple[list[dict], str]:
    found = []
    while True:
        page = act(runtime, "integration", reading.feed, ANONYMOUS, key=key, after=after, limit=50)
        found += page["items"]
        after = page["next"]
        if not page["more"]:
            return found, after


def orders(events) -> dict[str, list[str]]:
    found = defaultdict(list)
    for event in events:
        found[event["partitionkey"]].append(event["id"])
    return found


@pytest.mark.timeout(300)
def test_databases_of_an_hour_ago_catch_up_from_the_log_and_nobody_misses_or_doubles_a_fact(
    installation: Installation,
):
    with installation.open() as runtime:
        key = before_the_backup(runtime)
        wait_for_rest(runtime, 60)
    installation.save()

    # What falls due meanwhile: a survey ends by itself.
    with installation.open(days=2) as runtime:
        an_hour_of_work(runtime)
        wait_for_rest(runtime, 60)
        shown, made, said = views(runtime), made_by_policies(runtime), set(told(runtime))
        read, cursor = pages(runtime, key)
    assert {name.split(".")[0] for name in made} >= {"decision", "planning", "communication"}
    assert {event["id"] for event in read} == said
    assert [event["type"].split(".")[2] for event in read].count("survey-closed") == 2

    installation.restore()
    with installation.open(works=False, days=2) as runtime:
        assert views(runtime) != shown
        check_the_report(runtime)

    with installation.open(days=2) as runtime:
        wait_for_rest(runtime, 100)
        assert views(runtime) == shown
        assert made_by_policies(runtime) == made
        # What policies and dates say again has the id that it had: nothing new is true.
        assert set(told(runtime)) == said
        assert pages(runtime, key, cursor)[0] == []
        assert orders(pages(runtime, key)[0]) == orders(read)
        assert letters(runtime) == 0

        closing = {"committee_id": COMMITTEE, "reason": "Le quartier rejoint son voisin"}
        act(runtime, "directory", directory.close_committee, **closing)
        wait_for_rest(runtime, 60)
        news, _ = pages(runtime, key, cursor)
        assert [e["type"] for e in news][:1] == ["cac.directory.committee-closed.v1"]


def check_the_report(runtime: Runtime) -> None:
    """People's decisions of that hour are listed; what policies said comes again by itself."""
    lost = {}
    for service in runtime.services:
        database = runtime.workplaces[service.name].database
        lost[service.name] = forgotten(service, database, runtime.log)
    by_hand = {one.type.split(".")[2] for one in lost["diagnostic"] if not one.comes_again}
    assert {"survey-closed", "diagnostic-published"} <= by_hand
    again = {one.type.split(".")[2] for one in lost["decision"] if one.comes_again}
    assert again == {"ideas-opened"}
    assert not lost["monitoring"] + lost["integration"]


def letters(runtime: Runtime) -> int:
    total = 0
    for workplace in runtime.workplaces.values():
        with workplace.database.read() as connection:
            total += connection.execute(
                sa.select(sa.func.count()).select_from(dead_letters)
            ).scalar_one()
    return total
