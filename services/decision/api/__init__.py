"""Decision for programs: the same commands as the pages."""

from services.decision.api import choosing, voting
from services.decision.api.blueprint import blueprint

__all__ = ["blueprint", "choosing", "voting"]
