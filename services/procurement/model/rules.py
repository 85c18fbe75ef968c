"""Procedure rules: dated rows with their source; no legal figure lives in code.

A row says what applies to a key and a category between two days. A missing row stops the step:
nothing is assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.procurement.events import Category
from services.procurement.model.refusals import RulesOverlap, RuleUnknown
from shared.kernel.aggregate import Aggregate

ANY = ""
"""The category of a rule that does not depend on what is bought."""


class Key(StrEnum):
    """What rules are about."""

    DISPENSE = "dispense"
    FREE_PUBLICITY = "free-publicity"
    FORMAL = "formal"
    WRITTEN_CONTRACT = "written-contract"
    ENVIRONMENT = "environmental-criterion"
    QUOTES_ASKED = "quotes-asked"
    QUOTES_ASKED_FROM = "quotes-asked-from"
    ROTATION_RUNNING = "rotation-running"
    ROTATION_SHARE = "rotation-share"
    WARN_SHARE = "warn-share"
    LOW_OFFER = "low-offer"
    VAT_RATE = "vat-rate"
    PAYMENT_DAYS = "payment-days"
    ORDER_LEAD = "order-lead"


class Regime(StrEnum):
    """How a need is bought, from the lightest to the heaviest."""

    DISPENSE = "dispense"
    FREE_PUBLICITY = "free-publicity"
    NOTICE = "notice"
    FORMAL = "formal"


REGIMES = {
    Regime.DISPENSE: "Dispense de publicité et de mise en concurrence préalables",
    Regime.FREE_PUBLICITY: "Procédure adaptée, publicité libre",
    Regime.NOTICE: "Procédure adaptée, avis au BOAMP ou dans un journal d’annonces légales",
    Regime.FORMAL: "Procédure formalisée",
}

_ORDER = tuple(Regime)


@dataclass(eq=False)
class ProcedureRule(Aggregate):
    """One dated row: ``value`` in ``unit``, from a day to a day (both included), with its source."""

    id: UUID
    key: Key
    category: str
    value: Decimal
    unit: str
    text: str
    source: str
    valid_from: date
    valid_to: date | None = None
    verified_on: date | None = None
    version: int = 1

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "ProcedureRule") -> bool:
        """Whether two rows would speak of the same thing on the same day."""
        same = (self.key, self.category) == (other.key, other.category)
        if self.key is Key.VAT_RATE:
            same = same and self.value == other.value
        starts_before_end = other.valid_to is None or self.valid_from <= other.valid_to
        ends_after_start = self.valid_to is None or other.valid_from <= self.valid_to
        return same and starts_before_end and ends_after_start

    def refuse_overlap(self, others: Sequence["ProcedureRule"]) -> None:
        """Refuses this row when another one of the same key holds on one of its days."""
        for other in others:
            if other.id != self.id and self.overlaps(other):
                raise RulesOverlap(
                    "Une autre règle couvre déjà une partie de cette période.",
                    rule="À une date donnée, une seule règle par clé et par catégorie.",
                    missing=f"Règle en place depuis le {other.valid_from:%d/%m/%Y} : {other.text}",
                    unblocks="La DPC-CAC donne d’abord une fin à la règle en place.",
                )


@dataclass(frozen=True)
class Rules:
    """The rows in force on one day."""

    rows: tuple[ProcedureRule, ...]
    day: date

    @classmethod
    def on(cls, day: date, rows: Sequence[ProcedureRule]) -> "Rules":
        """The rows among ``rows`` that hold on ``day``."""
        return cls(tuple(row for row in rows if row.holds_on(day)), day)

    def find(self, key: Key, category: str = ANY) -> ProcedureRule | None:
        """The row of ``key`` for ``category``, else the one for any category."""
        for wanted in (category, ANY):
            for row in self.rows:
                if row.key == key and row.category == wanted:
                    return row
        return None

    def get(self, key: Key, category: str = ANY) -> ProcedureRule:
        """As ``find``; refuses to go on without a rule."""
        row = self.find(key, category)
        if row is None:
            raise RuleUnknown(
                "Règle inconnue : rien ne dit ce qui s’applique à cette date.",
                rule=f"Chaque seuil est une ligne datée ({key}, le {self.day:%d/%m/%Y}).",
                missing="La ligne de règle manque.",
                unblocks="La DPC-CAC peut l’enregistrer dans « Règles en vigueur ».",
                role="dpc_officer",
            )
        return row

    def regime(self, category: Category, need_excl_tax: Decimal) -> "Applied":
        """How a need of this amount is bought; the amount is that of the whole need."""
        ladder = (
            (Key.DISPENSE, Regime.DISPENSE),
            (Key.FREE_PUBLICITY, Regime.FREE_PUBLICITY),
            (Key.FORMAL, Regime.NOTICE),
        )
        for key, regime in ladder:
            row = self.get(key, category)
            if need_excl_tax < row.value:
                return Applied(regime, row)
        return Applied(Regime.FORMAL, row)

    def quotes_to_ask(self, need_excl_tax: Decimal) -> int:
        """How many suppliers the internal grid wants asked for one purchase of this amount."""
        if need_excl_tax < self.get(Key.QUOTES_ASKED_FROM).value:
            return 1
        return int(self.get(Key.QUOTES_ASKED).value)

    def written_contract(self, need_excl_tax: Decimal) -> ProcedureRule | None:
        """The row that wants a written contract for a need of this amount; None below it."""
        row = self.get(Key.WRITTEN_CONTRACT)
        return row if need_excl_tax >= row.value else None

    def vat_rates(self) -> frozenset[Decimal]:
        """The VAT rates (percent) that a quote delivered here may bear."""
        return frozenset(r.value.normalize() for r in self.rows if r.key is Key.VAT_RATE)


@dataclass(frozen=True)
class Applied:
    """The regime that applies and the row that says so."""

    regime: Regime
    row: ProcedureRule

    def heavier_than(self, other: Regime) -> bool:
        """Whether it asks for more than ``other``."""
        return _ORDER.index(self.regime) > _ORDER.index(other)
