"""Planning in a temporary folder, one morning of June 2027, with an action that was chosen."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa
from flask.testing import FlaskClient

from services.decision import events as decision
from services.directory.mirror.views import (
    committees_view,
    grants_view,
    names_view,
    relays_view,
)
from services.language import STREAMS, Fact
from services.planning import commands, queries, tables
from services.planning.events import SupplyKind, Support
from services.planning.service import service
from services.procurement import events as procurement
from shared.kernel.rights import ANONYMOUS, SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.clock import Clock
from shared.store.tables import outbox
from shared.store.timers import fire_due
from shared.store.unit_of_work import UnitOfWork
from shared.store.views import Views
from shared.store.workplace import Envelope
from shared.testing.product import client

PRODUCT = Product(names=("directory", "planning"), streams=STREAMS)
NOW = datetime(2027, 6, 1, 4, 4, tzinfo=UTC)
_NAMES = UUID("c95a6c1e-52a0-4a4e-9f0f-6d6fbb4f6f10")

COMMITTEE, OTHER_COMMITTEE = uuid5(_NAMES, "cac 31"), uuid5(_NAMES, "cac 32")
ACTION, OTHER_ACTION = uuid5(_NAMES, "action 31"), uuid5(_NAMES, "action 32")
JOURNEY, RELAY = uuid5(_NAMES, "journey 31"), uuid5(_NAMES, "relay")
SECTOR = "Secteur Chaudron"
TODAY, DAY, FALLBACK = date(2027, 6, 1), date(2027, 9, 18), date(2027, 9, 25)
OF_ACTION: dict[str, Any] = {"committee_id": COMMITTEE, "action_id": ACTION}

PEOPLE = {
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEE}"),
    "second": ("Pia Essai", "member", f"committee:{COMMITTEE}"),
    "lead": ("Rita Modèle", "lead", f"committee:{COMMITTEE}"),
    "stranger": ("Paul Ailleurs", "lead", f"committee:{OTHER_COMMITTEE}"),
    "sector": ("Nadia Secteur", "sector_officer", f"sector:{SECTOR}"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "elu": ("Ama Élue", "elu", f"committee:{COMMITTEE}"),
    "auditor": ("Anne Contrôle", "auditor", "city"),
    "agent": ("Inès Essai", "department_agent", "department:Voirie"),
    "logistics": ("Yvon Fictif", "department_agent", "department:Fêtes et logistique"),
}
READERS = ("member", "lead", "sector", "dpc", "elu", "auditor")


class Still(Clock):
    """A clock that somebody sets."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        self.moment += step


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
    """A runtime whose mirror knows committees and people; facts of others are told by hand."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.cases = runtime.use_cases["planning"]
        self.workplace = runtime.workplaces["planning"]
        self.database = self.workplace.database

    @property
    def today(self) -> date:
        return self.runtime.clock.today()

    def do(self, command: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.perform(command, actor=actor(who), **arguments)

    def ask(self, query: Any, who: str | None, /, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    def browser(self, who: str | None) -> FlaskClient:
        return client(self.runtime, "planning", actor(who) if who else None)

    def page(self, who: str | None, path: str, status: int = 200) -> str:
        response = self.browser(who).get(path)
        assert response.status_code == status, response.text[:2000]
        return response.text

    def people(self) -> None:
        with self.database.write() as connection:
            for number, committee in ((31, COMMITTEE), (32, OTHER_COMMITTEE)):
                known = {"id": committee, "number": number, "name": f"CAC {number}"}
                where = {"quartier": "Le Chaudron", "sector": SECTOR}
                connection.execute(committees_view.insert(), known | where)
            for key, (name, role, scope) in PEOPLE.items():
                held = {"id": uuid4(), "person": person_id(key), "role": role, "scope": scope}
                connection.execute(names_view.insert(), {"person": person_id(key), "name": name})
                connection.execute(grants_view.insert(), held)
            relay = {"organisation": "Club Démo", "kind": "sport", "sector": SECTOR}
            connection.execute(
                relays_view.insert(),
                relay | {"id": RELAY, "identifier": "", "brings": "Des animateurs", "active": True},
            )

    # what others say

    def hears(self, fact: Fact, event_id: UUID | None = None) -> None:
        """Fold a fact and react to it as the worker would, in one transaction."""
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
        with self.database.write() as connection:
            fold: Any = service.folds.get(type(fact))
            if fold is not None:
                views = Views(connection)
                views.cause = cause
                fold(views, fact)
                views.flush()
            react: Any = service.reacts.get(type(fact))
            if react is not None:
                uow = UnitOfWork(self.workplace, connection)
                uow.handling(cause, react.__name__)
                react(uow, fact)
                uow.finish()

    def choice(self, **changes: Any) -> decision.ActionChosen:
        values: dict[str, Any] = {
            **OF_ACTION,
            "idea_id": uuid5(_NAMES, "idea"),
            "round_id": uuid5(_NAMES, "round"),
            "title": "Fête de quartier",
            "aims": "Que les familles se rencontrent",
            "needs": (),
            "conditions": (
                decision.Condition(by="Voirie", capacity="Fermer la rue", conditions="Un samedi"),
            ),
            "wished_from": date(2027, 9, 6),
            "wished_to": date(2027, 9, 30),
            "place": "Le Chaudron",
            "result": (),
            "why": "Le plus de voix",
            "estimate_incl_tax": Decimal("1500.00"),
        }
        return decision.ActionChosen(**(values | changes))

    def chosen(self, **changes: Any) -> None:
        self.hears(self.choice(**changes))

    def adopted(self, who: str = "lead", **changes: Any) -> None:
        values: dict[str, Any] = {
            "action_id": ACTION,
            "day": DAY,
            "fallback_day": FALLBACK,
            "place": "Place du marché",
            "lead": person_id("lead"),
            "agreed": "Réunion à la case, à main levée",
        }
        self.do(commands.adopt_plan, who, **(values | changes))

    def purchase(self, cls: Any, need_id: UUID, purchase_id: UUID, **facts: Any) -> None:
        self.hears(cls(**OF_ACTION, need_id=need_id, purchase_id=purchase_id, **facts))

    def opened(self, need_id: UUID, title: str = "Sonorisation") -> UUID:
        """Procurement has a file for a need."""
        purchase_id = uuid4()
        facts: dict[str, Any] = {
            "title": title,
            "category": procurement.Category.SERVICES,
            "kind": procurement.NeedKind.HIRE,
            "family": "sonorisation",
            "lines": (),
            "place": "",
            "needed_by": DAY,
            "priority": 2,
        }
        self.purchase(procurement.PurchaseOpened, need_id, purchase_id, **facts)
        return purchase_id

    def money(self, paid: str, seq: int = 1) -> None:
        zero = Decimal("0.00")
        self.hears(
            procurement.BudgetOpened(
                **OF_ACTION,
                line_id=uuid5(_NAMES, "line"),
                envelope_id=uuid5(_NAMES, "envelope"),
                year=2027,
                title="Fête",
                balances=procurement.Balances(
                    voted=Decimal("1500.00"),
                    transferred=zero,
                    reserved=zero,
                    committed=zero,
                    paid=Decimal(paid),
                    available=Decimal("1500.00") - Decimal(paid),
                ),
                ledger_seq=seq,
            )
        )

    # what people do

    def buy(self, who: str = "member", **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "action_id": ACTION,
            "title": "Sonorisation",
            "supply": SupplyKind.HIRE,
            "lines": [{"label": "Sono", "quantity": Decimal(1), "unit": "jour"}],
        }
        made: UUID = self.do(commands.ask_supplier, who, **(values | changes))
        return made

    def print(self, **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "action_id": ACTION,
            "title": "Affiches",
            "support": Support.POSTER,
            "quantity": 80,
            "page_format": "A3",
        }
        made: UUID = self.do(commands.ask_print, "member", **(values | changes))
        return made

    def street(self, **changes: Any) -> UUID:
        """The department Voirie is asked to close the street."""
        values: dict[str, Any] = {
            "action_id": ACTION,
            "department": "Voirie",
            "title": "Fermer la rue",
            "what": "De 14 h à 22 h",
            "on": DAY,
            "answer_by": date(2027, 7, 30),
        }
        made: UUID = self.do(commands.ask_service, "member", **(values | changes))
        return made

    def relay(self, **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "action_id": ACTION,
            "relay_id": RELAY,
            "what": "Animer les jeux",
            "effort": "Deux personnes, trois heures",
            "window_from": DAY,
            "window_to": DAY,
            "answer_by": date(2027, 8, 2),
        }
        made: UUID = self.do(commands.ask_relay, "member", **(values | changes))
        return made

    def link(self, need_id: UUID) -> str:
        secret: str = self.do(commands.issue_need_link, "member", need_id=need_id)
        return secret

    def held(self, attendance: int = 120, incidents: str = "") -> None:
        """The day comes and takes place."""
        self.until(DAY)
        said = {"attendance": attendance, "incidents": incidents}
        self.do(commands.hold_action, "member", action_id=ACTION, **said)

    def reviewed(self, who: str = "lead", **changes: Any) -> None:
        values: dict[str, Any] = {
            "action_id": ACTION,
            "attendance": 125,
            "volunteers": 12,
            "volunteer_hours": 40,
            "worked": "Les anciens sont restés",
            "to_improve": "Plus de chaises",
            "do_again": True,
        }
        self.do(commands.review_action, who, **(values | changes))

    def all_done(self) -> None:
        for task in self.tasks().values():
            if task["state"] != "done":
                self.do(commands.finish_task, "lead", task_id=task["id"])

    def until(self, day: date) -> None:
        """Time passes to the morning of ``day``, and what it calls for happens."""
        self.runtime.clock.advance(timedelta((day - self.today).days))
        fire_due(self.workplace, service.timers)

    # what is there

    def _rows(self, table: sa.Table, **where: Any) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            found = connection.execute(sa.select(table).filter_by(**where)).mappings()
            return [dict(row) for row in found]

    def plan(self, action_id: UUID = ACTION) -> dict[str, Any]:
        return self._rows(tables.plans, id=action_id)[0]

    def tasks(self, action_id: UUID = ACTION) -> dict[str, dict[str, Any]]:
        """Tasks of the template, by key."""
        rows = self._rows(tables.tasks, action_id=action_id)
        return {row["key"] or str(row["id"]): row for row in rows}

    def task(self, key: str) -> UUID:
        found: UUID = self.tasks()[key]["id"]
        return found

    def need(self, need_id: UUID) -> dict[str, Any]:
        return self._rows(tables.needs, id=need_id)[0]

    def standing(self, need_id: UUID) -> str:
        return str(self.ask(queries.need_card, "lead", need_id=need_id)["standing"])

    def left_open(self) -> list[str]:
        card = self.ask(queries.closing_card, "lead", action_id=ACTION)
        return [each["text"] for each in card["left_open"]]

    def outbox(self) -> list[tuple[str, dict[str, Any]]]:
        """What waits in the outbox, in order: short types and data."""
        with self.database.read() as connection:
            found = connection.execute(sa.select(outbox).order_by(outbox.c.id)).mappings().all()
        return [(row["type"].split(".")[2], json.loads(row["payload"])) for row in found]

    def facts(self) -> list[str]:
        return [kind for kind, _ in self.outbox() if kind != "notice-issued"]

    def last(self, kind: str) -> dict[str, Any]:
        return [data for name, data in self.outbox() if name == kind][-1]

    def told(self, who: str) -> list[str]:
        """What a person was told."""
        return [notice["text"] for notice in self._notices(who)]

    def told_at_once(self, who: str) -> list[str]:
        """What of it does not wait for the mail of the next morning."""
        return [notice["text"] for notice in self._notices(who) if notice["urgent"]]

    def _notices(self, who: str) -> list[dict[str, Any]]:
        me = str(person_id(who))
        notices = [data for kind, data in self.outbox() if kind == "notice-issued"]
        return [data for data in notices if data["person"] == me]


def a_world(folder: Path, **settings: Any) -> World:
    world = world_of(Settings(data=folder, **settings))
    world.runtime.migrate()
    world.runtime.ensure_streams()
    world.people()
    world.chosen()
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(PRODUCT.runtime(settings, ["planning"], clock=Still()))
