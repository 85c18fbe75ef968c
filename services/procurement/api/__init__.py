"""Procurement for programs: the same commands as the pages."""

from services.procurement.api import deciding, desk, executing, needs, quotes
from services.procurement.api.blueprint import blueprint

__all__ = ["blueprint", "deciding", "desk", "executing", "needs", "quotes"]
