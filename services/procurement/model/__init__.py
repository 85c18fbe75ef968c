"""The rules of purchases: pure, without database nor web."""

from services.procurement.model.asked import (
    Confirmation,
    Proposal,
    QuoteContent,
    QuoteRequest,
    Seen,
    SignedOrder,
)
from services.procurement.model.awaited import AwaitedLine, WaitsFor
from services.procurement.model.budget import (
    BudgetLine,
    LedgerEntry,
    rebuilt,
)
from services.procurement.model.decider import Decider, Delegation
from services.procurement.model.envelope import Envelope
from services.procurement.model.file import Origin
from services.procurement.model.money import in_euros
from services.procurement.model.papers import (
    Act,
    DeliveredLine,
    Delivery,
    Interest,
    Invitation,
    Invoice,
    NeedLine,
    Quote,
    QuoteLine,
    offer_holds,
)
from services.procurement.model.purchase import Purchase
from services.procurement.model.rules import Key, ProcedureRule, Regime, Rules
from services.procurement.model.steps import State
from services.procurement.model.suppliers import Supplier

__all__ = [
    "Act",
    "AwaitedLine",
    "BudgetLine",
    "Confirmation",
    "Decider",
    "Delegation",
    "DeliveredLine",
    "Delivery",
    "Envelope",
    "Interest",
    "Invitation",
    "Invoice",
    "Key",
    "LedgerEntry",
    "NeedLine",
    "Origin",
    "ProcedureRule",
    "Proposal",
    "Purchase",
    "Quote",
    "QuoteContent",
    "QuoteLine",
    "QuoteRequest",
    "Regime",
    "Rules",
    "Seen",
    "SignedOrder",
    "State",
    "Supplier",
    "WaitsFor",
    "in_euros",
    "offer_holds",
    "rebuilt",
]
