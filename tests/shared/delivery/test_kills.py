"""Processes are killed at the worst points: nothing is lost, nothing has its effect twice."""

import itertools
import json
import signal
import urllib.error
import urllib.request
from uuid import UUID, uuid4

import pytest

from shared.run.runtime import Runtime
from shared.testing.part import free_port
from shared.testing.until import until
from tests.shared.delivery.company import Company
from tests.shared.delivery.stage import (
    CHIEF,
    Stage,
    counted,
    facts,
    folded,
    in_order,
    rows,
    story,
    tell,
)
from tests.shared.sample.telling import commands

RECOVERY = 15
POINTS = ["relay:sent", "worker:before-commit", "worker:committed"]


def everything_arrived(runtime: Runtime, expected: dict[UUID, int]) -> None:
    """All was counted, by the fold and by the policy, once; and said on, in order, once."""
    until(lambda: counted(runtime) == folded(runtime) == expected, RECOVERY, "all counted")
    assert rows(runtime, "counting", "SELECT * FROM dead_letters") == []
    until(lambda: rows(runtime, "counting", "SELECT * FROM outbox") == [], RECOVERY)
    said = facts(runtime)
    raised = {identity for _, _, kind, identity in said if "tally-raised" in kind}
    assert len(raised) == sum(expected.values())
    in_order(runtime)


def test_workers_killed_at_every_point_lose_nothing_and_repeat_nothing(real: Stage):
    runtime = real.open()
    expected: dict[UUID, int] = {}

    def more() -> None:
        for _ in range(3):
            expected[story(runtime, "a", "b", "c")] = 3
        for told in list(expected)[:3]:
            tell(runtime, commands.tell_line, story_id=told, text="again")
            expected[told] += 1

    with Company(real) as company:
        more()
        for name, after in itertools.product(POINTS[:1], ["1", "2"]):
            doomed = company.start("worker", "telling", "--die", name, "--after", after)
            if after == "2":
                doomed.ready()
                more()
            doomed.died()
        company.start("worker", "telling")
        for name in POINTS:
            more()
            company.start("worker", "counting", "--die", name).died()
        more()
        company.start("worker", "counting").ready()
        everything_arrived(runtime, expected)


def test_the_embedded_process_killed_at_every_point_loses_nothing(embedded: Stage):
    runtime = embedded.open()
    expected: dict[UUID, int] = {}
    with Company(embedded) as company:
        for name in POINTS:
            expected[story(runtime, "a", "b", "c")] = 3
            company.start("everything", "--die", name).died()
        expected[story(runtime, "a")] = 1
        company.start("everything").ready()
        everything_arrived(runtime, expected)


def test_a_request_cut_off_between_commit_and_reply_is_done_once_when_repeated(stage: Stage):
    runtime = stage.open()
    port = free_port()
    key = str(uuid4())
    with Company(stage) as company:
        arguments = ("web", "telling", "--port", str(port))
        doomed = company.start(*arguments, "--die", "web:committed").ready()
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            _post(runtime, port, key, "cut off")
        doomed.died()
        company.start(*arguments).ready()
        first = _post(runtime, port, key, "cut off")
        assert _post(runtime, port, key, "cut off") == first
        assert rows(runtime, "telling", "SELECT title FROM stories") == [{"title": "cut off"}]
        with pytest.raises(urllib.error.HTTPError) as refused:
            _post(runtime, port, key, "something else")
        assert refused.value.code == 422
        refused.value.close()


def _post(runtime: Runtime, port: int, key: str, title: str) -> dict[str, str]:
    from shared.testing.product import signed
    from shared.web.tokens import HEADER

    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/telling/api/v1/stories",
        json.dumps({"title": title}).encode(),
        {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            HEADER: signed(runtime, CHIEF),
        },
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def test_a_worker_stalled_past_its_session_finds_itself_replaced_and_repeats_nothing(real: Stage):
    runtime = real.open()
    with Company(real) as company:
        company.start("worker", "telling")
        stalled = company.start("worker", "counting").ready()
        stories = [story(runtime, "a") for _ in range(6)]
        everything_arrived(runtime, dict.fromkeys(stories, 1))
        stalled.signal(signal.SIGSTOP)
        company.start("worker", "counting", replica="two").ready()
        for told in stories:
            tell(runtime, commands.tell_line, story_id=told, text="b")
        # The session lasts ten seconds; then the other has all partitions.
        until(lambda: counted(runtime) == dict.fromkeys(stories, 2), 10 + RECOVERY)
        stalled.signal(signal.SIGCONT)
        for told in stories:
            tell(runtime, commands.tell_line, story_id=told, text="c")
        everything_arrived(runtime, dict.fromkeys(stories, 3))
