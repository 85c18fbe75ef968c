"""Communication in a temporary folder, with people and a committee whose action is chosen."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from flask.testing import FlaskClient

from services.communication import commands, queries, tables
from services.communication.events import Channel
from services.communication.model import Colours, Paper, Support
from services.decision import events as decision
from services.directory.mirror.views import committees_view, grants_view, names_view
from services.language import STREAMS, Fact
from services.planning import events as planning
from shared.kernel.rights import ANONYMOUS, SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.tables import outbox
from shared.store.unit_of_work import UnitOfWork
from shared.store.workplace import Envelope
from shared.testing.product import client, opened

PRODUCT = Product(names=("directory", "communication"), streams=STREAMS)
PDF, PNG = b"%PDF-1.7 un BAT", b"\x89PNG\r\n\x1a\n un BAT"
_NAMES = UUID("7d2f5b5e-52a0-4a4e-9f0f-6d6fbb4f6f10")

COMMITTEE, OTHER_COMMITTEE = uuid5(_NAMES, "cac 31"), uuid5(_NAMES, "cac 32")
ACTION, OTHER_ACTION = uuid5(_NAMES, "action 31"), uuid5(_NAMES, "action 32")
JOURNEY = uuid5(_NAMES, "journey 31")
SECTOR = "Secteur Chaudron"

PEOPLE = {
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEE}"),
    "lead": ("Rita Modèle", "lead", f"committee:{COMMITTEE}"),
    "stranger": ("Paul Ailleurs", "lead", f"committee:{OTHER_COMMITTEE}"),
    "sector": ("Nadia Secteur", "sector_officer", f"sector:{SECTOR}"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "elu": ("Ama Élue", "elu", f"committee:{COMMITTEE}"),
    "printer": ("Noé Modèle", "print_service", "department:Communication"),
    "agent": ("Inès Essai", "department_agent", "department:Voirie"),
    "auditor": ("Anne Contrôle", "auditor", "city"),
}


def person_id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def actor(name: str | None) -> Actor:
    if name is None:
        return SYSTEM
    if name == "nobody":
        return ANONYMOUS
    _, role, scope = PEOPLE[name]
    return Actor(person_id(name), (Grant(role, scope),))


class World:
    """A runtime whose mirror knows committees and people; facts of others are told by hand."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.cases = runtime.use_cases["communication"]
        self.workplace = runtime.workplaces["communication"]
        self.database = self.workplace.database

    @property
    def today(self) -> date:
        return self.runtime.clock.today()

    def day(self, days: int) -> date:
        return self.today + timedelta(days)

    def do(self, command: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.perform(command, actor=actor(who), **arguments)

    def ask(self, query: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    def browser(self, who: str) -> FlaskClient:
        return client(self.runtime, "communication", actor(who))

    def page(self, who: str, path: str, status: int = 200) -> str:
        response = self.browser(who).get(path)
        assert response.status_code == status, response.text[:2000]
        return response.text

    def people(self) -> None:
        with self.database.write() as connection:
            for number, committee in ((31, COMMITTEE), (32, OTHER_COMMITTEE)):
                values = {
                    "id": committee,
                    "number": number,
                    "name": f"CAC {number}",
                    "quartier": "Le Chaudron",
                    "sector": SECTOR,
                }
                connection.execute(committees_view.insert(), values)
            for key, (name, role, scope) in PEOPLE.items():
                connection.execute(names_view.insert(), {"person": person_id(key), "name": name})
                connection.execute(
                    grants_view.insert(),
                    {"id": uuid4(), "person": person_id(key), "role": role, "scope": scope},
                )

    # what others say

    def hears(self, fact: Fact, event_id: UUID | None = None) -> None:
        """Let the policy of a fact react to it, as the worker would, in one transaction."""
        from services.communication.service import service

        cause = Envelope(
            id=event_id or uuid4(),
            type=fact.type,
            source="test",
            time=self.runtime.clock.now(),
            key=fact.key(),
            thread=fact.thread(),
            event=fact,
            correlation_id=JOURNEY,
        )
        react: Any = service.reacts[type(fact)]
        with self.database.write() as connection:
            uow = UnitOfWork(self.workplace, connection)
            uow.handling(cause, react.__name__)
            react(uow, fact)
            uow.finish()

    def chosen(self, committee: UUID = COMMITTEE, action: UUID = ACTION) -> UUID:
        self.hears(
            decision.ActionChosen(
                committee_id=committee,
                action_id=action,
                idea_id=uuid5(_NAMES, "idea"),
                round_id=uuid5(_NAMES, "round"),
                title="Fête de quartier",
                aims="Que les familles se rencontrent",
                needs=(),
                conditions=(),
                wished_from=self.day(80),
                wished_to=self.day(110),
                place="Le Chaudron",
                result=(),
                why="Le plus de voix",
            )
        )
        return action

    def planned(self, day: date | None = None, action: UUID = ACTION) -> None:
        self.hears(
            planning.PlanAdopted(
                committee_id=COMMITTEE,
                action_id=action,
                title="Fête de quartier",
                day=day or self.day(100),
                fallback_day=None,
                place="Place du marché",
                lead=person_id("lead"),
            )
        )

    def needed(self, need_id: UUID | None = None, **changes: Any) -> UUID:
        """Planning needs a print; gives the id of its request."""
        values: dict[str, Any] = {
            "committee_id": COMMITTEE,
            "action_id": ACTION,
            "need_id": need_id or uuid4(),
            "title": "Flyers de la fête",
            "support": planning.Support.FLYER,
            "quantity": 300,
            "page_format": "A5",
            "place": "Case du Chaudron",
            "needed_by": self.day(70),
            "requested_by": person_id("member"),
            "owner": person_id("lead"),
        }
        fact = planning.PrintNeeded(**(values | changes))
        self.hears(fact)
        return self.request_of(fact.need_id)

    def need_fact(self, cls: Any, need_id: UUID, **facts: Any) -> None:
        self.hears(cls(committee_id=COMMITTEE, action_id=ACTION, need_id=need_id, **facts))

    # what people do

    def strategy(self, **changes: Any) -> int:
        values: dict[str, Any] = {
            "targets": [{"public": "Les familles", "place": "École", "message": "Venez !"}],
            "channels": [Channel.SCHOOLS],
            "supports": [{"support": Support.FLYER, "quantity": 300}],
            "gates": ["plan", "flyer"],
            "zones": ["Rue des Manguiers"],
            "agreed": "Réunion du comité, à main levée",
        }
        edition: int = self.do(
            commands.adopt_strategy, "lead", campaign_id=ACTION, **(values | changes)
        )
        return edition

    def brief(self, **changes: Any) -> dict[str, Any]:
        whole: dict[str, Any] = {
            "title": "Flyers de la fête",
            "support": Support.FLYER,
            "quantity": 300,
            "page_format": "A5",
            "colours": Colours.FULL,
            "paper": Paper.WHITE,
            "text": "Fête de quartier, samedi, place du marché",
            "zones": "Familles, autour de l’école",
            "place": "Case du Chaudron",
            "needed_by": self.day(70),
            "contact": person_id("member"),
            "logo": "Logo 2024",
            "printer_mention": True,
            "french_text": True,
            "image_rights": True,
        }
        return whole | changes

    def requested(self, **changes: Any) -> UUID:
        made: UUID = self.do(
            commands.open_print,
            "member",
            campaign_id=ACTION,
            send=True,
            brief=self.brief(**changes),
        )
        return made

    def accepted(self, hours: str = "8", **changes: Any) -> UUID:
        request_id = self.requested(**changes)
        self.do(commands.accept_print, "printer", request_id=request_id, hours=Decimal(hours))
        return request_id

    def first_week(self, request_id: UUID) -> date:
        card = self.ask(queries.print_request, "printer", request_id=request_id)
        week: date = card["tried"]["fit"].monday
        return week

    def placed(self, hours: str = "8", **changes: Any) -> UUID:
        request_id = self.accepted(hours, **changes)
        self.place(request_id)
        return request_id

    def place(self, request_id: UUID, week: date | None = None, **options: Any) -> Any:
        week = week or self.first_week(request_id)
        return self.do(
            commands.schedule_print, "printer", request_id=request_id, week=week, **options
        )

    def proofed(self, file: bytes = PDF, **changes: Any) -> UUID:
        request_id = self.placed(**changes)
        self.do(commands.publish_proof, "printer", request_id=request_id, file=file)
        return request_id

    def seen(self, request_id: UUID) -> str:
        card = self.ask(queries.print_request, "lead", request_id=request_id)
        sha256: str = card["current"]["sha256"]
        return sha256

    def approve(self, request_id: UUID) -> None:
        seen = self.seen(request_id)
        self.do(commands.approve_proof, "lead", request_id=request_id, seen=seen)

    def delivered(self, quantity: int = 300, **changes: Any) -> UUID:
        request_id = self.proofed(**changes)
        self.approve(request_id)
        self.deliver(request_id, quantity)
        return request_id

    def deliver(self, request_id: UUID, quantity: int = 300) -> None:
        values = {"request_id": request_id, "quantity": quantity, "on": self.today}
        self.do(commands.deliver_prints, "printer", **values)

    # what is there

    def request_of(self, need_id: UUID) -> UUID:
        r = tables.print_requests
        with self.database.read() as connection:
            found: UUID = connection.execute(
                sa.select(r.c.id).where(r.c.need_id == need_id)
            ).scalar_one()
        return found

    def row(self, request_id: UUID) -> dict[str, Any]:
        r = tables.print_requests
        with self.database.read() as connection:
            query = sa.select(r).where(r.c.id == request_id)
            return dict(connection.execute(query).mappings().one())

    def state(self, request_id: UUID) -> str:
        return str(self.row(request_id)["state"])

    def campaign(self) -> dict[str, Any]:
        c = tables.campaigns
        with self.database.read() as connection:
            query = sa.select(c).where(c.c.id == ACTION)
            return dict(connection.execute(query).mappings().one())

    def weeks(self) -> dict[date, dict[str, Any]]:
        with self.database.read() as connection:
            found = connection.execute(sa.select(tables.weeks)).mappings()
            return {row["monday"]: dict(row) for row in found}

    def slots(self) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(sa.select(tables.slots)).mappings()]

    def facts(self) -> list[str]:
        """The types of what waits in the outbox, in order, without notices to people."""
        with self.database.read() as connection:
            found = connection.execute(sa.select(outbox.c.type).order_by(outbox.c.id))
            types = [row.type.split(".") for row in found]
        return [parts[2] for parts in types if parts[1] == "communication"]


def a_world(folder: Path, **settings: Any) -> World:
    runtime = opened(PRODUCT, folder, ["communication"], **settings)
    world = World(runtime)
    world.people()
    world.chosen()
    world.planned()
    for support in Support:
        world.do(
            commands.set_offer,
            None,
            support=support,
            hours=Decimal(8),
            conception=5,
            review=6,
            proof=2,
            printing=3,
            delivery=1,
        )
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(PRODUCT.runtime(settings, ["communication"]))
