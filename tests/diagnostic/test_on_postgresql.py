"""Many answer in the same second: none is lost, none counts twice, and the figures agree."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from services.diagnostic import commands, queries
from shared.run.settings import Settings
from tests.diagnostic.world import World, world_of


@pytest.fixture
def on_postgresql(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("directory", "diagnostic"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    runtime = world_of(settings).runtime
    runtime.migrate()
    world = World(runtime)
    world.people()
    yield world
    runtime.close()


def test_answers_of_the_same_second_are_all_kept_and_each_once(on_postgresql: World):
    world = on_postgresql
    survey_id = world.survey()
    code, words = world.code(survey_id), {"missing": "Une ravine propre"}
    ids = [uuid4() for _ in range(6)]

    def send(answer_id):
        given = {"code": code, "answer_id": answer_id, "words": words}
        return world.do(commands.answer_survey, None, **given)

    with ThreadPoolExecutor(4) as threads:
        receipts = list(threads.map(send, [*ids, *ids]))
    assert receipts[:6] == receipts[6:]
    assert world.row(survey_id)["answers"] == len(set(receipts)) == 6


def test_a_diagnostic_is_the_same_on_postgresql(on_postgresql: World):
    world = on_postgresql
    survey_id = world.published()
    card = world.ask(queries.survey_card, "lead", survey_id=survey_id)
    assert [(need["weight"], need["evidence"]) for need in card["needs"]] == [(100, 6)]
    assert card["untied"] == 0
    assert world.ask(queries.report, None, survey_id=survey_id)["answers"] == 6
    first = world.ask(queries.answers_of, "lead", survey_id=survey_id, limit=4)
    rest = world.ask(queries.answers_of, "lead", survey_id=survey_id, after=first["next"])
    assert len(rest["items"]) == 2
    assert len(world.ask(queries.my_surveys, "member")["items"]) == 1
