"""One use case is one transaction, on both stores."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.kernel.refusals import NotFound, VersionOutdated
from shared.kernel.rights import SYSTEM, Actor, Grant
from shared.perform import IdempotencyKeyReused, UseCases, retryable, unkept
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.store import tables, timers
from tests.shared.delivery.stage import CHIEF, Stage, rows, story, tell
from tests.shared.sample.counting import events as counting
from tests.shared.sample.telling import commands, events
from tests.shared.sample.telling.model import Story

HANDS = 8


@pytest.fixture(scope="module")
def runtime(common: Stage) -> Runtime:
    """Both services, for all tests here; each has its own stories."""
    return common.open()


def cases(runtime: Runtime, *extra) -> UseCases:
    """Use cases of telling, with commands of this module that anybody may do."""
    from shared.kernel.rights import ANYONE
    from tests.shared.sample.telling.rights import table

    return UseCases(runtime.workplaces["telling"], {**table, **dict.fromkeys(extra, ANYONE)})


def told(runtime: Runtime, story_id: UUID) -> dict:
    query = "SELECT * FROM stories"
    return next(r for r in rows(runtime, "telling", query) if UUID(str(r["id"])) == story_id)


def everything(runtime: Runtime) -> dict[str, int]:
    names = ["stories", "outbox", "timers", "audit", "series", "idempotency"]
    return {n: len(rows(runtime, "telling", f"SELECT * FROM {n}")) for n in names}


def together(act, arguments) -> list:
    """``act`` with each of ``arguments``, all at once; results, or what was raised."""
    arguments = list(arguments)
    start = threading.Barrier(len(arguments))

    def one(argument):
        start.wait()
        try:
            return act(argument)
        except Exception as error:  # noqa: BLE001 - looked at by the test
            return error

    with ThreadPoolExecutor(len(arguments)) as hands:
        return list(hands.map(one, arguments))


# all or nothing


def everything_then_nothing(uow, *, story_id: UUID) -> None:
    uow.get(Story, story_id).tell("never")
    uow.add(Story.begin(uow.new_id(), "never"))
    uow.schedule("end", story_id, uow.now)
    uow.notify(uuid4(), "Jamais.", "/")
    uow.next_number("never")
    uow.flush()
    raise ZeroDivisionError


def test_what_raises_leaves_no_state_no_fact_no_timer_no_number_and_no_audit(runtime: Runtime):
    story_id = story(runtime, "a")
    before, lines = everything(runtime), told(runtime, story_id)["lines"]
    with pytest.raises(ZeroDivisionError):
        cases(runtime, everything_then_nothing).perform(
            everything_then_nothing, actor=SYSTEM, idempotency_key="k", story_id=story_id
        )
    assert everything(runtime) == before
    assert told(runtime, story_id)["lines"] == lines


def say_what_is_not_declared(uow) -> None:
    uow.add(Story.begin(uow.new_id(), "never"))
    uow.record(counting.TallyRaised(story_id=uuid4(), lines=1))


def test_a_fact_that_the_service_does_not_declare_is_refused_with_all_else(runtime: Runtime):
    before = everything(runtime)
    with pytest.raises(LookupError, match="TallyRaised"):
        cases(runtime, say_what_is_not_declared).perform(say_what_is_not_declared, actor=SYSTEM)
    assert everything(runtime) == before


# audit


def audited(runtime: Runtime, story_id: UUID) -> list[dict]:
    from shared.store.tables import audit

    return rows(
        runtime,
        "telling",
        audit.select().where(audit.c.subject_id == story_id).order_by(audit.c.id),
    )


def test_the_audit_says_who_in_which_quality_did_what_from_what_to_what(runtime: Runtime):
    teller = Actor(uuid4(), (Grant("teller", "all"),))
    story_id = tell(runtime, commands.begin_story, CHIEF, title="First", secret="hush-hush")
    tell(runtime, commands.correct_title, teller, story_id=story_id, title="Second")
    tell(runtime, commands.tell_line, teller, story_id=story_id, text="a", price=Decimal("2.50"))
    begun, corrected, line = audited(runtime, story_id)
    assert begun["person"] == CHIEF.person
    assert (begun["command"], begun["subject_type"]) == ("begin_story", "Story")
    assert begun["changes"]["title"] == [None, "First"]
    assert (corrected["person"], corrected["quality"]) == (teller.person, "teller")
    assert corrected["changes"] == {"title": ["First", "Second"]}
    assert line["changes"] == {"lines": [0, 1], "spent": ["0.00", "2.50"]}


def test_of_a_sealed_column_the_audit_keeps_only_that_it_changed(runtime: Runtime):
    story_id = tell(runtime, commands.begin_story, CHIEF, title="Sealed", secret="hush-hush")
    [begun] = audited(runtime, story_id)
    assert begun["changes"]["secret"] == "…"
    assert "hush-hush" not in str(begun)


def test_a_fact_says_who_decided(runtime: Runtime):
    story_id = story(runtime)
    tell(runtime, commands.end_story, CHIEF, story_id=story_id)
    payloads = [r["payload"] for r in rows(runtime, "telling", "SELECT payload FROM outbox")]
    [ended] = [p for p in payloads if str(story_id).encode() in p and b'"lines"' in p]
    assert str(CHIEF.person).encode() in ended


# versions


def test_a_version_that_somebody_changed_since_is_refused(runtime: Runtime):
    story_id = story(runtime)
    tell(runtime, commands.correct_title, story_id=story_id, title="b", version="1")
    with pytest.raises(VersionOutdated):
        tell(runtime, commands.correct_title, story_id=story_id, title="c", version="1")
    assert told(runtime, story_id)["title"] == "b"
    assert told(runtime, story_id)["version"] == 2


def test_commands_declared_retryable_all_succeed_on_one_story(runtime: Runtime):
    story_id = story(runtime)
    results = together(
        lambda n: [
            tell(runtime, commands.tell_line, story_id=story_id, text=str(n)) for _ in range(3)
        ],
        range(HANDS),
    )
    assert sorted(n for r in results for n in r) == list(range(1, 3 * HANDS + 1))
    assert told(runtime, story_id)["lines"] == 3 * HANDS


_met = threading.Barrier(2, timeout=10)


def decide(uow, *, story_id: UUID, title: str) -> None:
    found = uow.get(Story, story_id)
    if uow.connection.dialect.name == "postgresql":
        _met.wait()
    found.title = title


def test_of_two_decisions_on_the_same_story_at_once_the_second_is_told(runtime: Runtime):
    story_id = story(runtime)
    perform = cases(runtime, decide).perform
    results = together(
        lambda title: perform(decide, actor=SYSTEM, story_id=story_id, title=title), "ab"
    )
    # SQLite has one writer at a time: there the second reads what the first decided.
    at_once = runtime.workplaces["telling"].database.dialect == "postgresql"
    assert sorted(type(r).__name__ for r in results) == (
        ["ChangedMeanwhile", "NoneType"] if at_once else ["NoneType", "NoneType"]
    )
    assert told(runtime, story_id)["version"] == (2 if at_once else 3)


def test_what_does_not_exist_is_not_found(runtime: Runtime):
    with pytest.raises(NotFound):
        tell(runtime, commands.end_story, story_id=uuid4())


# numbers without gaps


@retryable
def number(uow, *, series: str, fails: bool = False) -> int:
    taken = uow.next_number(series)
    if fails:
        raise ZeroDivisionError
    return taken


def test_numbers_have_no_gap_in_parallel_nor_where_a_transaction_failed(runtime: Runtime):
    series, perform = f"orders-{uuid4().hex[:8]}", cases(runtime, number).perform
    results = together(
        lambda n: perform(number, actor=SYSTEM, series=series, fails=n % 3 == 0), range(3 * HANDS)
    )
    assert sorted(r for r in results if isinstance(r, int)) == list(range(1, 2 * HANDS + 1))


# idempotency


def test_a_key_does_its_command_once_and_answers_the_same(runtime: Runtime):
    key = str(uuid4())
    perform = runtime.use_cases["telling"].perform

    def begin(title: str):
        return perform(commands.begin_story, actor=CHIEF, idempotency_key=key, title=title)

    results = together(lambda _: begin(key), range(HANDS))
    assert len(set(results)) == 1
    assert isinstance(results[0], UUID)
    found = rows(runtime, "telling", "SELECT id FROM stories WHERE title = :key", key=key)
    assert len(found) == 1
    with pytest.raises(IdempotencyKeyReused) as refused:
        begin("something else")
    assert refused.value.status == 422


def test_a_key_belongs_to_one_person(runtime: Runtime):
    key = str(uuid4())
    perform = runtime.use_cases["telling"].perform
    made = {
        perform(commands.begin_story, actor=Actor(uuid4()), idempotency_key=key, title=key)
        for _ in range(2)
    }
    assert len(made) == 2


def test_a_command_that_failed_leaves_its_key_free(runtime: Runtime):
    key, story_id = str(uuid4()), story(runtime)
    perform = runtime.use_cases["telling"].perform

    def end(identity: UUID):
        perform(commands.end_story, actor=CHIEF, idempotency_key=key, story_id=identity)

    with pytest.raises(NotFound):
        end(uuid4())
    end(story_id)
    assert told(runtime, story_id)["ended"]


# timers


def test_a_timer_fires_once_although_two_workers_look(runtime: Runtime):
    stories = [story(runtime) for _ in range(4)]
    for story_id in stories:
        tell(runtime, commands.end_later, CHIEF, story_id=story_id, hours=1)
    worker = runtime.workers["telling"]
    assert worker.fire_timers() == 0
    runtime.clock.advance(timedelta(hours=2))
    fired = together(
        lambda _: timers.fire_due(worker.workplace, worker.service.timers), range(HANDS)
    )
    assert sum(fired) == len(stories)
    assert all(told(runtime, story_id)["ended"] for story_id in stories)
    assert rows(runtime, "telling", "SELECT * FROM timers") == []


def test_a_timer_that_fails_is_put_off_and_the_others_fire(runtime: Runtime):
    ended, open_ = story(runtime), story(runtime)
    for story_id in (ended, open_):
        tell(runtime, commands.end_later, CHIEF, story_id=story_id, hours=1)
    tell(runtime, commands.end_story, story_id=ended)
    runtime.clock.advance(timedelta(hours=2))
    assert runtime.workers["telling"].fire_timers() == 1
    assert told(runtime, open_)["ended"]
    [left] = rows(runtime, "telling", tables.timers.select())
    assert left["subject"] == ended
    assert left["due"] > runtime.clock.now()
    with runtime.workplaces["telling"].database.write() as connection:
        connection.execute(tables.timers.delete())


def test_a_timer_set_again_moves(runtime: Runtime):
    story_id = story(runtime)
    for hours in (1, 5):
        tell(runtime, commands.end_later, CHIEF, story_id=story_id, hours=hours)
    runtime.clock.advance(timedelta(hours=2))
    assert runtime.workers["telling"].fire_timers() == 0
    runtime.clock.advance(timedelta(hours=4))
    assert runtime.workers["telling"].fire_timers() == 1


# what policies say


def test_what_a_policy_makes_has_the_same_ids_alone_and_in_a_batch(embedded: Stage):
    """A restored backup is replayed in other batches than the first time."""
    from tests.shared.delivery.stage import facts

    def raised(one_by_one: bool) -> set[str]:
        again = embedded.open(["counting"])
        worker = again.workers["counting"]
        if one_by_one:
            records = [r for batch in again.log.scan(worker.consumer.streams) for r in batch]
            for record in sorted(records, key=lambda r: (r.partition, r.offset)):
                worker.consumer.handle([record])
        settle(again)
        found = {i for _, _, kind, i in facts(again) if "tally-raised" in kind}
        embedded.close()
        return found

    first = embedded.open(["telling"])
    story(first, "a", "b"), story(first, "c")
    settle(first)
    embedded.close()
    batch = raised(one_by_one=False)
    assert len(batch) == 3
    (embedded.folder / "counting.sqlite").unlink()
    assert raised(one_by_one=True) == batch


def mint(uow, event, *, look: bool):
    uow.record(event)
    if look:
        uow.find(Story, title="nothing")
        uow.flush()
    return uow.new_id()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(looks=st.lists(st.booleans(), min_size=1, max_size=4))
def test_when_the_unit_of_work_writes_changes_no_id(runtime: Runtime, looks: list[bool]):
    from shared.log import wire
    from shared.store.unit_of_work import UnitOfWork
    from shared.store.workplace import Envelope

    cause_id, identity = uuid4(), uuid4()
    event = events.StoryEnded(story_id=identity, lines=1)
    cause = Envelope(cause_id, event.type, "", runtime.clock.now(), "k", "k", event)

    def ids(flags: list[bool]) -> tuple:
        workplace = runtime.workplaces["telling"]
        with workplace.database.write() as connection:
            uow = UnitOfWork(workplace, connection)
            uow.handling(cause, "policy")
            made = [uow.new_id()]
            for flag in flags:
                uow.add(Story.begin(uow.new_id(), "x"))
                made.append(mint(uow, event, look=flag))
            uow.collect()
            said = [dict(wire.unpack_headers(r["headers"]))["ce_id"] for r in uow._outbox]
            connection.rollback()
        return made, said

    assert ids(looks) == ids([False] * len(looks))


@unkept
def whisper(uow, *, secret: str) -> str:
    """Gives back what nobody may find again."""
    return secret


def test_nothing_is_kept_under_a_key_of_what_is_declared_unkept(runtime: Runtime):
    perform, before = cases(runtime, whisper).perform, everything(runtime)
    for secret in ("one", "another"):
        found = perform(whisper, actor=CHIEF, idempotency_key="whisper", secret=secret)
        assert found == secret
    assert everything(runtime) == before
