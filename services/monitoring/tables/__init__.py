"""The read models of monitoring, made again from the log at any time.

Boards read a few rows a committee: nothing here makes a page scan facts.
"""

from services.monitoring.tables.common import metadata
from services.monitoring.tables.figures import (
    actions_view,
    facts_view,
    flow_view,
    lines_view,
    pulse_view,
    purchases_view,
    years_view,
)
from services.monitoring.tables.road import (
    ACTION,
    CHOICE,
    OVER,
    SURVEY,
    legs_view,
    needs_view,
    waits_view,
)

__all__ = [
    "ACTION",
    "CHOICE",
    "OVER",
    "SURVEY",
    "actions_view",
    "facts_view",
    "flow_view",
    "legs_view",
    "lines_view",
    "metadata",
    "needs_view",
    "pulse_view",
    "purchases_view",
    "waits_view",
    "years_view",
]
