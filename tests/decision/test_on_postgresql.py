"""Many vote in the same second, on PostgreSQL: one voice a person, none after the count."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.decision import commands, queries, tables
from services.decision.model import AlreadyCountedInTheRoom, VoteOver
from shared.kernel.refusals import ChangedMeanwhile, Refusal
from shared.run.settings import Settings
from tests.decision.world import ELECTORS, World, world_of


@pytest.fixture
def on_postgresql(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("directory", "diagnostic", "decision"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    runtime = world_of(settings).runtime
    runtime.migrate()
    world = World(runtime)
    world.people()
    yield world
    runtime.close()


@pytest.mark.feature("C17")
def test_ballots_of_the_same_second_are_one_voice_a_person(on_postgresql: World):
    voting = on_postgresql.vote(quorum_percent=0)

    def vote(turn: int) -> None:
        voting.cast(ELECTORS[turn % 5], turn % 2)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(vote, range(40)))
    assert len(on_postgresql.rows(tables.ballots)) == 5
    voting.close_now()
    assert voting.row["voted"] == sum(voting.counts().values()) == 5


@pytest.mark.feature("C17", "C19")
def test_what_comes_while_a_vote_is_closed_is_counted_or_refused_never_left_behind(on_postgresql):
    world = on_postgresql
    voting = world.vote(quorum_percent=0)
    voting.cast("member", 0)
    voting.confirmed(["lead", "third"], {0: 2})

    def act(who: str) -> str:
        try:
            voting.close() if who == "close" else voting.cast(who, 1)
        except (VoteOver, ChangedMeanwhile) as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(act, ["second", "close", "elu", "member"]))
    assert done[1] == "done"
    in_time = [
        who
        for who, outcome in zip(("second", "elu"), (done[0], done[2]), strict=True)
        if outcome == "done"
    ]
    assert voting.row["voted"] == 3 + len(in_time)
    assert len(world.rows(tables.ballots)) == 1 + len(in_time)
    assert world.rows(tables.box_keys) == []


@pytest.mark.feature("C17")
def test_a_ballot_and_a_hand_of_the_same_second_are_one_voice(on_postgresql: World):
    world = on_postgresql
    voting = world.vote(quorum_percent=0)
    made = voting.count(["member", "lead"], {0: 2})

    def act(turn: int) -> None:
        try:
            if turn == 2:
                world.do(commands.confirm_count, "second", count_id=made)
            else:
                voting.cast("member", 1)
        except AlreadyCountedInTheRoom:
            pass

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(act, range(5)))
    voting.close()
    assert voting.counts() == {"Jardin": 2, "Kabar": 0}


def test_of_two_who_close_at_once_one_does_and_one_action_is_chosen(on_postgresql: World):
    world = on_postgresql
    voting = world.vote()
    voting.confirmed(["lead", "member", "third"], {0: 3})

    def close(_: int) -> str:
        try:
            voting.close()
        except Refusal as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(close, range(4)))
    assert done.count("done") == 1
    assert world.facts().count("action-chosen") == 1


@pytest.mark.feature("C19")
def test_the_closing_writes_ballots_anew_so_that_no_transaction_tells_whose_they_were(
    on_postgresql,
):
    """PostgreSQL remembers which transaction wrote a row, and where it lies."""
    world = on_postgresql
    voting = world.vote(quorum_percent=0)
    for place, name in enumerate(ELECTORS):
        voting.cast(name, place % 2)
    query = sa.text("SELECT xmin::text FROM ballots")
    with world.database.read() as connection:
        before = connection.execute(query).scalars().all()
    assert len(set(before)) == 5
    world.later(8)
    with world.database.read() as connection:
        after = connection.execute(query).scalars().all()
    assert len(after) == 5
    assert len(set(after)) == 1


def test_a_choice_is_the_same_on_postgresql(on_postgresql: World):
    world = on_postgresql
    voting = world.vote("Jardin", "Kabar")
    for name in ("member", "second", "elu"):
        voting.cast(name, 0)
    world.later(8)
    found = world.ask(queries.result, None, round_id=voting.round_id)
    assert found["chosen"]["title"] == "Jardin"
    assert found["votes"][0]["voted"] == 3
    assert world.ask(queries.my_rounds, "member")["items"][0]["action_id"]
