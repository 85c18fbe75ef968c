"""How each fact changes what monitoring shows; done again from the log by a rebuild."""

from services.monitoring.projections.facts import remember_the_fact
from services.monitoring.projections.flow import flow_reported
from services.monitoring.projections.money import (
    budget_changed,
    budget_opened,
    budget_short,
    envelope_opened,
)
from services.monitoring.projections.purchases import (
    order_issued,
    purchase_opened,
    quote_received,
    quote_validated,
    something_happened,
    step_passed,
)

__all__ = [
    "budget_changed",
    "budget_opened",
    "budget_short",
    "envelope_opened",
    "flow_reported",
    "order_issued",
    "purchase_opened",
    "quote_received",
    "quote_validated",
    "remember_the_fact",
    "something_happened",
    "step_passed",
]
