"""Pages of diagnostic: for residents, for the committee, for the annexe."""

from services.diagnostic.pages import answering, listening, needs, reports, surveys
from services.diagnostic.pages.blueprint import blueprint

__all__ = ["answering", "blueprint", "listening", "needs", "reports", "surveys"]
