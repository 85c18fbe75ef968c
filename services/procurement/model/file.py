"""The file of a purchase: what it holds, and what visas bind to."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.language import FileRef
from services.procurement.events import Category, NeedKind
from services.procurement.model.papers import (
    Act,
    Delivery,
    Interest,
    Invitation,
    Invoice,
    NeedLine,
    Quote,
    canonical,
)
from services.procurement.model.rules import Regime
from services.procurement.model.steps import State
from shared.kernel.aggregate import Aggregate


class Origin(StrEnum):
    """Who said the need: a person here, or another service for a person."""

    HERE = ""
    PLANNING = "planning"
    COMMUNICATION = "communication"


@dataclass(eq=False)
class PurchaseFile(Aggregate):
    """Everything one purchase holds; its steps are in the classes built on it.

    ``origin_id`` is what the origin calls it. ``overtaken`` says what changed outside once it was
    ordered, so that a person settles it with the supplier; ``wanted_by`` is the day now wished.
    ``of_day`` is the day of the action that ``needed_by`` last followed.
    """

    id: UUID
    need_id: UUID
    committee_id: UUID
    title: str
    category: Category
    kind: NeedKind
    family: str
    place: str
    needed_by: date
    order_before: date
    opened_at: datetime
    priority: int = 2
    action_id: UUID | None = None
    owner: UUID | None = None
    line_id: UUID | None = None
    estimate_incl_tax: Decimal | None = None
    origin: Origin = Origin.HERE
    origin_id: UUID | None = None
    details: str = ""
    overtaken: str = ""
    wanted_by: date | None = None
    of_day: date | None = None
    journey: UUID | None = None
    state: State = State.NEEDED
    due: date | None = None
    content_version: int = 1
    lines: list[NeedLine] = field(default_factory=list)
    round: int = 0
    closes_at: datetime | None = None
    launched_on: date | None = None
    regime: Regime | None = None
    need_excl_tax: Decimal | None = None
    weight_cost: int | None = None
    weight_delay: int | None = None
    weight_environment: int | None = None
    request_reason: str = ""
    invitations: list[Invitation] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    chosen_id: UUID | None = None
    supplier_id: UUID | None = None
    supplier: str | None = None
    siren: str | None = None
    amount_excl_tax: Decimal | None = None
    amount_incl_tax: Decimal | None = None
    validated_on: date | None = None
    commitment_number: str | None = None
    order_number: str | None = None
    ordered_on: date | None = None
    order_sha256: str | None = None
    order_size: int | None = None
    contract_sha256: str | None = None
    contract_size: int | None = None
    contract_media_type: str | None = None
    acts: list[Act] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    version: int = 1

    @property
    def chosen(self) -> Quote | None:
        """The quote proposed, then validated."""
        return next((q for q in self.quotes if q.id == self.chosen_id), None)

    @property
    def contract(self) -> FileRef | None:
        """The written contract with the supplier chosen, once it is in the file."""
        if not self.contract_sha256:
            return None
        return FileRef(
            owner="procurement",
            sha256=self.contract_sha256,
            size=self.contract_size or 0,
            media_type=self.contract_media_type or "",
        )

    def keep_contract(self, file: FileRef | None) -> None:
        """Keep ``file`` as the contract, or none: another choice is another contract."""
        self.contract_sha256 = file.sha256 if file else None
        self.contract_size = file.size if file else None
        self.contract_media_type = file.media_type if file else None

    def choose(self, quote: Quote | None) -> None:
        """Retain ``quote``, or none any more; lists read the copy of its supplier and amounts."""
        self.content_version += 1
        self.keep_contract(None)
        self.validated_on = None
        self.chosen_id = quote.id if quote else None
        self.supplier_id = quote.supplier_id if quote else None
        self.supplier = quote.supplier if quote else None
        self.siren = quote.siren if quote else None
        self.amount_excl_tax = quote.totals.excl_tax if quote else None
        self.amount_incl_tax = quote.totals.incl_tax if quote else None

    def content(self) -> dict[str, Any]:
        """What a visa binds to: lines, amounts, supplier, budget line and the files' hashes."""
        quote = self.chosen
        content: dict[str, Any] = {
            "purchase": str(self.id),
            "line": str(self.line_id),
            "quote": quote.content() if quote else None,
        }
        return content | {"contract": self.contract_sha256} if self.contract_sha256 else content

    def content_hash(self) -> str:
        """The SHA-256 of the canonical content and of its version."""
        content = self.content() | {"version": self.content_version}
        return hashlib.sha256(canonical(content).encode()).hexdigest()
