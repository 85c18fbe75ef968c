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
    """People in front of an installation; ``seconds`` is how long quotes may be sent."""

    def __init__(self, installation: Installation, seconds: float = 6.0) -> None:
        self.installation = installation
        self.hands_off = threading.Lock()
        """Held by whoever ends and starts processes."""
        self._open_for = timedelta(seconds=seconds)

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
        return self._clock.now() + self._open_for

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        return until(condition, PATIENCE, what)

    def confirms(self, condition: Callable[[], Any], what: str) -> None:
        self.eventually(condition, what)

    def rest(self) -> None:
        at_rest(self.installation)

    def leap(self, moment: datetime) -> None:
        further = moment - self._clock.now()
        if further > timedelta():
            with self.hands_off:
                self.installation.leap(self.installation.ahead + further)
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
    """Ends parts while a journey goes on, each in an order of chance; as Compose, starts them again.

    Processes die every few seconds. What they stand on ends at the steps of ``plan``. Two never
    happen at once, nor while time leaps: the machine is small.
    """

    SECONDS = 2.0

    def __init__(self, stage: DistributedStage, plan: Mapping[str, str], seed: int) -> None:
        self._installation, self._plan = stage.installation, plan
        self._turn = stage.hands_off
        self._chance = random.Random(seed)
        self._over = threading.Event()
        self._hands = ThreadPoolExecutor(2)
        self._under_way: list[Future[None]] = []
        self.killed: list[str] = []

    def before(self, step: str) -> None:
        """With the first step it begins; what the plan says happens beside the step itself."""
        if not self._under_way:
            self._under_way.append(self._hands.submit(self._rage))
        if step in self._plan:
            self._under_way.append(self._hands.submit(self._end, self._plan[step]))

    def _rage(self) -> None:
        """Each process once in an order of chance, then once more in another, until it is over."""
        while True:
            names = list(self._installation.processes)
            self._chance.shuffle(names)
            for name in names:
                if self._over.wait(self.SECONDS):
                    return
                self._end(name)

    def finish(self) -> None:
        """Everything is there again; raises what went wrong with a start."""
        self._over.set()
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
