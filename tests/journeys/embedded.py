"""The stage in one process: all services mounted behind the gateway, no thread, no waiting."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from werkzeug.test import Client

from services.__main__ import product
from services.directory import demonstration
from shared.run.demonstration import performer, settle
from shared.run.runtime import Runtime
from shared.testing.product import opened
from tests.journeys.program import Program
from tests.journeys.visitor import Answer, Visitor

# In one process nothing gets better by being asked again.
AT_ONCE = 0.0


class MountedVisitor(Visitor):
    """A browser whose requests reach the WSGI application itself."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__("http://localhost")
        self._client = Client(runtime.front, use_cookies=False)

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[Answer, list[str]]:
        response = self._client.open(path, method=method, data=body, headers=dict(headers))
        answer = Answer(response.status_code, dict(response.headers), response.data, path)
        return answer, response.headers.getlist("Set-Cookie")


class EmbeddedStage:
    """The product in ``folder``, with the people of the demonstration."""

    def __init__(self, folder: Path) -> None:
        self.runtime = opened(product, folder, demonstration=True)
        directory = self.runtime.workplaces["directory"].database
        with directory.read() as connection:
            empty = connection.execute(sa.text("SELECT count(*) FROM committees")).scalar() == 0
        if empty:
            demonstration.cast(performer(self.runtime, product.service("directory")))
            settle(self.runtime)
        self.asleep: set[str] = set()

    def enter(self, person: UUID) -> Program:
        visitor = MountedVisitor(self.runtime)
        assert visitor.post(f"/directory/personas/{person}", follow=False).status == 303
        return Program(visitor, AT_ONCE)

    def nobody(self) -> Program:
        return Program(MountedVisitor(self.runtime), AT_ONCE)

    def today(self) -> date:
        return self.runtime.clock.today()

    def closing(self) -> datetime:
        return self.runtime.clock.now() + timedelta(minutes=2)

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        self.rest()
        found = condition()
        assert found, what
        return found

    def confirms(self, condition: Callable[[], Any], what: str) -> None:
        self.eventually(condition, what)

    def rest(self) -> None:
        settle(self.runtime, self.asleep)

    def passes(self, moment: datetime) -> None:
        self.runtime.clock.advance(max(timedelta(), moment - self.runtime.clock.now()))

    def leap(self, moment: datetime) -> None:
        self.passes(moment)
        self.rest()
