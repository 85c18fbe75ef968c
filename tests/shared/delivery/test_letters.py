"""What cannot be handled waits, and what follows it on its thread; all else goes on."""

import dataclasses
from uuid import uuid4

import pytest

from shared.kernel.refusals import Refused
from shared.log import dead_letters
from shared.log.dead_letters import NothingToReplay
from shared.log.event_log import Message
from shared.log.wire import Registry
from shared.run.demonstration import settle
from shared.run.product import Product
from shared.service import Policy
from tests.shared.delivery.stage import (
    Stage,
    append,
    ask,
    counted,
    folded,
    letters,
    rows,
    say,
    story,
    tell,
)
from tests.shared.sample import product as sample
from tests.shared.sample.counting import policies
from tests.shared.sample.telling import commands, events

DEAD, PARKED = ("dead", "line-told"), ("parked", "line-told")


def with_counting(**changes) -> Product:
    """The sample product, where counting is declared otherwise."""

    class Changed(Product):
        def service(self, name):
            found = super().service(name)
            return dataclasses.replace(found, **changes) if name == "counting" else found

    return Changed(**{f.name: getattr(sample, f.name) for f in dataclasses.fields(sample)})


def test_what_follows_poison_on_its_thread_waits_in_order_and_others_go_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    bad, good = story(runtime, "a", policies.POISON, "b"), story(runtime, "c", "d")
    settle(runtime)
    assert letters(runtime) == [DEAD, PARKED]
    assert counted(runtime) == folded(runtime) == {bad: 1, good: 2}

    tell(runtime, commands.tell_line, story_id=bad, text="e")
    settle(runtime)
    assert letters(runtime) == [DEAD, PARKED, PARKED]

    # Still poison: nothing moves, and the attempt is counted.
    ask(runtime, dead_letters.ask_replay)
    settle(runtime)
    assert letters(runtime) == [DEAD, PARKED, PARKED]
    first = rows(runtime, "counting", "SELECT attempts, request FROM dead_letters ORDER BY id")[0]
    assert first == {"attempts": 6, "request": None}

    monkeypatch.setattr(policies, "POISON", "something else")
    ask(runtime, dead_letters.ask_replay)
    settle(runtime)
    assert letters(runtime) == []
    assert counted(runtime) == folded(runtime) == {bad: 4, good: 2}
    numbers = rows(runtime, "counting", "SELECT last_number FROM stories_view ORDER BY last_number")
    assert [r["last_number"] for r in numbers] == [2, 4]


def test_a_second_poison_on_the_thread_stops_the_drain_where_it_stands(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    runtime = stage.open()
    bad = story(runtime, policies.POISON, "a", "worse", "b")
    settle(runtime)
    monkeypatch.setattr(policies, "POISON", "worse")
    ask(runtime, dead_letters.ask_replay)
    settle(runtime)
    assert letters(runtime) == [DEAD, PARKED]
    assert counted(runtime) == {bad: 2}


def test_a_dropped_letter_keeps_its_reason_and_its_thread_goes_on(stage: Stage):
    runtime = stage.open()
    bad = story(runtime, "a", policies.POISON, "b")
    settle(runtime)
    ask(runtime, dead_letters.ask_drop, reason="Compté à la main.")
    settle(runtime)
    assert letters(runtime) == [("dropped", "line-told")]
    kept = rows(runtime, "counting", "SELECT reason FROM dead_letters")
    assert kept == [{"reason": "Compté à la main."}]
    assert counted(runtime) == {bad: 2}


def test_only_the_dead_can_be_asked_for_and_a_drop_says_why(embedded: Stage):
    runtime = embedded.open()
    story(runtime, policies.POISON, "b")
    settle(runtime)
    parked = rows(runtime, "counting", "SELECT id FROM dead_letters WHERE kind = 'parked'")
    operate = runtime.use_cases["counting"].operate
    with pytest.raises(NothingToReplay):
        operate(dead_letters.ask_replay, letter_id=parked[0]["id"])
    with pytest.raises(Refused):
        ask(runtime, dead_letters.ask_drop, reason=" ")


def test_what_cannot_be_decoded_is_set_aside_at_once_and_the_batch_goes_on(stage: Stage):
    runtime = stage.open()
    good = story(runtime, "a")
    settle(runtime)
    told = say(runtime, events.LineToldV2(story_id=uuid4(), number=1))
    broken_body = told._replace(value=b"{", headers=_with(told, "ce_id", str(uuid4())))
    broken_id = told._replace(headers=_with(told, "ce_id", "not an id"))
    nothing_of_ours = Message(told.stream, told.key, b"hello", [])
    append(runtime, broken_body, broken_id, nothing_of_ours)
    tell(runtime, commands.tell_line, story_id=good, text="b")
    settle(runtime)
    assert letters(runtime) == [DEAD, DEAD]
    assert counted(runtime)[good] == 2


def _with(message: Message, name: str, value: str):
    return [(n, value.encode() if n == name else v) for n, v in message.headers]


def test_an_expected_refusal_is_no_failure_also_within_a_batch(stage: Stage):
    runtime = stage.open()
    refused, good = story(runtime, "a", policies.FORBIDDEN), story(runtime, "b")
    settle(runtime)
    assert letters(runtime) == []
    assert counted(runtime) == {refused: -1, good: 1}
    assert folded(runtime) == {refused: 2, good: 1}


def test_a_policy_acts_only_on_what_happened_since_it_is_there(stage: Stage):
    runtime = stage.open(["telling"])
    before = story(runtime, "a")
    runtime.workers["telling"].relay.drain()
    policy = Policy(policies.count_the_line, since=runtime.clock.now())
    later = stage.open(product=with_counting(reacts={events.LineToldV2: policy}))
    after = story(later, "b")
    settle(later)
    assert folded(later) == {before: 1, after: 1}
    assert counted(later) == {after: 1}


def test_a_type_unknown_to_an_old_worker_waits_for_a_new_one_that_handles_it_once(stage: Stage):
    old = stage.open()
    old.registry = Registry([c for c in sample.known if c is not events.LineToldV2])
    told = story(old, "a", "b")
    settle(old)
    assert letters(old) == [("unknown", "line-told")] * 2
    assert folded(old) == {told: 0}
    stage.close()

    new = stage.open()
    settle(new)
    assert letters(new) == []
    assert counted(new) == folded(new) == {told: 2}


def test_an_old_version_is_read_as_the_new_one(stage: Stage):
    runtime = stage.open()
    story_id = uuid4()
    say(runtime, events.LineTold(story_id=story_id, number=7, text="long ago"))
    settle(runtime)
    assert counted(runtime) == folded(runtime) == {story_id: 1}
    assert rows(runtime, "counting", "SELECT spent FROM stories_view") == [{"spent": 0}]


def test_the_same_event_twice_has_its_effects_once(stage: Stage):
    runtime = stage.open()
    event_id = uuid4()
    event = events.LineToldV2(story_id=uuid4(), number=1)
    for _ in range(2):
        say(runtime, event, event_id)
    settle(runtime)
    say(runtime, event, event_id)
    settle(runtime)
    assert counted(runtime) == folded(runtime) == {event.story_id: 1}
