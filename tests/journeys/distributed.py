"""The stage of many processes: those of docker-compose.yml, reached through the gateway."""

from collections.abc import Callable, Iterator
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
        self._open_for = timedelta(seconds=seconds)
        self._clock = Clock()

    def enter(self, person: UUID) -> Program:
        visitor = self.installation.visitor()
        assert visitor.post(f"/directory/personas/{person}", follow=False).status == 303
        return Program(visitor, PATIENCE)

    def today(self) -> date:
        return self._clock.today()

    def closing(self) -> datetime:
        return self._clock.now() + self._open_for

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        return until(condition, PATIENCE, what)

    def rest(self) -> None:
        at_rest(self.installation)


def at_rest(installation: Installation) -> None:
    """Wait until nothing moves: what the processes share says so, not a clock."""
    settings = Settings.read(installation.environment("demonstration"))
    runtime = product.runtime(settings)
    try:
        wait_for_rest(runtime, PATIENCE)
    finally:
        runtime.close()


class Killer:
    """Ends parts while the journey goes on; each is started again, as Compose would."""

    def __init__(self, installation: Installation, plan: dict[str, str]) -> None:
        self._installation = installation
        self._plan = plan
        self._hands = ThreadPoolExecutor(len(plan))
        self._under_way: list[Future[None]] = []
        self.killed: list[str] = []

    def before(self, step: str) -> None:
        """What the plan says for this step, at the same time as the step itself."""
        if step in self._plan:
            name = self._plan[step]
            self.killed.append(name)
            self._under_way.append(self._hands.submit(self._end, name))

    def finish(self) -> None:
        """Everything is there again; raises what went wrong with a start."""
        for one in self._under_way:
            one.result(PATIENCE)
        self._hands.shutdown()

    def _end(self, name: str) -> None:
        part = self._installation.part(name)
        if name == "gateway":
            self._installation.gateway.reload()
        elif name == "postgresql":
            part.restart()
        else:
            part.kill()
            part.start()


@contextmanager
def stopped(part: Part) -> Iterator[None]:
    """While a part is stopped."""
    part.stop()
    try:
        yield
    finally:
        part.start()
