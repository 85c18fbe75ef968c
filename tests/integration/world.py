"""Integration in a temporary folder, fed with facts as the other services tell them."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from flask.testing import FlaskClient

from services.__main__ import product
from services.directory.events import CommitteeCreated, PersonErased, PersonNamed, RoleGranted
from services.integration import commands, queries
from services.integration.service import service
from services.planning.events import ActionDayMoved, ServiceNeeded
from services.procurement.events import InvoicePaid
from shared.kernel.event import Event
from shared.kernel.rights import ANONYMOUS, SYSTEM, Actor, Grant
from shared.log import wire
from shared.log.event_log import Message
from shared.run.demonstration import settle
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.timers import fire_due
from shared.store.workplace import Envelope
from shared.testing.product import client, opened

_NAMES = UUID("c1d0a35e-52a0-4a4e-9f0f-6d6fbb4f6f77")
SECTORS = ("Secteur Est", "Secteur Ouest", "Secteur Montagne")
COMMITTEES = [uuid5(_NAMES, f"cac {n}") for n in range(6)]
ALL_TYPES = ["cac.directory.*", "cac.planning.*", "cac.procurement.*", "cac.diagnostic.*"]
ALL_TYPES += ["cac.decision.*", "cac.communication.*"]

PEOPLE = {
    "administrator": ("Alain Technique", "administrator", "city"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEES[0]}"),
    "agent": ("Inès Voirie", "department_agent", "department:Voirie"),
}


def person_id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def actor(name: str | None) -> Actor:
    if name is None:
        return ANONYMOUS
    if name == "system":
        return SYSTEM
    _, role, scope = PEOPLE[name]
    return Actor(person_id(name), (Grant(role, scope),))


def sector_of(number: int) -> str:
    return SECTORS[number % len(SECTORS)]


def fact(kind: type[Event], committee: UUID | None, **more: Any) -> Event:
    """The example of ``kind`` about a committee."""
    made: Any = queries.example_of(kind)

    told: Event = dataclasses.replace(made, committee_id=committee, action_id=None, by=None, **more)
    return told


def sealed(event: Event, at: datetime, identity: UUID | None = None) -> Message:
    """``event`` as its relay would put it on the log."""
    owner = event.type.split(".")[1]
    envelope = Envelope(
        id=identity or uuid4(),
        type=event.type,
        source=f"https://ville.example/{owner}",
        time=at,
        key=event.key(),
        thread=event.thread(),
        event=event,
    )
    told = wire.seal(envelope)
    return Message(told.stream, told.key.encode(), told.payload, wire.unpack_headers(told.headers))


class World:
    """A runtime of integration alone; other services speak through its log."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.cases = runtime.use_cases["integration"]
        self.database = runtime.workplaces["integration"].database
        self._ago = 0

    def do(self, command: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.perform(command, actor=actor(who), **arguments)

    def ask(self, query: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    # facts

    def say(self, *events: Event, settled: bool = True) -> None:
        """Put facts on the log, in this order, as their services would."""
        now = self.runtime.clock.now()
        messages = []
        for event in events:
            self._ago += 1
            messages.append(sealed(event, now + timedelta(milliseconds=self._ago)))
        self.runtime.log.send(messages).wait(10)
        if settled:
            settle(self.runtime)

    def people(self) -> None:
        """Six committees in three sectors, and those who keep the installation."""
        told: list[Event] = [
            CommitteeCreated(
                committee_id=committee,
                name=f"CAC {number}",
                quartier=f"Quartier {number}",
                sector=sector_of(number),
                number=number,
            )
            for number, committee in enumerate(COMMITTEES)
        ]
        for key, (name, role, scope) in PEOPLE.items():
            told.append(PersonNamed(person=person_id(key), name=name))
            given: Any = {"person": person_id(key), "role": role, "scope": scope}
            told.append(RoleGranted(grant_id=uuid5(_NAMES, f"grant {key}"), **given))
        self.say(*told)

    def some(self, number: int) -> list[Event]:
        """Facts of three types over the committees and the city."""
        kinds = (ServiceNeeded, ActionDayMoved, InvoicePaid)
        return [
            fact(kinds[n % 3], None if n % 7 == 6 else COMMITTEES[n % len(COMMITTEES)])
            for n in range(number)
        ]

    def erase(self, name: str) -> None:
        self.say(PersonErased(person=person_id(name)))

    # grants and reading

    def granted(self, **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "name": "Progiciel financier",
            "department": "Direction des Finances",
            "types": ALL_TYPES,
            "scopes": ["city"],
        }
        made: UUID = self.do(commands.grant_feed, "administrator", **(values | changes))
        return made

    def key(self, grant_id: UUID | None = None, **changes: Any) -> str:
        """A key of ``grant_id``, or of a new grant with these terms."""
        grant_id = grant_id or self.granted(**changes)
        issued = self.do(commands.issue_key, "administrator", grant_id=grant_id)
        return str(issued.key)

    def feed(self, key: str, **asked: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.ask(queries.feed, None, key=key, **asked)
        return found

    def all_of(self, key: str, limits: Iterable[int] = (), **asked: Any) -> list[dict[str, Any]]:
        """Page after page until the end, each of the size that ``limits`` gives next."""
        found, after, sizes = [], None, iter(limits)
        while True:
            page = self.feed(key, after=after, limit=next(sizes, 50), **asked)
            found += page["items"]
            after = page["next"]
            if not page["more"]:
                return found

    def later(self, **by: Any) -> None:
        """Time passes, and what it calls for happens."""
        self.runtime.clock.advance(timedelta(**by))
        fire_due(self.runtime.workplaces["integration"], service.timers)

    # over HTTP

    def browser(self, who: str | None = None) -> FlaskClient:
        return client(self.runtime, "integration", actor(who) if who else None)

    def read(self, key: str | None, query: str = "", **headers: str) -> Any:
        """What a department's system gets of the feed."""
        if key:
            headers["Authorization"] = f"Bearer {key}"
        return self.browser().get(f"/events{query}", headers=headers)


def a_world(folder: Path, **settings: Any) -> World:
    world = World(opened(product, folder, ["integration"], **settings))
    world.people()
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(product.runtime(settings, ["integration"]))
