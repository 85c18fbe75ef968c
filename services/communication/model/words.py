"""The words of campaigns and prints: what is printed, on what, and where a request is."""

from enum import StrEnum

from services.communication.events import Colours as Colours
from services.communication.events import Paper as Paper
from services.communication.events import Support as Support


class Standing(StrEnum):
    """Where a campaign is."""

    DRAFTED = "drafted"
    ADOPTED = "adopted"
    LAUNCHED = "launched"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What the group said of a proof."""

    APPROVED = "approved"
    CORRECTIONS = "corrections"


PLAN = "plan"
"""The gate that opens with the plan of the action; every other gate is a support."""

DEPARTMENT = "Communication"
"""The department of the city that prints."""
