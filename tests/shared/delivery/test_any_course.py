"""Whatever happens on the way, the end is that of the plain run."""

import shutil
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.log.event_log import Message
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from tests.shared.delivery.stage import Stage, append, counted, facts, folded, rows, story, tell
from tests.shared.sample.telling import commands

POINTS = ["relay:sent", "worker:polled", "worker:before-commit", "worker:committed"]


class Crash(BaseException):
    """The process ends here."""


@dataclass
class Course:
    """A product that crashes where it is told to."""

    stage: Stage
    crash_at: str = ""
    stories: list[UUID] = field(default_factory=list)
    lines: dict[UUID, int] = field(default_factory=dict)
    runtime: Runtime = None

    def begin(self) -> None:
        self.runtime = self.stage.open(point=self.point)

    def point(self, name: str) -> None:
        if name == self.crash_at:
            self.crash_at = ""
            raise Crash

    def tell(self, which: int) -> None:
        told = self.stories[which % len(self.stories)]
        tell(self.runtime, commands.tell_line, story_id=told, text="line")
        self.lines[told] += 1

    def advance(self) -> None:
        for worker in self.runtime.workers.values():
            worker.settle_once()

    def crash(self, where: str) -> None:
        self.crash_at = where
        try:
            for _ in range(3):
                self.advance()
        except Crash:
            self.restart()
        self.crash_at = ""

    def restart(self) -> None:
        self.stage.close()
        self.begin()

    def repeat(self, which: int) -> None:
        """The log holds a record twice, as after a send whose answer was lost."""
        records = [r for batch in self.runtime.log.scan(["sample.said"]) for r in batch]
        if records:
            found = records[which % len(records)]
            append(self.runtime, Message(found.stream, found.key, found.value, found.headers))


STEPS = st.one_of(
    st.tuples(st.just("tell"), st.integers(0, 2)),
    st.tuples(st.just("tell"), st.integers(0, 2)),
    st.tuples(st.just("crash"), st.sampled_from(POINTS)),
    st.tuples(st.just("repeat"), st.integers(0, 50)),
    st.just(("advance",)),
    st.just(("restart",)),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The folder of an installation where nothing has happened yet."""
    folder = tmp_path_factory.mktemp("fresh")
    made = Stage(folder, None, None)
    made.open()
    made.close()
    return folder


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=14))
def test_crashes_repetitions_and_restarts_change_nothing_of_the_end(
    fresh, tmp_path_factory, steps: list[tuple]
):
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(fresh, folder, dirs_exist_ok=True)
    course = Course(Stage(folder, None, None))
    course.begin()
    course.stories = [story(course.runtime, title=str(uuid4())) for _ in range(3)]
    course.lines = dict.fromkeys(course.stories, 0)
    for name, *arguments in steps:
        getattr(course, name)(*arguments)
    settle(course.runtime)
    at_the_end(course)
    course.stage.close()
    shutil.rmtree(folder)


def at_the_end(course: Course) -> None:
    told = {story_id: n for story_id, n in course.lines.items() if n}
    assert counted(course.runtime) == told
    assert folded(course.runtime) == course.lines
    raised = {i for _, _, kind, i in facts(course.runtime) if "tally-raised" in kind}
    assert len(raised) == sum(told.values())
    assert rows(course.runtime, "counting", "SELECT * FROM dead_letters") == []
