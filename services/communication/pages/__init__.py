"""The pages of communication."""

from services.communication.pages import campaigns, prints, workshop
from services.communication.pages.blueprint import blueprint

__all__ = ["blueprint", "campaigns", "prints", "workshop"]
