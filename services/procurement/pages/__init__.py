"""The pages of procurement."""

from services.procurement.pages.blueprint import blueprint

__all__ = ["blueprint"]
