"""The pages of monitoring: the city, a committee, the thread of an action, lists, the flow."""

from services.monitoring.pages import (
    actions,
    city,
    committees,
    flow,
    mine,
    purchases,
    waiting,
)
from services.monitoring.pages.blueprint import blueprint

__all__ = [
    "actions",
    "blueprint",
    "city",
    "committees",
    "flow",
    "mine",
    "purchases",
    "waiting",
]
