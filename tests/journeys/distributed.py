"""The stage of many processes: those of docker-compose.yml, reached through the gateway."""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.__main__ import product
from shared.run.demonstration import wait_for_rest
from shared.run.settings import Settings
from shared.store.clock import Clock
from shared.testing.part import Part
from shared.testing.until import until
from tests.deploy.composed import Installation
from tests.journeys.program import Program

PATIENCE = 120.0


class DistributedStage:
    """People in front of an installation."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.hands_off = threading.Lock()
        """Held by whoever ends and starts processes."""

    def enter(self, person: UUID) -> Program:
        visitor = self.installation.visitor()

        def entered() -> bool:
            return visitor.post(f"/directory/personas/{person}", follow=False).status == 303

        until(entered, PATIENCE, "somebody enters")
        return Program(visitor, PATIENCE)

    def nobody(self) -> Program:
        return Program(self.installation.visitor(), PATIENCE)

    @property
    def _clock(self) -> Clock:
        return Clock(self.installation.ahead.total_seconds())

    def today(self) -> date:
        return self._clock.today()

    def closing(self) -> datetime:
        return self._clock.now() + timedelta(minutes=5)

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        return until(condition, PATIENCE, what)

    def confirms(self, condition: Callable[[], Any], what: str) -> None:
        self.eventually(condition, what)

    def rest(self) -> None:
        at_rest(self.installation)

    def passes(self, moment: datetime) -> None:
        further = moment - self._clock.now()
        if further > timedelta():
            with self.hands_off:
                self.installation.leap(self.installation.ahead + further)

    def leap(self, moment: datetime) -> None:
        self.passes(moment)
        self.rest()


def at_rest(installation: Installation) -> None:
    """Wait until nothing moves: what the processes share says so, not a clock.

    Whoever looks may themselves be cut off by a database that ends meanwhile: they look again.
    """
    settings = Settings.read(installation.environment("demonstration"))

    def rested() -> bool:
        runtime = product.runtime(settings)
        try:
            wait_for_rest(runtime, PATIENCE)
        finally:
            runtime.close()
        return True

    until(rested, PATIENCE, "everything is at rest")


class Killer:
    """Ends parts while a journey goes on; as Compose, starts them again.

    With every second step dies a process, each once, in an order of chance. What they stand on
    ends at the steps of ``plan``. It happens beside the steps, never two at once, nor while time
    leaps: the machine is small.
    """

    def __init__(self, stage: DistributedStage, plan: Mapping[str, str], seed: int) -> None:
        self._installation, self._plan = stage.installation, plan
        self._turn = stage.hands_off
        self._to_die = list(self._installation.processes)
        random.Random(seed).shuffle(self._to_die)
        self._steps = 0
        self._hands = ThreadPoolExecutor(2)
        self._under_way: list[Future[None]] = []
        self.killed: list[str] = []

    def before(self, step: str) -> None:
        """What dies with this step."""
        if step in self._plan:
            self._under_way.append(self._hands.submit(self._end, self._plan[step]))
        if self._steps % 2 == 0 and self._to_die:
            self._under_way.append(self._hands.submit(self._end, self._to_die.pop()))
        self._steps += 1

    def finish(self) -> None:
        """Everything is there again; raises what went wrong with a start."""
        for one in self._under_way:
            one.result(PATIENCE)
        self._hands.shutdown()

    def _end(self, name: str) -> None:
        with self._turn:
            part = self._installation.part(name)
            if name == "gateway":
                self._installation.gateway.reload()
            elif name == "postgresql":
                part.restart()
            else:
                part.kill()
                part.start()
            self.killed.append(name)


@contextmanager
def stopped(part: Part) -> Iterator[None]:
    """While a part is stopped."""
    part.stop()
    try:
        yield
    finally:
        part.start()
