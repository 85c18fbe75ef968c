"""Communication for programs: the same commands as the pages."""

from services.communication.api import campaigns, prints, workshop
from services.communication.api.blueprint import blueprint

__all__ = ["blueprint", "campaigns", "prints", "workshop"]
