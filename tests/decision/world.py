"""Decision in a temporary folder, with people and committees as directory would have told."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from flask.testing import FlaskClient

from services.decision import commands, queries, tables
from services.decision.events import AskedOf, Method, NoQuorum, TieRule
from services.decision.model import Way
from services.decision.service import service
from services.directory.mirror.views import (
    committees_view,
    grants_view,
    names_view,
    relays_view,
)
from services.language import STREAMS
from shared.kernel.rights import ANONYMOUS, SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.clock import LOCAL
from shared.store.timers import fire_due
from shared.testing.product import client, opened

PRODUCT = Product(names=("directory", "diagnostic", "decision"), streams=STREAMS)
_NAMES = UUID("c7c3e6b6-7a0a-4e4b-8ac2-2f1d3f4d6a10")

COMMITTEE, OTHER_COMMITTEE = uuid5(_NAMES, "cac 25"), uuid5(_NAMES, "cac 26")
CLOSED_COMMITTEE = uuid5(_NAMES, "cac 27")
RELAY, SECTOR = uuid5(_NAMES, "relay"), "Secteur Montagne"
SHADE, RAVINE = uuid5(_NAMES, "need shade"), uuid5(_NAMES, "need ravine")
NEEDS = [
    {"need_id": str(SHADE), "title": "De l’ombre", "weight": 60},
    {"need_id": str(RAVINE), "title": "Une ravine propre", "weight": 35},
]

PEOPLE = {
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEE}"),
    "second": ("Zoé Démo", "member", f"committee:{COMMITTEE}"),
    "third": ("Max Démo", "member", f"committee:{COMMITTEE}"),
    "lead": ("Rita Modèle", "lead", f"committee:{COMMITTEE}"),
    "stranger": ("Paul Ailleurs", "member", f"committee:{OTHER_COMMITTEE}"),
    "other_lead": ("Pia Ailleurs", "lead", f"committee:{OTHER_COMMITTEE}"),
    "old_lead": ("Léa Dissoute", "lead", f"committee:{CLOSED_COMMITTEE}"),
    "sector": ("Odile Secteur", "sector_officer", f"sector:{SECTOR}"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "elu": ("Ama Élue", "elu", f"committee:{COMMITTEE}"),
    "voirie": ("Inès Voirie", "department_agent", "department:Voirie"),
    "sports": ("Yann Sports", "department_agent", "department:Sports"),
    "annexe": ("Marie Annexe", "annexe_desk", "department:Mairie annexe"),
    "auditor": ("Anne Contrôle", "auditor", "city"),
}
READERS = ("member", "lead", "sector", "dpc", "elu", "auditor")
ELECTORS = ("member", "second", "third", "lead", "elu")


def person_id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def actor(name: str | None) -> Actor:
    if name is None:
        return ANONYMOUS
    if name == "system":
        return SYSTEM
    _, role, scope = PEOPLE[name]
    return Actor(person_id(name), (Grant(role, scope),))


class World:
    """A runtime whose mirror knows committees, people and roles."""

    def __init__(self, runtime: Runtime) -> None:
        # At ten in the morning, whatever the hour at which tests run: votes open and close at hours.
        ten = datetime.combine(runtime.clock.today(), time(10), LOCAL)
        runtime.clock.advance(ten - runtime.clock.now())
        self.runtime = runtime
        self.cases = runtime.use_cases["decision"]
        self.database = runtime.workplaces["decision"].database

    @property
    def today(self) -> date:
        return self.runtime.clock.today()

    def do(self, command: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.perform(command, actor=actor(who), **arguments)

    def ask(self, query: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    def people(self) -> None:
        committees = ((25, COMMITTEE), (26, OTHER_COMMITTEE), (27, CLOSED_COMMITTEE))
        with self.database.write() as connection:
            for number, committee in committees:
                values = {
                    "id": committee,
                    "number": number,
                    "name": f"CAC {number}",
                    "quartier": "Saint-Bernard",
                    "sector": SECTOR,
                    "closed_on": self.today if committee == CLOSED_COMMITTEE else None,
                }
                connection.execute(committees_view.insert(), values)
            for key, (name, role, scope) in PEOPLE.items():
                connection.execute(names_view.insert(), {"person": person_id(key), "name": name})
                connection.execute(
                    grants_view.insert(),
                    {"id": uuid4(), "person": person_id(key), "role": role, "scope": scope},
                )
            relay = {"id": RELAY, "organisation": "Association Exemple", "kind": "association"}
            relay |= {"sector": SECTOR, "brings": "Une salle", "identifier": "", "active": True}
            connection.execute(relays_view.insert(), relay)

    # a round

    def round(self, diagnostic_id: UUID | None = None) -> UUID:
        """Ideas opened by a published diagnostic."""
        self.do(
            commands.open_round_from_diagnostic,
            "system",
            committee_id=COMMITTEE,
            diagnostic_id=diagnostic_id or uuid4(),
            title="Autour de l’école",
            needs=NEEDS,
        )
        found = self.ask(queries.my_rounds, "system", committee_id=COMMITTEE)["items"]
        newest: UUID = max(row["id"] for row in found)
        return newest

    def said(self, title: str = "Jardin partagé", **changes: Any) -> dict[str, Any]:
        return {
            "title": title,
            "aims": "Planter ensemble.",
            "place": "Derrière l’école",
            "wished_from": self.today + timedelta(90),
            "wished_to": self.today + timedelta(104),
            "needs": [SHADE],
        } | changes

    def idea(
        self, round_id: UUID, title: str = "Jardin partagé", who: str = "member", **changes: Any
    ) -> UUID:
        made: UUID = self.do(
            commands.propose_idea, who, round_id=round_id, **self.said(title, **changes)
        )
        return made

    def code(self, round_id: UUID) -> str:
        return str(self.row(tables.rounds, round_id)["code"])

    def row(self, table: sa.Table, identity: UUID) -> dict[str, Any]:
        with self.database.read() as connection:
            query = sa.select(table).where(table.c.id == identity)
            return dict(connection.execute(query).mappings().one())

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

    def question(self, idea_id: UUID, who: str = "lead", **changes: Any) -> UUID:
        asked = {
            "asked_of": AskedOf.DEPARTMENT,
            "department": "Voirie",
            "question": "Peut-on fermer la rue ?",
            "answer_by": self.today + timedelta(10),
        }
        made: UUID = self.do(commands.ask_advice, who, idea_id=idea_id, **(asked | changes))
        return made

    # a vote

    def rules(self, **changes: Any) -> dict[str, Any]:
        return {
            "method": Method.PLURALITY,
            "voters": ["members", "elus"],
            "quorum_percent": 50,
            "no_quorum": NoQuorum.EXTEND_ONCE,
            "tie": TieRule.HEAVIEST_NEED,
            "opens_on": self.today,
            "closes_on": self.today + timedelta(7),
            "meeting_on": self.today,
        } | changes

    def charter(self, round_id: UUID, **changes: Any) -> UUID:
        made: UUID = self.do(
            commands.prepare_charter, "member", round_id=round_id, **self.rules(**changes)
        )
        return made

    def adopt(self, charter_id: UUID, who: str = "lead", **changes: Any) -> str:
        said = {"agreed": "Réunion à la case, à main levée", "agreed_on": self.today}
        found: str = self.do(commands.adopt_charter, who, charter_id=charter_id, **(said | changes))
        return found

    def vote(self, *titles: str, **rules: Any) -> "Voting":
        """An open vote on ideas called ``titles``."""
        round_id = self.round()
        ideas = [self.idea(round_id, title) for title in titles or ("Jardin", "Kabar")]
        self.adopt(self.charter(round_id, **rules))
        vote_id = self.do(commands.open_vote, "lead", round_id=round_id)
        return Voting(self, round_id, vote_id, ideas)

    def card(self, **changes: Any) -> dict[str, Any]:
        wanted = {"committee_id": COMMITTEE, "college": "residents"} | changes
        found: dict[str, Any] = self.do(commands.give_card, "annexe", **wanted)
        return found

    def later(self, days: float) -> None:
        """Time passes, and what it calls for happens."""
        self.runtime.clock.advance(timedelta(days))
        self.fire()

    def fire(self) -> None:
        fire_due(self.runtime.workplaces["decision"], service.timers)

    # what it said

    def outbox(self) -> list[tuple[str, dict[str, Any]]]:
        """What waits in the outbox, in order: short types and data."""
        from shared.store.tables import outbox

        with self.database.read() as connection:
            found = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings().all()
        return [(row["type"].split(".")[2], json.loads(row["payload"])) for row in found]

    def facts(self) -> list[str]:
        return [kind for kind, _ in self.outbox() if kind != "notice-issued"]

    def fact(self, kind: str) -> dict[str, Any]:
        """The last fact of its kind."""
        return [data for name, data in self.outbox() if name == kind][-1]

    def told(self, who: str) -> list[str]:
        """What ``who`` was told, in order."""
        notices = [data for kind, data in self.outbox() if kind == "notice-issued"]
        return [data["text"] for data in notices if data["person"] == str(person_id(who))]

    def browser(self, who: str | None) -> FlaskClient:
        """The browser of ``who``, signed in now; nobody's without a name."""
        return client(self.runtime, "decision", actor(who) if who else None)

    def page(self, who: str | None, path: str, status: int = 200) -> str:
        response = self.browser(who).get(path)
        assert response.status_code == status, response.text[:2000]
        return response.text


class Voting:
    """An open vote of a world."""

    def __init__(self, world: World, round_id: UUID, vote_id: UUID, ideas: list[UUID]) -> None:
        self.world, self.round_id, self.id, self.ideas = world, round_id, vote_id, ideas

    @property
    def row(self) -> dict[str, Any]:
        return self.world.row(tables.votes, self.id)

    @property
    def round(self) -> dict[str, Any]:
        return self.world.row(tables.rounds, self.round_id)

    def cast(self, who: str, *places: int, **changes: Any) -> None:
        """Vote for the ideas at ``places``; for none of them, blank."""
        given = {"choices": [self.ideas[n] for n in places], "blank": not places} | changes
        self.world.do(commands.cast_ballot, who, vote_id=self.id, **given)

    def with_card(self, card: dict[str, Any], *places: int, **changes: Any) -> None:
        given = {
            "code": self.world.code(self.round_id),
            "number": card["number"],
            "secret": card["secret"],
            "choices": [self.ideas[n] for n in places],
            "blank": not places,
        }
        self.world.do(commands.cast_card_ballot, None, **(given | changes))

    def elector(self, who: str) -> UUID:
        rows = self.world.rows(tables.electors)
        found: UUID = next(
            r["id"] for r in rows if r["vote_id"] == self.id and r["who"] == person_id(who)
        )
        return found

    def count(
        self, present: list[str], voices: dict[int, int], who: str = "lead", **more: Any
    ) -> UUID:
        given = {
            "way": Way.HANDS,
            "present": [self.elector(name) for name in present],
            "voices": {self.ideas[n]: got for n, got in voices.items()},
        }
        made: UUID = self.world.do(commands.enter_count, who, vote_id=self.id, **(given | more))
        return made

    def confirmed(self, present: list[str], voices: dict[int, int], **more: Any) -> UUID:
        made = self.count(present, voices, **more)
        self.world.do(commands.confirm_count, "second", count_id=made)
        return made

    def close(self, who: str = "lead", **more: Any) -> None:
        self.world.do(commands.close_vote, who, vote_id=self.id, **more)

    def end(self) -> None:
        """The hour of the closing comes."""
        self.world.later(8)

    def close_now(self) -> None:
        """Close and count as the timer would, without waiting for it."""
        from services.decision.commands.votes import end_vote

        with self.world.database.write() as connection:
            late = self.world.runtime.clock.now() - timedelta(1)
            here = tables.votes.c.id == self.id
            connection.execute(tables.votes.update().where(here).values(closes_at=late))
        self.world.do(end_vote, "system", subject=self.id)

    def counts(self) -> dict[str, int]:
        return {row["title"]: row["voices"] for row in self.row["counts"] or ()}


def a_world(folder: Path, **settings: Any) -> World:
    world = World(opened(PRODUCT, folder, ["decision"], **settings))
    world.people()
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(PRODUCT.runtime(settings, ["decision"]))
