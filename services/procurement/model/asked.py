"""What a person brings to a step: a request for quotes, a typed quote, a proposal, a delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.language import FileRef
from services.procurement.model.papers import Invitation, QuoteLine


@dataclass(frozen=True)
class QuoteRequest:
    """What is asked, of whom, until when, and how quotes will be weighed: the same for all.

    Weights are points out of 100, fixed before any quote is opened. ``ground`` is the written
    reason of a derogation, or of fewer suppliers than the internal grid wants.
    """

    suppliers: tuple[Invitation, ...]
    closes_at: datetime
    cost: int
    delay: int
    environment: int
    ground: str = ""


@dataclass(frozen=True)
class QuoteContent:
    """What a person types from an opened quote."""

    lines: tuple[QuoteLine, ...]
    delivery_date: date | None = None
    valid_until: date | None = None
    score_delay: int = 0
    score_environment: int = 0
    vat_exemption: str = ""


@dataclass(frozen=True)
class Confirmation:
    """What a supplier answered when asked whether its quote still holds, and on which day."""

    quote_id: UUID
    confirmed_on: date
    valid_until: date | None = None


@dataclass(frozen=True)
class Proposal:
    """What who checks proposes: a quote, why it, and why this supplier again when asked."""

    quote_id: UUID
    why: str = ""
    why_supplier: str = ""
    no_interest: bool = False


@dataclass(frozen=True)
class SignedOrder:
    """The document of an order: its number, its file and the day it is signed."""

    number: str
    file: FileRef
    signed_on: date


@dataclass(frozen=True)
class Seen:
    """What somebody who was there saw: how much of each line of the order, and what is wrong."""

    delivered_on: date
    quantities: Mapping[int, Decimal]
    reserves: str = ""
    was_there: bool = False
