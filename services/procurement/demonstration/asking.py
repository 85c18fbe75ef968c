"""Loads money, suppliers and needs, and asks for quotes."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from stdnum import luhn

from services.directory.demonstration import (
    action_id,
    committee_id,
    lead_of,
    members_of,
    persona_id,
)
from services.procurement import commands
from services.procurement.demonstration.purchases import (
    LINES,
    MADE_UP,
    PURCHASES,
    SUPPLIERS,
    Bought,
)
from shared.store.clock import Clock

_BUYER, _CHECKER = persona_id("aline.exemple"), persona_id("marc.fictif")
_DPC, _CLERK = persona_id("lucette.modele"), persona_id("paul.essai")
_DELEGATE, _SIGNER = persona_id("eva.delegation"), persona_id("hugo.delegation")
_VAT = Decimal("8.5")
_QUOTE = b"%PDF-1.7\n% Un devis de demonstration\n%%EOF\n"


class Asking:
    """One load: what was made so far, by name."""

    def __init__(self, perform: Callable[..., Any], clock: Clock) -> None:
        self.perform, self.clock = perform, clock
        self.today = clock.today()
        self.suppliers: dict[str, UUID] = {}
        self.lines: dict[int, UUID] = {}
        self.made: list[tuple[Bought, UUID, list[UUID]]] = []
        self.closes = clock.now()

    def money(self) -> None:
        """Envelopes of this year and the next, then the actions' lines."""
        for year in (self.today.year, self.today.year + 1):
            self.perform(commands.open_envelopes, as_=_DPC, year=year, amount=Decimal(7000))
        for number, title, amount in LINES:
            self.lines[number] = self.perform(
                commands.open_budget_line,
                as_=_DPC,
                committee_id=committee_id(number),
                action_id=action_id(number),
                title=title,
                amount=Decimal(amount),
                year=self.today.year,
            )

    def sellers(self) -> None:
        """Suppliers with published test numbers, or numbers that nobody has."""
        made_up = {name: _siret(n) for n, name in enumerate(MADE_UP, 1)}
        for name, siret in (SUPPLIERS | made_up).items():
            found = self.perform(commands.name_supplier, as_=_BUYER, name=name, identifier=siret)
            self.suppliers[name] = found["id"]

    def ask(self) -> None:
        """Needs from members, quotes asked and registered; each closes two seconds later."""
        for bought in PURCHASES:
            purchase = self._need(bought)
            quotes = self._quotes(bought, purchase) if bought.suppliers else []
            self.made.append((bought, purchase, quotes))
            if bought.until == "question":
                self.perform(
                    commands.ask_about_need,
                    as_=_BUYER,
                    purchase_id=purchase,
                    reason="Combien de personnes, et d’où partent-elles ?",
                )

    def _need(self, bought: Bought) -> UUID:
        lines = [
            {"label": label, "quantity": Decimal(quantity), "unit": unit}
            for label, quantity, unit in bought.lines
        ]
        purchase: UUID = self.perform(
            commands.open_a_need,
            as_=members_of(bought.committee)[0],
            committee_id=committee_id(bought.committee),
            action_id=action_id(bought.committee),
            line_id=self.lines[bought.committee],
            title=bought.title,
            category=bought.category,
            kind=bought.kind,
            family=bought.family,
            lines=lines,
            place="Cour de l’école",
            needed_by=self.today + timedelta(bought.days),
            priority=1 if bought.days < 30 else 2,
            owner=lead_of(bought.committee),
            estimate_incl_tax=Decimal(bought.estimate) if bought.estimate else None,
        )
        return purchase

    def _quotes(self, bought: Bought, purchase: UUID) -> list[UUID]:
        open_for = timedelta(days=6) if bought.until == "quoting" else timedelta(seconds=2)
        closes = self.clock.now() + open_for
        if bought.until != "quoting":
            self.closes = closes
        self.perform(
            commands.request_quotes,
            as_=_BUYER,
            purchase_id=purchase,
            suppliers=[self.suppliers[name] for name in bought.suppliers],
            closes_at=closes,
            cost=60,
            delay=20,
            environment=20,
        )
        return [
            self.perform(
                commands.register_quote,
                as_=_BUYER,
                purchase_id=purchase,
                supplier_id=self.suppliers[name],
                file=_QUOTE + name.encode() + bought.title.encode(),
            )
            for name, _ in zip(bought.suppliers, bought.prices, strict=False)
        ]


def _lines_of(bought: Bought) -> list[dict[str, Any]]:
    return _priced(bought, Decimal(bought.prices[0]))


def _priced(bought: Bought, total: Decimal) -> list[dict[str, Any]]:
    """The need's lines with prices that add up to about ``total`` excluding tax."""
    share = total / len(bought.lines)
    return [
        {
            "label": label,
            "quantity": Decimal(quantity),
            "unit": unit,
            "unit_price_excl_tax": (share / Decimal(quantity)).quantize(Decimal("0.01")),
            "vat_rate": _VAT,
        }
        for label, quantity, unit in bought.lines
    ]


def _siret(number: int) -> str:
    """A number that passes the checks and that no company has: it begins with zeros."""
    siren = f"{number:08d}"
    siren += luhn.calc_check_digit(siren)
    establishment: str = f"{siren}0001"
    return establishment + str(luhn.calc_check_digit(establishment))
