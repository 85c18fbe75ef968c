"""What procurement tells the others: budgets, purchases step by step, orders, deliveries, payments.

Amounts are Decimal euros; ``excl_tax`` and ``incl_tax`` are in the name. Suppliers and lines are
named; people are ids only. No amount of a sealed quote is in any event before it is opened.
"""

from services.procurement.events.budget import (
    BudgetChanged,
    BudgetOpened,
    BudgetShortfall,
    EnvelopeChanged,
    EnvelopeOpened,
    SupplierNamed,
)
from services.procurement.events.purchases import (
    DeliveryCertified,
    InvoicePaid,
    InvoiceReceived,
    PurchaseCancelled,
    PurchaseFact,
    PurchaseOpened,
    PurchaseOrderAmended,
    PurchaseOrderIssued,
    PurchaseStepPassed,
    QuoteReceived,
    QuoteRefused,
    QuotesOpened,
    QuotesRequested,
    QuoteValidated,
)
from services.procurement.events.words import (
    Balances,
    BudgetMove,
    Category,
    Line,
    NeedKind,
    OpenedQuote,
    PricedLine,
    Step,
)

__all__ = [
    "Balances",
    "BudgetChanged",
    "BudgetMove",
    "BudgetOpened",
    "BudgetShortfall",
    "Category",
    "DeliveryCertified",
    "EnvelopeChanged",
    "EnvelopeOpened",
    "InvoicePaid",
    "InvoiceReceived",
    "Line",
    "NeedKind",
    "OpenedQuote",
    "PricedLine",
    "PurchaseCancelled",
    "PurchaseFact",
    "PurchaseOpened",
    "PurchaseOrderAmended",
    "PurchaseOrderIssued",
    "PurchaseStepPassed",
    "QuoteReceived",
    "QuoteRefused",
    "QuoteValidated",
    "QuotesOpened",
    "QuotesRequested",
    "Step",
    "SupplierNamed",
]
