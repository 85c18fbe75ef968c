"""The need of each purchase: found as the plan said it, else said by a member; suppliers asked."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory.demonstration import (
    ROADS,
    Road,
    action_id,
    committee_id,
    lead_of,
    members_of,
    need_id,
    persona_id,
)
from services.procurement import commands, queries
from services.procurement.demonstration.purchases import Bought
from shared.kernel.rights import ANONYMOUS

Perform = Callable[..., Any]
DPC, BUYER = persona_id("lucette.modele"), persona_id("aline.exemple")
VAT = Decimal("8.5")
_QUOTE = b"%PDF-1.7\n% Un devis de demonstration\n%%EOF\n"


class Asking:
    """One day of one purchase, ``days_ago`` before the demonstration is loaded."""

    def __init__(self, perform: Perform, bought: Bought, days_ago: int) -> None:
        self.perform, self.bought, self.days_ago = perform, bought, days_ago
        self.today: date = perform.clock.today()  # type: ignore[attr-defined]

    @property
    def needed_by(self) -> date:
        """The day it is needed by, in the calendar of the demonstration."""
        return self.today + timedelta(self.days_ago + self.bought.days)

    @property
    def need(self) -> UUID:
        """The id that the plan gives the need."""
        return need_id(self.bought.committee, self.bought.title)

    def purchase(self) -> dict[str, Any]:
        """The file of the need; a member says it where no plan did."""
        found = self._known()
        if found is None:
            self._line()
            self._say()
            found = self._known()
        assert found is not None
        return found

    def _known(self) -> dict[str, Any] | None:
        here = {"committee_id": committee_id(self.bought.committee), "closed": True, "limit": 200}
        rows = self.perform(queries.purchases_list, **here)["items"]
        return next((row for row in rows if row["need_id"] == self.need), None)

    def _line(self) -> None:
        """Asked again, it is the line that opened when the action was chosen."""
        road = road_of(self.bought.committee)
        assert road.day is not None
        self.perform(
            commands.open_budget_line,
            as_=DPC,
            committee_id=committee_id(road.committee),
            action_id=action_id(road.committee),
            title=road.title,
            amount=Decimal(road.estimate or 0),
            year=(self.today + timedelta(self.days_ago + road.day)).year,
        )

    def _say(self) -> None:
        bought = self.bought
        lines = [
            {"label": label, "quantity": Decimal(quantity), "unit": unit}
            for label, quantity, unit in bought.lines
        ]
        self.perform(
            commands.open_a_need,
            as_=members_of(bought.committee)[0],
            need_id=self.need,
            committee_id=committee_id(bought.committee),
            action_id=action_id(bought.committee),
            title=bought.title,
            category=bought.category,
            kind=bought.kind,
            family=bought.family,
            lines=lines,
            place="Cour de l’école",
            needed_by=self.needed_by,
            priority=1 if bought.days < 30 else 2,
            owner=lead_of(bought.committee),
            estimate_incl_tax=Decimal(bought.estimate) if bought.estimate else None,
        )

    def ask(self) -> None:
        """Make sure that the need is said."""
        self.purchase()

    def question(self) -> None:
        """Procurement lacks something."""
        self.perform(
            commands.ask_about_need,
            as_=BUYER,
            purchase_id=self.purchase()["id"],
            reason="Combien de personnes, et d’où partent-elles ?",
        )

    def request(self, open_for: int) -> None:
        """Classed, then asked of suppliers; their quotes come the same day."""
        purchase = self.purchase()["id"]
        self.perform(
            commands.classify_need,
            as_=BUYER,
            purchase_id=purchase,
            category=self.bought.category,
            family=self.bought.family,
        )
        sellers = self._sellers()
        asked = [sellers[name] for name in self.bought.suppliers]
        self.perform(
            commands.request_quotes,
            as_=BUYER,
            purchase_id=purchase,
            suppliers=asked,
            closes_at=self.perform.clock.now() + timedelta(days=open_for),  # type: ignore[attr-defined]
            cost=60,
            delay=20,
            environment=20,
        )
        for place, supplier in enumerate(asked[: len(self.bought.prices)]):
            self._receive(purchase, supplier, place)

    def _receive(self, purchase: UUID, supplier: UUID, place: int) -> None:
        file = _QUOTE + self.bought.suppliers[place].encode() + self.bought.title.encode()
        sent = {"purchase_id": purchase, "supplier_id": supplier}
        if place != self.bought.linked:
            self.perform(commands.register_quote, as_=BUYER, file=file, **sent)
            return
        secret = self.perform(commands.issue_quote_link, as_=BUYER, **sent)
        kept = ("unit_price_excl_tax", "vat_rate")
        typed = priced(self.bought, place)
        self.perform(
            commands.send_quote,
            as_=ANONYMOUS,
            secret=secret,
            prices=[{name: line[name] for name in kept} for line in typed],
            file=file,
            delivery_date=self.needed_by - timedelta(2),
            valid_until=self.today + timedelta(60),
        )

    def _sellers(self) -> dict[str, UUID]:
        rows = self.perform(queries.suppliers_list, limit=200)["items"]
        return {row["name"]: row["id"] for row in rows}


def road_of(number: int) -> Road:
    """The road of a committee."""
    return next(road for road in ROADS if road.committee == number)


def priced(bought: Bought, place: int) -> list[dict[str, Any]]:
    """The need's lines with prices that add up to about those of the supplier at ``place``."""
    share = Decimal(bought.prices[place]) / len(bought.lines)
    return [
        {
            "label": label,
            "quantity": Decimal(quantity),
            "unit": unit,
            "unit_price_excl_tax": (share / Decimal(quantity)).quantize(Decimal("0.01")),
            "vat_rate": VAT,
        }
        for label, quantity, unit in bought.lines
    ]
