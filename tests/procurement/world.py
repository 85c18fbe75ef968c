"""Procurement in a temporary folder, with people and committees as directory would have told."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa

from services.directory.mirror.views import (
    committees_view,
    delegations_view,
    grants_view,
    names_view,
)
from services.language import STREAMS, Fact
from services.procurement import commands, queries, tables
from services.procurement.events import Category, NeedKind
from services.procurement.service import service
from shared.kernel.rights import SYSTEM, Actor, Grant
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.store.timers import fire_due
from shared.store.unit_of_work import UnitOfWork
from shared.store.workplace import Envelope
from shared.testing.product import opened

PRODUCT = Product(names=("directory", "procurement"), streams=STREAMS)
PDF = b"%PDF-1.7 un devis"
_NAMES = UUID("c7a5a35e-52a0-4a4e-9f0f-6d6fbb4f6f10")

COMMITTEE, OTHER_COMMITTEE = uuid5(_NAMES, "cac 17"), uuid5(_NAMES, "cac 18")
JOURNEY = uuid5(_NAMES, "journey")
SECTOR = "Secteur Est"
SIRETS = ("73282932000074", "35600000009075", "44306184100047", "35600000000048")

PEOPLE = {
    "member": ("Jean-Marc Démo", "member", f"committee:{COMMITTEE}"),
    "lead": ("Rita Modèle", "lead", f"committee:{COMMITTEE}"),
    "stranger": ("Paul Ailleurs", "member", f"committee:{OTHER_COMMITTEE}"),
    "buyer": ("Aline Exemple", "procurement_officer", "city"),
    "second_buyer": ("Marc Fictif", "procurement_officer", "city"),
    "dpc": ("Lucette Modèle", "dpc_officer", "city"),
    "delegate": ("Éva Délégation", "delegate", "city"),
    "signer": ("Ivan Signataire", "delegate", "city"),
    "clerk": ("Paul Essai", "finance_clerk", "city"),
    "auditor": ("Anne Contrôle", "auditor", "city"),
}


def person_id(name: str) -> UUID:
    return uuid5(_NAMES, name)


def actor(name: str) -> Actor:
    _, role, scope = PEOPLE[name]
    return Actor(person_id(name), (Grant(role, scope),))


class World:
    """A runtime whose mirror knows committees, people, roles and two delegations."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.cases = runtime.use_cases["procurement"]
        self.database = runtime.workplaces["procurement"].database

    @property
    def today(self) -> date:
        return self.runtime.clock.today()

    def do(self, command: Any, who: str | None, **arguments: Any) -> Any:
        asks = SYSTEM if who is None else actor(who)
        return self.cases.perform(command, actor=asks, **arguments)

    def ask(self, query: Any, who: str, **arguments: Any) -> Any:
        return self.cases.ask(query, actor=actor(who), **arguments)

    def people(self) -> None:
        with self.database.write() as connection:
            for number, committee in ((17, COMMITTEE), (18, OTHER_COMMITTEE)):
                connection.execute(
                    committees_view.insert(),
                    {
                        "id": committee,
                        "number": number,
                        "name": f"CAC {number}",
                        "quartier": "Sainte-Clotilde",
                        "sector": SECTOR,
                    },
                )
            for key, (name, role, scope) in PEOPLE.items():
                connection.execute(names_view.insert(), {"person": person_id(key), "name": name})
                connection.execute(
                    grants_view.insert(),
                    {"id": uuid4(), "person": person_id(key), "role": role, "scope": scope},
                )
            for key in ("delegate", "signer"):
                self._delegation(connection, key)

    def _delegation(self, connection: sa.Connection, key: str) -> None:
        connection.execute(
            delegations_view.insert(),
            {
                "id": uuid5(_NAMES, f"delegation {key}"),
                "delegate": person_id(key),
                "on_behalf_of": "le maire",
                "act_reference": "A-1",
                "ceiling_incl_tax": Decimal(25000),
                "since": self.today - timedelta(30),
                "until": self.today + timedelta(300),
                "scope": "city",
                "families": [],
            },
        )

    def change_delegation(self, key: str, **values: Any) -> None:
        row = delegations_view.c.id == uuid5(_NAMES, f"delegation {key}")
        with self.database.write() as connection:
            connection.execute(delegations_view.update().where(row).values(**values))

    # what others say

    def hears(self, fact: Fact, event_id: UUID | None = None) -> UUID:
        """Let the policy of a fact react to it, as the worker would, in one transaction."""
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
            uow = UnitOfWork(self.runtime.workplaces["procurement"], connection)
            uow.handling(cause, react.__name__)
            react(uow, fact)
            uow.finish()
        return cause.id

    def hears_twice(self, fact: Fact) -> None:
        """The same fact twice, as after a restored backup."""
        self.hears(fact, self.hears(fact))

    # money

    def line(self, amount: str = "3200.00", committee: UUID = COMMITTEE) -> UUID:
        year = self.today.year
        known = self.ask(queries.envelopes_of_year, "dpc", year=year)
        if known["missing"]:
            self.do(commands.open_envelopes, "dpc", year=year, amount=Decimal(7000))
        line_id: UUID = self.do(
            commands.open_budget_line,
            "dpc",
            committee_id=committee,
            title="Kabar lakour",
            amount=Decimal(amount),
            year=year,
        )
        return line_id

    def balances(self, line_id: UUID) -> dict[str, Decimal]:
        found = self.ask(queries.budget_line, "dpc", line_id=line_id)
        names = ("reserved", "committed", "paid", "available")
        return {name: found[name] for name in names}

    # a purchase

    def suppliers(self, count: int = 3) -> list[UUID]:
        return [
            self.do(commands.name_supplier, "buyer", name=f"Fournisseur {n}", identifier=siret)[
                "id"
            ]
            for n, siret in enumerate(SIRETS[:count], 1)
        ]

    def need(self, line_id: UUID | None = None, who: str = "member", **changes: Any) -> UUID:
        facts: dict[str, Any] = {
            "committee_id": COMMITTEE,
            "title": "Sonorisation",
            "category": Category.SERVICES,
            "kind": NeedKind.HIRE,
            "family": "sonorisation",
            "lines": [{"label": "Sono", "quantity": Decimal(1), "unit": "jour"}],
            "place": "Préau de l’école",
            "needed_by": self.today + timedelta(90),
            "line_id": line_id,
        }
        purchase_id: UUID = self.do(commands.open_a_need, who, **(facts | changes))
        return purchase_id

    def asked(self, purchase_id: UUID, suppliers: list[UUID], who: str = "buyer") -> None:
        self.do(
            commands.request_quotes,
            who,
            purchase_id=purchase_id,
            suppliers=suppliers,
            closes_at=self.runtime.clock.now() + timedelta(days=5),
            cost=60,
            delay=20,
            environment=20,
            ground="Trois fournisseurs n’existent pas." if len(suppliers) < 3 else "",
        )

    def register(self, purchase_id: UUID, supplier: UUID, file: bytes = PDF) -> UUID:
        quote_id: UUID = self.do(
            commands.register_quote,
            "buyer",
            purchase_id=purchase_id,
            supplier_id=supplier,
            file=file,
        )
        return quote_id

    def close(self, purchase_id: UUID) -> None:
        """Let closing pass: the clock moves on, and the timer opens the quotes."""
        self.runtime.clock.advance(timedelta(days=5, minutes=1))
        fire_due(self.runtime.workplaces["procurement"], service.timers)

    def typed(self, purchase_id: UUID, quote_id: UUID, price: str) -> None:
        self.do(
            commands.type_quote,
            "buyer",
            purchase_id=purchase_id,
            quote_id=quote_id,
            lines=[
                {
                    "label": "Sono",
                    "quantity": Decimal(1),
                    "unit": "jour",
                    "unit_price_excl_tax": Decimal(price),
                    "vat_rate": Decimal("8.5"),
                }
            ],
            score_delay=10,
            score_environment=10,
        )

    def compared(
        self, line_id: UUID | None, prices: tuple[str, ...] = ("1820.00", "1900.00"), **need: Any
    ) -> tuple[UUID, list[UUID]]:
        purchase_id = self.need(line_id, **need)
        suppliers = self.suppliers(max(3, len(prices)))
        self.asked(purchase_id, suppliers)
        quotes = [
            self.register(purchase_id, supplier)
            for supplier, _ in zip(suppliers, prices, strict=False)
        ]
        self.close(purchase_id)
        for quote_id, price in zip(quotes, prices, strict=True):
            self.typed(purchase_id, quote_id, price)
        return purchase_id, quotes

    def checked(self, line_id: UUID, **options: Any) -> UUID:
        purchase_id, quotes = self.compared(line_id, **options)
        self.do(
            commands.check_quote,
            "buyer",
            purchase_id=purchase_id,
            quote_id=quotes[0],
            why="Le moins cher",
            why_supplier="Seul disponible ce jour-là",
            no_interest=True,
        )
        return purchase_id

    def seen(self, purchase_id: UUID, who: str = "delegate") -> str:
        found: str = self.ask(queries.decision, who, purchase_id=purchase_id)["seen"]
        return found

    def validate(self, purchase_id: UUID, who: str = "delegate", seen: str | None = None) -> Any:
        return self.do(
            commands.validate_quote,
            who,
            purchase_id=purchase_id,
            seen=seen or self.seen(purchase_id),
            no_interest=True,
        )

    def ordered(self, line_id: UUID, **options: Any) -> UUID:
        purchase_id = self.checked(line_id, **options)
        self.validate(purchase_id)
        self.do(commands.record_commitment, "clerk", purchase_id=purchase_id, number="E-2026-7")
        self.do(commands.sign_order, "signer", purchase_id=purchase_id, seen=self.seen(purchase_id))
        return purchase_id

    def state(self, purchase_id: UUID) -> str:
        row = tables.purchases.c.id == purchase_id
        with self.database.read() as connection:
            return str(connection.execute(sa.select(tables.purchases.c.state).where(row)).scalar())

    def facts(self) -> list[str]:
        """The types of what waits in the outbox, in order."""
        from shared.store.tables import outbox

        with self.database.read() as connection:
            found = connection.execute(sa.select(outbox.c.type).order_by(outbox.c.id))
            return [row.type.split(".")[2] for row in found]


def a_world(folder: Path, **settings: Any) -> World:
    runtime = opened(PRODUCT, folder, ["procurement"], **settings)
    world = World(runtime)
    world.people()
    return world


def world_of(settings: Settings) -> World:
    """The same world, from another process."""
    return World(PRODUCT.runtime(settings, ["procurement"]))
