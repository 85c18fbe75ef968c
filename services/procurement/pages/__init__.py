"""The pages of procurement."""

from services.procurement.pages import (
    budgets,
    consultations,
    decisions,
    lists,
    needs,
    orders,
    quoting,
)
from services.procurement.pages.blueprint import blueprint

__all__ = [
    "blueprint",
    "budgets",
    "consultations",
    "decisions",
    "lists",
    "needs",
    "orders",
    "quoting",
]
