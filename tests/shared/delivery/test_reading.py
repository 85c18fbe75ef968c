"""From what is told to what is counted."""

from shared.run.demonstration import settle
from shared.testing.until import until
from tests.shared.delivery.stage import Stage, counted, folded, story


def test_what_is_told_is_folded_and_reacted_to_once(stage: Stage):
    runtime = stage.open()
    first, second = story(runtime, "a", "b", "c"), story(runtime, "d")
    settle(runtime)
    assert folded(runtime) == counted(runtime) == {first: 3, second: 1}


def test_threads_of_a_worker_carry_it_too(stage: Stage):
    runtime = stage.open()
    runtime.start_workers()
    first = story(runtime, "a", "b", "c")
    until(lambda: counted(runtime) == folded(runtime) == {first: 3}, 15)
